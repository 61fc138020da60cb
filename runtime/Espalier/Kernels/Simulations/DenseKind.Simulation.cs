using System;
using Espalier.Kernels;

namespace Espalier.Planning;

internal sealed partial class DenseKind
{
    /// <inheritdoc/>
    public override SimulatedTensor Simulate(SimulatedStep step, SimulatedTensor[] sources)
    {
        var scaled = new float[step.Weights.Rows];
        for (var row = 0; row < scaled.Length; row++)
        {
            scaled[row] = step.Weights is IntegerLayerWeights integer
                ? WeightedSums.Integer(integer, step.Constants!, row, sources[0].Codes) * step.Constants!.Multipliers[row]
                : WeightedSums.Float((FloatLayerWeights)step.Weights, row, sources[0].Floats);
        }

        return WeightedSums.End(step, scaled);
    }
}
