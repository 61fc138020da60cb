namespace Espalier.Planning;

/// <summary>The mean of each window. An eighth argument of 1 counts padding as zeros, as PyTorch does by default; windows over the last edge count what lies within the padding.</summary>
internal sealed partial class AveragePoolKind : PoolKind
{
    public override string Name => "AveragePool";

    public override string AttributeName => "Espalier.AveragePoolAttribute";

    public override int ArgumentCount => 8;

    public static bool CountsPadding(EquatableArray<int> arguments) => arguments[7] != 0;
}
