using System;
using System.Collections.Generic;
using System.Linq;
using Espalier.Generator.Emit.Dialects;
using Espalier.Planning;

namespace Espalier.Generator.Emit;

/// <summary>The products of a dense integer tile where one instruction adds them to 32-bit sums.</summary>
internal static class DenseInt8Accumulation
{
    /// <summary>
    /// Sums under way at once. Two such instructions start in a cycle and each takes five, so ten keep the processor busy; twelve
    /// leave the two other registers that the loop needs, as the instruction reaches only sixteen. Measured in the first-level
    /// cache, in products a cycle: 8 sums 50, 10 sums 57, 12 sums 62.
    /// </summary>
    private const int Chains = 12;

    public static void Emit(IndentedWriter writer, KernelPlan plan, Dialect dialect, DenseWeights weights, int steps, IReadOnlyList<ActivationPlane> planes)
    {
        var vectors = plan.Rows / dialect.Lanes;

        // A tile of few vectors has each sum several times: each step of a group adds to its own.
        var copies = Math.Max(1, Math.Min(Chains / (vectors * planes.Count), steps));
        for (var copy = 1; copy < copies; copy++)
        {
            for (var v = 0; v < vectors; v++)
            {
                foreach (var plane in planes)
                {
                    writer.Line($"var {Sum(v, copy, plane)} = {dialect.Vector}<int>.Zero;");
                }
            }
        }

        StepGroups.Emit(writer, steps, weights.GroupSteps(copies), group =>
        {
            for (var step = 0; step < group; step++)
            {
                foreach (var plane in planes)
                {
                    StepGroups.EmitInputs(writer, dialect, step, plane);
                }

                for (var v = 0; v < vectors; v++)
                {
                    weights.EmitLoad(writer, plan, dialect, step, v);
                    var vector = weights.For(writer, plan, dialect, step, v, planes);
                    foreach (var plane in planes)
                    {
                        var sum = Sum(v, step % copies, plane);
                        writer.Line($"{sum} = {dialect.Accumulate(sum, $"inputs{step}{plane.Suffix}", vector)};");
                    }
                }
            }

            weights.EmitAdvance(writer, plan, group);
        });

        if (copies > 1)
        {
            writer.Line();
            for (var v = 0; v < vectors; v++)
            {
                foreach (var plane in planes)
                {
                    writer.Line($"{Sum(v, 0, plane)} += {string.Join(" + ", Enumerable.Range(1, copies - 1).Select(copy => Sum(v, copy, plane)))};");
                }
            }
        }
    }

    private static string Sum(int vector, int copy, ActivationPlane plane) => copy == 0 ? $"sum{vector}{plane.Suffix}" : $"sum{vector}Copy{copy}{plane.Suffix}";
}
