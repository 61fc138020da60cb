using Espalier.Kernels;
using Xunit;

namespace Espalier.Integration.Tests.Kernels;

/// <summary>Shapes that random weights seldom have: far gaps, rows that begin late, few rows, and the largest sums that there are.</summary>
public class DeltaLaneSlicesTests
{
    private static readonly sbyte[] Ends = [-127, 0, 1, 127];

    public static TheoryData<int, int, bool> Shapes => new() { { 1, 1, false }, { 5, 3, true }, { 4000, 70, false }, { 9001, 130, true }, { 64, 64, false }, { 129, 200, true } };

    [Theory, MemberData(nameof(Shapes))]
    public void KernelAndTwinGiveTheSums(int inputs, int outputs, bool codes)
    {
        foreach (var tier in Tiers.Supported.Where(tier => tier is InstructionTier.Avx512Vbmi or InstructionTier.Avx512VbmiVnni))
        {
            var request = new KernelRequest("DeltaLaneSlices", tier, inputs, outputs, Precision.Int8, 16, codes, Activation.None, 1, 0);
            var (_, pack, run, _) = KernelCompiler.Compile([request])[0];
            foreach (var (name, weight) in Masks(inputs, outputs))
            {
                Check(request, pack, run, weight, name);
            }
        }
    }

    private static IEnumerable<(string Name, Func<int, int, sbyte> Weight)> Masks(int inputs, int outputs)
    {
        yield return ("all positive", (_, _) => 127);
        yield return ("all negative", (_, _) => -127);
        yield return ("none", (_, _) => 0);
        yield return ("the last column", (_, column) => column == inputs - 1 ? (sbyte)127 : (sbyte)0);
        yield return ("both ends", (row, column) => column == 0 || column == inputs - 1 - (row % Math.Min(3, inputs)) ? (sbyte)-127 : (sbyte)0);
        yield return ("one full row", (row, _) => row == outputs / 2 ? (sbyte)1 : (sbyte)0);
        yield return ("each row where the one before ends", (row, column) => column * outputs / inputs == row ? (sbyte)127 : (sbyte)0);
        yield return ("every second row empty", (row, column) => row % 2 == 0 && (row + column) % 5 == 0 ? Ends[(row + column) % 4] : (sbyte)0);
    }

    private static void Check(KernelRequest request, KernelCompiler.Packer pack, KernelCompiler.Runner run, Func<int, int, sbyte> weight, string name)
    {
        var codes = new sbyte[request.Inputs * request.Outputs];
        for (var i = 0; i < codes.Length; i++)
        {
            codes[i] = weight(i / request.Inputs, i % request.Inputs);
        }

        ActivationGrid? next = request.Codes ? new ActivationGrid(5000, 40, 127) : null;
        var weights = new IntegerLayerWeights(request.Description, codes, [1f], new float[request.Outputs], new ActivationGrid(1, 0, 127), next, null, Ends);
        var packed = pack(weights, request.Tier, Array.Empty<int>());
        var input = new AlignedMemory(request.Inputs + 256);
        var random = new Random(1);
        for (var i = 0; i < request.Inputs; i++)
        {
            input.Bytes[i] = (byte)(i % 3 == 0 ? random.Next(128) : 127);
        }

        // What lies behind the activations may be looked up, but only with weight 0.
        input.Bytes[request.Inputs..].Fill(255);
        var kernel = new AlignedMemory(packed.Tiles * packed.Shape.Rows * 4);
        var twin = new AlignedMemory(kernel.Length);
        run(packed, ref input.Start, ref kernel.Start);
        packed.Scalar(ref input.Start, ref twin.Start);
        Assert.True(kernel.Bytes.SequenceEqual(twin.Bytes), $"{request}, {name}: the kernel differs from its twin");
        for (var row = 0; row < request.Outputs && !request.Codes; row++)
        {
            var sum = 0;
            for (var column = 0; column < request.Inputs; column++)
            {
                sum += codes[(row * request.Inputs) + column] * input.Bytes[column];
            }

            var at = packed.Positions.IsEmpty ? row : packed.Positions.Span[row];
            Assert.True(sum == kernel.As<float>()[at], $"{request}, {name}, row {row}: expected {sum}, got {kernel.As<float>()[at]}");
        }

        PartAgreement.Check(packed, run, input, $"{request}, {name}");
    }
}
