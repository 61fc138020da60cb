using Espalier.Generator.Emit;

namespace Espalier.Planning;

internal sealed partial class DenseInt8Layout
{
    public override string PackedClass => "DenseInt8.V1";

    private protected override DenseWeights Weights => DenseWeights.Bytes;

    public override string PackArguments(LayerFacts facts) => $"floats: {(facts.Output == EdgeForm.Floats ? "true" : "false")}";
}
