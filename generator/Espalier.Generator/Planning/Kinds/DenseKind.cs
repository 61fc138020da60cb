namespace Espalier.Planning;

/// <summary>A fully connected layer: every output is a weighted sum of all inputs.</summary>
internal sealed partial class DenseKind : LayerKind
{
    public override string Name => "Dense";

    public override string AttributeName => "Espalier.DenseAttribute";

    public override int Inputs(EquatableArray<int> arguments) => arguments[0];

    public override int Outputs(EquatableArray<int> arguments) => arguments[1];

    public override long WeightCount(LayerDefinition definition) => (long)definition.Inputs * definition.Outputs;

    public override long MultiplyAdds(LayerDefinition definition) => (long)definition.Inputs * definition.Outputs;
}
