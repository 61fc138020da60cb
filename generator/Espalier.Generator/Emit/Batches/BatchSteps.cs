using System;
using System.Collections.Generic;
using Espalier.Planning;

namespace Espalier.Generator.Emit.Batches;

/// <summary>Writes the chain that runs blocks of samples through the layers of one class.</summary>
internal static class BatchSteps
{
    private const string Runtime = "global::Espalier.";
    private const string Kernels = "global::Espalier.Kernels.";

    public static void Emit(
        IndentedWriter writer, IReadOnlyList<LayerPlan> plans, Func<int, string> kernel, Func<int, bool> separateActivation, Func<int, bool> reEncodes)
    {
        writer.Line($"_batches = new global::System.Lazy<{Kernels}BatchChain>(() => new {Kernels}BatchChain(");
        writer.Line("    _input,");
        writer.Line("    tier,");
        for (var i = 0; i < plans.Count; i++)
        {
            var order = i == 0 ? "default" : $"_layer{i - 1}.Positions";
            var activation = separateActivation(i) ? $", activation: {Runtime}Activation.{plans[i].Facts.Definition.Activation}" : "";
            var encoder = reEncodes(i) ? $", encoder: _encoder{i}" : "";
            var end = i + 1 < plans.Count ? "," : "));";
            writer.Line($"    new {Kernels}BatchStep({kernel(i)}.Batch(_layer{i}, weights[{i}], {order}), {kernel(i)}.Few(_layer{i}){activation}{encoder}){end}");
        }
    }
}
