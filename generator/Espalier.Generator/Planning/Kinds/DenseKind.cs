using System.Collections.Generic;

namespace Espalier.Planning;

/// <summary>A fully connected layer: every output is a weighted sum of all inputs. An image enters flattened: channel by channel, row by row.</summary>
internal sealed partial class DenseKind : LayerKind
{
    public override string Name => LayerKinds.Dense;

    public override string AttributeName => "Espalier.DenseAttribute";

    public override bool HasOwnShape => true;

    public override int ArgumentCount => 2;

    public override TensorShape? DemandedShape(EquatableArray<int> arguments) => TensorShape.Vector(arguments[0]);

    public override TensorShape? OutputShape(EquatableArray<int> arguments, IReadOnlyList<TensorShape> inputs) =>
        inputs.Count == 1 && inputs[0].Count == arguments[0] ? TensorShape.Vector(arguments[1]) : null;

    public override int WeightRows(LayerDefinition definition) => definition.Outputs;

    public override int WeightColumns(LayerDefinition definition) => definition.Inputs;

    public override long MultiplyAdds(LayerDefinition definition) => (long)definition.Inputs * definition.Outputs;
}
