using System;

namespace Espalier.Coding;

/// <summary>Adds up what decisions would take, without writing them.</summary>
internal struct CodeLengthMeter : IBinaryCoder
{
    /// <summary>Bits so far.</summary>
    public double Bits { get; private set; }

    public int Code(int bit, int one)
    {
        Bits -= Math.Log2((bit != 0 ? one : 65536 - one) / 65536.0);
        return bit;
    }
}
