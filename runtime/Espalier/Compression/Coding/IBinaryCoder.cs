namespace Espalier.Coding;

/// <summary>
/// What a model's decisions go through: an encoder writes the bit that it is given, a decoder gives back the bit that was written,
/// a meter adds up what it would cost. One model serves all three, so that no two of them can drift apart.
/// </summary>
internal interface IBinaryCoder
{
    /// <summary>Codes one decision.</summary>
    /// <param name="bit">0 or 1; a decoder does not look at it.</param>
    /// <param name="one">The probability of 1 in 65536ths, from 1 to 65535.</param>
    /// <returns>The bit that was written.</returns>
    int Code(int bit, int one);
}
