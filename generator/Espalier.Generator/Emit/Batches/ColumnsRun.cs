using Espalier.Generator.Emit.Dialects;
using Espalier.Planning;

namespace Espalier.Generator.Emit.Batches;

/// <summary>
/// Writes what a kernel over blocks of samples does for a run: rows with equally many pairs in equally many groups of one block of features. It is a method of its own, as
/// the pointers of all runs and of one row together are more than the processor has registers: the place in the table was kept
/// in memory then, once a group.
/// </summary>
internal static class ColumnsRun
{
    /// <summary>Half of a usual second-level cache. Below, pairs are near anyway and asking for them costs 1 to 2 % (LeNet-300-100, Zen 5); above, it saves up to a quarter.</summary>
    private const int BytesKeptNear = 512 << 10;

    public static void Emit(IndentedWriter writer, LayerFacts facts, Dialect dialect, string name)
    {
        writer.Line();
        writer.Line("/// <summary>Rows with equally many pairs in equally many groups of one block of features, so that the inner loops keep their length.</summary>");
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        using (writer.Begin($"private static void {name}(PackedIntegerLayer layer, in PrunedRun run, ref ulong pair, ref int member, ref int place, ref byte block, ref int sums, ref byte output)"))
        {
            if (dialect.Ones.Length > 0)
            {
                writer.Line($"var even = {dialect.Vector}.Create(1).AsInt16();");
            }

            IntegerEnding.EmitConstants(writer, facts, dialect);
            writer.Line("var (groups, longer, pairs, begins, ends) = (run.Groups, run.LongerGroups, run.GroupPairs, run.Begins, run.Ends);");
            using (writer.Begin("for (var rows = run.Rows; rows > 0; rows--)"))
            {
                EmitRow(writer, facts, dialect);
            }
        }
    }

    /// <summary>Eight bytes for two nonzeros.</summary>
    private static double TableBytes(LayerFacts facts) => 4.0 * facts.Density * facts.Definition.Inputs * facts.Definition.Outputs;

    private static void EmitRow(IndentedWriter writer, LayerFacts facts, Dialect dialect)
    {
        var vector = dialect.Vector;
        writer.Line("var row = (nuint)member;");
        writer.Line("member = ref Unsafe.Add(ref member, 1);");
        writer.Line($"ref var kept = ref Unsafe.Add(ref sums, (nuint)place * {ColumnsKernel.BlockSamples});");
        writer.Line("place = ref Unsafe.Add(ref place, 1);");
        writer.Line($"{vector}<int> sum0, sum1, sum2, sum3;");
        using (writer.Begin("if (begins)"))
        {
            writer.Line($"sum0 = sum1 = sum2 = sum3 = {vector}.Create(Unsafe.Add(ref bias, row));");
        }

        using (writer.Begin("else"))
        {
            for (var i = 0; i < 4; i++)
            {
                writer.Line($"sum{i} = {vector}.LoadUnsafe(ref kept, {i * dialect.Lanes});");
            }
        }

        writer.Line();
        using (writer.Begin("for (var group = 0; group < groups; group++)"))
        {
            EmitGroup(writer, facts, dialect);
        }

        writer.Line();
        using (writer.Begin("if (!ends)"))
        {
            for (var i = 0; i < 4; i++)
            {
                writer.Line(dialect.StoreVector($"sum{i}", $"ref kept, {i * dialect.Lanes}"));
            }

            writer.Line("continue;");
        }

        writer.Line();
        SampleEnding.Emit(writer, facts, dialect);
    }

    private static void EmitGroup(IndentedWriter writer, LayerFacts facts, Dialect dialect)
    {
        var vector = dialect.Vector;
        writer.Line("// The pairs of a group were chosen so that their products fit 16 bits together.");
        if (TableBytes(facts) > BytesKeptNear)
        {
            writer.Line("PrunedRows.V1.FetchAhead(ref pair);");
        }

        EmitPair(writer, dialect, "first", first: true);
        using (writer.Begin("for (var left = group < longer ? pairs : pairs - 1; left > 0; left--)"))
        {
            EmitPair(writer, dialect, "next", first: false);
        }

        writer.Line();
        if (dialect.KeepsOrder)
        {
            writer.Line($"sum0 = {dialect.AddInOrder(true, "sum0", "low")};");
            writer.Line($"sum1 = {dialect.AddInOrder(false, "sum1", "low")};");
            writer.Line($"sum2 = {dialect.AddInOrder(true, "sum2", "high")};");
            writer.Line($"sum3 = {dialect.AddInOrder(false, "sum3", "high")};");

            return;
        }

        writer.Line($"sum0 += {dialect.EvenLanes("low")};");
        writer.Line($"sum1 += {vector}.ShiftRightArithmetic(low.AsInt32(), 16);");
        writer.Line($"sum2 += {dialect.EvenLanes("high")};");
        writer.Line($"sum3 += {vector}.ShiftRightArithmetic(high.AsInt32(), 16);");
    }

    // Two loads of 16 bits each: taking one of 64 bits apart took 7 % more time for a row, by its three instructions more.
    private static void EmitPair(IndentedWriter writer, Dialect dialect, string name, bool first)
    {
        var (one, other, weights) = ($"{name}One", $"{name}Other", $"{name}Weights");
        writer.Line($"var {one} = {dialect.Vector}.LoadUnsafe(ref Unsafe.Add(ref block, (nuint)Unsafe.As<ulong, ushort>(ref pair)));");
        writer.Line($"var {other} = {dialect.Vector}.LoadUnsafe(ref Unsafe.Add(ref block, (nuint)Unsafe.Add(ref Unsafe.As<ulong, ushort>(ref pair), 1)));");
        writer.Line($"var {weights} = {dialect.As("SByte", $"{dialect.Vector}.Create(Unsafe.Add(ref Unsafe.As<ulong, int>(ref pair), 1))")};");
        writer.Line(dialect.AddPair(first, "low", lower: true, one, other, weights));
        writer.Line(dialect.AddPair(first, "high", lower: false, one, other, weights));
        writer.Line("pair = ref Unsafe.Add(ref pair, 1);");
    }
}
