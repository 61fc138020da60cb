using Espalier.Generator.Emit;

namespace Espalier.Planning;

internal sealed partial class DenseSharedLayout
{
    public override string PackedClass => "DenseShared.V1";

    private protected override DenseFloatWeights Weights => DenseFloatWeights.Shared;

    public override string PackArguments(LayerFacts facts) => "";
}
