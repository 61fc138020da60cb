using CsCheck;
using Espalier.Integration.Tests.Kernels;
using Espalier.Kernels;
using Espalier.Planning;
using Xunit;

namespace Espalier.Integration.Tests.Images;

/// <summary>The scalar twins of convolutions give what a convolution is by definition, for odd shapes of every sort.</summary>
[Trait(Tiers.Trait, Tiers.Once)]
public class ConvolutionTwinTests
{
    [Fact]
    public void FloatTwinsStayWithinTheirBound() =>
        ConvolutionCase.Floats.Sample(given => Check(given, place => (weights, tier, shape) => ConvolutionFp32.V1.Pack(weights, tier, shape, place)), iter: Effort.Of(400), threads: 1);

    [Fact]
    public void IntegerTwinsGiveTheSameNumbers() =>
        ConvolutionCase.Integers.Sample(given => Check(given, place => (weights, tier, shape) => ConvolutionInt8.V1.Pack(weights, tier, shape, place)), iter: Effort.Of(400), threads: 1);

    /// <summary>Winograd's integer form gives the integers of a convolution, not numbers near them.</summary>
    [Fact]
    public void IntegerWinogradTwinsGiveTheSameNumbers() =>
        Gen.Select(ConvolutionCase.IntegerThrees, Gen.OneOfConst(2, 4)).Sample(
            (given, size) => Check(given, place => (weights, tier, shape) => WinogradInt8.V1.Pack(weights, tier, shape, place), size), iter: Effort.Of(100), threads: 1);

    [Fact]
    public void SparseFloatTwinsStayWithinTheirBound() =>
        ConvolutionCase.Floats.Sample(given => CheckSparse(given, place => (weights, tier, shape) => SparseConvolutionFp32.V1.Pack(weights, tier, shape, place)), iter: Effort.Of(400), threads: 1);

    [Fact]
    public void SparseSharedTwinsStayWithinTheirBound() =>
        ConvolutionCase.Floats.Sample(given => CheckSparse(given with { Clusters = 16 }, place => (weights, tier, shape) => SparseConvolutionShared.V1.Pack(weights, tier, shape, place)), iter: Effort.Of(400), threads: 1);

    [Fact]
    public void SparseIntegerTwinsGiveTheSameNumbers() =>
        ConvolutionCase.Integers.Sample(given => CheckSparse(given, place => (weights, tier, shape) => SparseConvolutionInt8.V1.Pack(weights, tier, shape, place)), iter: Effort.Of(400), threads: 1);

    [Fact]
    public void DepthwiseFloatTwinsStayWithinTheirBound() =>
        ConvolutionCase.DepthwiseFloats.Sample(given => CheckDepthwise(given, place => (weights, tier, shape) => DepthwiseFp32.V1.Pack(weights, tier, shape, place)), iter: Effort.Of(400), threads: 1);

    [Fact]
    public void DepthwiseIntegerTwinsGiveTheSameNumbers() =>
        ConvolutionCase.DepthwiseIntegers.Sample(given => CheckDepthwise(given, place => (weights, tier, shape) => DepthwiseInt8.V1.Pack(weights, tier, shape, place)), iter: Effort.Of(400), threads: 1);

    private static void CheckDepthwise(ConvolutionCase given, Func<ConvolutionPlace, Func<LayerWeights, InstructionTier, KernelShape, PackedConvolution>> packer)
    {
        for (var round = 0; round < 3; round++)
        {
            var sample = new ConvolutionSample(given, round);
            foreach (var rows in given.IsInteger ? new[] { 16, 32, 64 } : [4, 8, 16])
            {
                var packed = packer(sample.Place)(sample.Weights, InstructionTier.Scalar, new KernelShape(rows, 1, 0, 0));
                Check(given, sample, packed, DepthwiseGeometry.Of(given.Layer.ToDefinition())!.ScratchBytes(given.IsInteger ? 1 : sizeof(float)), $"{given}, round {round}, vectors of {rows}");
            }
        }
    }

    private static void CheckSparse(ConvolutionCase given, Func<ConvolutionPlace, Func<LayerWeights, InstructionTier, KernelShape, PackedConvolution>> packer)
    {
        for (var round = 0; round < 3; round++)
        {
            var sample = new ConvolutionSample(given, round, given.Density(round));
            foreach (var (pixels, depth) in new[] { (16, 2), (32, 1), (64, 5) })
            {
                var packed = packer(sample.Place)(sample.Weights, InstructionTier.Scalar, new KernelShape(1, pixels, 0, depth));
                Check(given, sample, packed, PlaneGeometry.Of(given.Layer.ToDefinition(), pixels, given.IsInteger ? 1 : sizeof(float)).ScratchBytes, $"{given}, round {round}, {pixels} pixels");
            }
        }
    }

    private static void Check(ConvolutionCase given, ConvolutionSample sample, PackedConvolution packed, int scratchBytes, string what)
    {
        var scratch = new AlignedMemory(scratchBytes);
        scratch.Bytes.Fill(0x5A);
        var output = sample.NewOutput();
        packed.RunScalar(ref sample.Input.Start, ref sample.Added.Start, ref output.Start, ref scratch.Start);
        Compare(given, sample, sample.Read(output), what);
        Assert.True(sample.IsUntouchedBeyond(output), $"{given}: wrote to other layers' channels");
    }

    private static void Check(ConvolutionCase given, Func<ConvolutionPlace, Func<LayerWeights, InstructionTier, KernelShape, PackedConvolution>> packer, int size = 0)
    {
        for (var round = 0; round < 3; round++)
        {
            var sample = new ConvolutionSample(given, round);
            foreach (var rows in new[] { 8, 16, 48 })
            {
                var packed = packer(sample.Place)(sample.Weights, InstructionTier.Scalar, new KernelShape(rows, 1, size, 1));
                var scratchBytes = size == 0
                    ? ConvolutionScratch.MapBytes(packed.Geometry, given.IsInteger ? 1 : sizeof(float))
                    : WinogradGeometry.Of(packed.Layer.ToDefinition(), size)!.ScratchBytes;
                Check(given, sample, packed, scratchBytes, $"{given}, round {round}, tiles of {rows}");
            }
        }
    }

    private static void Compare(ConvolutionCase given, ConvolutionSample sample, float[] actual, string what)
    {
        var (values, magnitudes) = sample.Expected();
        var products = given.Layer.WeightColumns;
        for (var i = 0; i < actual.Length; i++)
        {
            // Sigmoid and tanh round on their own, however small the sums are: two units in the last place of what leaves.
            var bound = given.IsInteger ? 0 : 1.2e-7 * (((products + 2) * magnitudes[i]) + (2 * Math.Abs(values[i])));
            if (!(Math.Abs(values[i] - actual[i]) <= bound))
            {
                Assert.Fail($"{what}, place {i}: expected {values[i]:R}, got {actual[i]:R}");
            }
        }
    }
}
