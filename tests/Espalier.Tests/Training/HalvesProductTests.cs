using System.Runtime.Intrinsics;
using CsCheck;
using Xunit;

namespace Espalier.Tests.Training;

/// <summary>Products of bf16 against one scalar sum after the other that is rounded at its end: equal bit for bit, on every vector width.</summary>
public class HalvesProductTests
{
    private static readonly Gen<(int Rows, int Depth, int Tiles, int Density, int Seed)> s_cases =
        Gen.Select(Gen.Int[1, 80], Gen.Int[1, 300], Gen.Int[1, 12], Gen.Int[1, 10], Gen.Int);

    [Fact]
    public void ProductsEqualScalarOnes() => s_cases.Sample(it => Check(it.Rows, it.Depth, it.Tiles * MatrixProduct.Padding, it.Density / 10.0, it.Seed), iter: 40);

    [Fact]
    public void OddShapesOfRealNetworks()
    {
        Check(64, 784, 304, 0.19, 1);
        Check(300, 64, 112, 1, 2);
        Check(1, 1, 16, 1, 3);
        Check(16, 128, 48, 1, 4);
        Check(65, 129, 32, 0.5, 5);
    }

    [Fact]
    public void TurningMovesEveryNumber()
    {
        foreach (var (rows, columns, stride, turnedStride) in new[] { (300, 100, 112, 304), (5, 7, 16, 16), (1, 1, 16, 16) })
        {
            var matrix = Enumerable.Range(1, rows * stride).Select(i => (ushort)i).ToArray();
            var (pairs, turned) = (new uint[(columns + 1) / 2 * turnedStride], new ushort[(columns + 1) / 2 * 2 * turnedStride]);
            TurnedHalves.Turn(matrix, rows, columns, stride, pairs, turned, turnedStride);
            for (var row = 0; row < rows; row++)
            {
                for (var column = 0; column < columns; column++)
                {
                    Assert.Equal(matrix[(row * stride) + column], turned[(column * turnedStride) + row]);
                }
            }
        }
    }

    [Fact]
    public void ColumnsAreSummed()
    {
        foreach (var rows in new[] { 1, 2, 63, 64 })
        {
            var halves = Enumerable.Range(0, rows * 48).Select(i => Narrow((i % 13) - 5)).ToArray();
            var sums = new float[48];
            Bf16Numbers.SumColumns(halves, sums);
            Assert.Equal(Enumerable.Range(0, 48).Select(column => Enumerable.Range(0, rows).Sum(row => Wide(halves[(row * 48) + column]))), sums);
        }
    }

    private static void Check(int rows, int depth, int columns, double density, int seed)
    {
        var random = new Random(seed);
        var stride = (depth + 15) / 16 * 16;
        var a = new ushort[rows * stride];
        for (var i = 0; i < a.Length; i++)
        {
            a[i] = i % stride < depth && random.NextDouble() < density ? Narrow((random.NextSingle() * 2) - 1) : (ushort)0;
        }

        var b = Enumerable.Range(0, depth * columns).Select(_ => Narrow((random.NextSingle() * 2) - 1)).ToArray();
        var start = Enumerable.Range(0, columns).Select(_ => random.NextSingle() - 0.5f).ToArray();
        var sums = new float[rows * columns];
        ScalarProduct.Run(
            rows, depth, columns, [.. Enumerable.Range(0, rows * depth).Select(i => Wide(a[(i / depth * stride) + (i % depth)]))], [.. b.Select(Wide)], start, sums);
        var expected = sums.Select(Narrow).ToArray();
        var rectified = sums.Select(sum => Narrow(Math.Max(sum, 0))).ToArray();

        var turnedStride = (rows + 15) / 16 * 16;
        var turned = new ushort[depth * turnedStride];
        for (var i = 0; i < rows * depth; i++)
        {
            turned[(i % depth * turnedStride) + (i / depth)] = a[(i / depth * stride) + (i % depth)];
        }

        var c = new ushort[rows * columns];
        var scratch = new float[HalvesProduct.ScratchLength(rows, depth, columns)];
        HalvesProduct.Run(rows, depth, columns, a, stride, false, b, start, true, c, scratch);
        Assert.Equal(rectified, c);
        HalvesProduct.Run(rows, depth, columns, turned, turnedStride, true, b, start, false, c, scratch);
        Assert.Equal(expected, c);
        foreach (var isTurned in new[] { false, true })
        {
            // Each width, whatever this processor prefers; those that it has no instructions for run in parts.
            var shape = new HalvesProduct.Shape(rows, depth, columns, isTurned ? turnedStride : stride, isTurned, float.NegativeInfinity);
            foreach (var run in new Action[]
            {
                () => HalvesProduct.Blocks<Vector128<float>, Lanes128, Six>(shape, isTurned ? turned : a, b, start, c, scratch),
                () => HalvesProduct.Blocks<Vector256<float>, Lanes256, Six>(shape, isTurned ? turned : a, b, start, c, scratch),
                () => HalvesProduct.Blocks<Vector512<float>, Lanes512, Twelve>(shape, isTurned ? turned : a, b, start, c, scratch),
            })
            {
                Array.Clear(c);
                run();
                Assert.Equal(expected, c);
            }
        }

        CheckByNonzeros(rows, depth, columns, stride, a, b, start, sums);
    }

    private static void CheckByNonzeros(int rows, int depth, int columns, int stride, ushort[] a, ushort[] b, float[] start, float[] sums)
    {
        var lists = new NonzeroLists(rows, depth);
        lists.Read(a, rows, depth, stride);
        var product = new float[rows * columns];
        SparseProduct.Run(lists, columns, b, new float[WidenedFactors.ScratchLength], start, product);
        Assert.Equal(sums, product);
        if (lists.Blocks == 1)
        {
            var halves = new ushort[rows * columns];
            SparseProduct.Run(lists, columns, [.. b.Select(Wide)], start, halves);
            Assert.Equal(sums.Select(Narrow), halves);
        }
        else
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => SparseProduct.Run(lists, columns, [.. b.Select(Wide)], start, new ushort[rows * columns]));
        }
    }

    private static float Wide(ushort half) => BitConverter.UInt32BitsToSingle((uint)half << 16);

    /// <summary>To the nearest, halves away from 0.</summary>
    private static ushort Narrow(float number) => (ushort)((BitConverter.SingleToUInt32Bits(number) + 0x8000) >> 16);
}
