using Espalier.Planning;

namespace Espalier.Generator.Emit.Images;

/// <summary>Writes what the class of a network of images has of its own: one block of memory, and steps that run over it.</summary>
internal sealed class ImageModelEmitter : IModelBody
{
    private const string Kernels = "global::Espalier.Kernels.";

    private readonly ModelTarget _target;
    private readonly ImagePlan _plan;

    public ImageModelEmitter(ModelTarget target)
    {
        _target = target;
        _plan = target.ToImagePlan();
    }

    public string Pack(string weights, string tier) => $"new Packed({weights}, {tier})";

    public void EmitConstants(IndentedWriter writer)
    {
        var layers = _target.Annotation.Layers;
        var (first, last) = (layers[0].Definition, layers[layers.Count - 1].Definition);
        writer.Line($"/// <summary>Numbers that enter{Shape(first.InputShape)}.</summary>");
        writer.Line($"public const int Inputs = {first.InputShape.Count};");
        writer.Line();
        writer.Line($"/// <summary>Numbers that leave{Shape(last.OutputShape)}.</summary>");
        writer.Line($"public const int Outputs = {last.OutputShape.Count};");
        writer.Line();
        writer.Line("/// <summary>Bytes that a prediction needs beyond the weights: one block, laid out when this was compiled.</summary>");
        writer.Line($"public const int ScratchBytes = {_plan.ScratchBytes};");
    }

    public void EmitPredict(IndentedWriter writer)
    {
        EmitPredict(writer, "float", "raw floats, in the units of the training data");
        EmitPredict(writer, "byte", "raw bytes, in the same units as floats");
        EmitBatch(writer, "float");
        EmitBatch(writer, "byte");
    }

    public void EmitPacked(IndentedWriter writer) => new ImagePackedEmitter(_target, _plan).Emit(writer);

    private static string Shape(TensorShape shape) => shape.IsImage ? $": an image of {shape}, channel by channel, row by row" : "";

    private void EmitPredict(IndentedWriter writer, string type, string what)
    {
        writer.Line();
        writer.Line($"/// <summary>Predicts from {what}. Allocates nothing after the first call at each level of concurrency; safe from any number of threads at once.</summary>");
        writer.Line("/// <param name=\"input\"><see cref=\"Inputs\"/> numbers.</param>");
        writer.Line("/// <param name=\"output\">Room for <see cref=\"Outputs\"/> numbers.</param>");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">A span has another length.</exception>");
        using (writer.Begin($"public void Predict(global::System.ReadOnlySpan<{type}> input, global::System.Span<float> output)"))
        {
            using (writer.Begin("if (input.Length != Inputs || output.Length != Outputs)"))
            {
                writer.Line($"{Kernels}Arguments.ThrowLengths(\"{_target.Annotation.Type.Name}\", Inputs, input.Length, Outputs, output.Length);");
            }

            writer.Line();
            writer.Line("var block = _packed.Blocks.Rent();");
            using (writer.Begin("try"))
            {
                writer.Line("_packed.Enter(input, ref block.Start);");
                writer.Line("_packed.Run(ref block.Start, output, _threaded);");
            }

            using (writer.Begin("finally"))
            {
                writer.Line("_packed.Blocks.Return(block);");
            }
        }
    }

    private void EmitBatch(IndentedWriter writer, string type)
    {
        writer.Line();
        writer.Line($"/// <summary>Predicts for several samples, one after the other, from raw {type}s.</summary>");
        writer.Line("/// <param name=\"inputs\"><see cref=\"Inputs\"/> numbers for each sample.</param>");
        writer.Line("/// <param name=\"outputs\">Room for <see cref=\"Outputs\"/> numbers for each sample.</param>");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">A span has a length that fits no number of samples, or not the other's.</exception>");
        using (writer.Begin($"public void PredictBatch(global::System.ReadOnlySpan<{type}> inputs, global::System.Span<float> outputs)"))
        {
            writer.Line("var samples = inputs.Length / Inputs;");
            using (writer.Begin("if (inputs.Length != samples * Inputs || outputs.Length != samples * Outputs)"))
            {
                writer.Line($"{Kernels}Arguments.ThrowBatchLengths(\"{_target.Annotation.Type.Name}\", Inputs, inputs.Length, Outputs, outputs.Length);");
            }

            writer.Line();
            using (writer.Begin("for (var sample = 0; sample < samples; sample++)"))
            {
                writer.Line("Predict(inputs.Slice(sample * Inputs, Inputs), outputs.Slice(sample * Outputs, Outputs));");
            }
        }
    }
}
