using System;
using Espalier.Kernels;

namespace Espalier.Planning;

internal sealed partial class AddKind
{
    /// <inheritdoc/>
    public override SimulatedTensor Simulate(SimulatedStep step, SimulatedTensor[] sources)
    {
        var sums = new float[step.Definition.OutputShape.Count];
        if (step.OutputGrid is not { } grid)
        {
            sources[0].Floats!.CopyTo(sums, 0);
            foreach (var source in sources.AsSpan(1))
            {
                for (var i = 0; i < sums.Length; i++)
                {
                    sums[i] += source.Floats![i];
                }
            }

            return WeightlessResults.Activate(step, SimulatedTensor.Of(sums));
        }

        // Sums of a convolution come first, in steps of the result's grid, as in the kernel that does both; then codes in order.
        var first = Math.Max(0, Array.FindIndex(sources, source => source.Codes is null));
        for (var i = 0; i < sums.Length; i++)
        {
            sums[i] = sources[first].Codes is null ? sources[first].Floats![i] : Steps(sources[first], grid, i);
        }

        for (var s = 0; s < sources.Length; s++)
        {
            for (var i = 0; i < sums.Length && s != first; i++)
            {
                sums[i] += Steps(sources[s], grid, i);
            }
        }

        Activations.Apply(step.Weights.Layer.Activation, sums);
        return SimulatedTensor.Of(Array.ConvertAll(sums, grid.EncodeSteps), grid);
    }

    private static float Steps(SimulatedTensor source, ActivationGrid grid, int at) =>
        (source.Codes![at] - source.Grid!.Value.ZeroPoint) * (float)((double)source.Grid.Value.Scale / grid.Scale);
}
