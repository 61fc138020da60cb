using System;

namespace Espalier.Generator.Emit;

/// <summary>Writes what the predicting methods of all classes have in common: comments, signatures and the check of lengths.</summary>
internal static class PredictEmitter
{
    private const string Kernels = "global::Espalier.Kernels.";

    /// <summary>Writes a method for one sample.</summary>
    /// <param name="writer">Takes the text.</param>
    /// <param name="name">The class, for messages.</param>
    /// <param name="type">The type of raw numbers.</param>
    /// <param name="allocates">When the method allocates, as a sentence's beginning.</param>
    /// <param name="emitBody">Writes what stands after the check.</param>
    public static void EmitPredict(IndentedWriter writer, string name, string type, string allocates, Action emitBody)
    {
        writer.Line();
        writer.Line($"/// <summary>Predicts from {What(type)}. {allocates}; safe from any number of threads at once.</summary>");
        writer.Line("/// <param name=\"input\"><see cref=\"Inputs\"/> numbers.</param>");
        writer.Line("/// <param name=\"output\">Room for <see cref=\"Outputs\"/> numbers.</param>");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">A span has another length.</exception>");
        using (writer.Begin($"public void Predict(global::System.ReadOnlySpan<{type}> input, global::System.Span<float> output)"))
        {
            using (writer.Begin("if (input.Length != Inputs || output.Length != Outputs)"))
            {
                writer.Line($"{Kernels}Arguments.ThrowLengths(\"{name}\", Inputs, input.Length, Outputs, output.Length);");
            }

            writer.Line();
            emitBody();
        }
    }

    /// <summary>Writes statements that predict over a block of the model's pool.</summary>
    /// <param name="writer">Takes the text.</param>
    /// <param name="enter">The method that takes the input.</param>
    public static void EmitInRentedBlock(IndentedWriter writer, string enter)
    {
        writer.Line("var block = _packed.Blocks.Rent();");
        using (writer.Begin("try"))
        {
            writer.Line($"_packed.{enter}(input, ref block.Start);");
            writer.Line("_packed.Run(ref block.Start, output, _threaded);");
        }

        using (writer.Begin("finally"))
        {
            writer.Line("_packed.Blocks.Return(block);");
        }
    }

    /// <summary>Writes a method for several samples.</summary>
    /// <param name="writer">Takes the text.</param>
    /// <param name="name">The class, for messages.</param>
    /// <param name="type">The type of raw numbers.</param>
    /// <param name="summary">The comment's sentences, <c>{0}</c> in them for the raw numbers.</param>
    /// <param name="first">What the loop over single samples begins with.</param>
    /// <param name="comment">A comment before that loop, or null.</param>
    public static void EmitBatch(IndentedWriter writer, string name, string type, string summary, string first, string? comment = null)
    {
        writer.Line();
        writer.Line($"/// <summary>{summary.Replace("{0}", $"raw {type}s")}</summary>");
        writer.Line("/// <param name=\"inputs\"><see cref=\"Inputs\"/> numbers for each sample.</param>");
        writer.Line("/// <param name=\"outputs\">Room for <see cref=\"Outputs\"/> numbers for each sample.</param>");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">A span has a length that fits no number of samples, or not the other's.</exception>");
        using (writer.Begin($"public void PredictBatch(global::System.ReadOnlySpan<{type}> inputs, global::System.Span<float> outputs)"))
        {
            writer.Line("var samples = inputs.Length / Inputs;");
            using (writer.Begin("if (inputs.Length != samples * Inputs || outputs.Length != samples * Outputs)"))
            {
                writer.Line($"{Kernels}Arguments.ThrowBatchLengths(\"{name}\", Inputs, inputs.Length, Outputs, outputs.Length);");
            }

            writer.Line();
            if (comment is not null)
            {
                writer.Line(comment);
            }

            using (writer.Begin($"for (var sample = {first}; sample < samples; sample++)"))
            {
                writer.Line("Predict(inputs.Slice(sample * Inputs, Inputs), outputs.Slice(sample * Outputs, Outputs));");
            }
        }
    }

    private static string What(string type) => type == "float" ? "raw floats, in the units of the training data" : "raw bytes, in the same units as floats";
}
