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
    public static void EmitInputs(IndentedWriter writer, Dialect dialect, int step)
    {
        var source = step == 0 ? "four" : $"Unsafe.Add(ref four, {StepInputs * step})";
        writer.Line($"var inputs{step} = {dialect.Vector}.Create(Unsafe.ReadUnaligned<int>(ref {source})).AsByte();");
    }

    /// <summary>One vector of a step's weights.</summary>
    public static string Weights(KernelPlan plan, Dialect dialect, int step, int vector) =>
        $"{dialect.Vector}.LoadUnsafe(ref weights, {(step * plan.Rows * StepInputs) + (vector * dialect.Bytes)}).AsSByte()";

    public static void EmitAdvance(IndentedWriter writer, KernelPlan plan, int steps)
    {
        writer.Line($"four = ref Unsafe.Add(ref four, {StepInputs * steps});");
        writer.Line($"weights = ref Unsafe.Add(ref weights, {steps * plan.Rows * StepInputs});");
    }
}
