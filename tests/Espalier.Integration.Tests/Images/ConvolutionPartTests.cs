using CsCheck;
using Espalier.Integration.Tests.Kernels;
using Espalier.Kernels;
using Espalier.Planning;
using Xunit;

namespace Espalier.Integration.Tests.Images;

/// <summary>Every kernel of a convolution in parts gives the bits of the whole, whatever order a pass's parts run in, and writes not a byte beside them.</summary>
public class ConvolutionPartTests
{
    [Fact]
    public void FloatKernels() => Check(ConvolutionCase.Floats.Select(given => (given, "ConvolutionFp32", 0)));

    [Fact]
    public void IntegerKernels() => Check(Gen.Select(ConvolutionCase.Integers, Gen.OneOfConst(1, 2, 3, 8)).Select((given, depth) => (given, "ConvolutionInt8", depth)));

    [Fact]
    public void WinogradKernels() => Check(Gen.Select(ConvolutionCase.Threes, Gen.Int[0, 1]).Select((given, variant) => (Larger(given), "WinogradFp32", variant)));

    [Fact]
    public void IntegerWinogradKernels() => Check(Gen.Select(ConvolutionCase.IntegerThrees, Gen.Int[0, 1]).Select((given, variant) => (Larger(given), "WinogradInt8", variant)));

    [Fact]
    public void SparseIntegerKernels() => Check(ConvolutionCase.Integers.Select(given => (given, "SparseConvolutionInt8", 1)));

    [Fact]
    public void SparseFloatKernels() => Check(ConvolutionCase.Floats.Select(given => (given, "SparseConvolutionFp32", 0)));

    [Fact]
    public void SparseSharedKernels() => Check(ConvolutionCase.Floats.Select(given => (given with { Clusters = 16 }, "SparseConvolutionShared", 0)));

    [Fact]
    public void DepthwiseFloatKernels() => Check(ConvolutionCase.DepthwiseFloats.Select(given => (given, "DepthwiseFp32", 0)));

    [Fact]
    public void DepthwiseIntegerKernels() => Check(ConvolutionCase.DepthwiseIntegers.Select(given => (given, "DepthwiseInt8", 1)));

    /// <summary>Some maps of more tiles than a block has.</summary>
    private static ConvolutionCase Larger(ConvolutionCase given) => given.Width == 27 ? given with { Height = 41, Width = 43 } : given;

    private static void Check(Gen<(ConvolutionCase, string, int)> cases) =>
        cases.Array[Effort.Of(40)].Sample(
            batch =>
            {
                foreach (var (given, layout, kernels, tier) in ConvolutionCompiler.OnTiers(batch))
                {
                    Check(new ConvolutionSample(given, 0, KernelLayouts.Find(layout).SkipsZeros ? given.Density(0) : 1), kernels, tier, given.ToString());
                }
            },
            iter: Effort.Of(3),
            threads: 1);

    private static void Check(ConvolutionSample sample, ConvolutionCompiler.Kernels kernels, InstructionTier tier, string what)
    {
        var packed = kernels.Pack(sample.Weights, tier, sample.Place);
        var scratch = new AlignedMemory(kernels.ScratchBytes(tier)!.Value);
        scratch.Bytes.Fill(0x5A);
        var expected = sample.NewOutput();
        kernels.Run(packed, ref sample.Input.Start, ref sample.Added.Start, ref expected.Start, ref scratch.Start);
        foreach (var threads in new[] { 2, 3, 5 })
        {
            if (CutConvolution.Of(packed, kernels.Run.Invoke, threads) is not { } parts)
            {
                continue;
            }

            Assert.NotEqual(InstructionTier.Scalar, tier);
            var output = sample.NewOutput();
            scratch.Bytes.Fill(0x5A);
            Run(parts, threads, sample, output, scratch);
            Assert.True(expected.Bytes.SequenceEqual(output.Bytes), $"{what} on {tier}: parts for {threads} threads give other bytes than the whole");
        }
    }

    /// <summary>Last part first, each on the next thread's memory: none may count on what another of its pass has written.</summary>
    private static unsafe void Run(CutConvolution parts, int threads, ConvolutionSample sample, AlignedMemory output, AlignedMemory scratch)
    {
        var room = new AlignedMemory(parts.RoomBytes * threads);
        room.Bytes.Fill(0x5A);
        fixed (byte* input = sample.Input.Bytes, added = sample.Added.Bytes, to = output.Bytes, working = scratch.Bytes, rooms = room.Bytes)
        {
            var call = new PooledCall(input, added, to, working, rooms);
            foreach (var (work, count) in parts.Passes)
            {
                for (var part = count - 1; part >= 0; part--)
                {
                    work.Run(part, call.On(part % threads));
                }
            }

            parts.End(call);
        }
    }
}
