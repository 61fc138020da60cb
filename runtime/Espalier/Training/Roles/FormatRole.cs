using System;

namespace Espalier;

/// <summary>16-bit floats: numbers beyond their end become infinite, which dynamic loss scaling looks for.</summary>
internal sealed class FormatRole(Precision format) : NumberRole
{
    private readonly FormatRounding _rounding = new(format, Rounding.Nearest);

    public override void Round(Span<float> values) => _rounding.Round(values);

    public override void Visit(StateStream state)
    {
    }
}
