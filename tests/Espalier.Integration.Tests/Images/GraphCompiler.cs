extern alias generator;

using System.Reflection;
using Espalier.Integration.Tests.Compilations;
using Espalier.Integration.Tests.Kernels;
using Espalier.Kernels;
using generator::Espalier.Generator.Annotations;
using generator::Espalier.Generator.Emit;
using generator::Espalier.Planning;

namespace Espalier.Integration.Tests.Images;

/// <summary>Compiles models from descriptions, as the generator would had they been declared with attributes: many in one compilation.</summary>
internal static class GraphCompiler
{
    /// <summary>The models, in the order of their descriptions, which need names of their own.</summary>
    public static IReadOnlyList<CompiledGraph> Compile(params ModelDescription[] models)
    {
        var targets = models.Select(TargetOf).ToArray();
        var files = targets.Select(ModelEmitter.Emit).ToList();
        files.AddRange(targets.SelectMany(target => target.Plans).Where(plan => plan.Kernels.Count > 0).Select(KernelEmitter.Key).Distinct().Select((key, turn) => RunnableKernels(key, turn)));
        var sources = files.Select(file => file.Text).Append(string.Concat(models.Select(model => $"namespace {Namespace(model)} {{ public partial class {model.ShortName} {{ }} }}\n")));
        var assembly = KernelCompiler.Load(sources);
        return [.. models.Select((model, i) => new CompiledGraph(
            CompiledModel.Of(assembly.GetType(model.Name, throwOnError: true)!),
            (int)assembly.GetType(model.Name)!.GetField("ScratchBytes", BindingFlags.Public | BindingFlags.Static)!.GetRawConstantValue()!,
            files[i].Text))];
    }

    /// <summary>The kernels of the tiers that this process has and of one more, under the name of the whole class.</summary>
    private static GeneratedFile RunnableKernels(LayerPlan key, int turn)
    {
        var part = key with { Kernels = key.Kernels.Where(kernel => Tiers.IsCompiled((InstructionTier)kernel.Tier, turn)).ToEquatableArray() };
        var file = KernelEmitter.Emit(part);
        return file with { Text = file.Text.Replace(KernelName.Of(part), KernelName.Of(key), StringComparison.Ordinal) };
    }

    private static string Namespace(ModelDescription model) => model.Name[..model.Name.LastIndexOf('.')];

    private static ModelTarget TargetOf(ModelDescription model)
    {
        var layers = model.Layers.Select(layer => new OccurrenceAnnotation(layer.Path, Identity(model, layer.Kind), Definition(layer), generator::Espalier.Planning.EquatableArray.ToEquatableArray(layer.Sources))).ToArray();
        var annotation = new ModelAnnotation(Identity(model, model.ShortName), layers.ToEquatableArray(), new TrainAnnotation(null, null, null, null), null, false);
        return generator::Espalier.Generator.Pipeline.ModelPlanner.Plan(annotation, null);
    }

    private static TypeIdentity Identity(ModelDescription model, string name) => new(Namespace(model), EquatableArray<string>.Empty, name, true);

    private static LayerDefinition Definition(LayerDescription layer) => new(
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
        InputShape = Shape(layer.InputShape),
        OutputShape = Shape(layer.OutputShape),
        Numbers = layer.Numbers.ToEquatableArray(),
    };

    private static TensorShape Shape(ImageShape shape) => new(shape.Channels, shape.Height, shape.Width);
}

/// <param name="Model">The model, compiled and loaded.</param>
/// <param name="ScratchBytes">What its plan needs beyond the weights.</param>
/// <param name="Text">The generated class.</param>
internal sealed record CompiledGraph(CompiledModel Model, int ScratchBytes, string Text);
