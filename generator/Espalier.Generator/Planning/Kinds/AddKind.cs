using System.Collections.Generic;
using System.Linq;

namespace Espalier.Planning;

/// <summary>The sum of tensors of one shape: what ends a residual block.</summary>
internal sealed partial class AddKind : LayerKind
{
    public override string Name => LayerKinds.Addition;

    public override string? AttributeName => null;

    public override int ArgumentCount => 0;

    public override bool HasWeights => false;

    public override int LeastSources => 2;

    public override TensorShape? OutputShape(EquatableArray<int> arguments, IReadOnlyList<TensorShape> inputs) =>
        inputs.Count >= 2 && inputs.All(shape => shape == inputs[0]) ? inputs[0] : null;
}
