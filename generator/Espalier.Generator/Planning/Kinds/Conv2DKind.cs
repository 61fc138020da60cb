using System;
using System.Collections.Generic;

namespace Espalier.Planning;

/// <summary>
/// A convolution over images, in groups of channels where there are several: each output channel of a group is a weighted sum over a window of the input
/// channels of the same group. Weights are a matrix of output channels × (input channels of a group, window rows, window columns), in that order.
/// </summary>
internal sealed partial class Conv2DKind : LayerKind
{
    public override string Name => LayerKinds.Convolution;

    public override string AttributeName => "Espalier.Conv2DAttribute";

    public override int ArgumentCount => 11;

    public static int InputChannels(EquatableArray<int> arguments) => arguments[0];

    public static int OutputChannels(EquatableArray<int> arguments) => arguments[1];

    public static int Groups(EquatableArray<int> arguments) => arguments[10];

    /// <summary>Arguments: channels in and out, then height and width of kernel, stride, padding and dilation, then groups.</summary>
    public static WindowGeometry Window(EquatableArray<int> arguments) =>
        new(arguments[2], arguments[3], arguments[4], arguments[5], arguments[6], arguments[7], arguments[8], arguments[9]);

    public override TensorShape? OutputShape(EquatableArray<int> arguments, IReadOnlyList<TensorShape> inputs)
    {
        if (inputs.Count != 1 || inputs[0].Channels != InputChannels(arguments))
        {
            return null;
        }

        var window = Window(arguments);
        var (rows, columns) = (window.Rows(inputs[0].Height), window.Columns(inputs[0].Width));
        return rows > 0 && columns > 0 ? new TensorShape(OutputChannels(arguments), rows, columns) : null;
    }

    /// <summary>The image of one window.</summary>
    public override TensorShape? LeastShape(EquatableArray<int> arguments)
    {
        var window = Window(arguments);
        return new TensorShape(InputChannels(arguments), Least(window.ReachHeight, window.PaddingHeight), Least(window.ReachWidth, window.PaddingWidth));

        static int Least(long reach, int padding) => (int)Math.Max(1, Math.Min(int.MaxValue, reach - (2L * padding)));
    }

    public override int WeightRows(LayerDefinition definition) => OutputChannels(definition.Arguments);

    /// <summary>Beyond int where the arguments are absurd, and of no groups as of one: checks turn those away.</summary>
    public override int WeightColumns(LayerDefinition definition)
    {
        var channels = InputChannels(definition.Arguments) / Math.Max(1, Groups(definition.Arguments));
        return (int)Math.Max(int.MinValue, Math.Min(int.MaxValue, (double)channels * definition.Arguments[2] * definition.Arguments[3]));
    }

    public override long MultiplyAdds(LayerDefinition definition) => WeightCount(definition) * definition.OutputShape.Pixels;
}
