using CsCheck;
using Xunit;

namespace Espalier.Tests.Training;

public class MatrixProductTests
{
    private static readonly Gen<(int Rows, int Depth, int Tiles, int Gap, bool Transposed, bool Start, int Seed)> s_cases =
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 40], Gen.Int[1, 3], Gen.Int[0, 5], Gen.Bool, Gen.Bool, Gen.Int);

    [Fact]
    public void ProductsEqualNaiveOnes() => s_cases.Sample(it => Check(it.Rows, it.Depth, it.Tiles * MatrixProduct.Padding, it.Gap, it.Transposed, it.Start, it.Seed));

    [Fact]
    public void WithoutDepthEveryRowIsTheStart() => Check(rows: 5, depth: 0, columns: 32, gap: 0, transposed: false, withStart: true, seed: 1);

    [Fact]
    public void ColumnsArePaddedToWholeTiles() => Assert.Equal([0, 16, 16, 32], new[] { 0, 1, 16, 17 }.Select(MatrixProduct.Padded));

    [Fact]
    public void MatricesThatAreTooShortAreTurnedAway()
    {
        // The kernels read without checks, so one number too few must be seen before them.
        Assert.Throws<IndexOutOfRangeException>(() => MatrixProduct.Run(2, 3, 16, new float[5], 3, 1, new float[48], default, new float[32]));
        Assert.Throws<IndexOutOfRangeException>(() => MatrixProduct.Run(2, 3, 16, new float[6], 3, 1, new float[47], default, new float[32]));
        Assert.Throws<IndexOutOfRangeException>(() => MatrixProduct.Run(2, 3, 16, new float[6], 3, 1, new float[48], default, new float[31]));
    }

    private static void Check(int rows, int depth, int columns, int gap, bool transposed, bool withStart, int seed)
    {
        var random = new Random(seed);
        float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 2) - 1)];
        var (rowStride, depthStride) = transposed ? (1, rows + gap) : (depth + gap, 1);
        var a = Numbers(Math.Max(0, ((rows - 1) * rowStride) + ((depth - 1) * depthStride) + 1));
        var b = Numbers(depth * columns);
        var start = withStart ? Numbers(columns) : [];

        // Behind the last row stands a number that must stay; inside stand some that must go.
        var c = Enumerable.Repeat(99f, (rows * columns) + 1).ToArray();
        MatrixProduct.Run(rows, depth, columns, a, rowStride, depthStride, b, start, c);
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                var sum = withStart ? (double)start[column] : 0;
                for (var k = 0; k < depth; k++)
                {
                    sum += (double)a[(row * rowStride) + (k * depthStride)] * b[(k * columns) + column];
                }

                // 41 terms below 1: partial sums are below 64, and each addition loses 2⁻¹⁹ of that at most.
                Assert.Equal(sum, c[(row * columns) + column], 41 * Math.Pow(2, -19));
            }
        }

        Assert.Equal(99f, c[^1]);
    }
}
