using Espalier.Generator.Emit;
using Espalier.Generator.Emit.Dialects;

namespace Espalier.Planning;

internal sealed partial class WindowedLaneSlicesLayout
{
    public override string PackedClass => "WindowedLaneSlices.V1";

    // A slice has one row for each lane of the vectors, so the rows say how wide they are.
    public override Dialect DialectOf(KernelPlan plan) => DialectList.For(plan.Tier, plan.Rows);

    public override string PackArguments(LayerFacts facts) =>
        $"nibbles: {Word(facts.NibbleClusters > 0)}, floats: {Word(facts.Output == EdgeForm.Floats)}";

    public override string[] Methods(Dialect dialect) => new[] { dialect.ArithmeticMethods, dialect.LookUpMethods };

    public override void EmitKernel(IndentedWriter writer, LayerFacts facts, KernelPlan plan, Dialect dialect)
    {
        var nibbles = facts.NibbleClusters > 0;
        var vector = dialect.Vector;
        var slices = Layout.Tiles(facts.Definition.Outputs, plan.Rows);
        var whole = facts.Definition.Inputs <= plan.Window;
        var pairBytes = dialect.Bytes * (nibbles ? 3 : 4);

        writer.Line("// Constants stay in registers for the whole layer.");
        if (nibbles)
        {
            writer.Line(dialect.LoadCodebook);
        }

        if (plan.Depth > 0 && dialect.Ones.Length > 0)
        {
            writer.Line(dialect.Ones);
        }

        IntegerEnding.EmitConstants(writer, facts, dialect);
        writer.Line("ref var step = ref layer.Steps;");
        if (!whole)
        {
            writer.Line("ref var offset = ref layer.Offsets;");
        }

        writer.Line("ref var pairCounts = ref layer.PairCounts;");
        writer.Line(TripCount.Statement("slices"));
        if (whole)
        {
            writer.Line();
            writer.Line($"// All {facts.Definition.Inputs} activations fit one window of {plan.Window}: it is loaded once.");
            writer.Line("ref var window = ref input;");
            writer.Line(dialect.LoadWindow(plan.Window));
        }

        writer.Line($"// {slices} slice(s) of {plan.Rows} rows: one row per 32-bit lane, so nothing is ever summed across lanes.");
        using (writer.Begin("for (nuint slice = 0; slice < slices; slice++)"))
        {
            writer.Line($"var sum = {vector}.LoadUnsafe(ref bias, slice * {plan.Rows});");
            if (plan.Depth == 0)
            {
                writer.Line("// The second steps have sums of their own: an addition takes five cycles, and two in a row would be waited for.");
                writer.Line($"var secondSum = {vector}<int>.Zero;");
            }

            using (writer.Begin("for (var pair = Unsafe.Add(ref pairCounts, slice); pair > 0; pair--)"))
            {
                EmitActivations(writer, plan, dialect, whole);
                writer.Line();
                EmitWeights(writer, dialect, nibbles);
                EmitProducts(writer, plan, dialect);
                writer.Line($"step = ref Unsafe.Add(ref step, {pairBytes});");
                if (!whole)
                {
                    writer.Line($"offset = ref Unsafe.Add(ref offset, {plan.Windows});");
                }
            }

            if (plan.Depth == 0)
            {
                writer.Line();
                writer.Line("sum += secondSum;");
            }

            writer.Line();
            IntegerEnding.Emit(writer, facts, dialect, "sum", $"slice * {plan.Rows}");
        }

        IntegerEnding.EmitTable(writer, facts, $"(int)slices * {plan.Rows}");
    }

    /// <summary>The activations of both steps: out of the layer's one window, out of one that the pair shares, or out of one each.</summary>
    private static void EmitActivations(IndentedWriter writer, KernelPlan plan, Dialect dialect, bool whole)
    {
        var vector = dialect.Vector;
        var (first, second) = (dialect.LookUp($"{vector}.LoadUnsafe(ref step)", plan.Window), dialect.LookUp($"{vector}.LoadUnsafe(ref step, {dialect.Bytes})", plan.Window));
        if (plan.Windows == 2 && !whole)
        {
            writer.Line($"// Each step reaches a window of {plan.Window} activations of its own.");
            writer.Line($"{vector}<byte> first, second;");
            EmitWindow(writer, plan, dialect, "offset", $"first = {first};");
            EmitWindow(writer, plan, dialect, "Unsafe.Add(ref offset, 1)", $"second = {second};");
            return;
        }

        if (!whole)
        {
            writer.Line($"// The window of {plan.Window} activations that this pair of steps reaches.");
            writer.Line("ref var window = ref Unsafe.Add(ref input, (nuint)offset);");
            writer.Line(dialect.LoadWindow(plan.Window));
        }

        writer.Line($"var first = {first};");
        writer.Line($"var second = {second};");
    }

    private static void EmitWindow(IndentedWriter writer, KernelPlan plan, Dialect dialect, string offset, string lookUp)
    {
        using (writer.Begin())
        {
            writer.Line($"ref var window = ref Unsafe.Add(ref input, (nuint){offset});");
            writer.Line(dialect.LoadWindow(plan.Window));
            writer.Line(lookUp);
        }

        writer.Line();
    }

    private static void EmitWeights(IndentedWriter writer, Dialect dialect, bool nibbles)
    {
        if (nibbles)
        {
            writer.Line("// Two 4-bit centroid indices a byte: the low ones are the first step's.");
            writer.Line($"var codes = {dialect.Vector}.LoadUnsafe(ref step, {2 * dialect.Bytes});");
            writer.Line($"var firstWeights = {dialect.LowCentroids("codes")};");
            writer.Line($"var secondWeights = {dialect.HighCentroids("codes")};");
            return;
        }

        writer.Line($"var firstWeights = {dialect.Vector}.LoadUnsafe(ref step, {2 * dialect.Bytes}).AsSByte();");
        writer.Line($"var secondWeights = {dialect.Vector}.LoadUnsafe(ref step, {3 * dialect.Bytes}).AsSByte();");
    }

    private static void EmitProducts(IndentedWriter writer, KernelPlan plan, Dialect dialect)
    {
        if (plan.Depth == 0)
        {
            writer.Line($"sum = {dialect.Accumulate("sum", "first", "firstWeights")};");
            writer.Line($"secondSum = {dialect.Accumulate("secondSum", "second", "secondWeights")};");
            return;
        }

        var first = dialect.MultiplyAdd("first", "firstWeights");
        var second = dialect.MultiplyAdd("second", "secondWeights");
        if (plan.Depth > 1)
        {
            writer.Line("// The weights were proved to keep both steps together inside 16 bits.");
            writer.Line($"sum += {dialect.AddNeighbours($"{first} + {second}")};");
            return;
        }

        writer.Line("// Widened every step: 2 · 127 · 127 always fits 16 bits.");
        writer.Line($"sum += {dialect.AddNeighbours(first)};");
        writer.Line($"sum += {dialect.AddNeighbours(second)};");
    }

    private static string Word(bool value) => value ? "true" : "false";
}
