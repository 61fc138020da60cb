using System.Collections.Generic;

namespace Espalier.Generator.Emit.Images;

/// <summary>The one-dimensional transforms of Winograd's minimal filtering as statements: what they have in common is computed once.</summary>
internal static class WinogradTransform
{
    /// <summary>From a row or column of numbers of the map, <c>d0</c> and on, to <c>t0</c> and on.</summary>
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
            $"var even = {MultiplyAdd(vector, "d2", "-4f", "d4")};",
            $"var odd = {MultiplyAdd(vector, "d1", "-4f", "d3")};",
            "var evenBy2 = d4 - d2;",
            "var oddBy2 = (d3 - d1) * 2f;",
            $"var t0 = {MultiplyAdd(vector, "d0", "4f", MultiplyAdd(vector, "d2", "-5f", "d4"))};",
            "var t1 = even + odd;",
            "var t2 = even - odd;",
            "var t3 = evenBy2 + oddBy2;",
            "var t4 = evenBy2 - oddBy2;",
            $"var t5 = {MultiplyAdd(vector, "d1", "4f", MultiplyAdd(vector, "d3", "-5f", "d5"))};",
        ];

    /// <summary>From a row or column of products, <c>d0</c> and on, to <c>t0</c> and on.</summary>
    public static IEnumerable<string> Results(int size, string vector) => size == 2
        ?
        [
            "var t0 = d0 + d1 + d2;",
            "var t1 = d1 - d2 - d3;",
        ]
        :
        [
            "var sum = d1 + d2;",
            "var difference = d1 - d2;",
            "var sumBy2 = d3 + d4;",
            "var differenceBy2 = d3 - d4;",
            "var t0 = d0 + sum + sumBy2;",
            $"var t1 = {MultiplyAdd(vector, "differenceBy2", "2f", "difference")};",
            $"var t2 = {MultiplyAdd(vector, "sumBy2", "4f", "sum")};",
            $"var t3 = {MultiplyAdd(vector, "differenceBy2", "8f", "difference")} + d5;",
        ];

    private static string MultiplyAdd(string vector, string left, string factor, string addend) => $"{vector}.MultiplyAddEstimate({left}, {vector}.Create({factor}), {addend})";
}
