using System.Collections.Generic;

namespace Espalier.Planning;

/// <summary>The mean of each channel.</summary>
internal sealed partial class GlobalAveragePoolKind : LayerKind
{
    public override string Name => "GlobalAveragePool";

    public override string AttributeName => "Espalier.GlobalAveragePoolAttribute";

    public override int ArgumentCount => 0;

    public override bool HasWeights => false;

    public override TensorShape? OutputShape(EquatableArray<int> arguments, IReadOnlyList<TensorShape> inputs) =>
        inputs.Count == 1 ? TensorShape.Vector(inputs[0].Channels) : null;
}
