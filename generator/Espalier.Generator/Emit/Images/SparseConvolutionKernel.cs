using System.Linq;
using Espalier.Generator.Emit.Dialects;
using Espalier.Planning;

namespace Espalier.Generator.Emit.Images;

/// <summary>
/// A pruned convolution in integers, a vector of pixels at a time: each output channel goes through its nonzeros by twos. The codes of both come in turn, so that one
/// instruction multiplies them and adds the two; some pairs are added in 16 bits, and two such sums become one of 32.
/// </summary>
internal sealed class SparseConvolutionKernel(LayerFacts facts, KernelPlan plan, Dialect dialect, string packedClass, string name)
{
    /// <summary>Words of a pair in the table: two places, and both weights twice.</summary>
    private const int PairWords = 3;

    private readonly PlaneGeometry _planes = PlaneGeometry.Of(facts.Definition, plan.Slots, sizeof(byte));

    public void Emit(IndentedWriter writer)
    {
        SparseConvolutionLoop.Emit(writer, $"{dialect.Title}, {plan.Depth} pair(s) of nonzeros added in 16 bits", packedClass, name, _planes);
        writer.Line();
        writer.Line($"/// <summary>{_planes.TilePixels} pixels of all output channels, in runs of channels with equally many nonzeros: loops that keep their length are foreseen.</summary>");
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        using (writer.Begin($"private static void {SparseConvolutionLoop.TileName(name)}({packedClass} layer, ref byte map, ref byte added, ref byte results)"))
        {
            EmitTile(writer);
        }
    }

    private void EmitTile(IndentedWriter writer)
    {
        if (dialect.Ones.Length > 0)
        {
            writer.Line(dialect.Ones);
        }

        writer.Line("ref var pair = ref layer.Pairs;");
        writer.Line("ref var member = ref layer.Members;");
        writer.Line("ref var run = ref layer.Runs;");
        using (writer.Begin("for (var runs = layer.RunCount; runs > 0; runs--)"))
        {
            writer.Line("var (groups, twos) = (Unsafe.Add(ref run, 1), Unsafe.Add(ref run, 2));");
            using (writer.Begin("for (var rows = run; rows > 0; rows--)"))
            {
                writer.Line("var channel = (nuint)(uint)member;");
                writer.Line("member = ref Unsafe.Add(ref member, 1);");
                writer.Line($"var sum0 = {dialect.Vector}.Create(Unsafe.Add(ref layer.Bias, channel));");
                writer.Line("var (sum1, sum2, sum3) = (sum0, sum0, sum0);");
                writer.Line();
                writer.Line("// The pairs of a group were chosen so that each half of their products fits 16 bits together.");
                EmitGroups(writer, "groups", plan.Depth);
                writer.Line();
                EmitGroups(writer, "twos", 1);
                writer.Line();
                SparseMapEnding.Emit(writer, dialect);
            }

            writer.Line();
            writer.Line("run = ref Unsafe.Add(ref run, 3);");
        }
    }

    private void EmitGroups(IndentedWriter writer, string count, int pairs)
    {
        using (writer.Begin($"for (var left = {count}; left > 0; left--)"))
        {
            foreach (var (half, number) in Enumerable.Range(0, 2 * pairs).Select(at => (at / pairs == 0 ? "First" : "Second", at)))
            {
                EmitPair(writer, half, number, number % pairs == 0);
            }

            writer.Line($"pair = ref Unsafe.Add(ref pair, {2 * pairs * PairWords});");
            writer.Line();
            for (var sum = 0; sum < 4; sum++)
            {
                var shorts = sum < 2 ? "low" : "high";
                writer.Line($"sum{sum} += {dialect.AddNeighbours(dialect.InterleaveShorts(sum % 2 == 0, $"{shorts}First", $"{shorts}Second"))};");
            }
        }
    }

    private void EmitPair(IndentedWriter writer, string half, int number, bool first)
    {
        string Word(int word) => number == 0 && word == 0 ? "pair" : $"Unsafe.Add(ref pair, {(number * PairWords) + word})";
        string Codes(int word) => $"{dialect.Vector}.LoadUnsafe(ref Unsafe.Add(ref map, (nuint)(uint){Word(word)}))";
        writer.Line($"var one{number} = {Codes(0)};");
        writer.Line($"var other{number} = {Codes(1)};");
        writer.Line($"var weights{number} = {dialect.As("SByte", $"{dialect.Vector}.Create({Word(2)})")};");
        writer.Line(dialect.AddPair(first, $"low{half}", lower: true, $"one{number}", $"other{number}", $"weights{number}"));
        writer.Line(dialect.AddPair(first, $"high{half}", lower: false, $"one{number}", $"other{number}", $"weights{number}"));
    }
}
