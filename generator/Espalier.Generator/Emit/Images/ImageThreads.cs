using System;
using System.Linq;
using Espalier.Planning;

namespace Espalier.Generator.Emit.Images;

/// <summary>Writes what a network of images needs to run on more than one thread: its layers are cut into parts when an instance is made.</summary>
internal sealed class ImageThreads
{
    private const string Kernels = ImageNames.Kernels;

    private readonly ModelTarget _target;
    private readonly int[] _dense;
    private readonly int[] _convolutions;
    private readonly int[] _steps;

    public ImageThreads(ModelTarget target, ImagePlan plan)
    {
        _target = target;
        _dense = Layers(plan, ImageStepKind.Dense);
        _convolutions = Layers(plan, ImageStepKind.Convolution);

        // Those that compute enough for it; the runtime knows how long each takes.
        _steps = Enumerable.Range(0, plan.Steps.Count)
            .Where(step => plan.Steps[step].Kind is ImageStepKind.MaxPool or ImageStepKind.AveragePool or ImageStepKind.ResponseNorm or ImageStepKind.Add)
            .ToArray();
    }

    public void EmitShare(IndentedWriter writer)
    {
        writer.Line();
        writer.Line("/// <summary>Cuts the layers that are worth it into parts for several threads, over the same memory; null for one thread.</summary>");
        using (writer.Begin($"public {Kernels}ThreadedLayers? Share(int threads)"))
        {
            EmitPairs(writer, "layers", "PackedLayer", "Kernel", _dense);
            EmitPairs(writer, "convolutions", "PackedConvolution", "ConvolutionKernel", _convolutions);
            writer.Line(_steps.Length == 0
                ? $"var steps = global::System.Array.Empty<{Kernels}ImageStep>();"
                : $"var steps = new {Kernels}ImageStep[] {{ {string.Join(", ", _steps.Select(step => $"_step{step}"))} }};");
            writer.Line($"return {Kernels}ThreadedLayers.OfImages(threads, layers, convolutions, steps);");
        }
    }

    /// <summary>The statements that run a dense layer, whole or in parts.</summary>
    public void EmitDense(IndentedWriter writer, int layer, string input, string output) =>
        EmitRun(writer, layer, Array.IndexOf(_dense, layer), $"ref {input}, ref {output}");

    /// <summary>The statements that run a convolution, whole or in parts.</summary>
    public void EmitConvolution(IndentedWriter writer, int layer, string input, string added, string output, string scratch) =>
        EmitRun(writer, layer, Array.IndexOf(_convolutions, layer), $"ref {input}, ref {added}, ref {output}, ref {scratch}");

    /// <summary>The statements that run a step without weights, whole or in parts.</summary>
    public void EmitStep(IndentedWriter writer, int step)
    {
        var whole = $"_step{step}.Run(ref scratch);";
        if (Array.IndexOf(_steps, step) is >= 0 and var place)
        {
            ThreadsEmitter.EmitRun(writer, place, "ref scratch", whole);
        }
        else
        {
            writer.Line(whole);
        }
    }

    private void EmitRun(IndentedWriter writer, int layer, int place, string arguments) =>
        ThreadsEmitter.EmitRun(writer, place, arguments, $"{ImageNames.Kernel(_target.Plans[layer])}.Run(_layer{layer}, {arguments});");

    private void EmitPairs(IndentedWriter writer, string name, string layer, string kernel, int[] layers)
    {
        var type = $"({Kernels}{layer}, {Kernels}ThreadedLayers.{kernel})";
        if (layers.Length == 0)
        {
            writer.Line($"var {name} = global::System.Array.Empty<{type}>();");
            return;
        }

        using (writer.Begin($"var {name} = new {type}[]", "};"))
        {
            foreach (var one in layers)
            {
                writer.Line($"(_layer{one}, {ImageNames.Kernel(_target.Plans[one])}.Run),");
            }
        }
    }

    private static int[] Layers(ImagePlan plan, ImageStepKind kind) => plan.Steps.Where(step => step.Kind == kind).Select(step => step.Layer).ToArray();
}
