using System.Runtime.CompilerServices;

namespace Espalier;

/// <summary>Where a product takes its B from, block by block.</summary>
internal interface IFactors
{
    /// <summary>Some rows and columns of B as floats.</summary>
    /// <param name="row">The first row.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="column">The first column.</param>
    /// <param name="width">Columns, whole vectors.</param>
    /// <param name="stride">From one row of what is returned to the next.</param>
    ref float Block(int row, int rows, int column, int width, out nint stride);
}

/// <summary>Floats, read where they lie.</summary>
/// <param name="first">The first number of B.</param>
/// <param name="columns">From one row to the next.</param>
internal readonly ref struct StoredFactors(ref float first, int columns) : IFactors
{
    private readonly ref float _first = ref first;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref float Block(int row, int rows, int column, int width, out nint stride)
    {
        stride = columns;
        return ref Unsafe.Add(ref _first, ((nint)row * columns) + column);
    }
}
