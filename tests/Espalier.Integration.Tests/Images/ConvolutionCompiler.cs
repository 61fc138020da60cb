extern alias generator;

using Espalier.Integration.Tests.Kernels;
using Espalier.Kernels;
using generator::Espalier.Generator.Emit;
using generator::Espalier.Planning;

namespace Espalier.Integration.Tests.Images;

/// <summary>Emits the kernels of convolutions in chosen layouts for every tier, and compiles them in memory.</summary>
internal static class ConvolutionCompiler
{
    public delegate PackedConvolution Packer(LayerWeights weights, InstructionTier tier, in ConvolutionPlace place);

    public delegate void Runner(PackedConvolution layer, ref byte input, ref byte added, ref byte output, ref byte scratch);

    /// <param name="Pack">Lays weights out.</param>
    /// <param name="Run">Runs the kernel of the packed weights' tier.</param>
    /// <param name="ScratchBytes">By tier: what the plan asks for.</param>
    public sealed record Kernels(Packer Pack, Runner Run, Func<InstructionTier, int> ScratchBytes);

    /// <summary>Compiles a class for each case, with the layout's first candidate on every tier that it has one for.</summary>
    /// <param name="cases">The cases, each with a layout and a depth of 16-bit sums.</param>
    public static IReadOnlyList<Kernels> Compile(IEnumerable<(ConvolutionCase Case, string Layout, int Depth)> cases)
    {
        var plans = cases.Select(given => PlanOf(given.Case, given.Layout, given.Depth)).ToArray();
        var keys = plans.Select(KernelEmitter.Key).ToArray();
        var assembly = KernelCompiler.Load(keys.Distinct().Select(key => KernelEmitter.Emit(key).Text));
        return [.. keys.Select((key, i) =>
        {
            var type = assembly.GetType("Espalier.Generated." + KernelName.Of(key), throwOnError: true)!;
            return new Kernels(
                type.GetMethod("Pack")!.CreateDelegate<Packer>(),
                type.GetMethod("Run")!.CreateDelegate<Runner>(),
                tier => ConvolutionScratch.Bytes(plans[i].Facts.Definition, plans[i].For((Tier)tier)));
        })];
    }

    private static LayerPlan PlanOf(ConvolutionCase given, string layout, int depth)
    {
        var layer = given.Layer;
        var definition = new LayerDefinition(
            layer.Kind,
            layer.Arguments.ToEquatableArray(),
            layer.Inputs,
            layer.Outputs,
            true,
            (ActivationKind)given.Activation,
            given.IsInteger ? QuantizeDefinition.Resolve(true, (NumberFormat)given.Weights, NumberFormat.Int8, null, null, null, null, null, null, false) : QuantizeDefinition.Fp32,
            null,
            null)
        {
            InputShape = new TensorShape(layer.InputShape.Channels, layer.InputShape.Height, layer.InputShape.Width),
            OutputShape = new TensorShape(layer.OutputShape.Channels, layer.OutputShape.Height, layer.OutputShape.Width),
        };
        var facts = new LayerFacts(definition, given.Codes ? EdgeForm.Codes : EdgeForm.Floats, new WeightEvidence(1, depth, EquatableArray<ScheduleEvidence>.Empty));
        return new LayerPlan(facts, Planner.Tiers.Select(tier => KernelLayouts.Find(layout).Candidates(facts, tier).First()).ToEquatableArray());
    }
}
