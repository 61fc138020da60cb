using System;
using Espalier.Kernels;

namespace Espalier.Planning;

internal abstract partial class PoolKind
{
    /// <inheritdoc/>
    public sealed override SimulatedTensor Simulate(SimulatedStep step, SimulatedTensor[] sources)
    {
        var (input, output, window) = (step.SourceShape, step.Definition.OutputShape, Window(step.Definition.Arguments));
        var source = sources[0];
        var (floats, codes) = source.Codes is null ? (new float[output.Count], null) : ((float[]?)null, new ushort[output.Count]);
        for (var at = 0; at < output.Count; at++)
        {
            var (channel, pixel) = (at / output.Pixels, at % output.Pixels);
            var places = ImageWindows.Clip(input, window, pixel / output.Width, pixel % output.Width);
            var first = channel * input.Pixels;
            if (source.Codes is { } entering)
            {
                codes![at] = Pool(step, entering.AsSpan(first, input.Pixels), input.Width, places, source.Grid!.Value);
            }
            else
            {
                floats![at] = Pool(step, source.Floats.AsSpan(first, input.Pixels), input.Width, places);
            }
        }

        return WeightlessResults.Activate(step, new SimulatedTensor(floats, codes, source.Grid));
    }

    /// <summary>One number of one channel.</summary>
    private protected abstract float Pool(SimulatedStep step, ReadOnlySpan<float> channel, int width, (int Top, int Bottom, int Left, int Right, int Padded) places);

    /// <summary>The same on a grid.</summary>
    private protected abstract ushort Pool(SimulatedStep step, ReadOnlySpan<ushort> channel, int width, (int Top, int Bottom, int Left, int Right, int Padded) places, ActivationGrid grid);
}
