using System;
using System.Collections.Generic;
using System.Linq;

namespace Espalier.Generator.Emit;

/// <summary>Writes the loops over the samples that go through one slice: groups of the most first, then of fewer.</summary>
internal static class SampleGroups
{
    /// <param name="writer">Where to.</param>
    /// <param name="groups">How many samples a group has, the most first.</param>
    /// <param name="outputs">Numbers that leave for each sample.</param>
    /// <param name="rows">Rows of a slice.</param>
    /// <param name="emitGroup">Writes what is done for a group, whose samples begin at <c>input0</c> and so on, and whose first number leaves to <c>place</c>.</param>
    public static void Emit(IndentedWriter writer, IReadOnlyList<int> groups, int outputs, int rows, Action<int> emitGroup)
    {
        writer.Line("nuint sample = 0;");
        foreach (var group in groups)
        {
            using (writer.Begin($"for (; sample + {group} <= (nuint)samples; sample += {group})"))
            {
                writer.Line("ref var input0 = ref Unsafe.Add(ref input, sample * inputStride);");
                foreach (var sample in Enumerable.Range(1, group - 1))
                {
                    writer.Line($"ref var input{sample} = ref Unsafe.Add(ref input{sample - 1}, inputStride);");
                }

                writer.Line($"var place = (sample * {outputs}) + (slice * {rows});");
                emitGroup(group);
            }

            writer.Line();
        }
    }
}
