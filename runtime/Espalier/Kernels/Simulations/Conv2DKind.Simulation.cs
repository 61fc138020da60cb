using System;
using Espalier.Kernels;

namespace Espalier.Planning;

internal sealed partial class Conv2DKind
{
    /// <inheritdoc/>
    public override SimulatedTensor Simulate(SimulatedStep step, SimulatedTensor[] sources)
    {
        var (input, output, window) = (step.SourceShape, step.Definition.OutputShape, Window(step.Definition.Arguments));
        var (groups, weights) = (Groups(step.Definition.Arguments), step.Weights);
        var (groupRows, groupChannels) = (weights.Rows / groups, input.Channels / groups);
        var scaled = new float[weights.Rows * output.Pixels];
        var (codes, floats) = (new ushort[weights.Columns], new float[weights.Columns]);
        for (var pixel = 0; pixel < output.Pixels; pixel++)
        {
            for (var group = 0; group < groups; group++)
            {
                var place = (pixel / output.Width, pixel % output.Width);
                if (weights is IntegerLayerWeights integer)
                {
                    // What stands around an image is 0, which on a grid is its zero point.
                    ImageWindows.Gather(sources[0].Codes, input, window, group * groupChannels, place, integer.InputGrid.ZeroPoint, codes);
                }
                else
                {
                    ImageWindows.Gather(sources[0].Floats, input, window, group * groupChannels, place, 0f, floats);
                }

                for (var row = group * groupRows; row < (group + 1) * groupRows; row++)
                {
                    scaled[(row * output.Pixels) + pixel] = weights is IntegerLayerWeights ofCodes
                        ? WeightedSums.Integer(ofCodes, step.Constants!, row, codes) * step.Constants!.Multipliers[row]
                        : WeightedSums.Float((FloatLayerWeights)weights, row, floats);
                }
            }
        }

        return WeightedSums.End(step, scaled);
    }
}
