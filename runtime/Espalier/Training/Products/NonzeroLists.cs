using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Espalier;

/// <summary>
/// The nonzeros of a batch, row by row: positions and values, with the place of every <see cref="Block"/>-th column marked, so that
/// products can walk through a matrix in parts. MNIST's pixels are 19 % nonzero, and what ReLU lets through is about half.
/// </summary>
/// <param name="rows">The most rows.</param>
/// <param name="depth">The most columns.</param>
internal sealed class NonzeroLists(int rows, int depth)
{
    /// <summary>Columns between two marks.</summary>
    public const int Block = 64;

    /// <summary>A whole vector is written at the end of a list, however few of its numbers count.</summary>
    private const int Slack = 16;

    private readonly int _stride = depth + Slack;
    private readonly int[] _positions = new int[rows * (depth + Slack)];
    private readonly float[] _values = new float[rows * (depth + Slack)];
    private readonly int[] _marks = new int[rows * (((depth + Block - 1) / Block) + 1)];
    private readonly int[] _counts = new int[rows];

    public int Rows { get; private set; }

    public int Depth { get; private set; }

    /// <summary>Rows after which a batch is judged by those that were read: batches are shuffled, so rows are alike.</summary>
    private const int Foretaste = 8;

    /// <summary>How many times too many the first rows must have: a batch that is near the limit is read on.</summary>
    private const double Margin = 1.25;

    /// <summary>Whether the lists hold all nonzeros; otherwise they are too many to be of use, and <see cref="Count"/> is as if all were nonzero.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Nonzeros of all rows.</summary>
    public long Count { get; private set; }

    public int Blocks { get; private set; }

    /// <summary>Where the nonzeros of a row from a block on begin; for the block after the last, where they end.</summary>
    public int StartOf(int row, int block) => _marks[(row * (Blocks + 1)) + block];

    public ref int PositionAt(int index) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_positions), index);

    public ref float ValueAt(int index) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_values), index);

    /// <summary>
    /// Takes the nonzeros of a matrix. It gives up where they will be more than are of use: the lists of a dense batch are twice its bytes
    /// (64 by 784 numbers took 12 µs, and the product 150).
    /// </summary>
    /// <param name="matrix">The matrix.</param>
    /// <param name="rowCount">Its rows.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="stride">From one row to the next.</param>
    /// <param name="most">The largest share of nonzeros that is of use, 0 to 1.</param>
    public void Read(ReadOnlySpan<float> matrix, int rowCount, int columns, int stride, double most = 1) => Read<float>(matrix, rowCount, columns, stride, most);

    /// <summary>The same of numbers in bf16.</summary>
    /// <param name="matrix">The matrix.</param>
    /// <param name="rowCount">Its rows.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="stride">From one row to the next.</param>
    /// <param name="most">The largest share of nonzeros that is of use, 0 to 1.</param>
    public void Read(ReadOnlySpan<ushort> matrix, int rowCount, int columns, int stride, double most = 1) => Read<ushort>(matrix, rowCount, columns, stride, most);

    private void Read<TNumber>(ReadOnlySpan<TNumber> matrix, int rowCount, int columns, int stride, double most)
        where TNumber : unmanaged
    {
        Begin(rowCount, columns);
        for (var row = 0; row < rowCount; row++)
        {
            var source = matrix.Slice(row * stride, columns);
            var at = row * _stride;
            for (var block = 0; block < Blocks; block++)
            {
                _marks[(row * (Blocks + 1)) + block] = at;
                at = Append(source, block * Block, Math.Min(columns, (block + 1) * Block), at);
            }

            _marks[(row * (Blocks + 1)) + Blocks] = at;
            Count += at - (row * _stride);
            if (Count > most * columns * rowCount || (row + 1 == Foretaste && Count > Margin * most * columns * Foretaste))
            {
                (Count, IsComplete) = ((long)columns * rowCount, false);
                return;
            }
        }
    }

    /// <summary>Takes the nonzeros of the other matrix's transpose, without looking at its zeros.</summary>
    public void ReadTransposed(NonzeroLists other)
    {
        Begin(other.Depth, other.Rows);
        Count = other.Count;
        for (var row = 0; row < Rows; row++)
        {
            _counts[row] = row * _stride;
        }

        ref var counts = ref MemoryMarshal.GetArrayDataReference(_counts);
        for (var from = 0; from < other.Rows; from++)
        {
            if (from % Block == 0)
            {
                Mark(from / Block);
            }

            var end = other.StartOf(from, other.Blocks);
            for (var n = other.StartOf(from, 0); n < end; n++)
            {
                ref var at = ref Unsafe.Add(ref counts, other.PositionAt(n));
                PositionAt(at) = from;
                ValueAt(at) = other.ValueAt(n);
                at++;
            }
        }

        Mark(Blocks);
    }

    private void Begin(int rowCount, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rowCount, rows);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(columns, depth);
        (Rows, Depth, Count, Blocks, IsComplete) = (rowCount, columns, 0, (columns + Block - 1) / Block, true);
    }

    private void Mark(int block)
    {
        for (var row = 0; row < Rows; row++)
        {
            _marks[(row * (Blocks + 1)) + block] = _counts[row];
        }
    }

    private int Append<TNumber>(ReadOnlySpan<TNumber> source, int from, int to, int at)
        where TNumber : unmanaged
    {
        var k = from;
        if (Avx512F.IsSupported)
        {
            var places = Vector512<int>.Indices + Vector512.Create(from);
            for (; k <= to - Vector512<float>.Count; k += Vector512<float>.Count)
            {
                var values = typeof(TNumber) == typeof(ushort)
                    ? Lanes512.LoadHalves(ref Unsafe.As<TNumber, ushort>(ref Unsafe.AsRef(in source[k])))
                    : Vector512.LoadUnsafe(ref Unsafe.As<TNumber, float>(ref MemoryMarshal.GetReference(source)), (nuint)k);
                var kept = ~Vector512.Equals(values, Vector512<float>.Zero);
                Avx512F.Compress(Vector512<float>.Zero, kept, values).StoreUnsafe(ref ValueAt(at));
                Avx512F.Compress(Vector512<int>.Zero, kept.AsInt32(), places).StoreUnsafe(ref PositionAt(at));
                at += BitOperations.PopCount(kept.ExtractMostSignificantBits());
                places += Vector512.Create(Vector512<int>.Count);
            }
        }

        // Without a branch on the number: whether it is 0 cannot be foreseen.
        for (; k < to; k++)
        {
            ref var number = ref Unsafe.AsRef(in source[k]);
            var value = typeof(TNumber) == typeof(ushort) ? BitConverter.UInt32BitsToSingle((uint)Unsafe.As<TNumber, ushort>(ref number) << 16) : Unsafe.As<TNumber, float>(ref number);
            PositionAt(at) = k;
            ValueAt(at) = value;
            at += value != 0 ? 1 : 0;
        }

        return at;
    }
}
