using System.Linq;
using System.Runtime.CompilerServices;
using Espalier.Planning;

namespace Espalier;

/// <summary>Turns public descriptions into the planner's values: planning itself knows nothing of the runtime's types.</summary>
internal static class PlanningFacts
{
    private static readonly ConditionalWeakTable<ModelDescription, TensorForms> s_forms = [];

    public static TensorShape ToPlanning(this ImageShape shape) => new(shape.Channels, shape.Height, shape.Width);

    public static ImageShape ToDescription(this TensorShape shape) => new(shape.Channels, shape.Height, shape.Width);

    public static LayerDefinition ToDefinition(this LayerDescription layer) => new(
        layer.Kind,
        layer.Arguments.ToEquatableArray(),
        layer.Inputs,
        layer.Outputs,
        layer.Bias,
        (ActivationKind)layer.Activation,
        new QuantizeDefinition(
            layer.Quantization != QuantizationDescription.Fp32,
            (NumberFormat)layer.Quantization.Weights,
            (NumberFormat)layer.Quantization.Inputs,
            (NumberFormat)layer.Quantization.Outputs,
            (NumberFormat)layer.Quantization.Accumulators,
            (NumberFormat)layer.Quantization.Gradients,
            layer.Quantization.Rounding == Rounding.Stochastic,
            layer.Quantization.MasterWeights,
            layer.Quantization.PerChannel),
        layer.Pruning is { } prune ? new PruneDefinition(prune.Sparsity, prune.Schedule == PruningSchedule.Gradual, prune.GroupSize) : null,
        layer.Codebook is { } codebook ? new CodebookDefinition(codebook.Clusters, (NumberFormat)codebook.CentroidPrecision) : null)
    {
        InputShape = layer.InputShape.ToPlanning(),
        OutputShape = layer.OutputShape.ToPlanning(),
        Numbers = layer.Numbers.IsDefault ? default : layer.Numbers.ToEquatableArray(),
        BatchNorm = layer.BatchNorm is { } normalisation ? new BatchNormDefinition(normalisation.Epsilon, normalisation.Momentum) : null,
        Dropout = layer.Dropout,
    };

    /// <summary>Whether codes pass from a layer to the next one; floats otherwise.</summary>
    public static bool HandsCodesTo(this LayerDescription layer, LayerDescription next) => LayerEdges.Between(layer.ToDefinition(), next.ToDefinition()) != EdgeForm.Floats;

    /// <summary>The form of every tensor of a model; kept for as long as the description lives.</summary>
    public static TensorForms ToForms(this ModelDescription model) => s_forms.GetValue(model, static described => TensorForms.Of(
        [.. described.Layers.Select(ToDefinition)], [.. described.Layers.Select((_, i) => described.SourcesOf(i).ToEquatableArray())]));

    /// <summary>The facts of every layer of a model, with what its weights show when there are some.</summary>
    public static LayerFacts[] ToFacts(this ModelDescription model, System.Func<int, WeightEvidence?>? evidence = null)
    {
        var forms = model.ToForms();
        return forms.Graph.Layers.Select((definition, i) => new LayerFacts(definition, forms[i], evidence?.Invoke(i))).ToArray();
    }
}
