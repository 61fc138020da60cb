using System;

namespace Espalier.Planning;

/// <summary>All weights of an integer layer, zeros too: tiles of outputs go through steps of four inputs. Layouts differ in how a weight is stored.</summary>
internal abstract partial class DenseIntegerLayout : KernelLayout
{
    /// <summary>Inputs of a step: one 32-bit lane of products for each output.</summary>
    public const int StepInputs = 4;

    /// <summary>Beyond this the widening costs nothing any more: no kernel is planned deeper.</summary>
    public const int MaximalDepth = 8;

    /// <summary>Scaling, clamping and storing a vector of sums: measured 5 to 6 for 256 bits, 8 for 512.</summary>
    private const int EndingCycles = 6;

    /// <summary>A plan with its price.</summary>
    /// <param name="facts">The layer.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="vectors">Vectors of outputs in a tile.</param>
    /// <param name="rate">Products a cycle, of weights in the first-level cache and of weights in the second.</param>
    /// <param name="bits">Bits that one weight takes.</param>
    private protected static KernelPlan Priced(LayerFacts facts, KernelPlan plan, int vectors, (double Near, double Far) rate, int bits)
    {
        var tiles = Layout.Tiles(facts.Definition.Outputs, plan.Rows);
        var weights = (long)tiles * plan.Rows * Layout.Tiles(facts.Definition.Inputs, StepInputs) * StepInputs;
        var near = (long)facts.Definition.Outputs * facts.Definition.Inputs * bits / 8 <= Layout.NearBytes;

        // A single sum that is widened waits for itself: measured a quarter slower.
        var share = vectors == 1 && plan.Depth > 0 ? 0.75 : 1;
        var planes = ActivationPlanes.DenseCost(facts, plan.Tier);
        var products = Layout.Streamed(planes * weights / (share * (near ? rate.Near : rate.Far)), weights * bits / 8.0);
        return plan with { Cycles = Layout.Clamp(products + (EndingCycles * tiles * vectors)) };
    }

    /// <summary>
    /// The most vectors of a tile where products are added in 16 bits: each has a 16-bit and a 32-bit sum for every plane, and instruction sets
    /// of sixteen registers hold two such vectors of two planes beside the weights.
    /// </summary>
    private protected static int MostVectors(LayerFacts facts, int lanes) => facts.Input == EdgeForm.Planes && lanes < 16 ? 2 : 4;

    /// <summary>The depth that the real weights were measured to keep, or that their grid guarantees.</summary>
    // Evidence is text from a manifest: a depth that no packer measures would become so many statements.
    internal static int PlannedDepth(LayerFacts facts) => Math.Min(MaximalDepth, facts.Evidence?.DenseDepth ?? SafeDepth(facts));

    /// <summary>
    /// The depth that the grids alone guarantee: a 16-bit lane takes two products a step, each at most top · weightTop, so
    /// depth · 2 · top · weightTop ≤ 32767. 8-bit weights on the 0..127 grid give 1 (2·127·127 = 32258), 4-bit weights 18.
    /// </summary>
    private static int SafeDepth(LayerFacts facts)
    {
        var top = ActivationPlanes.PartTop(facts.Definition.Quantize.Inputs.ActivationTop());
        var weightTop = facts.Definition.Quantize.Weights.WeightTop();
        return Math.Max(1, Math.Min(MaximalDepth, short.MaxValue / (2 * top * weightTop)));
    }
}
