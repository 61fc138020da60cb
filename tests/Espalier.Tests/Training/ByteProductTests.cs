using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using CsCheck;
using Espalier.Numerics;
using Xunit;

namespace Espalier.Tests.Training;

/// <summary>Training's kernels on bytes against scalar arithmetic: equal on every vector width.</summary>
public class ByteProductTests
{
    [Fact]
    public void ProductsOfBytesEqualScalarOnes() => Gen.Select(Gen.Int[1, 9], Gen.Int[0, 40], Gen.Int[1, 8], Gen.Bool, Gen.Int).Sample(
        it => Check(it.Item1, it.Item2, it.Item3 * MatrixProduct.Padding, it.Item4, it.Item5), iter: 100);

    [Fact]
    public void ProductsOfTheLargestBytesDoNotSaturate()
    {
        int[] a = [.. Enumerable.Repeat(-1, 4)], b = [.. Enumerable.Repeat(0x7F7F7F7F, 2 * 16)];
        var c = new int[32];
        ByteProduct.Run(2, 2, 16, a, 2, 1, b, new int[16], c);
        Assert.All(c, sum => Assert.Equal(8 * 255 * 127, sum));
    }

    [Fact]
    public void QuadsHoldFourRowsSideBySide()
    {
        var matrix = new byte[8 * 32];
        new Random(1).NextBytes(matrix);
        var (quads, turned) = (new int[2 * 32], new int[8 * 8]);
        ByteQuads.Interleave(matrix, 8, 32, quads);
        ByteQuads.Turn(quads, 8, 32, turned, 8);
        var bytes = MemoryMarshal.AsBytes(quads.AsSpan());
        var other = MemoryMarshal.AsBytes(turned.AsSpan());
        for (var row = 0; row < 8; row++)
        {
            for (var column = 0; column < 32; column++)
            {
                Assert.Equal(matrix[(row * 32) + column], bytes[(((row / 4 * 32) + column) * 4) + (row % 4)]);
                Assert.Equal(matrix[(row * 32) + column], other[(((column / 4 * 8) + row) * 4) + (column % 4)]);
            }
        }

        Assert.Throws<ArgumentException>(() => ByteQuads.Interleave(matrix, 6, 32, quads));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(15)]
    [InlineData(24)]
    public void GradientsRoundToBytesAsTheTwinDoes(int shift)
    {
        var random = new Random(shift);
        int[] sums = [.. Enumerable.Range(0, 4 * 48).Select(_ => random.Next(-150 << (shift - 1), 150 << (shift - 1)))];
        int[] passed = [.. Enumerable.Range(0, 48).Select(_ => random.Next(2) == 0 ? 0x01000101 : 0x00030001)];
        var (codes, twin) = (new int[48], new GridKernelTwin(new RandomNumbers(6)));
        var largest = GradientCodes.Round(sums, 48, shift, new RandomLanes(6), passed, codes);
        var bytes = MemoryMarshal.Cast<int, sbyte>(codes);
        var expectedLargest = 0;
        for (var column = 0; column < 48; column++)
        {
            var bits = twin.Next(column % 16);
            for (var row = 0; row < 4; row++)
            {
                var dither = uint.RotateLeft(bits, 8 * row) >> (32 - shift);
                var expected = ((passed[column] >> (8 * row)) & 0xFF) == 0 ? 0 : Math.Clamp((sums[(row * 48) + column] + (int)dither) >> shift, -128, 127);
                Assert.Equal(expected, bytes[(column * 4) + row]);
                expectedLargest = Math.Max(expectedLargest, Math.Abs(expected));
            }
        }

        Assert.Equal(expectedLargest, largest);
    }

    [Fact]
    public void GradientsKeepTheirMean()
    {
        // 0.3 steps: nearest rounding would make all of them 0.
        int[] sums = [.. Enumerable.Repeat(77, 4 * 4096)];
        var codes = new int[4096];
        GradientCodes.Round(sums, 4096, 8, new RandomLanes(1), default, codes);
        Assert.Equal(77 / 256.0, MemoryMarshal.Cast<int, sbyte>(codes).ToArray().Average(code => code), 0.02);
    }

    [Theory]
    [InlineData(0, 0, 1, 3000)]
    [InlineData(3, 4, 9, -30000)]
    [InlineData(1, 8, 13, 16000)]
    public void MomentumInBytesEqualsScalarArithmetic(int decay, int gradientBits, int shift, short multiplier)
    {
        var random = new Random(decay);
        sbyte[] Codes() => [.. Enumerable.Range(0, 256).Select(_ => (sbyte)random.Next(-127, 128))];
        var (weights, gradients) = (Codes(), Codes());
        short[] velocities = [.. Enumerable.Range(0, 256).Select(_ => (short)random.Next(-20000, 20000))];
        var (expectedWeights, expectedVelocities) = (weights.ToArray(), velocities.ToArray());
        var twin = new GridKernelTwin(new RandomNumbers(6));
        for (var block = 0; block < 256; block += 64)
        {
            for (var half = 0; half < 2; half++)
            {
                uint[] bits = [.. Enumerable.Range(0, 16).Select(twin.Next)];
                for (var lane = 0; lane < 32; lane++)
                {
                    var r = (ushort)(bits[lane / 2] >> (16 * (lane % 2)));
                    var place = block + (lane / 8 * 16) + (half * 8) + (lane % 8);
                    ref var v = ref expectedVelocities[block + (half * 32) + lane];
                    var lost = Saturated(v + (r & ((1 << decay) - 1))) >> decay;
                    v = Saturated((short)(v - lost) + (gradients[place] * 256 >> (8 - gradientBits)));
                    var moved = Saturated(((v * multiplier) + (1 << 14) >> 15) + (short)(r >> (16 - shift))) >> shift;
                    expectedWeights[place] = (sbyte)Math.Clamp(expectedWeights[place] + Math.Clamp(moved, -128, 127), -127, 127);
                }
            }
        }

        ByteMomentum.Step(weights, velocities, gradients, new ByteSteps(decay, gradientBits, multiplier, shift), new RandomLanes(6));
        Assert.Equal(expectedVelocities, velocities);
        Assert.Equal(expectedWeights, weights);

        static short Saturated(int value) => (short)Math.Clamp(value, short.MinValue, short.MaxValue);
    }

    private static void Check(int rows, int quads, int columns, bool turned, int seed)
    {
        var random = new Random(seed);
        int[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => random.Next(int.MinValue, int.MaxValue))];
        var (rowStride, quadStride) = turned ? (1, rows) : (quads, 1);
        var (a, b) = (Numbers(rows * quads), Numbers(quads * columns));
        int[] start = [.. Enumerable.Range(0, columns).Select(_ => random.Next(-1000, 1000))];
        var (expected, c) = (new int[rows * columns], new int[rows * columns]);
        ScalarByteProduct.Run(rows, quads, columns, a, rowStride, quadStride, b, start, expected);
        ByteProduct.Run(rows, quads, columns, a, rowStride, quadStride, b, start, c);
        Assert.Equal(expected, c);
        if (quads == 0)
        {
            return;
        }

        var shape = new ByteProduct.Shape(rows, quads, columns, rowStride, quadStride);
        Array.Clear(c);
        ByteProduct.Panels<Vector128<int>, ByteLanes128>(shape, ref a[0], ref b[0], ref start[0], ref c[0]);
        Assert.Equal(expected, c);
        if (System.Runtime.Intrinsics.X86.Avx2.IsSupported)
        {
            Array.Clear(c);
            ByteProduct.Panels<Vector256<int>, ByteLanes256>(shape, ref a[0], ref b[0], ref start[0], ref c[0]);
            Assert.Equal(expected, c);
        }

        if (System.Runtime.Intrinsics.X86.Avx512BW.IsSupported)
        {
            Array.Clear(c);
            ByteProduct.Panels<Vector512<int>, ByteLanes512>(shape, ref a[0], ref b[0], ref start[0], ref c[0]);
            Assert.Equal(expected, c);
        }
    }
}
