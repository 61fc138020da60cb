namespace Espalier.Planning;

internal sealed partial class WindowedLaneSlicesLayout
{
    public override BatchForm BatchForm => BatchForm.Columns;
}
