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
    /// <param name="ScratchBytes">By tier: what the plan asks for; null where the layout has no kernel for it.</param>
    public sealed record Kernels(Packer Pack, Runner Run, Func<InstructionTier, int?> ScratchBytes);

    /// <summary>Compiles a class for each case, with a candidate of the layout on the tiers whose turn it is (<see cref="Tiers.HasTurn"/>) and that it has one for.</summary>
    /// <param name="cases">The cases, each with a layout and its depth of 16-bit sums or, in float layouts, the candidate, counted round.</param>
    public static IReadOnlyList<Kernels> Compile(IEnumerable<(ConvolutionCase Case, string Layout, int Variant)> cases)
    {
        var plans = cases.Select((given, turn) => PlanOf(given.Case, given.Layout, given.Variant, turn)).ToArray();
        var keys = plans.Select(KernelEmitter.Key).ToArray();
        var assembly = KernelCompiler.Load(keys.Distinct().Select(key => KernelEmitter.Emit(key).Text));
        return [.. keys.Select((key, i) =>
        {
            var type = assembly.GetType("Espalier.Generated." + KernelName.Of(key), throwOnError: true)!;
            return new Kernels(
                type.GetMethod("Pack")!.CreateDelegate<Packer>(),
                type.GetMethod("Run")!.CreateDelegate<Runner>(),
                tier => plans[i].Kernels.FirstOrDefault(plan => plan.Tier == (Tier)tier) is { } plan ? ConvolutionScratch.Bytes(plans[i].Facts.Definition, plan) : null);
        })];
    }

    /// <summary>Each case with each tier that it has a kernel for and this process can run.</summary>
    public static IEnumerable<(ConvolutionCase Case, string Layout, Kernels Kernels, InstructionTier Tier)> OnTiers((ConvolutionCase Case, string Layout, int Variant)[] cases) =>
        cases.Zip(Compile(cases)).SelectMany(pair => Tiers.Supported
            .Where(tier => pair.Second.ScratchBytes(tier) is not null)
            .Select(tier => (pair.First.Case, pair.First.Layout, pair.Second, tier)));

    private static LayerPlan PlanOf(ConvolutionCase given, string layout, int variant, int turn)
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
            given.Clusters == 0 ? null : new CodebookDefinition(given.Clusters, NumberFormat.Fp32))
        {
            InputShape = new TensorShape(layer.InputShape.Channels, layer.InputShape.Height, layer.InputShape.Width),
            OutputShape = new TensorShape(layer.OutputShape.Channels, layer.OutputShape.Height, layer.OutputShape.Width),
        };
        var facts = new LayerFacts(definition, given.Codes ? EdgeForm.Codes : EdgeForm.Floats, new WeightEvidence(KernelLayouts.Find(layout).SkipsZeros ? 0.15 : 1, given.IsInteger && layout != "WinogradInt8" ? variant : 1, EquatableArray<ScheduleEvidence>.Empty));
        return new LayerPlan(facts, Planner.Tiers.Where(tier => Tiers.HasTurn((InstructionTier)tier, turn)).Select(tier => KernelLayouts.Find(layout).Candidates(facts, tier).ToArray()).Where(candidates => candidates.Length > 0)
            .Select(candidates => candidates[given.IsInteger && layout != "WinogradInt8" ? 0 : variant % candidates.Length]).ToEquatableArray());
    }
}
