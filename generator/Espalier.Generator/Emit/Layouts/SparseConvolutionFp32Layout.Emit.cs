namespace Espalier.Planning;

internal sealed partial class SparseConvolutionFp32Layout
{
    public override string PackedClass => "SparseConvolutionFp32.V1";

    // A place and a value.
    private protected override int NonzeroWords => 2;

    private protected override string Place => "(nuint)(uint)nonzero";

    private protected override string Value => "Unsafe.As<int, float>(ref Unsafe.Add(ref nonzero, 1))";
}
