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

    /// <summary>Nonzeros of all rows.</summary>
    public long Count { get; private set; }

    public int Blocks { get; private set; }

    /// <summary>Where the nonzeros of a row from a block on begin; for the block after the last, where they end.</summary>
    public int StartOf(int row, int block) => _marks[(row * (Blocks + 1)) + block];

    public ref int PositionAt(int index) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_positions), index);

    public ref float ValueAt(int index) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_values), index);

    /// <summary>Takes the nonzeros of a matrix whose rows lie <paramref name="stride"/> apart.</summary>
    public void Read(ReadOnlySpan<float> matrix, int rowCount, int columns, int stride)
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
        (Rows, Depth, Count, Blocks) = (rowCount, columns, 0, (columns + Block - 1) / Block);
    }

    private void Mark(int block)
    {
        for (var row = 0; row < Rows; row++)
        {
            _marks[(row * (Blocks + 1)) + block] = _counts[row];
        }
    }

    private int Append(ReadOnlySpan<float> source, int from, int to, int at)
    {
        var k = from;
        if (Avx512F.IsSupported)
        {
            var places = Vector512<int>.Indices + Vector512.Create(from);
            for (; k <= to - Vector512<float>.Count; k += Vector512<float>.Count)
            {
                var values = Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(source), (nuint)k);
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
            var value = source[k];
            PositionAt(at) = k;
            ValueAt(at) = value;
            at += value != 0 ? 1 : 0;
        }

        return at;
    }
}
