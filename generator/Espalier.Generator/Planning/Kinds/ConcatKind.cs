using System.Collections.Generic;
using System.Linq;

namespace Espalier.Planning;

/// <summary>The channels of several images of one size, one image after the other: what ends branches.</summary>
internal sealed partial class ConcatKind : LayerKind
{
    public override string Name => "Concat";

    public override string? AttributeName => null;

    public override int ArgumentCount => 0;

    public override bool HasWeights => false;

    public override int LeastSources => 2;

    public override TensorShape? OutputShape(EquatableArray<int> arguments, IReadOnlyList<TensorShape> inputs) =>
        inputs.Count >= 2 && inputs.All(shape => shape.Height == inputs[0].Height && shape.Width == inputs[0].Width)
            ? new TensorShape(inputs.Sum(shape => shape.Channels), inputs[0].Height, inputs[0].Width)
            : null;
}
