using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Espalier.Coding;

/// <summary>What is known around the weight that comes next: the ranks of its own row so far, and how full and of which signs its row and column were.</summary>
internal sealed class WeightNeighbourhood
{
    // Sixteenths of an octave: log2 of 65536, and how many contexts the probabilities above 2⁻¹² make at four to an octave.
    private const int Whole = 16 * 16;
    private const int Levels = 48;
    private const int Prior = 4;

    private readonly int _columns;
    private readonly int _period;
    private readonly int _before;
    private readonly int _density;
    private readonly short[] _row;
    private readonly int[] _counts;
    private readonly ushort[] _own;
    private readonly ushort[] _around;
    private int _rowCount;
    private long _rowExpected;

    public WeightNeighbourhood(WeightShape shape)
    {
        _columns = shape.Columns;
        _period = shape.Period;

        // Room on both sides, so that nothing below asks whether there is a neighbour.
        _before = Math.Max(8, 2 * (_period + 2));
        _density = Math.Max(1, shape.Density << 4);
        _row = new short[_columns + (2 * _before)];
        _counts = new int[_columns + (2 * _before)];
        Net = new sbyte[_columns];
        Magnitudes = new byte[_columns];
        _own = new ushort[_columns];
        _around = new ushort[_columns];
        _own.AsSpan().Fill((ushort)_density);
        _around.AsSpan().Fill((ushort)_density);
    }

    /// <summary>Rows that were coded.</summary>
    public int Rows { get; private set; }

    /// <summary>By column, positive weights less negative ones so far, from −7 to 7.</summary>
    public sbyte[] Net { get; }

    /// <summary>By column, the magnitude of its last weight.</summary>
    public byte[] Magnitudes { get; }

    /// <summary>Positive weights of the row so far less negative ones.</summary>
    public int RowNet { get; private set; }

    /// <summary>The last weight of the row that is not 0, and where it stood.</summary>
    public (int Rank, int Column) Last { get; private set; }

    /// <summary>The rank of the row at a distance before a column; 0 where there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Before(int column, int distance) => _row[_before + column - distance];

    /// <summary>Weights in the column so far.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Count(int column) => _counts[_before + column];

    /// <summary>How likely a weight is by its column, and how much fuller than expected its row is: a level from 0 to 47, four to an octave.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int OwnLevel(int column) => Level(_own[column]);

    /// <summary>The same by the column and its neighbours.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int AroundLevel(int column) => Level(_around[column]);

    /// <summary>How much fuller than expected the row is so far, from 0 to 7, four for as expected.</summary>
    public int RowLevel => Math.Clamp(4 + ((RowFactor + 4) >> 3), 0, 7);

    /// <summary>Notes what stands at a column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Note(int column, int rank)
    {
        _rowExpected += _around[column];
        if (rank == 0)
        {
            return;
        }

        var sign = rank > 0 ? 1 : -1;
        _row[_before + column] = (short)rank;
        _counts[_before + column]++;
        _rowCount++;
        RowNet += sign;
        Last = (rank, column);
        Net[column] = (sbyte)Math.Clamp(Net[column] + sign, -7, 7);
        Magnitudes[column] = (byte)Math.Abs(rank);
    }

    /// <summary>Ends a row: what its columns hold is counted in from the next on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void EndRow()
    {
        Rows++;
        _row.AsSpan().Clear();
        (_rowCount, _rowExpected, RowNet, Last) = (0, 0, 0, (0, -1));

        // Means of what was seen, with the expected density for four rows more (one and ten differ by 0.1 %); divided by multiplying, one division for each row.
        var ownShare = (1L << 32) / (Rows + Prior);
        var neighbours = _period > 1 ? 4 : 2;
        var aroundShare = (1L << 32) / ((neighbours * Rows) + 6);
        for (var column = 0; column < _columns; column++)
        {
            var at = _before + column;
            var counted = (long)_counts[at] << 16;
            _own[column] = (ushort)Math.Clamp(((counted + (Prior * _density)) * ownShare) >> 32, 4, 65535);
            if (_period == 0)
            {
                _around[column] = _own[column];
                continue;
            }

            var beside = _counts[at - 1] + _counts[at + 1] + (_period > 1 ? _counts[at - _period] + _counts[at + _period] : 0);
            var smooth = ((((long)beside << 16) + (6 * _density)) * aroundShare) >> 32;
            _around[column] = (ushort)Math.Clamp(((counted + (Prior * smooth)) * ownShare) >> 32, 4, 65535);
        }
    }

    private int RowFactor
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Log((ulong)(_rowCount + 3L) << 10) - Log((ulong)((_rowExpected >> 6) + (3 << 10)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Level(int probability) => Math.Clamp((Log((ulong)probability) + RowFactor - Whole + (12 * 16)) >> 2, 0, Levels - 1);

    // Sixteenths of log2, straight between powers of two: contexts need no more, since each learns what it stands for.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Log(ulong value)
    {
        var power = BitOperations.Log2(value);
        return (power << 4) + (int)(((value << (63 - power)) >> 59) & 15);
    }
}
