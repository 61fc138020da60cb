using Espalier.Kernels;
using Espalier.Planning;
using Xunit;

namespace Espalier.Tests.Images;

/// <summary>Convolutions with a window for each channel run kernels of their own, others do not; and what these kernels leave out lies outside of the map.</summary>
public class DepthwisePlanTests
{
    [Theory, InlineData(32, 112, 1), InlineData(64, 112, 2), InlineData(128, 56, 1), InlineData(512, 14, 1), InlineData(1024, 7, 1), InlineData(17, 9, 3)]
    public void AWindowForEachChannel(int channels, int size, int stride)
    {
        foreach (var tier in Planner.Tiers)
        {
            Assert.Equal("DepthwiseFp32", Plan(channels, size, channels, channels, stride, Precision.Fp32, tier).Layout);
            Assert.Equal("DepthwiseInt8", Plan(channels, size, channels, channels, stride, Precision.Int8, tier).Layout);
        }
    }

    [Theory, InlineData(Precision.Fp32), InlineData(Precision.Int8)]
    public void GroupsOfSeveralChannelsDoNot(Precision precision)
    {
        foreach (var tier in Planner.Tiers)
        {
            Assert.DoesNotContain("Depthwise", Plan(64, 28, 64, 32, 1, precision, tier).Layout);
            Assert.DoesNotContain("Depthwise", Plan(64, 28, 64, 1, 1, precision, tier).Layout);
            Assert.DoesNotContain("Depthwise", Plan(1, 28, 1, 1, 1, precision, tier).Layout);
        }
    }

    [Theory, InlineData(32, 32), InlineData(48, 32), InlineData(64, 64), InlineData(144, 64), InlineData(8, 16)]
    public void VectorsAreNoWiderThanTheLayer(int channels, int expected) =>
        Assert.Equal(expected, Plan(channels, 14, channels, channels, 1, Precision.Int8, Tier.Avx512).Rows);

    [Fact]
    public void VectorsCoverEveryChannelOnce()
    {
        foreach (var (channels, widest) in new[] { (16, 64), (48, 64), (112, 64), (1024, 64), (208, 32), (17, 16), (96, 16) })
        {
            var next = 0;
            foreach (var (channel, width) in Geometry(channels, 7, 3, 1, 1, 1).Vectors(widest))
            {
                Assert.Equal(next, channel);
                Assert.True(width <= widest && width % 16 == 0);
                next += width;
            }

            Assert.Equal((channels + 15) / 16 * 16, next);
        }
    }

    /// <summary>A row of a window is inside where any of its numbers can be.</summary>
    [Fact]
    public void RowsInsideAreThoseOfTheMap()
    {
        foreach (var (size, kernel, stride, padding, dilation) in new[] { (7, 3, 1, 1, 1), (5, 4, 3, 3, 2), (1, 3, 1, 1, 1), (2, 2, 2, 5, 3), (9, 9, 1, 4, 1), (4, 1, 1, 2, 1) })
        {
            var geometry = Geometry(16, size, kernel, stride, padding, dilation);
            for (var y = 0; y < geometry.Convolution.OutputHeight; y++)
            {
                var inside = Enumerable.Range(0, kernel).Where(row => (y * stride) - padding + (row * dilation) is var at && at >= 0 && at < size).ToArray();
                var (first, end) = geometry.Convolution.RowsInside(y);
                Assert.Equal(inside, Enumerable.Range(first, end - first));
            }
        }
    }

    private static DepthwiseGeometry Geometry(int channels, int size, int kernel, int stride, int padding, int dilation) =>
        DepthwiseGeometry.Of(Layer(channels, size, channels, kernel, stride, padding, dilation, channels, Precision.Fp32).ToDefinition())!;

    private static KernelPlan Plan(int channels, int size, int outputs, int groups, int stride, Precision precision, Tier tier) =>
        Planner.Plan(new LayerFacts(Layer(channels, size, outputs, 3, stride, 1, 1, groups, precision).ToDefinition(), EdgeForm.Floats, null), tier);

    private static LayerDescription Layer(int channels, int size, int outputs, int kernel, int stride, int padding, int dilation, int groups, Precision precision)
    {
        var result = ((size + (2 * padding) - ((dilation * (kernel - 1)) + 1)) / stride) + 1;
        return new LayerDescription
        {
            Path = "0/Conv",
            Kind = "Conv2D",
            Arguments = [channels, outputs, kernel, kernel, stride, stride, padding, padding, dilation, dilation, groups],
            Inputs = channels * size * size,
            Outputs = outputs * result * result,
            InputShape = new ImageShape(channels, size, size),
            OutputShape = new ImageShape(outputs, result, result),
            Quantization = precision == Precision.Int8
                ? new QuantizationDescription { Weights = precision, Inputs = precision, Outputs = precision, Accumulators = Precision.Int32 }
                : QuantizationDescription.Fp32,
        };
    }
}
