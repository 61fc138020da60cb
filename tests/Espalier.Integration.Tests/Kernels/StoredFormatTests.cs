using System.Runtime.InteropServices;
using CsCheck;
using Espalier.Integration.Tests.Weights;
using Espalier.Kernels;
using Xunit;

namespace Espalier.Integration.Tests.Kernels;

/// <summary>Dense float layers whose weights are kept in fewer bits give the bits that the same weights give in fp32, kernels and twins alike.</summary>
public class StoredFormatTests
{
    private static readonly int[] Widths = [1, 2, 3, 5, 7, 8, 9, 15, 16, 17, 31, 33, 47, 64, 65, 100, 129];

    private static readonly Gen<KernelRequest> Requests =
        from tier in Gen.OneOfConst(Tiers.Supported.ToArray())
        from layout in Gen.OneOfConst(new[] { "DenseBf16", "DenseFp16", "DenseShared" }.Where(layout => KernelRequest.RunsOn(layout, tier)).ToArray())
        from inputs in Gen.OneOfConst(Widths)
        from outputs in Gen.OneOfConst(Widths)
        from weights in KernelRequest.FloatsFor(layout)
        from clusters in KernelRequest.ClustersFor(layout, weights)
        select new KernelRequest(layout, tier, inputs, outputs, weights, clusters, false, Activation.None, 0, 0);

    [Fact]
    public void NumbersAreThoseOfFp32() =>
        Requests.Array[Effort.Of(40)].Sample(
            requests =>
            {
                var wide = KernelCompiler.Compile(requests.Select(request => request with { Layout = "DenseFp32" }));
                var narrow = KernelCompiler.Compile(requests);
                for (var i = 0; i < requests.Length; i++)
                {
                    foreach (var extreme in new[] { false, true })
                    {
                        var weights = new RandomWeights(i) { Extreme = extreme, Density = 0.8 }.For(requests[i].Description);
                        var what = $"{requests[i]}, {(extreme ? "extreme" : "ordinary")} weights";
                        Compare(wide[i], narrow[i], weights, what);
                    }
                }
            },
            iter: Effort.Of(3),
            threads: 1);

    [Theory]
    [InlineData(Precision.Fp16, 1 + (1f / 2048))]
    [InlineData(Precision.Fp16, 65536f)]
    [InlineData(Precision.Fp16, 1e-9f)]
    [InlineData(Precision.Bf16, 1 + (1f / 256))]
    public void WeightsOfAnotherFormatAreTurnedAway(Precision format, float weight)
    {
        var request = new KernelRequest("DenseFp32", InstructionTier.Scalar, 2, 1, format, 0, false, Activation.None, 0, 0);
        var weights = new FloatLayerWeights(request.Description, [1, weight], [0]);
        var error = Assert.Throws<ArgumentException>(() => Dense16BitFloats.V1.Pack(weights, InstructionTier.Scalar, new KernelShape(4, 1, 0, 0), default, format));
        Assert.Contains($"{weight:R}", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Every finite fp16 number survives, beside a large weight and beside none.</summary>
    [Theory]
    [InlineData(1f)]
    [InlineData(65504f)]
    public void EveryFp16NumberIsExact(float largest)
    {
        var values = Enumerable.Range(0, 65536).Select(bits => (float)BitConverter.UInt16BitsToHalf((ushort)bits)).Where(value => MathF.Abs(value) <= largest).ToArray();
        var request = new KernelRequest("DenseFp16", InstructionTier.Scalar, 1, values.Length, Precision.Fp16, 0, false, Activation.None, 0, 0);
        foreach (var tier in Tiers.Supported)
        {
            var (_, pack, run, _) = KernelCompiler.Compile([request with { Tier = tier }])[0];
            var layer = pack(new FloatLayerWeights(request.Description, values, new float[values.Length]), tier, default);
            var input = new AlignedMemory(64);
            input.As<float>()[0] = 1;
            Assert.Equal(values, Floats(layer, input, (ref byte from, ref byte to) => run(layer, ref from, ref to))[..values.Length]);
            Assert.Equal(values, Floats(layer, input, layer.Scalar)[..values.Length]);
        }
    }

    private delegate void Kernel(ref byte input, ref byte output);

    private static void Compare(
        (KernelRequest Request, KernelCompiler.Packer Pack, KernelCompiler.Runner Run, KernelCompiler.Batcher Batch) wide,
        (KernelRequest Request, KernelCompiler.Packer Pack, KernelCompiler.Runner Run, KernelCompiler.Batcher Batch) narrow,
        LayerWeights weights,
        string what)
    {
        var random = new Random(1);
        var input = new AlignedMemory(weights.Layer.Inputs * 4);
        foreach (ref var value in input.As<float>())
        {
            value = (random.NextSingle() * 4) - 2;
        }

        var tier = wide.Request.Tier;
        var (left, right) = (wide.Pack(weights, tier, default), narrow.Pack(weights, tier, default));
        Assert.Equal(left.Shape.Rows, right.Shape.Rows);
        Assert.True(right.TableBytes < left.TableBytes || weights.Layer.Inputs < 4, what);
        Equal(Floats(left, input, (ref byte from, ref byte to) => wide.Run(left, ref from, ref to)), Floats(right, input, (ref byte from, ref byte to) => narrow.Run(right, ref from, ref to)), what);
        Equal(Floats(left, input, left.Scalar), Floats(right, input, right.Scalar), what + ", twins");
    }

    private static float[] Floats(PackedLayer layer, AlignedMemory input, Kernel kernel)
    {
        var output = new AlignedMemory(layer.Tiles * layer.Shape.Rows * 4);
        kernel(ref input.Start, ref output.Start);
        return output.As<float>().ToArray();
    }

    private static void Equal(float[] left, float[] right, string what) =>
        Assert.True(MemoryMarshal.AsBytes<float>(left).SequenceEqual(MemoryMarshal.AsBytes<float>(right)), $"{what}: {string.Join(' ', left.Take(5))} in fp32, {string.Join(' ', right.Take(5))} in fewer bits");
}
