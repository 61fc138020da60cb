namespace Espalier.Planning;

/// <summary>The largest number of each window; padding takes no part.</summary>
internal sealed partial class MaxPoolKind : PoolKind
{
    public override string Name => "MaxPool";

    public override string AttributeName => "Espalier.MaxPoolAttribute";

    public override int ArgumentCount => 7;
}
