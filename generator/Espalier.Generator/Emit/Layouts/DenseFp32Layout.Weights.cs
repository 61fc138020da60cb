using Espalier.Generator.Emit;

namespace Espalier.Planning;

internal sealed partial class DenseFp32Layout
{
    public override string PackedClass => "DenseFp32.V1";

    private protected override DenseFloatWeights Weights => DenseFloatWeights.Fp32;

    public override string PackArguments(LayerFacts facts) => "";
}
