using Espalier.Planning;

namespace Espalier.Generator.Emit.Images;

/// <summary>Writes what the class of a network of images has of its own: one block of memory, and steps that run over it.</summary>
internal sealed class ImageModelEmitter(ModelTarget target, ImagePlan plan) : IModelBody
{
    public string Pack(string weights, string tier) => $"new Packed({weights}, {tier})";

    public void EmitConstants(IndentedWriter writer)
    {
        var layers = target.Annotation.Layers;
        var (first, last) = (layers[0].Definition, layers[layers.Count - 1].Definition);
        writer.Line($"/// <summary>Numbers that enter{Shape(first.InputShape)}.</summary>");
        writer.Line($"public const int Inputs = {first.InputShape.Count};");
        writer.Line();
        writer.Line($"/// <summary>Numbers that leave{Shape(last.OutputShape)}.</summary>");
        writer.Line($"public const int Outputs = {last.OutputShape.Count};");
        writer.Line();
        writer.Line("/// <summary>Bytes that a prediction needs beyond the weights: one block, laid out when this was compiled.</summary>");
        writer.Line($"/// <remarks>{MemoryProse.Threads(plan)} The samples of a batch need a block for each thread.</remarks>");
        writer.Line($"public const int ScratchBytes = {plan.ScratchBytes};");
    }

    public void EmitPredict(IndentedWriter writer)
    {
        var name = target.Annotation.Type.Name;
        string[] types = ["float", "byte"];
        foreach (var type in types)
        {
            PredictEmitter.EmitPredict(writer, name, type, "Allocates nothing after the first call at each level of concurrency", () => writer.Line("_packed.Predict(input, output, _threaded);"));
        }

        foreach (var type in types)
        {
            PredictEmitter.EmitBatch(
                writer,
                name,
                type,
                "Predicts for several samples from {0}: one after the other on one thread, dealt out on several. Gives the numbers that single predictions give.",
                "_packed.PredictTogether(inputs, outputs, _threaded)",
                "// With several threads each takes some of the samples, as far as they divide evenly; what is left, one after the other.");
        }
    }

    public void EmitPacked(IndentedWriter writer) => new ImagePackedEmitter(target, plan).Emit(writer);

    private static string Shape(TensorShape shape) => shape.IsImage ? $": an image of {shape}, channel by channel, row by row" : "";
}
