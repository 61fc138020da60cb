using System.Collections.Generic;

namespace Espalier.Planning;

/// <summary>
/// Each number over (k + alpha / size · Σ squares)^beta, the sum over <c>size</c> neighbouring channels of the same pixel (Krizhevsky et al. 2012, in
/// PyTorch's form). Its numbers are alpha, beta and k; its argument is the size. Computed in fp32 whatever surrounds it.
/// </summary>
internal sealed partial class LocalResponseNormKind : LayerKind
{
    public override string Name => "LocalResponseNorm";

    public override string AttributeName => "Espalier.LocalResponseNormAttribute";

    public override int ArgumentCount => 1;

    public override bool HasWeights => false;

    public override TensorShape? OutputShape(EquatableArray<int> arguments, IReadOnlyList<TensorShape> inputs) =>
        inputs.Count == 1 ? inputs[0] : null;
}
