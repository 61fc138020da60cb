using Espalier;
using Espalier.Kernels;
using Espalier.Samples;

namespace Benchmarks.Training;

/// <summary>One product of training: dense, and by the nonzeros of a matrix of which a share is zero.</summary>
/// <param name="Name">Which.</param>
/// <param name="Rows">Rows of A and C.</param>
/// <param name="Depth">Columns of A, rows of B.</param>
/// <param name="Columns">Columns of B and C, before padding.</param>
/// <param name="Transposed">Whether A is read by columns.</param>
internal sealed record ProductTimes(string Name, int Rows, int Depth, int Columns, bool Transposed)
{
    /// <summary>The products of LeNet-300-100 at batch 64; the first layer needs no gradient of its inputs.</summary>
    public static IReadOnlyList<ProductTimes> OfLeNet(int batch) =>
    [
        new("forward 784-300", batch, 784, 300, false),
        new("weights 784-300", 784, batch, 300, true),
        new("forward 300-100", batch, 300, 100, false),
        new("weights 300-100", 300, batch, 100, true),
        new("inputs 300-100", batch, 100, 300, false),
        new("forward 100-10", batch, 100, 10, false),
        new("weights 100-10", 100, batch, 10, true),
        new("inputs 100-10", batch, 10, 100, false),
    ];

    public double Operations => 2.0 * Rows * Depth * Columns;

    /// <summary>Median microseconds: the dense product, and the one by nonzeros when only a share of A is not 0, its lists included.</summary>
    public (double Dense, double Sparse) Micros(int rounds, double density)
    {
        var stride = MatrixProduct.Padded(Columns);
        var aStride = MatrixProduct.Padded(Transposed ? Rows : Depth);
        var (a, b, c) = (Random(Transposed ? Depth : Rows, aStride, 1), Random(Depth, stride, 1), Random(Rows, stride, 1));
        var thin = Random(Transposed ? Depth : Rows, aStride, density);
        var (start, lists, transposed) = (new float[stride], new NonzeroLists(Transposed ? Depth : Rows, Transposed ? Rows : Depth), new NonzeroLists(Rows, Depth));
        var micros = SideBySide.Micros(
            [
                () => MatrixProduct.Run(Rows, Depth, stride, a.As<float>(), Transposed ? 1 : aStride, Transposed ? aStride : 1, b.As<float>(), default, c.As<float>()),
                () =>
                {
                    lists.Read(thin.As<float>(), Transposed ? Depth : Rows, Transposed ? Rows : Depth, aStride);
                    if (Transposed)
                    {
                        transposed.ReadTransposed(lists);
                    }

                    SparseProduct.Run(Transposed ? transposed : lists, stride, b.As<float>(), start, c.As<float>());
                },
            ],
            rounds);
        return (micros[0], micros[1]);
    }

    private static AlignedMemory Random(int rows, int stride, double density)
    {
        var random = new Random(rows);
        var memory = new AlignedMemory(rows * stride * sizeof(float));
        foreach (ref var value in memory.As<float>())
        {
            value = random.NextDouble() < density ? random.NextSingle() - 0.5f : 0;
        }

        return memory;
    }
}
