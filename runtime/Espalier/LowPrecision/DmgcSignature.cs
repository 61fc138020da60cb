using System;
using System.Globalization;

namespace Espalier;

/// <summary>
/// What low-precision training keeps in how many bits (De Sa, Feldman, Ré, Olukotun: Understanding and Optimizing Asynchronous Low-Precision SGD, 2017): the dataset's
/// numbers, the model's, gradients between them and what threads tell each other. Written like D8M8 or D32fM32f, with an f behind floats and, for sparse
/// data, the bits of an index, as in D8i16M8.
/// </summary>
/// <param name="Dataset">The dataset's numbers.</param>
/// <param name="Model">The model's numbers.</param>
public readonly record struct DmgcSignature(NumberWidth Dataset, NumberWidth Model)
{
    /// <summary>Bits of the index of a number in sparse data; null for dense data.</summary>
    public int? IndexBits { get; init; }

    /// <summary>Numbers between data and model; null where they lose nothing beyond what data and model lose.</summary>
    public NumberWidth? Gradient { get; init; }

    /// <summary>What threads tell each other; null where they share one model without locks, and caches do the telling.</summary>
    public NumberWidth? Communication { get; init; }

    /// <summary>Whether threads wait for each other when they tell (an s at the end).</summary>
    public bool Synchronous { get; init; }

    /// <summary>8-bit data and 8-bit model.</summary>
    public static DmgcSignature D8M8 { get; } = new(new(8), new(8));

    /// <summary>16-bit data and 16-bit model.</summary>
    public static DmgcSignature D16M16 { get; } = new(new(16), new(16));

    /// <summary>All in fp32.</summary>
    public static DmgcSignature D32FM32F { get; } = new(new(32, true), new(32, true));

    /// <summary>Reads a signature.</summary>
    /// <exception cref="FormatException">The text is none.</exception>
    public static DmgcSignature Parse(string text) => TryParse(text, out var signature)
        ? signature
        : throw new FormatException($"\"{text}\" is no DMGC signature; write the dataset's bits, then the model's, e.g. D8M8, D16M16 or D32fM32f.");

    /// <summary>Reads a signature: D and M are needed, i behind D, G and C are not.</summary>
    public static bool TryParse(string? text, out DmgcSignature signature)
    {
        signature = default;
        var rest = text.AsSpan();
        if (!Number(ref rest, 'D', out var dataset) || dataset is not { } d || !Index(ref rest, out var index) || !Number(ref rest, 'M', out var model) || model is not { } m
            || !Number(ref rest, 'G', out var gradient) || !Number(ref rest, 'C', out var communication))
        {
            return false;
        }

        var synchronous = communication is not null && rest is "s";
        signature = new DmgcSignature(d, m) { IndexBits = index, Gradient = gradient, Communication = communication, Synchronous = synchronous };
        return synchronous || rest.IsEmpty;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"D{Dataset}{(IndexBits is { } bits ? $"i{bits}" : "")}M{Model}{(Gradient is { } gradient ? $"G{gradient}" : "")}{(Communication is { } told ? $"C{told}" : "")}{(Synchronous ? "s" : "")}");

    /// <summary>A letter and its number; without the letter there is none, and that is well.</summary>
    private static bool Number(ref ReadOnlySpan<char> rest, char letter, out NumberWidth? width)
    {
        width = null;
        if (rest.IsEmpty || rest[0] != letter)
        {
            return true;
        }

        rest = rest[1..];
        if (!Bits(ref rest, out var bits))
        {
            return false;
        }

        var isFloat = rest is ['f', ..];
        rest = isFloat ? rest[1..] : rest;
        width = new NumberWidth(bits, isFloat);
        return true;
    }

    private static bool Index(ref ReadOnlySpan<char> rest, out int? bits)
    {
        bits = null;
        if (rest is not ['i', ..])
        {
            return true;
        }

        rest = rest[1..];
        var read = Bits(ref rest, out var value);
        bits = value;
        return read;
    }

    private static bool Bits(ref ReadOnlySpan<char> rest, out int bits)
    {
        var digits = 0;
        while (digits < rest.Length && char.IsAsciiDigit(rest[digits]))
        {
            digits++;
        }

        var read = int.TryParse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out bits) && bits is >= 1 and <= 64;
        rest = rest[digits..];
        return read;
    }
}

/// <summary>How a number is kept.</summary>
/// <param name="Bits">1 to 64.</param>
/// <param name="IsFloat">Floating point, or else fixed point.</param>
public readonly record struct NumberWidth(int Bits, bool IsFloat = false)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Bits}{(IsFloat ? "f" : "")}");
}
