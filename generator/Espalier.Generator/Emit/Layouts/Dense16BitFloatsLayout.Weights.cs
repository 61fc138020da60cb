using Espalier.Generator.Emit;

namespace Espalier.Planning;

internal sealed partial class Dense16BitFloatsLayout
{
    public override string PackedClass => "Dense16BitFloats.V1";

    private protected override DenseFloatWeights Weights => _format == NumberFormat.Bf16 ? DenseFloatWeights.Bf16 : DenseFloatWeights.Fp16;

    public override string PackArguments(LayerFacts facts) => $"format: Precision.{_format}";
}
