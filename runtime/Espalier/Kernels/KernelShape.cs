namespace Espalier.Kernels;

/// <summary>What generated code asks a packer for: the variant that its kernels were written for.</summary>
/// <param name="Rows">Outputs that one tile or slice computes together.</param>
/// <param name="Slots">Products that one step adds per output.</param>
/// <param name="Window">Activations that one step can reach; 0 where a kernel reads all.</param>
/// <param name="Depth">Steps whose products the planned kernel adds in 16 bits before widening; 0 where nothing is added in 16 bits.</param>
/// <param name="Windows">Windows of a pair of vectors: 1 shared, or 2, one for each; windowed integer layouts alone.</param>
/// <param name="PairSteps">Steps of a pair of vectors: 2 of the same rows, or 1 of twice the rows; windowed integer layouts alone.</param>
public readonly record struct KernelShape(int Rows, int Slots, int Window, int Depth, int Windows = 1, int PairSteps = 2)
{
    /// <summary>Whether the kernel can add both vectors of sums of the last slice: rows that fill no more than one of two vectors then have their nonzeros in both, in half as many steps.</summary>
    public bool Folds { get; init; }
}
