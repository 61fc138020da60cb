using System;
using Espalier.Kernels;

namespace Espalier.Planning;

internal sealed partial class GlobalAveragePoolKind
{
    /// <inheritdoc/>
    public override SimulatedTensor Simulate(SimulatedStep step, SimulatedTensor[] sources)
    {
        var (source, input) = (sources[0], step.SourceShape);
        if (source.Codes is { } codes)
        {
            var grid = source.Grid!.Value;
            var means = new ushort[input.Channels];
            for (var channel = 0; channel < means.Length; channel++)
            {
                var sum = 0;
                foreach (var code in codes.AsSpan(channel * input.Pixels, input.Pixels))
                {
                    sum += code - grid.ZeroPoint;
                }

                means[channel] = (ushort)MeanCode.Of(sum, input.Pixels, grid.ZeroPoint);
            }

            return WeightlessResults.Activate(step, SimulatedTensor.Of(means, grid));
        }

        var floats = new float[input.Channels];
        for (var channel = 0; channel < floats.Length; channel++)
        {
            var sum = 0f;
            foreach (var number in source.Floats.AsSpan(channel * input.Pixels, input.Pixels))
            {
                sum += number;
            }

            floats[channel] = sum / input.Pixels;
        }

        return WeightlessResults.Activate(step, SimulatedTensor.Of(floats));
    }
}
