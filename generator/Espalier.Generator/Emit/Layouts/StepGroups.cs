using System;
using Espalier.Generator.Emit.Dialects;
using Espalier.Planning;

namespace Espalier.Generator.Emit;

/// <summary>The loop of a dense integer tile: groups of steps of four inputs, and the steps that fill no group.</summary>
internal static class StepGroups
{
    private const int StepInputs = DenseInt8Layout.StepInputs;

    /// <summary>Writes the loop; <paramref name="emitGroup"/> writes a group of so many steps.</summary>
    public static void Emit(IndentedWriter writer, int steps, int groupSteps, Action<int> emitGroup)
    {
        if (steps >= groupSteps)
        {
            writer.Line();
            using (writer.Begin($"for (var group = {steps / groupSteps}; group > 0; group--)"))
            {
                emitGroup(groupSteps);
            }
        }

        if (steps % groupSteps > 0)
        {
            writer.Line();
            writer.Line($"// The {steps % groupSteps} step(s) that fill no group.");
            using (writer.Begin())
            {
                emitGroup(steps % groupSteps);
            }
        }
    }

    /// <summary>Four activations of a step, in every lane.</summary>
    public static void EmitInputs(IndentedWriter writer, Dialect dialect, int step, ActivationPlane plane)
    {
        var offset = plane.Offset + (StepInputs * step);
        var source = offset == 0 ? "four" : $"Unsafe.Add(ref four, {offset})";
        writer.Line($"var inputs{step}{plane.Suffix} = {dialect.As("Byte", $"{dialect.Vector}.Create(Unsafe.ReadUnaligned<int>(ref {source}))")};");
    }

    /// <summary>The left side of the statement that takes a product into a 16-bit sum: each run of so many steps starts it anew.</summary>
    public static string Add(string sum, int step, int run) => step == 0 ? $"var {sum} =" : step % run == 0 ? $"{sum} =" : $"{sum} +=";

    /// <summary>Whether the 16-bit sums are widened after a step of a group.</summary>
    public static bool EndsRun(int step, int steps, int run) => step + 1 == steps || (step + 1) % run == 0;
}
