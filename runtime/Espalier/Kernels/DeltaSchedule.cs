using System;
using System.Collections.Generic;

namespace Espalier.Kernels;

/// <summary>
/// Sorts the nonzeros of a matrix into slices of rows and, in each slice, into steps of four slots for each row. A slot moves its row
/// on by up to 15 columns and may hold a nonzero there, if that lies in the step's window. Rows that have farther to go, or wait for
/// the window, take slots with weight 0.
/// </summary>
internal sealed class DeltaSchedule
{
    /// <summary>Rows of a slice: one for each byte of a vector.</summary>
    public const int Rows = 64;

    /// <summary>Slots that a step has for each row.</summary>
    public const int Slots = 4;

    /// <summary>Columns that a step reaches. Places are known modulo this: the table that they are looked up in is circular.</summary>
    public const int Window = 128;

    /// <summary>What window starts are a multiple of: half a window, so that one of the table's halves stays.</summary>
    public const int Block = 64;

    /// <summary>Columns that one slot moves on at most.</summary>
    public const int Reach = 15;

    private readonly List<byte> _moves = [];
    private readonly List<sbyte> _codes = [];

    private DeltaSchedule(int[] order, int slices) => (Order, StepCounts) = (order, new int[slices]);

    /// <summary>The row that each place of the slices holds; empty when rows stand in their own order.</summary>
    public int[] Order { get; }

    /// <summary>Steps of each slice.</summary>
    public int[] StepCounts { get; }

    /// <summary>Steps of all slices.</summary>
    public int Steps => StepSums.Of(StepCounts);

    /// <summary>The window start of each step.</summary>
    public List<int> Starts { get; } = [];

    /// <summary>By step, slot and row of the slice: columns that the row moves on.</summary>
    public IReadOnlyList<byte> Moves => _moves;

    /// <summary>By step, slot and row of the slice: the weight; 0 for none.</summary>
    public IReadOnlyList<sbyte> Codes => _codes;

    /// <param name="nonzeros">The matrix.</param>
    /// <param name="top">The largest activation code.</param>
    /// <param name="sorted">Whether rows are sorted by the slots that they need, so that a slice holds rows of similar length.</param>
    public static DeltaSchedule Build(NonzeroRows nonzeros, int top, bool sorted)
    {
        var slices = (nonzeros.Rows + Rows - 1) / Rows;
        var schedule = new DeltaSchedule(sorted && slices > 1 ? RowOrder.LongestFirst(SlotsNeeded(nonzeros)) : [], slices);
        var walk = new DeltaWalk(nonzeros, top);
        for (var slice = 0; slice < slices; slice++)
        {
            schedule.Add(slice, walk, nonzeros.Rows);
        }

        return schedule;
    }

    private void Add(int slice, DeltaWalk walk, int rows)
    {
        var lanes = Math.Min(Rows, rows - (slice * Rows));
        walk.Begin();
        for (var lane = 0; lane < lanes; lane++)
        {
            var place = (slice * Rows) + lane;
            walk.Put(lane, Order.Length == 0 ? place : Order[place]);
        }

        for (var first = walk.FirstColumn(); first >= 0; first = walk.FirstColumn())
        {
            var start = first / Block * Block;
            Starts.Add(start);
            StepCounts[slice]++;
            walk.BeginStep();
            for (var slot = 0; slot < Slots; slot++)
            {
                for (var lane = 0; lane < Rows; lane++)
                {
                    var (move, code) = walk.Next(lane, start + Window);
                    _moves.Add(move);
                    _codes.Add(code);
                }
            }
        }
    }

    /// <summary>Slots of each row if it never had to wait: one for each nonzero, and one for each reach that lies between two of them.</summary>
    private static int[] SlotsNeeded(NonzeroRows nonzeros)
    {
        var needed = nonzeros.Counts();
        for (var row = 0; row < needed.Length; row++)
        {
            var (first, last) = (nonzeros.Start(row), nonzeros.Start(row) + nonzeros.Count(row));
            for (var (i, place) = (first, 0); i < last; place = nonzeros.Places[i], i++)
            {
                needed[row] += Math.Max(0, nonzeros.Places[i] - place - 1) / Reach;
            }
        }

        return needed;
    }
}
