using System.Runtime.CompilerServices;
using CsCheck;
using Espalier.Integration.Tests.Weights;
using Espalier.Kernels;
using Espalier.Planning;
using Xunit;

namespace Espalier.Integration.Tests.Kernels;

/// <summary>Every layout on every tier gives what its scalar twin gives, for random shapes, densities, codebooks and inputs.</summary>
public class KernelPropertyTests
{
    private static readonly int[] Widths = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 47, 64, 65, 100, 127, 129, 200, 300];

    private static readonly Gen<KernelRequest> Integer =
        from layout in KernelRequest.IntegerLayouts
        from tier in KernelRequest.TiersFor(layout)
        from inputs in Gen.OneOfConst(Widths)
        from outputs in Gen.OneOfConst(Widths)
        from weights in KernelRequest.PrecisionsFor(layout)
        from clusters in KernelRequest.ClustersFor(layout, weights)
        from codes in Gen.Bool
        from activation in Gen.OneOfConst(Activation.None, Activation.Relu, Activation.Sigmoid, Activation.Tanh)
        from depth in Gen.OneOfConst(1, 1, 2, 3, 5, 8)
        from inputGrid in KernelRequest.InputGridsFor(layout)
        from variant in Gen.Int[0, 11]
        from wide in Gen.Int[0, 2]
        let wideCodes = codes && wide == 0 && activation is Activation.None or Activation.Relu
        select new KernelRequest(layout, tier, inputs, outputs, weights, clusters, codes, activation, KernelRequest.DepthFor(layout, depth), variant) { InputGrid = inputGrid, WideCodes = wideCodes };

    private static readonly Gen<KernelRequest> Float =
        from tier in Gen.OneOfConst(Tiers.Supported.ToArray())
        from layout in Gen.OneOfConst(KernelRequest.FloatLayouts.Where(layout => KernelRequest.RunsOn(layout, tier)).ToArray())
        from inputs in Gen.OneOfConst(Widths)
        from outputs in Gen.OneOfConst(Widths)
        from weights in KernelRequest.FloatsFor(layout)
        from clusters in KernelRequest.ClustersFor(layout, weights)
        from activation in Gen.OneOfConst(Activation.None, Activation.Relu)
        from variant in Gen.Int[0, 11]
        select new KernelRequest(layout, tier, inputs, outputs, weights, clusters, false, activation, 0, variant);

    [Fact]
    public void IntegerKernelsEqualTheirTwinsAndTheSimulation() => Check(Integer.Array[Effort.Of(80)], exact: true);

    [Fact]
    public void FloatKernelsStayWithinTheirBound() => Check(Float.Array[Effort.Of(60)], exact: false);

    /// <summary>.NET 11 chooses these kernels on processors that have the instruction; here its class is a stand-in.</summary>
    [Fact]
    public void KernelsOf512BitVnniEqualTheirTwins() =>
        Check(
            Integer.Where(request => request.Layout.StartsWith("Dense", StringComparison.Ordinal))
                .Select(request => request with { Tier = InstructionTiers.IsSupported(InstructionTier.Avx512VbmiVnni) && request.Variant % 2 == 0 ? InstructionTier.Avx512VbmiVnni : InstructionTier.Avx512Vbmi })
                .Array[InstructionTiers.IsSupported(InstructionTier.Avx512Vbmi) ? 40 : 0],
            exact: true,
            wideVnni: true);

    private static void Check(Gen<KernelRequest[]> requests, bool exact, bool wideVnni = false) =>
        requests.Sample(
            batch =>
            {
                foreach (var (request, pack, run, _) in KernelCompiler.Compile(batch, wideVnni))
                {
                    for (var round = 0; round < 6; round++)
                    {
                        Check(request, pack, run, round, exact);
                    }
                }
            },
            iter: Effort.Of(3),
            threads: 1);

    private static void Check(KernelRequest request, KernelCompiler.Packer pack, KernelCompiler.Runner run, int round, bool exact)
    {
        var random = new RandomWeights(HashCode.Combine(round, request.Inputs, request.Outputs)) { Extreme = round % 3 == 2, Density = round switch { 0 => null, 1 => 0.05, 3 => 0, 4 => 1, _ => 0.4 } };
        var weights = random.For(request.Description, request.NextGrid(round));

        // Inputs lie in another order, as the layer before would leave them.
        int[] order = [.. Enumerable.Range(0, request.Inputs)];
        new Random(round).Shuffle(order);
        var packed = pack(weights, request.Tier, order);
        var input = new AlignedMemory(Math.Max((request.Inputs + 256) * 4, ActivationPlanes.Size(request.Inputs)));
        Fill(request, input, order, round);

        var compiled = Run(request, packed, input, (ref byte from, ref byte to) => run(packed, ref from, ref to));
        var twin = Run(request, packed, input, packed.Scalar);
        PartAgreement.Check(packed, run, input, $"{request}, round {round}");
        for (var output = 0; output < request.Outputs; output++)
        {
            var equal = exact || compiled[output] == twin[output] ? compiled[output] == twin[output] : Near(compiled[output], twin[output], weights, output);
            if (!equal)
            {
                Assert.Fail($"{request}, round {round}, output {output}: twin {twin[output]:R}, kernel {compiled[output]:R}");
            }
        }
    }

    private delegate void Kernel(ref byte input, ref byte output);

    /// <summary>The numbers that leave, in the order of the outputs; codes as floats.</summary>
    private static float[] Run(KernelRequest request, PackedLayer packed, AlignedMemory input, Kernel kernel)
    {
        var output = new AlignedMemory(Math.Max((packed.Tiles * packed.Shape.Rows * 4) + 64, ActivationPlanes.Size(request.Outputs)));
        kernel(ref input.Start, ref output.Start);
        var positions = packed.Positions.Span;
        var result = new float[request.Outputs];
        for (var i = 0; i < result.Length; i++)
        {
            var at = positions.IsEmpty ? i : positions[i];
            result[i] = !request.Codes ? output.As<float>()[at]
                : request.WideCodes ? output.Bytes[at] + (128 * output.Bytes[at + ActivationPlanes.Stride(request.Outputs)])
                : output.Bytes[at];
        }

        return result;
    }

    private static void Fill(KernelRequest request, AlignedMemory input, int[] order, int round)
    {
        var random = new Random(round);
        for (var i = 0; i < request.Inputs; i++)
        {
            if (request.IsFloat)
            {
                input.As<float>()[order[i]] = (random.NextSingle() * 4) - 2;
            }
            else
            {
                var code = round % 2 == 0 ? random.Next(request.InputTop + 1) : request.InputTop;
                input.Bytes[order[i]] = (byte)(code & 127);
                if (request.InputGrid == Precision.Int16)
                {
                    input.Bytes[order[i] + ActivationPlanes.Stride(request.Inputs)] = (byte)(code >> 7);
                }
            }
        }
    }

    // n·ε·Σ|w·x| with |x| ≤ 2, the bound that float layers state; both sides may be off by it.
    private static bool Near(float left, float right, LayerWeights weights, int output)
    {
        var sum = MathF.Abs(weights.Bias.IsEmpty ? 0 : weights.Bias[output]);
        for (var i = 0; i < weights.Layer.Inputs; i++)
        {
            sum += 2 * MathF.Abs(weights.Weight(output, i));
        }

        return MathF.Abs(left - right) <= 2 * (weights.Layer.Inputs + 1) * 1.2e-7f * sum;
    }
}
