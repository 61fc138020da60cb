using System.Runtime.CompilerServices;

namespace Espalier;

/// <summary>
/// Factors in bf16, widened block by block into a scratch that stays in the first-level cache while all rows of A go over it: each number
/// comes from beyond as two bytes, and is widened once for a whole batch.
/// </summary>
/// <param name="first">The first number of B.</param>
/// <param name="columns">From one row to the next.</param>
/// <param name="scratch">Takes <see cref="ScratchLength"/> floats.</param>
internal readonly ref struct WidenedFactors(ref ushort first, int columns, ref float scratch) : IFactors
{
    /// <summary>The largest block: the sparse product's are larger than those of <see cref="MatrixProduct"/>.</summary>
    public const int ScratchLength = SparseProduct.PanelBytes / sizeof(float);

    private readonly ref ushort _first = ref first;
    private readonly ref float _scratch = ref scratch;

    public ref float Block(int row, int rows, int column, int width, out nint stride)
    {
        stride = width;
        Bf16Numbers.WidenPanel(ref Unsafe.Add(ref _first, ((nint)row * columns) + column), columns, rows, width, ref _scratch, width);
        return ref _scratch;
    }
}
