using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using Espalier.Generator.Annotations.Checks;
using Espalier.Planning;
using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Annotations;

/// <summary>
/// A class and its attributes of ours, valid or not, still with symbols: what the checks look at. It lives as long as its symbol does,
/// that is with one compilation, and never reaches a later step of the pipeline.
/// </summary>
internal sealed class AnnotatedClass
{
    /// <summary>Layers are asked about by their own transform, by that of each model that lists them and by every analyzer: read once.</summary>
    private static readonly ConditionalWeakTable<INamedTypeSymbol, AnnotatedClass> s_read = new();

    private readonly List<LayerAttribute> _layers = [];
    private readonly List<LayerAttribute> _steps = [];
    private readonly List<CompositionAttribute> _compositions = [];
    private readonly List<ActivationAttribute> _activations = [];
    private readonly List<AttributeData> _sequentials = [];

    // Two threads may both find these; what they find is the same.
    private volatile object? _passes;
    private volatile TypeIdentity? _identity;
    private volatile ModelGraph? _graph;
    private volatile object? _isModel;

    private AnnotatedClass(INamedTypeSymbol symbol)
    {
        Symbol = symbol;
        foreach (var attribute in symbol.GetAttributes())
        {
            Sort(attribute);
        }

        Weighted = ReadDefinition();
    }

    public INamedTypeSymbol Symbol { get; }

    /// <summary>Attributes of layers with weights; a class has one at most.</summary>
    public IReadOnlyList<LayerAttribute> Layers => _layers;

    /// <summary>Attributes of layers without weights: response normalisation and pools, which follow what the class is otherwise.</summary>
    public IReadOnlyList<LayerAttribute> Steps => _steps;

    /// <summary>Attributes that put the class together from others; it has one at most.</summary>
    public IReadOnlyList<CompositionAttribute> Compositions => _compositions;

    /// <summary>Activation attributes; a valid layer has one at most.</summary>
    public IReadOnlyList<ActivationAttribute> Activations => _activations;

    /// <summary>Model attributes; a valid model has one.</summary>
    public IReadOnlyList<AttributeData> Sequentials => _sequentials;

    public AttributeData? Quantize { get; private set; }

    public AttributeData? Prune { get; private set; }

    public AttributeData? Codebook { get; private set; }

    public AttributeData? BatchNorm { get; private set; }

    public AttributeData? Dropout { get; private set; }

    public AttributeData? Flatten { get; private set; }

    public AttributeData? Image { get; private set; }

    public AttributeData? Train { get; private set; }

    public AttributeData? AccuracyFloor { get; private set; }

    public AttributeData? Coding { get; private set; }

    /// <summary>Whether the class has weights of its own.</summary>
    public bool HasWeights => _layers.Count > 0;

    /// <summary>Whether the class is a layer: with weights, or a pool and the like by itself.</summary>
    public bool IsLayer => HasWeights || (_compositions.Count == 0 && (_steps.Count > 0 || Dropout is not null || Flatten is not null));

    /// <summary>Whether a composition can list the class.</summary>
    public bool CanBeListed => IsLayer || _compositions.Count > 0;

    /// <summary>Whether the class ends in a sum or a concatenation, which the class's activation follows.</summary>
    public bool HasJoin => _compositions.Exists(composition => composition.Form is CompositionForm.Residual or CompositionForm.Concat);

    /// <summary>Whether the class is a model: a chain that an image enters, or that begins with a layer that says what it takes. All other compositions are blocks of models.</summary>
    public bool IsModel => _sequentials.Count > 0 && (bool)(_isModel ??= Image is not null || FirstLayer.IsKnown(this));

    /// <summary>Whether a half of the class is generated.</summary>
    public bool HasCode => IsModel || Definition is not null || (_layers.Count > 0 && _layers[0].Kind.HasOwnShape);

    /// <summary>What the attributes say of a layer with weights, in range or not; null unless there is one layer attribute and all arguments bind. A kind that takes its shape from the graph has its smallest here.</summary>
    public LayerDefinition? Weighted { get; }

    /// <summary>The same of kinds alone that say themselves what enters and leaves.</summary>
    public LayerDefinition? Definition => _layers.Count == 1 && _layers[0].Kind.HasOwnShape ? Weighted : null;

    /// <summary>The class's activation.</summary>
    public ActivationKind Activation => _activations.Count > 0 ? _activations[0].Activation : ActivationKind.None;

    /// <summary>The layers that the class comes to, with what does not fit among them. Read when first asked for.</summary>
    public ModelGraph Graph => _graph ??= GraphReader.Read(this);

    /// <summary>The class's names.</summary>
    public TypeIdentity Identity => _identity ??= TypeIdentityReader.Read(Symbol);

    public static AnnotatedClass Of(INamedTypeSymbol symbol) => s_read.GetValue(symbol, static symbol => new AnnotatedClass(symbol));

    /// <summary>Whether everything holds that must before code is generated.</summary>
    public bool Passes(CancellationToken cancellation) => (bool)(_passes ??= CheckList.Passes(this, cancellation));

    private void Sort(AttributeData attribute)
    {
        if (LayerAttribute.From(attribute) is { } layer)
        {
            (layer.Kind.HasWeights ? _layers : _steps).Add(layer);
        }
        else if (ActivationReader.Read(attribute) is { } activation)
        {
            _activations.Add(new ActivationAttribute(activation, attribute));
        }
        else if (CompositionAttribute.From(attribute) is { } composition)
        {
            _compositions.Add(composition);
            if (composition.Form == CompositionForm.Sequential)
            {
                _sequentials.Add(attribute);
            }
        }
        else
        {
            BatchNorm ??= attribute.Is(AttributeNames.BatchNorm) ? attribute : null;
            Dropout ??= attribute.Is(AttributeNames.Dropout) ? attribute : null;
            Flatten ??= attribute.Is(AttributeNames.Flatten) ? attribute : null;
            Image ??= attribute.Is(AttributeNames.Image) ? attribute : null;
            Quantize ??= attribute.Is(AttributeNames.Quantize) ? attribute : null;
            Prune ??= attribute.Is(AttributeNames.Prune) ? attribute : null;
            Codebook ??= attribute.Is(AttributeNames.Codebook) ? attribute : null;
            Train ??= attribute.Is(AttributeNames.Train) ? attribute : null;
            AccuracyFloor ??= attribute.Is(AttributeNames.AccuracyFloor) ? attribute : null;
            Coding ??= attribute.Is(AttributeNames.Coding) ? attribute : null;
        }
    }

    private LayerDefinition? ReadDefinition()
    {
        if (_layers.Count != 1
            || _layers[0].Kind.ReadArguments(_layers[0].Attribute) is not { } arguments
            || QuantizeReader.Read(Quantize, Codebook is not null) is not { } quantize)
        {
            return null;
        }

        var kind = _layers[0].Kind;
        var prune = Prune is null ? null : PruneReader.Read(Prune);
        var codebook = Codebook is null ? null : CodebookReader.Read(Codebook, quantize);
        if (kind.LeastShape(arguments) is not { } shape)
        {
            return null;
        }

        var outputs = kind.OutputShape(arguments, [shape]) ?? shape;
        var normalisation = StepReader.ReadBatchNorm(BatchNorm);
        return (Prune is not null && prune is null) || (Codebook is not null && codebook is null)
            ? null
            : new LayerDefinition(
                kind.Name,
                arguments,
                (int)shape.Count,
                (int)outputs.Count,

                // Batch normalisation has its own shift, which becomes the bias when it is folded.
                normalisation is not null || kind.ReadBias(_layers[0].Attribute),
                Activation,
                quantize,
                prune,
                codebook)
            {
                InputShape = shape,
                OutputShape = outputs,
                BatchNorm = normalisation,

                // After a pool of the same class it is the pool's results that become 0.
                Dropout = _steps.Count == 0 ? StepReader.ReadDropout(Dropout) : 0,
            };
    }
}
