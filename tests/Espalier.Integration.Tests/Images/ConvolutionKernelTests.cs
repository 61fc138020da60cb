using CsCheck;
using Espalier.Integration.Tests.Behaviour;
using Espalier.Integration.Tests.Kernels;
using Espalier.Kernels;
using Espalier.Planning;
using Xunit;

namespace Espalier.Integration.Tests.Images;

/// <summary>Every kernel of a convolution on every tier gives what its scalar twin gives, for odd shapes of every sort, and allocates nothing.</summary>
public class ConvolutionKernelTests
{
    [Fact]
    public void FloatKernelsStayWithinTheirBound() =>
        Check(ConvolutionCase.Floats.Select(given => (given, "ConvolutionFp32", 0)));

    [Fact]
    public void WinogradKernelsStayWithinTheirBound() =>
        Check(Gen.Select(ConvolutionCase.Threes, Gen.Int[0, 1]).Select((given, variant) => (given, "WinogradFp32", variant)));

    [Fact]
    public void IntegerKernelsEqualTheirTwins() =>
        Check(Gen.Select(ConvolutionCase.Integers, Gen.OneOfConst(1, 1, 2, 2, 3, 5, 8)).Select((given, depth) => (given, "ConvolutionInt8", depth)));

    [Fact]
    public void IntegerWinogradKernelsEqualTheirTwins() =>
        Check(Gen.Select(ConvolutionCase.IntegerThrees, Gen.Int[0, 1]).Select((given, variant) => (given, "WinogradInt8", variant)));

    [Fact]
    public void SparseIntegerKernelsEqualTheirTwins() =>
        Check(ConvolutionCase.Integers.Select(given => (given, "SparseConvolutionInt8", 1)));

    [Fact]
    public void SparseFloatKernelsStayWithinTheirBound() =>
        Check(ConvolutionCase.Floats.Select(given => (given, "SparseConvolutionFp32", 0)));

    [Fact]
    public void SparseSharedKernelsStayWithinTheirBound() =>
        Check(ConvolutionCase.Floats.Select(given => (given with { Clusters = 16 }, "SparseConvolutionShared", 0)));

    [Fact]
    public void DepthwiseFloatKernelsStayWithinTheirBound() =>
        Check(ConvolutionCase.DepthwiseFloats.Select(given => (given, "DepthwiseFp32", 0)));

    [Fact]
    public void DepthwiseIntegerKernelsEqualTheirTwins() =>
        Check(ConvolutionCase.DepthwiseIntegers.Select(given => (given, "DepthwiseInt8", 1)));

    /// <summary>From 256 KB on weights are asked for ahead, which may not change a number nor read beyond them.</summary>
    [Theory]
    [InlineData("ConvolutionInt8", 1)]
    [InlineData("ConvolutionInt8", 2)]
    [InlineData("WinogradInt8", 0)]
    [InlineData("WinogradFp32", 0)]
    [InlineData("WinogradFp32", 1)]
    [InlineData("ConvolutionFp32", 0)]
    public void LargeLayersEqualTheirTwins(string layout, int variant)
    {
        var weights = layout.EndsWith("Int8", StringComparison.Ordinal) ? Precision.Int8 : Precision.Fp32;
        ConvolutionCase[] cases = layout.StartsWith("Winograd", StringComparison.Ordinal)
            ? [new(128, 112, 9, 30, 1, weights) { Padding = (1, 1) }, new(130, 120, 5, 5, 1, weights) { Adds = true }]
            :
            [
                new(512, 600, 5, 29, 1, weights) { Kernel = (1, 1), Adds = true, Codes = weights == Precision.Int8, Activation = Activation.Relu },
                new(514, 601, 2, 3, 1, weights) { Kernel = (1, 1) },
                new(128, 260, 5, 9, 1, weights) { Padding = (1, 1) },
                new(256, 608, 6, 7, 2, weights) { Padding = (1, 1), Stride = (2, 2) },
            ];
        Check([.. cases.Select(given => (given, layout, variant))]);
    }

    private const double WinogradShare = 1e-5;

    private static void CheckTwin(float[] twin, double[] values, double bound, string what)
    {
        for (var i = 0; i < twin.Length; i++)
        {
            if (!(Math.Abs(twin[i] - values[i]) <= bound))
            {
                Assert.Fail($"{what}, place {i}: expected {values[i]:R}, twin {twin[i]:R}");
            }
        }
    }

    private static void Check(Gen<(ConvolutionCase, string, int)> cases) =>
        cases.Array[Effort.Of(40)].Sample(Check, iter: Effort.Of(5), threads: 1);

    private static void Check((ConvolutionCase Case, string Layout, int Variant)[] batch)
    {
        foreach (var tiers in ConvolutionCompiler.OnTiers(batch).GroupBy(pair => pair.Kernels, ReferenceEqualityComparer.Instance))
        {
            for (var round = 0; round < 3; round++)
            {
                // All tiers get the same numbers, and what they must give is computed once.
                var (given, layout, _, _) = tiers.First();
                var sample = new ConvolutionSample(given, round, KernelLayouts.Find(layout).SkipsZeros ? given.Density(round) : 1);
                foreach (var (_, _, kernels, tier) in tiers)
                {
                    Check(sample, given, kernels, tier, round, given.ToString(), layout == "WinogradFp32");
                }
            }
        }
    }

    private static void Check(ConvolutionSample sample, ConvolutionCase given, ConvolutionCompiler.Kernels kernels, InstructionTier tier, int round, string what, bool winograd)
    {
        var packed = kernels.Pack(sample.Weights, tier, sample.Place);
        var scratch = new AlignedMemory(kernels.ScratchBytes(tier)!.Value);
        var (output, twin) = Run(packed);
        Assert.True(sample.IsUntouchedBeyond(output), $"{what} on {tier}: wrote to other layers' channels");
        var (actual, expected) = (sample.Read(output), sample.Read(twin));
        var (values, bounds) = given.IsInteger ? default : sample.Expected();
        if (!given.IsInteger && !winograd && given.Activation is Activation.Sigmoid or Activation.Tanh)
        {
            // These round on their own: sums that differ by less than the bound may leave as neighbours that differ by more. So the sums are held against the bound,
            // and what left is what the activation makes of them, to the bit.
            var (sums, twinSums) = Run(kernels.Pack(sample.Weights, tier, sample.Place with { Activation = Activation.None }));
            var (left, twinLeft) = (actual, expected);
            (actual, expected) = (sample.Read(sums), sample.Read(twinSums));
            Assert.Equal(Activated(sums), left);
            Assert.Equal(Activated(twinSums), twinLeft);
        }

        if (winograd)
        {
            // Its twin adds the same transformed numbers; both are held against windows by definition. What is off is a share of the largest sum of magnitudes.
            expected = [.. values.Select(value => (float)value)];
            var share = WinogradShare * bounds.Max();
            CheckTwin(sample.Read(twin), values, share, what);
            bounds = [.. Enumerable.Repeat(share / ((given.Layer.WeightColumns + 2) * 2 * 1.2e-7), bounds.Length)];
        }

        for (var i = 0; i < actual.Length; i++)
        {
            var bound = bounds is null ? 0 : 2 * 1.2e-7 * ((given.Layer.WeightColumns + 2) * bounds[i]);
            if (!(Math.Abs(expected[i] - (double)actual[i]) <= bound))
            {
                Assert.Fail($"{what} on {tier}, round {round}, place {i}: twin {expected[i]:R}, kernel {actual[i]:R}");
            }
        }

        Assert.Equal(0, AllocatedBytes.Least(() => kernels.Run(packed, ref sample.Input.Start, ref sample.Added.Start, ref output.Start, ref scratch.Start), calls: 1));

        (AlignedMemory Kernel, AlignedMemory Twin) Run(PackedConvolution layer)
        {
            var results = (Kernel: sample.NewOutput(), Twin: sample.NewOutput());
            scratch.Bytes.Fill(0x5A);
            layer.RunScalar(ref sample.Input.Start, ref sample.Added.Start, ref results.Twin.Start, ref scratch.Start);
            scratch.Bytes.Fill(0x5A);
            kernels.Run(layer, ref sample.Input.Start, ref sample.Added.Start, ref results.Kernel.Start, ref scratch.Start);
            return results;
        }

        float[] Activated(AlignedMemory sums)
        {
            MapActivations.Apply(given.Activation, ref sums.As<float>()[0], given.OutputHeight * given.OutputWidth, given.Outputs, given.OutputStride);
            return sample.Read(sums);
        }
    }
}
