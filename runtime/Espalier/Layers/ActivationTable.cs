using System;

namespace Espalier;

/// <summary>
/// An activation on the grid: sums are rounded to a fine grid of 256 codes, and a table maps each to the code that leaves. The
/// table is stored, never computed on the spot, so that no platform's exponential function can change a bit.
/// </summary>
public sealed class ActivationTable
{
    /// <summary>Takes the array over: do not change it afterwards.</summary>
    /// <param name="sums">The grid of the sums, with top 255.</param>
    /// <param name="codes">256 codes on the grid of what leaves.</param>
    public ActivationTable(ActivationGrid sums, byte[] codes)
    {
        ArgumentNullException.ThrowIfNull(codes);
        sums.Validate("The sums before an activation table");
        if (codes.Length != 256 || sums.Top != 255)
        {
            throw new ArgumentException($"An activation table has 256 codes on a grid up to 255, but was given {codes.Length} and {sums.Top}.");
        }

        Sums = sums;
        CodeArray = codes;
    }

    /// <summary>The grid of the sums.</summary>
    public ActivationGrid Sums { get; }

    /// <summary>The code that leaves for every code of a sum.</summary>
    public ReadOnlySpan<byte> Codes => CodeArray;

    internal byte[] CodeArray { get; }
}
