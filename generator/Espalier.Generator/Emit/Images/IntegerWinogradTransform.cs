using System.Collections.Generic;

namespace Espalier.Generator.Emit.Images;

/// <summary>
/// The one-dimensional transforms of Winograd's minimal filtering in integers, as statements of additions and shifts. Weights are transformed by whole rows: what their
/// true transform divides by, and what windows and results lack therefore, comes in with the results, which are 24 or 2 times too large.
/// </summary>
internal static class IntegerWinogradTransform
{
    /// <summary>From a row or column of codes, <c>d0</c> and on, to <c>t0</c> and on, in 16 bits.</summary>
    public static IEnumerable<string> Windows(int size, string vector) => size == 2
        ?
        [
            "var t0 = d0 - d2;",
            "var t1 = d1 + d2;",
            "var t2 = d2 - d1;",
            "var t3 = d1 - d3;",
        ]
        :
        [
            $"var even = d4 - {vector}.ShiftLeft(d2, 2);",
            $"var odd = d3 - {vector}.ShiftLeft(d1, 2);",
            "var evenBy2 = d4 - d2;",
            "var oddBy2 = d3 - d1;",
            "oddBy2 += oddBy2;",
            $"var t0 = {vector}.ShiftLeft(d0 - d2, 2) + evenBy2;",
            "var t1 = even + odd;",
            "var t2 = even - odd;",
            "var t3 = evenBy2 + oddBy2;",
            "var t4 = evenBy2 - oddBy2;",
            "var t5 = d5 - d3 - (oddBy2 + oddBy2);",
        ];

    /// <summary>From a row or column of sums, <c>d0</c> and on, to <c>t0</c> and on, 24 or 2 times too large; unscaled, <see cref="Shift"/> bits less.</summary>
    public static IEnumerable<string> Results(int size, string vector, bool scaled) => size == 2
        ?
        [
            "var t0 = d0 + d0 + d1 + d2;",
            "var t1 = d1 - d2 - (d3 + d3);",
        ]
        :
        [
            "var sum = d1 + d2;",
            "var difference = d1 - d2;",
            "var sumBy2 = d3 + d4;",
            "var differenceBy2 = d3 - d4;",
            "var t0 = d0 - sum;",
            "t0 += t0 + d0;",
            "t0 += t0 + sumBy2;",
            $"var t1 = {Scaled("differenceBy2 - (difference + difference)", vector, scaled, 1)};",
            $"var t2 = {Scaled("sumBy2 - sum", vector, scaled, 2)};",
            "var t3 = d5 + d5 + d5 + differenceBy2;",
            $"t3 = {Scaled("t3 + t3 - difference", vector, scaled, 2)};",
        ];

    /// <summary>Bits by which the result of a place falls short of the scale where it is not brought to it.</summary>
    public static int Shift(int size, int place) => size == 2 ? 0 : place switch { 0 => 0, 1 => 1, _ => 2 };

    private static string Scaled(string value, string vector, bool scaled, int bits) => scaled ? $"{vector}.ShiftLeft({value}, {bits})" : value;
}
