using System.Globalization;
using System.Text.RegularExpressions;
using Espalier.Generator.Annotations;
using Espalier.Generator.Annotations.Checks;
using Espalier.Planning;

namespace Espalier.Generator.Tests;

/// <summary>The numbers on the pages of the rules are those that the code computes.</summary>
public partial class PageArithmeticTests
{
    private static readonly (QuantizeDefinition Quantize, CodebookDefinition? Codebook)[] s_columns =
    [
        (QuantizeDefinition.Fp32, null),
        (QuantizeDefinition.Fp32, new CodebookDefinition(16, NumberFormat.Fp16)),
        (Quantized(NumberFormat.Bf16, false), null),
        (Quantized(NumberFormat.Int8, false), null),
        (Quantized(NumberFormat.Int8, true), new CodebookDefinition(16, NumberFormat.Int8)),
    ];

    [Fact]
    public void BreakEvenTable_IsThatOfThePlanner()
    {
        var rows = Rows("ESP0402").Where(row => row[0].Contains(" x ", StringComparison.Ordinal)).ToArray();
        Assert.Equal(6, rows.Length);
        Assert.All(rows, row =>
        {
            var sizes = row[0].Split(" x ").Select(size => int.Parse(size, CultureInfo.InvariantCulture)).ToArray();
            Assert.Equal(s_columns.Select(column => BreakEven(sizes[0], sizes[1], column.Quantize, column.Codebook)?.ToString("R", CultureInfo.InvariantCulture) ?? "never"), row[1..]);
        });
    }

    /// <summary>With the sparsity that is named the planner chooses a sparse kernel, with a thousandth less a dense one.</summary>
    [Fact]
    public void BreakEven_IsWhereThePlanChanges() => Assert.All(
        from size in new[] { (16, 16), (64, 64), (784, 300), (300, 100), (1024, 1024) } from column in s_columns select (size, column),
        one =>
        {
            var ((inputs, outputs), (quantize, codebook)) = one;
            if (BreakEven(inputs, outputs, quantize, codebook) is { } change)
            {
                Assert.True(IsSparse(change));
                Assert.False(IsSparse(change - 0.001));
            }

            bool IsSparse(double sparsity) =>
                KernelLayouts.Find(Planner.Plan(new LayerFacts(Layer(inputs, outputs, quantize, codebook, sparsity), EdgeForm.Floats, null)).For(BreakEvenSparsity.Tier).Layout).SkipsZeros;
        });

    [Fact]
    public void ScoresTable_IsThatOfTheCheck()
    {
        var rows = Rows("ESP0205").Where(row => row[0] is "Sigmoid" or "Tanh").ToArray();
        Assert.Equal(4, rows.Length);
        Assert.All(rows, row =>
        {
            var share = LogitsCheck.HighestProbability(int.Parse(row[2], CultureInfo.InvariantCulture), row[0] == "Tanh" ? -1 : 0);
            Assert.Equal(((100 * share).ToString("0.0", CultureInfo.InvariantCulture) + " %", (-Math.Log(share)).ToString("0.00", CultureInfo.InvariantCulture)), (row[3], row[4]));
        });
    }

    [Fact]
    public void CodebookSums_AreThoseOfTheCheck()
    {
        var layer = Layer(16, 10, Quantized(NumberFormat.Int8, true), new CodebookDefinition(128, NumberFormat.Int8), 0);
        var page = Page("ESP0503");
        Assert.Contains("160 · 7 + 128 · 8 = 2,144 bits, 268 bytes", page);
        Assert.Equal(2144, CodebookSizeCheck.Shared(layer, 160, 128));
        Assert.Contains("160 · 4 + 16 · 8 = 768 bits, 96 bytes", page);
        Assert.Equal(768, CodebookSizeCheck.Shared(layer, 160, 16));
    }

    private static double? BreakEven(int inputs, int outputs, QuantizeDefinition quantize, CodebookDefinition? codebook) =>
        BreakEvenSparsity.Of(Layer(inputs, outputs, quantize, codebook, 0.001));

    private static LayerDefinition Layer(int inputs, int outputs, QuantizeDefinition quantize, CodebookDefinition? codebook, double sparsity) =>
        new("Dense", new EquatableArray<int>([inputs, outputs]), inputs, outputs, true, ActivationKind.Relu, quantize, new PruneDefinition(sparsity, true), codebook);

    private static QuantizeDefinition Quantized(NumberFormat weights, bool shared) =>
        QuantizeDefinition.Resolve(true, weights, null, null, null, null, null, null, null, shared);

    private static string Page(string id) => File.ReadAllText(RepositoryFiles.Path("generator", "docs", id + ".md"));

    private static string[][] Rows(string id) =>
        [.. TableRow().Matches(Page(id)).Select(row => row.Groups[1].Value.Split('|', StringSplitOptions.TrimEntries))];

    [GeneratedRegex(@"^\|(.*)\|\r?$", RegexOptions.Multiline)]
    private static partial Regex TableRow();
}
