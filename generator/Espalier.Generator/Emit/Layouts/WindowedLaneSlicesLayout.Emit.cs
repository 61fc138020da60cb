using System;
using System.Collections.Generic;
using Espalier.Generator.Emit;
using Espalier.Generator.Emit.Dialects;

namespace Espalier.Planning;

internal sealed partial class WindowedLaneSlicesLayout
{
    public override string PackedClass => "WindowedLaneSlices.V1";

    // A vector has one 32-bit lane for each row of its step, so the rows say how wide vectors are.
    public override Dialect DialectOf(KernelPlan plan) => DialectList.For(plan.Tier, plan.PairSteps == 1 ? plan.Rows / 2 : plan.Rows);

    public override string PackArguments(LayerFacts facts) =>
        $"nibbles: {Word(facts.NibbleClusters > 0)}, floats: {Word(facts.Output == EdgeForm.Floats)}";

    public override string[] Methods(KernelPlan plan, Dialect dialect) => new[] { dialect.ArithmeticMethods, dialect.LookUpMethods(plan.Window) };

    public override void EmitKernel(IndentedWriter writer, LayerFacts facts, KernelPlan plan, Dialect dialect) => Emit(writer, facts, plan, dialect, Array.Empty<int>());

    private static void Emit(IndentedWriter writer, LayerFacts facts, KernelPlan plan, Dialect dialect, IReadOnlyList<int> groups)
    {
        var whole = facts.Definition.Inputs <= plan.Window;
        new LaneSliceKernel(facts, new LaneSlicePair(plan, dialect, facts.NibbleClusters > 0, whole, ActivationPlane.Of(facts), Samples: 1), groups).Emit(writer);
    }

    private static string Word(bool value) => value ? "true" : "false";
}
