using System.Linq;
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

    public override void EmitKernel(IndentedWriter writer, LayerFacts facts, KernelPlan plan, Dialect dialect)
    {
        var slices = Layout.Tiles(facts.Definition.Outputs, plan.Rows);
        var whole = facts.Definition.Inputs <= plan.Window;
        var pair = new LaneSlicePair(plan, dialect, facts.NibbleClusters > 0, whole, ActivationPlane.Of(facts));
        EmitConstants(writer, facts, pair);
        var rows = plan.PairSteps == 1 ? "two vectors of sums, one row per 32-bit lane" : "one row per 32-bit lane";
        writer.Line($"// {slices} slice(s) of {plan.Rows} rows: {rows}, so nothing is ever summed across lanes.");
        using (writer.Begin("for (nuint slice = 0; slice < slices; slice++)"))
        {
            EmitSums(writer, pair);
            writer.Line("var pairs = Unsafe.Add(ref pairCounts, slice);");
            if (pair.Together > 1)
            {
                EmitGroups(writer, pair);
            }

            using (writer.Begin("for (; pairs > 0; pairs--)"))
            {
                pair.Emit(writer, 0, "offset", "Unsafe.Add(ref offset, 1)");
                EmitAdvance(writer, pair, 1);
            }

            if (plan.PairSteps == 2 && plan.Depth == 0)
            {
                writer.Line();
                foreach (var plane in pair.Planes)
                {
                    writer.Line($"sum{plane.Suffix} += secondSum{plane.Suffix};");
                }
            }

            writer.Line();
            IntegerEnding.Emit(writer, facts, dialect, "sum", $"slice * {plan.Rows}");
            if (pair.Sums == 2)
            {
                IntegerEnding.Emit(writer, facts, dialect, "secondSum", $"(slice * {plan.Rows}) + {dialect.Lanes}");
            }
        }

        IntegerEnding.EmitTable(writer, facts, $"(int)slices * {plan.Rows}");
    }

    private static void EmitConstants(IndentedWriter writer, LayerFacts facts, LaneSlicePair pair)
    {
        var (plan, dialect) = (pair.Plan, pair.Dialect);
        writer.Line("// Constants stay in registers for the whole layer.");
        var lookUp = dialect.LookUpConstants(plan.Window);
        foreach (var constant in new[] { pair.Nibbles ? dialect.LoadCodebook : "", lookUp, plan.Depth > 0 ? dialect.Ones : "" }.Where(text => text.Length > 0))
        {
            writer.Line(constant);
        }

        IntegerEnding.EmitConstants(writer, facts, dialect);
        writer.Line("ref var step = ref layer.Steps;");
        if (!pair.Whole)
        {
            writer.Line("ref var offset = ref layer.Offsets;");
        }

        writer.Line("ref var pairCounts = ref layer.PairCounts;");
        writer.Line(TripCount.Statement("slices"));
        if (pair.Held)
        {
            writer.Line();
            writer.Line($"// All {facts.Definition.Inputs} activations fit one window of {plan.Window}: it is loaded once.");
            writer.Line("ref var window = ref input;");
            writer.Line(dialect.LoadWindow(plan.Window));
        }
    }

    private static void EmitSums(IndentedWriter writer, LaneSlicePair pair)
    {
        var (plan, dialect) = (pair.Plan, pair.Dialect);
        foreach (var plane in pair.Planes)
        {
            writer.Line($"var sum{plane.Suffix} = {dialect.Vector}.LoadUnsafe(ref {plane.Bias}, slice * {plan.Rows});");
            if (plan.PairSteps == 1)
            {
                writer.Line($"var secondSum{plane.Suffix} = {dialect.Vector}.LoadUnsafe(ref {plane.Bias}, (slice * {plan.Rows}) + {dialect.Lanes});");
            }
            else if (plan.Depth == 0)
            {
                writer.Line("// The second steps have sums of their own: an addition takes five cycles, and two in a row would be waited for.");
                writer.Line($"var secondSum{plane.Suffix} = {dialect.Vector}<int>.Zero;");
            }
        }
    }

    private static void EmitGroups(IndentedWriter writer, LaneSlicePair pair)
    {
        using (writer.Begin($"for (; pairs >= {pair.Together}; pairs -= {pair.Together})"))
        {
            writer.Line("// Four window starts in one load.");
            writer.Line("var starts = Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<ushort, byte>(ref offset));");
            for (var place = 0; place < pair.Together; place++)
            {
                using (writer.Begin())
                {
                    pair.Emit(writer, place, place == 0 ? "(ushort)starts" : place == 3 ? "(starts >> 48)" : $"(ushort)(starts >> {16 * place})");
                }

                writer.Line();
            }

            EmitAdvance(writer, pair, pair.Together);
        }

        writer.Line();
    }

    private static void EmitAdvance(IndentedWriter writer, LaneSlicePair pair, int pairs)
    {
        writer.Line($"step = ref Unsafe.Add(ref step, {pairs * pair.Bytes});");
        if (!pair.Whole)
        {
            writer.Line($"offset = ref Unsafe.Add(ref offset, {pairs * pair.Plan.Windows});");
        }
    }

    private static string Word(bool value) => value ? "true" : "false";
}
