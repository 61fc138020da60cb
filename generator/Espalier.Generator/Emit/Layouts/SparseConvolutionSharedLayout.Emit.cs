namespace Espalier.Planning;

internal sealed partial class SparseConvolutionSharedLayout
{
    public override string PackedClass => "SparseConvolutionShared.V1";

    private protected override int NonzeroWords => 1;

    private protected override string Place => $"(nuint)((uint)nonzero >> {IndexBits})";

    private protected override string Value => $"Unsafe.Add(ref centroids, nonzero & {(1 << IndexBits) - 1})";

    private protected override string Constants => "ref var centroids = ref layer.Centroids;";
}
