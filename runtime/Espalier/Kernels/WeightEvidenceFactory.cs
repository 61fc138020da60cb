using System.Collections.Generic;
using System.Linq;
using Espalier.Planning;

namespace Espalier.Kernels;

/// <summary>Measures on real weights what the planner can only guess from attributes: density, schedules and 16-bit depths.</summary>
internal static class WeightEvidenceFactory
{
    /// <summary>The facts of every layer of a model, with what its weights show.</summary>
    public static LayerFacts[] Facts(ModelWeights weights) => weights.Model.ToFacts(i => Measure(weights.Layers[i]));

    public static WeightEvidence Measure(LayerWeights weights)
    {
        if (weights.Count == 0)
        {
            return new WeightEvidence(1, 1, EquatableArray<ScheduleEvidence>.Empty);
        }

        var facts = new LayerFacts(weights.Layer.ToDefinition(), EdgeForm.Floats, new WeightEvidence(weights.Density, 1, EquatableArray<ScheduleEvidence>.Empty));
        var schedules = new List<ScheduleEvidence>();
        var variants = Planner.Tiers.SelectMany(tier => KernelLayouts.All.Where(layout => layout.IsScheduledBeforehand && weights.Layer.Kind == LayerKinds.Dense).SelectMany(layout => layout.Candidates(facts, tier)))
            .Select(plan => new KernelShape(plan.Rows, plan.Slots, plan.Window, 2, plan.Windows, plan.PairSteps) { Folds = plan.Folds })
            .Distinct();
        foreach (var shape in variants)
        {
            schedules.Add(Build(weights, shape));
        }

        var depth = weights is IntegerLayerWeights integer ? DepthOf(integer) : 1;
        return new WeightEvidence(weights.Density, depth, schedules.ToEquatableArray())
        {
            WideSums = weights is IntegerLayerWeights convolution && convolution.Layer.Kind != LayerKinds.Dense && !WinogradInt8.V1.Holds(convolution, WinogradMatrices.Limit(4)),
        };
    }

    private static int DepthOf(IntegerLayerWeights weights) => weights.Layer.Kind == "Dense"
        ? DenseDepth.Prove(weights, OrderOf(weights.Layer), DenseInt8Layout.MaximalDepth)
        : weights.InputGrid.HasPlanes ? 1 : ConvolutionInt8.V1.Prove(weights, DenseInt8Layout.MaximalDepth);

    /// <summary>Where columns lie when an image enters a dense layer.</summary>
    private static System.ReadOnlyMemory<int> OrderOf(LayerDescription layer) =>
        layer.InputShape.IsImage ? ImageColumns.Order(layer.InputShape.Channels, layer.InputShape.Height, layer.InputShape.Width) : default;

    private static ScheduleEvidence Build(LayerWeights weights, KernelShape shape)
    {
        if (weights is FloatLayerWeights floats)
        {
            var schedule = SparseFp32.V1.Schedule(floats, shape, OrderOf(weights.Layer));
            return new ScheduleEvidence(shape.Rows, shape.Slots, shape.Window, schedule.Offsets.Count, 1);
        }

        // One entry of the schedule is a pair of steps here.
        var integer = (IntegerLayerWeights)weights;
        var pairs = WindowedLaneSlices.V1.Schedule(integer, shape, OrderOf(weights.Layer));
        var depth = shape.PairSteps == 1 ? 1 : LaneSliceDepth.Prove(pairs, integer, shape.Slots);
        return new ScheduleEvidence(shape.Rows, shape.Slots, shape.Window, shape.PairSteps * pairs.Steps, depth, shape.Windows, shape.PairSteps);
    }
}
