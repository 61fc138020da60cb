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
    private readonly List<ActivationAttribute> _activations = [];
    private readonly List<AttributeData> _sequentials = [];

    // Two threads may both find these; what they find is the same.
    private volatile object? _passes;
    private volatile TypeIdentity? _identity;

    private AnnotatedClass(INamedTypeSymbol symbol)
    {
        Symbol = symbol;
        foreach (var attribute in symbol.GetAttributes())
        {
            Sort(attribute);
        }

        Definition = ReadDefinition();
    }

    public INamedTypeSymbol Symbol { get; }

    /// <summary>Layer attributes; a valid layer has one.</summary>
    public IReadOnlyList<LayerAttribute> Layers => _layers;

    /// <summary>Activation attributes; a valid layer has one at most.</summary>
    public IReadOnlyList<ActivationAttribute> Activations => _activations;

    /// <summary>Model attributes; a valid model has one.</summary>
    public IReadOnlyList<AttributeData> Sequentials => _sequentials;

    public AttributeData? Quantize { get; private set; }

    public AttributeData? Prune { get; private set; }

    public AttributeData? Codebook { get; private set; }

    public AttributeData? Train { get; private set; }

    public AttributeData? AccuracyFloor { get; private set; }

    public AttributeData? Coding { get; private set; }

    public bool IsLayer => _layers.Count > 0;

    public bool IsModel => _sequentials.Count > 0;

    /// <summary>What the attributes say, in range or not; null unless there is one layer attribute and all arguments bind.</summary>
    public LayerDefinition? Definition { get; }

    /// <summary>The class's names.</summary>
    public TypeIdentity Identity => _identity ??= TypeIdentityReader.Read(Symbol);

    public static AnnotatedClass Of(INamedTypeSymbol symbol) => s_read.GetValue(symbol, static symbol => new AnnotatedClass(symbol));

    /// <summary>Whether everything holds that must before code is generated.</summary>
    public bool Passes(CancellationToken cancellation) => (bool)(_passes ??= CheckList.Passes(this, cancellation));

    private void Sort(AttributeData attribute)
    {
        if (LayerAttribute.From(attribute) is { } layer)
        {
            _layers.Add(layer);
        }
        else if (ActivationReader.Read(attribute) is { } activation)
        {
            _activations.Add(new ActivationAttribute(activation, attribute));
        }
        else if (attribute.Is(AttributeNames.Sequential))
        {
            _sequentials.Add(attribute);
        }
        else
        {
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
        var shape = kind.DemandedShape(arguments);
        if (shape is null || kind.OutputShape(arguments, [shape.Value]) is not { } outputs)
        {
            // Kinds that take their shape from the graph have a definition at each place alone.
            return null;
        }

        return (Prune is not null && prune is null) || (Codebook is not null && codebook is null)
            ? null
            : new LayerDefinition(
                kind.Name,
                arguments,
                (int)shape.Value.Count,
                (int)outputs.Count,
                kind.ReadBias(_layers[0].Attribute),
                _activations.Count > 0 ? _activations[0].Activation : ActivationKind.None,
                quantize,
                prune,
                codebook);
    }
}
