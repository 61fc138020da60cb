using System.Collections.Generic;

namespace Espalier.Planning;

/// <summary>A kind that makes one number of each window of each channel.</summary>
internal abstract partial class PoolKind : LayerKind
{
    public sealed override bool HasWeights => false;

    /// <summary>Arguments: height and width of window, stride and padding, then 1 where a last window may reach over the edge.</summary>
    public static WindowGeometry Window(EquatableArray<int> arguments) =>
        new(arguments[0], arguments[1], arguments[2], arguments[3], arguments[4], arguments[5], Ceiling: arguments[6] != 0);

    public override TensorShape? OutputShape(EquatableArray<int> arguments, IReadOnlyList<TensorShape> inputs)
    {
        if (inputs.Count != 1)
        {
            return null;
        }

        var window = Window(arguments);
        var (rows, columns) = (window.Rows(inputs[0].Height), window.Columns(inputs[0].Width));
        return rows > 0 && columns > 0 ? new TensorShape(inputs[0].Channels, rows, columns) : null;
    }
}
