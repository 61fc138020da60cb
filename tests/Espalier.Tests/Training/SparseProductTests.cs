using System.Runtime.Intrinsics;
using CsCheck;
using Espalier.Kernels;
using Xunit;

namespace Espalier.Tests.Training;

/// <summary>Products by nonzeros, and the tiles of every vector width, against one scalar sum after the other: equal bit for bit.</summary>
public class SparseProductTests
{
    private static readonly Gen<(int Rows, int Depth, int Tiles, int Density, int Seed)> s_cases =
        Gen.Select(Gen.Int[1, 20], Gen.Int[1, 300], Gen.Int[1, 25], Gen.Int[0, 10], Gen.Int);

    [Fact]
    public void ProductsByNonzerosEqualScalarOnes() => s_cases.Sample(
        it => Check(it.Rows, it.Depth, it.Tiles * MatrixProduct.Padding, it.Density / 10.0, it.Seed), iter: 60);

    [Fact]
    public void OddShapesOfRealNetworks()
    {
        Check(64, 784, 304, 0.19, 1);
        Check(7, 1025, 1040, 0.5, 2);
        Check(1, 1, 16, 1, 3);
        Check(65, 129, 112, 0, 4);
    }

    [Fact]
    public void TransposedListsHoldTheSameNumbers()
    {
        var random = new Random(5);
        var matrix = Thin(random, 70 * 144, 0.3);
        var (lists, transposed) = (new NonzeroLists(70, 140), new NonzeroLists(140, 70));
        lists.Read(matrix, 70, 140, 144);
        transposed.ReadTransposed(lists);
        var back = new float[140, 70];
        for (var row = 0; row < 140; row++)
        {
            for (var block = 0; block < transposed.Blocks; block++)
            {
                for (var n = transposed.StartOf(row, block); n < transposed.StartOf(row, block + 1); n++)
                {
                    Assert.Equal(block, transposed.PositionAt(n) / NonzeroLists.Block);
                    back[row, transposed.PositionAt(n)] = transposed.ValueAt(n);
                }
            }
        }

        for (var row = 0; row < 70; row++)
        {
            for (var column = 0; column < 140; column++)
            {
                Assert.Equal(matrix[(row * 144) + column], back[column, row]);
            }
        }

        Assert.Equal(lists.Count, transposed.Count);
    }

    /// <summary>Lists that are no use are given up, and a product of them is refused rather than wrong.</summary>
    [Fact]
    public void DenseBatchesAreGivenUp()
    {
        var random = new Random(6);
        var lists = new NonzeroLists(64, 100);
        lists.Read(Thin(random, 64 * 112, 0.9), 64, 100, 112, 0.45);
        Assert.False(lists.IsComplete);
        Assert.False(SparseProduct.Pays(lists, 304));
        Assert.Throws<InvalidOperationException>(() => SparseProduct.Run(lists, 16, new float[1600], new float[16], new float[1024]));

        // Dense only after the first rows, and thin ones that are not.
        var late = Thin(random, 64 * 112, 1);
        Array.Clear(late, 0, 32 * 112);
        lists.Read(late, 64, 100, 112, 0.45);
        Assert.False(lists.IsComplete);
        lists.Read(Thin(random, 64 * 112, 0.3), 64, 100, 112, 0.45);
        Assert.True(lists.IsComplete);
    }

    [Fact]
    public void TransposingMovesEveryNumberAndNoOther()
    {
        foreach (var (rows, columns) in new[] { (1, 1), (4, 4), (5, 7), (8, 3), (300, 100), (13, 16) })
        {
            var source = Enumerable.Range(1, rows * (columns + 3)).Select(i => (float)i).ToArray();
            var target = Enumerable.Repeat(-1f, columns * (rows + 2)).ToArray();
            Transposition.Floats(source, rows, columns, columns + 3, target, rows + 2);
            for (var column = 0; column < columns; column++)
            {
                for (var row = 0; row < rows + 2; row++)
                {
                    Assert.Equal(row < rows ? source[(row * (columns + 3)) + column] : -1, target[(column * (rows + 2)) + row]);
                }
            }
        }
    }

    private static void Check(int rows, int depth, int columns, double density, int seed)
    {
        var random = new Random(seed);
        var a = Thin(random, rows * depth, density);
        var (b, start) = (Thin(random, depth * columns, 1), Thin(random, columns, 1));
        var expected = new float[rows * columns];
        ScalarProduct.Run(rows, depth, columns, a, b, start, expected);

        var lists = new NonzeroLists(rows, depth);
        lists.Read(a, rows, depth, depth);
        var c = new float[rows * columns];
        SparseProduct.Run(lists, columns, b, start, c);
        Assert.Equal(expected, c);

        MatrixProduct.Run(rows, depth, columns, a, depth, 1, b, start, c);
        Assert.Equal(expected, c);

        // Each width, whatever this processor prefers; those that it has no instructions for run in parts.
        var shape = new MatrixProduct.Shape(rows, depth, columns, depth, 1, true);
        foreach (var width in new[] { 128, 256, 512 })
        {
            Array.Clear(c);
            switch (width)
            {
                case 128:
                    MatrixProduct.Columns<Vector128<float>, Lanes128, Four>(shape, ref a[0], ref b[0], ref start[0], ref c[0]);
                    break;
                case 256:
                    MatrixProduct.Columns<Vector256<float>, Lanes256, Four>(shape, ref a[0], ref b[0], ref start[0], ref c[0]);
                    break;
                default:
                    MatrixProduct.Columns<Vector512<float>, Lanes512, Eight>(shape, ref a[0], ref b[0], ref start[0], ref c[0]);
                    break;
            }

            Assert.Equal(expected, c);
            Array.Clear(c);
            switch (width)
            {
                case 128:
                    SparseProduct.Panels<Vector128<float>, Lanes128, StoredFactors, float>(lists, columns, 0, rows, new StoredFactors(ref b[0], columns), ref start[0], ref c[0]);
                    break;
                case 256:
                    SparseProduct.Panels<Vector256<float>, Lanes256, StoredFactors, float>(lists, columns, 0, rows, new StoredFactors(ref b[0], columns), ref start[0], ref c[0]);
                    break;
                default:
                    SparseProduct.Panels<Vector512<float>, Lanes512, StoredFactors, float>(lists, columns, 0, rows, new StoredFactors(ref b[0], columns), ref start[0], ref c[0]);
                    break;
            }

            Assert.Equal(expected, c);
        }
    }

    private static float[] Thin(Random random, int count, double density) =>
        [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() < density ? (random.NextSingle() * 2) - 1 : 0)];
}
