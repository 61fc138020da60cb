using System;

namespace Espalier;

/// <summary>A precision that numbers of training take between two operations. One class per kind of format, listed in <see cref="NumberRoles"/>.</summary>
internal abstract class NumberRole
{
    /// <summary>Rounds in place.</summary>
    public abstract void Round(Span<float> values);

    /// <summary>Saves where random numbers stand, or goes there.</summary>
    public abstract void Visit(StateStream state);
}
