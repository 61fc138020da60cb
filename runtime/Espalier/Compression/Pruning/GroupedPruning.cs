using System;

namespace Espalier;

/// <summary>
/// N:M sparsity. On the way to it every group has lost as many weights as every other or one more, so that sparsity rises as smoothly as
/// without groups, and what goes next goes where it is smallest.
/// </summary>
internal static class GroupedPruning
{
    /// <summary>Marks which weights of a layer stay; of equal ones the first.</summary>
    /// <param name="scores">The worth of the weights, not negative: by input, then output, rows of <paramref name="stride"/>. Those of 0 never stay.</param>
    /// <param name="stride">Outputs with padding.</param>
    /// <param name="outputs">Outputs.</param>
    /// <param name="groupSize">Inputs of a group; divides the inputs.</param>
    /// <param name="keep">How many weights stay in all.</param>
    public static bool[] Choose(ReadOnlySpan<float> scores, int stride, int outputs, int groupSize, int keep)
    {
        var groups = scores.Length / stride / groupSize * outputs;
        var removed = (groups * groupSize) - Math.Clamp(keep, 0, groups * groupSize);
        var (left, more) = (groupSize - (removed / groups), removed % groups);
        var kept = new bool[scores.Length];

        // The last that each group would keep: so many of them go as groups must lose one more.
        var (places, worths) = (new int[groups], new float[groups]);
        var (order, keys) = (new int[groupSize], new (float Worth, int Place)[groupSize]);
        for (var group = 0; left > 0 && group < groups; group++)
        {
            var start = (group / outputs * groupSize * stride) + (group % outputs);
            for (var i = 0; i < groupSize; i++)
            {
                order[i] = start + (i * stride);
                keys[i] = (-scores[order[i]], i);
            }

            Array.Sort(keys, order);
            for (var i = 0; i < left; i++)
            {
                kept[order[i]] = scores[order[i]] > 0;
            }

            places[group] = order[left - 1];
            worths[group] = scores[order[left - 1]];
        }

        var stays = LargestScores.Mark([worths], groups - more)[0];
        for (var group = 0; left > 0 && group < groups; group++)
        {
            kept[places[group]] &= stays[group];
        }

        return kept;
    }
}
