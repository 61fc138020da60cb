using System;
using Espalier.Kernels;

namespace Espalier;

/// <summary>
/// Training's products on several threads of the process's pool. Rows of C are dealt out and each sum is computed whole, in the order it always has, so any
/// number of threads gives the same bits. Small products stay on the caller's thread.
/// </summary>
/// <param name="threads">Threads, the caller's among them; 1 never leaves it.</param>
internal sealed unsafe class ThreadedProduct(int threads) : PooledWork
{
    /// <summary>About 5 µs of multiply-adds: a hand-over to a thread that spins takes half a microsecond, and parts of it end at different times.</summary>
    private const long LeastMultiplyAdds = 500_000;

    /// <summary>So that a thread that comes late leaves its share to others.</summary>
    private const int PartsPerThread = 2;

    /// <summary>Rows of the widest tile.</summary>
    private const int RowsOfATile = 8;

    /// <summary>Threads, the caller's among them.</summary>
    public int Threads => threads;

    private NonzeroLists? _lists;
    private int _rows;
    private int _depth;
    private int _columns;
    private int _rowStride;
    private int _depthStride;
    private int _parts;
    private bool _adds;
    private float* _a;
    private float* _b;
    private float* _start;
    private float* _c;
    private int _aLength;
    private int _bLength;
    private int _startLength;

    /// <inheritdoc cref="MatrixProduct.Run(int, int, int, ReadOnlySpan{float}, int, int, ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float}, bool)"/>
    public void Dense(int rows, int depth, int columns, ReadOnlySpan<float> a, int rowStride, int depthStride, ReadOnlySpan<float> b, ReadOnlySpan<float> start, Span<float> c, bool adds = false)
    {
        if (!IsWorthIt((long)rows * depth * columns, rows))
        {
            MatrixProduct.Run(rows, depth, columns, a, rowStride, depthStride, b, start, c, adds);
            return;
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(c.Length, rows * columns);
        (_lists, _rows, _depth, _columns, _rowStride, _depthStride, _adds) = (null, rows, depth, columns, rowStride, depthStride, adds);
        Share(a, b, start, c);
    }

    /// <summary>The product of a matrix that is given by its nonzeros, see <see cref="SparseProduct"/>.</summary>
    public void Sparse(NonzeroLists a, int columns, ReadOnlySpan<float> b, ReadOnlySpan<float> start, Span<float> c)
    {
        if (!IsWorthIt(a.Count * columns, a.Rows))
        {
            SparseProduct.Run(a, columns, b, start, c);
            return;
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(c.Length, a.Rows * columns);
        (_lists, _rows, _columns) = (a, a.Rows, columns);
        Share(default, b, start, c);
    }

    /// <inheritdoc/>
    public override void Run(int part, in PooledCall call)
    {
        var (from, to) = (RowOf(part), RowOf(part + 1));
        if (from == to)
        {
            return;
        }

        var b = new ReadOnlySpan<float>(_b, _bLength);
        var start = new ReadOnlySpan<float>(_start, _startLength);
        if (_lists is { } lists)
        {
            SparseProduct.Run(lists, _columns, b, start, new Span<float>(_c, _rows * _columns), from, to);
            return;
        }

        var skipped = from * _rowStride;
        MatrixProduct.Run(to - from, _depth, _columns, new ReadOnlySpan<float>(_a + skipped, _aLength - skipped), _rowStride, _depthStride, b, start, new Span<float>(_c + (from * _columns), (to - from) * _columns), _adds);
    }

    /// <summary>Whether so many multiply-adds are worth more than one thread.</summary>
    public bool IsWorthSharing(long multiplyAdds) => threads > 1 && multiplyAdds >= LeastMultiplyAdds;

    private bool IsWorthIt(long multiplyAdds, int rows) => IsWorthSharing(multiplyAdds) && rows >= 2 * RowsOfATile;

    private void Share(ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> start, Span<float> c)
    {
        _parts = Math.Min(threads * PartsPerThread, (_rows + RowsOfATile - 1) / RowsOfATile);
        (_aLength, _bLength, _startLength) = (a.Length, b.Length, start.Length);

        // Pinned until the last part has ended.
        fixed (float* pa = a, pb = b, ps = start, pc = c)
        {
            _a = pa;
            _b = pb;
            _start = ps;
            _c = pc;
            WorkerPool.Shared.Run(this, _parts, threads, default);
        }

        _lists = null;
    }

    private int RowOf(int part) => part == _parts ? _rows : (int)((long)_rows * part / _parts) / RowsOfATile * RowsOfATile;
}
