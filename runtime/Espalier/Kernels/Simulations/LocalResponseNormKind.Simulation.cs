using System;
using Espalier.Kernels;

namespace Espalier.Planning;

internal sealed partial class LocalResponseNormKind
{
    /// <inheritdoc/>
    public override SimulatedTensor Simulate(SimulatedStep step, SimulatedTensor[] sources)
    {
        var (values, shape, size) = (sources[0].Floats!, step.SourceShape, step.Definition.Arguments[0]);
        var (alpha, beta, k) = (step.Definition.Numbers[0], step.Definition.Numbers[1], step.Definition.Numbers[2]);
        var normalised = new float[values.Length];
        for (var at = 0; at < values.Length; at++)
        {
            // As PyTorch has it: of an even number of neighbours the one more lies before, and channels that are none count as zeros.
            var (channel, pixel) = (at / shape.Pixels, at % shape.Pixels);
            var sum = 0f;
            for (var neighbour = Math.Max(0, channel - (size / 2)); neighbour <= Math.Min(shape.Channels - 1, channel + ((size - 1) / 2)); neighbour++)
            {
                var value = values[(neighbour * shape.Pixels) + pixel];
                sum += value * value;
            }

            // The beta that is in use is two square roots, the same bits everywhere.
            var root = MathF.Sqrt(k + (sum * (alpha / size)));
            normalised[at] = values[at] / (beta == 0.75f ? root * MathF.Sqrt(root) : MathF.Pow(k + (sum * (alpha / size)), beta));
        }

        return WeightlessResults.Activate(step, SimulatedTensor.Of(normalised));
    }
}
