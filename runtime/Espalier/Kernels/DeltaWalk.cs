using System;

namespace Espalier.Kernels;

/// <summary>
/// Where each row of a slice stands on its way through its nonzeros. The four products of a row in one step are added in 16 bits, so a
/// nonzero that could carry the sum past them waits for the next step: no weights need a kernel of their own.
/// </summary>
internal sealed class DeltaWalk
{
    private readonly NonzeroRows _nonzeros;
    private readonly int _mostPositive;
    private readonly int _mostNegative;
    private readonly int[] _next = new int[DeltaSchedule.Rows];
    private readonly int[] _end = new int[DeltaSchedule.Rows];
    private readonly int[] _place = new int[DeltaSchedule.Rows];
    private readonly int[] _positive = new int[DeltaSchedule.Rows];
    private readonly int[] _negative = new int[DeltaSchedule.Rows];

    /// <param name="nonzeros">The matrix.</param>
    /// <param name="top">The largest activation code, 1 to 255: a single product always fits, 255 · 128 ≤ 32768.</param>
    public DeltaWalk(NonzeroRows nonzeros, int top)
    {
        _nonzeros = nonzeros;
        _mostPositive = short.MaxValue / Math.Max(1, top);
        _mostNegative = -short.MinValue / Math.Max(1, top);
    }

    /// <summary>A new slice without rows.</summary>
    public void Begin()
    {
        Array.Clear(_next);
        Array.Clear(_end);
        Array.Clear(_place);
    }

    /// <summary>Gives a lane of the slice its row.</summary>
    public void Put(int lane, int row)
    {
        _next[lane] = _nonzeros.Start(row);
        _end[lane] = _next[lane] + _nonzeros.Count(row);
    }

    /// <summary>The smallest column that any row still needs; −1 when none is left.</summary>
    public int FirstColumn()
    {
        var smallest = int.MaxValue;
        for (var lane = 0; lane < _next.Length; lane++)
        {
            if (_next[lane] < _end[lane])
            {
                smallest = Math.Min(smallest, _nonzeros.Places[_next[lane]]);
            }
        }

        return smallest == int.MaxValue ? -1 : smallest;
    }

    /// <summary>New sums in 16 bits.</summary>
    public void BeginStep()
    {
        Array.Clear(_positive);
        Array.Clear(_negative);
    }

    /// <summary>Takes the next slot of a row.</summary>
    /// <param name="lane">The row's place in the slice.</param>
    /// <param name="windowEnd">The column behind the window.</param>
    /// <returns>How many columns the row moves on, and the weight there: 0 for none.</returns>
    public (byte Move, sbyte Code) Next(int lane, int windowEnd)
    {
        if (_next[lane] == _end[lane])
        {
            return (0, 0);
        }

        // Round the circle, a gap of many windows is as short as what it leaves over.
        var column = _nonzeros.Places[_next[lane]];
        var move = (column - _place[lane]) & (DeltaSchedule.Window - 1);
        if (move > DeltaSchedule.Reach || column >= windowEnd || !Fits(lane, _nonzeros.Codes[_next[lane]]))
        {
            move = Math.Min(DeltaSchedule.Reach, move);
            _place[lane] += move;
            return ((byte)move, 0);
        }

        _place[lane] = column;
        return ((byte)move, _nonzeros.Codes[_next[lane]++]);
    }

    private bool Fits(int lane, sbyte code)
    {
        var positive = _positive[lane] + Math.Max((int)code, 0);
        var negative = _negative[lane] - Math.Min((int)code, 0);
        if (positive > _mostPositive || negative > _mostNegative)
        {
            return false;
        }

        (_positive[lane], _negative[lane]) = (positive, negative);
        return true;
    }
}
