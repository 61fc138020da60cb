using System.Runtime.CompilerServices;
using CsCheck;
using Espalier.Integration.Tests.Weights;
using Espalier.Kernels;
using Xunit;

namespace Espalier.Integration.Tests.Kernels;

/// <summary>Every kernel for blocks of samples on every tier gives what the scalar twin, or the kernel of one sample, gives.</summary>
public class BatchKernelTests
{
    // Beyond 512 inputs and 1024 outputs pruned rows go through several blocks and tiles.
    private static readonly int[] Widths = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 64, 65, 100, 129, 200, 513, 1100];
    private static readonly int[] Counts = [1, 2, 3, 5, 16, 17, 32, 33, 48, 63, 64];
    private static readonly int[] FewCounts = [1, 2, 3, 4, 5, 6, 7, 8, 9];

    private static Gen<KernelRequest> Requests(Gen<string> layouts) =>
        from layout in layouts
        from tier in KernelRequest.TiersFor(layout)
        from inputs in Gen.OneOfConst(Widths)
        from outputs in Gen.OneOfConst(Widths)
        from weights in KernelRequest.FloatLayouts.Contains(layout) ? KernelRequest.FloatsFor(layout) : KernelRequest.PrecisionsFor(layout)
        from clusters in KernelRequest.ClustersFor(layout, weights)
        from codes in Gen.Bool
        from activation in Gen.OneOfConst(Activation.None, Activation.Relu, Activation.Sigmoid, Activation.Tanh)
        from depth in Gen.OneOfConst(1, 1, 2, 3, 8)
        from variant in Gen.Int[0, 11]
        select KernelRequest.FloatLayouts.Contains(layout)
            ? new KernelRequest(layout, tier, inputs, outputs, weights, clusters, false, activation == Activation.Relu ? activation : Activation.None, 0, variant)
            : new KernelRequest(layout, tier, inputs, outputs, weights, clusters, codes, activation, KernelRequest.DepthFor(layout, depth), variant);

    [Fact]
    public void BlocksGiveWhatSingleSamplesGive() => Sample(Gen.OneOf(KernelRequest.IntegerLayouts, KernelRequest.RunnableFloatLayouts), Effort.Of(80));

    /// <summary>Layouts whose kernels read the tables of single predictions once for several samples, more of them than the other test has.</summary>
    [Fact]
    public void FewSamplesGiveWhatSingleSamplesGive() => Sample(KernelRequest.LaneSliceLayouts, Effort.Of(60));

    private static void Sample(Gen<string> layouts, int count) =>
        Requests(layouts).Array[count].Sample(
            requests =>
            {
                foreach (var (request, pack, run, batch) in KernelCompiler.Compile(requests))
                {
                    for (var round = 0; round < 5; round++)
                    {
                        Check(request, pack, run, batch, round);
                    }
                }
            },
            iter: Effort.Of(3),
            threads: 1);

    private static void Check(KernelRequest request, KernelCompiler.Packer pack, KernelCompiler.Runner run, KernelCompiler.Batcher batch, int round)
    {
        // Round 2 has all weights at the ends of the grid and all activations at the top: the largest sums that there are.
        var density = round switch { 0 => (double?)null, 1 => 0.05, 2 => 1, 3 => 0, _ => 0.4 };
        var weights = new RandomWeights(HashCode.Combine(round, request.Inputs)) { Extreme = round is 2 or 4, Density = density }
            .For(request.Description, request.NextGrid(round));
        int[] order = [.. Enumerable.Range(0, request.Inputs)];
        var random = new Random(round);
        random.Shuffle(order);
        var layer = pack(weights, request.Tier, order);
        Check(request, run, batch(layer, weights, order), Counts[random.Next(Counts.Length)], round, random);
        foreach (var samples in FewCounts)
        {
            Check(request, run, KernelCompiler.Few(run, layer), samples, round, random);
        }
    }

    private static void Check(KernelRequest request, KernelCompiler.Runner run, BatchStage stage, int samples, int round, Random random)
    {
        var layer = stage.Layer;
        var stride = request.Inputs + random.Next(3);
        var input = new AlignedMemory((stride + 300) * BatchStage.BlockSamples * 4);
        Fill(request, input, round);
        var actual = new AlignedMemory((stage.PaddedOutputs + 16) * BatchStage.BlockSamples * 4);
        stage.Run(ref input.Start, stride, ref actual.Start, samples);
        var expected = new AlignedMemory(actual.Length);
        if (stage is PrunedRows.V1 pruned)
        {
            pruned.Run(Scalar, ref input.Start, ref expected.Start, samples);
        }

        for (var sample = 0; sample < samples; sample++)
        {
            if (!stage.AcrossSamples)
            {
                var from = sample * stride * (stage.TakesCodes ? 1 : 4);
                run(layer, ref Unsafe.Add(ref input.Start, from), ref Unsafe.Add(ref expected.Start, sample * stage.OutputStride * (stage.GivesCodes ? 1 : 4)));
            }
        }

        for (var at = 0; at < samples * request.Outputs; at++)
        {
            var (sample, output) = (at / request.Outputs, at % request.Outputs);
            var place = stage.LeavesAcross ? (output * BatchStage.BlockSamples) + sample : (sample * stage.OutputStride) + output;
            var (left, right) = stage.GivesCodes ? (expected.Bytes[place], actual.Bytes[place]) : (expected.As<float>()[place], actual.As<float>()[place]);
            if (!left.Equals(right))
            {
                Assert.Fail($"{request}, round {round}, {samples} samples, sample {sample}, output {output}: expected {left:R}, got {right:R}");
            }
        }
    }

    private static void Scalar(PrunedRows.V1 stage, in PrunedTile tile, ref byte input, ref byte output, ref int sums, int samples) =>
        stage.Scalar(in tile, ref input, ref output, ref sums, samples);

    private static void Fill(KernelRequest request, AlignedMemory input, int round)
    {
        var random = new Random(round);
        if (request.IsFloat)
        {
            foreach (ref var value in input.As<float>())
            {
                value = (random.NextSingle() * 4) - 2;
            }

            return;
        }

        foreach (ref var code in input.Bytes)
        {
            code = (byte)(round == 2 ? 127 : random.Next(128));
        }
    }
}
