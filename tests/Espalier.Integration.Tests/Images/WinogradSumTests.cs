using Espalier.Integration.Tests.Kernels;
using Espalier.Kernels;
using Espalier.Planning;
using Xunit;

namespace Espalier.Integration.Tests.Images;

/// <summary>
/// Winograd's integer form loses six of 32 bits to the 64 that its sums are too large by. Sums that just fit what is left, and sums that do not, are those of a
/// convolution all the same, on every tier.
/// </summary>
public class WinogradSumTests
{
    private const string Layout = "WinogradInt8";

    /// <summary>127 · 127 · 9 · 231 = 33,532,191 is the largest sum of whole channels below 2²⁵ = 33,554,432.</summary>
    private const int MostChannels = 231;

    public static TheoryData<int, int, bool> Ends => new()
    {
        { MostChannels, 127, true }, { MostChannels, -127, true }, { MostChannels + 1, 127, false }, { MostChannels + 1, -127, false }, { 3 * MostChannels, 127, false },
    };

    [Theory, MemberData(nameof(Ends))]
    public void SumsAtTheEndsOfTheirRangeAreExact(int channels, int weight, bool fits) => Check(channels, (_, _) => (sbyte)weight, fits);

    /// <summary>Signs as of the transforms' rows: what is multiplied is as large as it gets.</summary>
    [Theory, InlineData(16), InlineData(33), InlineData(230)]
    public void WeightsAndCodesAtTheEndsOfTheirGridsAreExact(int channels)
    {
        for (var signs = 0; signs < 512; signs += 37)
        {
            Check(channels, (_, place) => (sbyte)((signs >> (place % 9) & 1) == 0 ? 127 : -127), true);
        }
    }

    /// <summary>What is measured on trained weights survives its text, and keeps the layout from weights that packing would refuse.</summary>
    [Theory, InlineData(MostChannels, false), InlineData(MostChannels + 1, true)]
    public void WideSumsAreEvidenceAgainstLargeTiles(int channels, bool wide)
    {
        var given = new ConvolutionCase(channels, 16, 6, 7, 1, Precision.Int8);
        var codes = new sbyte[16 * channels * 9];
        codes.AsSpan(codes.Length - (channels * 9)).Fill(-127);
        var weights = new IntegerLayerWeights(given.Layer, codes, Enumerable.Repeat(1f, 16).ToArray(), new float[16], new ActivationGrid(1, 0, 127));
        var evidence = WeightEvidenceFactory.Measure(weights);
        Assert.Equal(wide, evidence.WideSums);
        Assert.Equal(evidence, PlanText.ParseEvidence(PlanText.Of(evidence)));
        var candidates = KernelLayouts.Find(Layout).Candidates(new LayerFacts(given.Layer.ToDefinition(), EdgeForm.Floats, evidence), Tier.Avx2);
        Assert.Equal(wide ? [2] : [4, 2], candidates.Select(plan => plan.Window));
    }

    private static void Check(int channels, Func<int, int, sbyte> weight, bool fits)
    {
        var given = new ConvolutionCase(channels, 16, 6, 7, 1, Precision.Int8) { Padding = (1, 0) };
        var weights = new sbyte[16 * channels * 9];
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = weight(i / (channels * 9), i % (channels * 9));
        }

        var kernels = ConvolutionCompiler.Compile([(given, Layout, 0)])[0];
        foreach (var tier in Tiers.Supported.Where(tier => kernels.ScratchBytes(tier) is not null))
        {
            foreach (var zeroPoint in new ushort[] { 0, 127 })
            {
                var layer = new IntegerLayerWeights(given.Layer, weights, Enumerable.Repeat(1f, 16).ToArray(), new float[16], new ActivationGrid(1, zeroPoint, 127));
                var packed = (WinogradInt8.V1)kernels.Pack(layer, tier, new ConvolutionPlace(given.InputStride, given.OutputStride));
                Assert.Equal(fits, packed.SumsHold);
                Run(given, kernels, packed, weights, zeroPoint, (_, _) => 127, $"{tier}, zero point {zeroPoint}, all codes at the top");
                Run(given, kernels, packed, weights, zeroPoint, (y, x) => (byte)((y + x) % 2 * 127), $"{tier}, zero point {zeroPoint}, a chequered board");
                Run(given, kernels, packed, weights, zeroPoint, (y, x) => (byte)(x % 2 * 127), $"{tier}, zero point {zeroPoint}, stripes");
                Run(given, kernels, packed, weights, zeroPoint, (y, x) => (byte)(((2 * y) + x) % 3 == 0 ? 127 : 0), $"{tier}, zero point {zeroPoint}, slanted stripes");
            }
        }
    }

    private static void Run(ConvolutionCase given, ConvolutionCompiler.Kernels kernels, PackedConvolution packed, sbyte[] weights, int zeroPoint, Func<int, int, byte> code, string what)
    {
        var input = new AlignedMemory((given.Height * given.Width * given.InputStride) + 64);
        var output = new AlignedMemory(given.OutputHeight * given.OutputWidth * given.OutputStride * sizeof(float));
        var scratch = new AlignedMemory(kernels.ScratchBytes(packed.Tier)!.Value);
        for (var i = 0; i < given.Height * given.Width * given.InputStride; i++)
        {
            input.Bytes[i] = code(i / given.InputStride / given.Width, i / given.InputStride % given.Width);
        }

        kernels.Run(packed, ref input.Start, ref input.Start, ref output.Start, ref scratch.Start);
        for (var i = 0; i < given.OutputHeight * given.OutputWidth; i++)
        {
            // All channels are alike, so a window of codes is one channel's times as many.
            var (top, left, sum) = ((i / given.OutputWidth) - 1, i % given.OutputWidth, 0L);
            for (var place = 0; place < 9; place++)
            {
                var (y, x) = (top + (place / 3), left + (place % 3));
                sum += y < 0 || y >= given.Height ? 0 : given.Channels * (long)weights[place] * (code(y, x) - zeroPoint);
            }

            Assert.True(output.As<float>()[i * given.OutputStride] == (float)sum, $"{given.Channels} channels on {what}, pixel {i}: expected {sum}, got {output.As<float>()[i * given.OutputStride]:R}");
        }
    }
}
