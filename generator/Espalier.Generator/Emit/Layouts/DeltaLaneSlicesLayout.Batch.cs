namespace Espalier.Planning;

internal sealed partial class DeltaLaneSlicesLayout
{
    public override BatchForm BatchForm => BatchForm.Columns;
}
