using System.Collections.Generic;
using System.Linq;
using Espalier.Planning;

namespace Espalier.Generator.Emit.Images;

/// <summary>Writes what a network of images needs to run on more than one thread: its dense layers are cut into parts when an instance is made.</summary>
internal sealed class ImageThreads
{
    private readonly ModelTarget _target;
    private readonly int[] _layers;

    public ImageThreads(ModelTarget target, ImagePlan plan)
    {
        _target = target;
        _layers = plan.Steps.Where(step => step.Kind == ImageStepKind.Dense).Select(step => step.Layer).ToArray();
    }

    public void EmitShare(IndentedWriter writer)
    {
        writer.Line();
        writer.Line("/// <summary>Cuts the dense layers that are worth it into parts for several threads, over the same memory; null for one thread.</summary>");
        var pairs = _layers.Select(layer => $", (_layer{layer}, {ImageNames.Kernel(_target.Plans[layer])}.Run)");
        writer.Line(_layers.Length == 0
            ? $"public {ImageNames.Kernels}ThreadedLayers? Share(int threads) => null;"
            : $"public {ImageNames.Kernels}ThreadedLayers? Share(int threads) => {ImageNames.Kernels}ThreadedLayers.Of(threads{string.Concat(pairs)});");
    }

    /// <summary>The statement that runs a dense layer, whole or in parts.</summary>
    public void EmitDense(IndentedWriter writer, int layer, string input, string output)
    {
        using (writer.Begin($"if (threaded is null || !threaded.TryRun({((IList<int>)_layers).IndexOf(layer)}, ref {input}, ref {output}))"))
        {
            writer.Line($"{ImageNames.Kernel(_target.Plans[layer])}.Run(_layer{layer}, ref {input}, ref {output});");
        }
    }
}
