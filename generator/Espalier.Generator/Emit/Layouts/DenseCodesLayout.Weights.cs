using Espalier.Generator.Emit;

namespace Espalier.Planning;

internal sealed partial class DenseCodesLayout
{
    public override string PackedClass => "DenseCodes.V1";

    private protected override DenseWeights Weights => DenseWeights.Codes(_bits);

    public override string PackArguments(LayerFacts facts) => $"bits: {_bits}, floats: {(facts.Output == EdgeForm.Floats ? "true" : "false")}";
}
