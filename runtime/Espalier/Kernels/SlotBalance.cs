using System;
using System.Collections.Generic;

namespace Espalier.Kernels;

/// <summary>
/// Deals the nonzeros that a pair of steps takes of one row out to its slots so that 16-bit sums stay small. Two neighbouring slots share a
/// 16-bit lane, and which nonzero stands in which slot changes nothing else: large weights of one sign are kept apart, so that both
/// steps of a pair can more often be added before they are widened (measured: 11 % of a kernel's time on Intel's cores). Four weights of one
/// sign fit when they are 64 on average; layers whose weights are mostly larger still widen each step.
/// </summary>
internal static class SlotBalance
{
    /// <param name="schedule">A schedule whose steps are pairs.</param>
    /// <param name="weights">The layer's weights.</param>
    /// <param name="slots">Slots of a row in one step of the pair.</param>
    /// <param name="windows">1 when both steps share a window, so that a nonzero may change steps; otherwise 2.</param>
    public static WindowedSchedule Apply(WindowedSchedule schedule, IntegerLayerWeights weights, int slots, int windows)
    {
        var entries = new List<WindowedSchedule.Entry>(schedule.Entries.Count);
        var row = new List<WindowedSchedule.Entry>();
        var lanes = new Lane[slots / 2];
        for (var i = 0; i < schedule.Entries.Count; i++)
        {
            var entry = schedule.Entries[i];
            row.Add(entry);
            if (i + 1 == schedule.Entries.Count || schedule.Entries[i + 1].Step != entry.Step || schedule.Entries[i + 1].Lane != entry.Lane)
            {
                Deal(row, weights, slots, windows, lanes, entries);
                row.Clear();
            }
        }

        return schedule.With(entries);
    }

    private static void Deal(List<WindowedSchedule.Entry> row, IntegerLayerWeights weights, int slots, int windows, Lane[] lanes, List<WindowedSchedule.Entry> dealt)
    {
        Array.Clear(lanes);
        row.Sort((x, y) => Math.Abs(Code(weights, y)).CompareTo(Math.Abs(Code(weights, x))) is var order && order != 0 ? order : x.Column.CompareTo(y.Column));
        foreach (var entry in row)
        {
            var code = Code(weights, entry);
            var (best, half) = (-1, 0);
            for (var lane = 0; lane < lanes.Length; lane++)
            {
                var free = windows == 2 ? entry.Slot / slots : lanes[lane].Used[0] < 2 ? 0 : 1;
                if (lanes[lane].Used[free] < 2 && (best < 0 || lanes[lane].With(code) < lanes[best].With(code)))
                {
                    (best, half) = (lane, free);
                }
            }

            var slot = (half * slots) + (2 * best) + lanes[best].Used[half]++;
            lanes[best].Add(code);
            dealt.Add(entry with { Slot = slot });
        }
    }

    private static int Code(IntegerLayerWeights weights, WindowedSchedule.Entry entry) => weights.Codes[(entry.Output * weights.Layer.Inputs) + entry.Column];

    [System.Runtime.CompilerServices.InlineArray(2)]
    private struct Halves
    {
        private int _first;
    }

    /// <summary>One 16-bit lane: four products, two of each step.</summary>
    private struct Lane
    {
        private int _positive;
        private int _negative;

        /// <summary>Slots taken in each step.</summary>
        public Halves Used;

        /// <summary>The larger of both sums if a weight came here.</summary>
        public readonly int With(int code) => Math.Max(_positive + Math.Max(code, 0), _negative - Math.Min(code, 0));

        public void Add(int code)
        {
            _positive += Math.Max(code, 0);
            _negative -= Math.Min(code, 0);
        }
    }
}
