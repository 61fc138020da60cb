using System.Globalization;
using Espalier.Generator.Annotations.Checks;
using Espalier.Planning;

namespace Espalier.Generator.Tests;

/// <summary>The tables on the pages of the precision rules are what the code computes.</summary>
public class PrecisionPageTests
{
    [Theory]
    [InlineData("Int8", "Int8", "Int8", 127 * 127)]
    [InlineData("Int8", "Int16", "Int16 (a plane)", 127 * 127)]
    [InlineData("Int4", "Int4", "Int4", 15 * 7)]
    [InlineData("Ternary", "Int8", "Int8", 127)]
    public void ESP0305_ProductsOfIntegerLayers(string weights, string inputs, string said, long product)
    {
        var (weightTop, inputTop) = (Format(weights).WeightTop(), ActivationPlanes.PartTop(Format(inputs).ActivationTop()));
        Assert.Equal(product, (long)weightTop * inputTop);
        AssertRow("ESP0305", $"| {weights} | {said} | {product:N0} | {127 / product:N0} | {short.MaxValue / product:N0} | {int.MaxValue / product:N0} | kernels, in Int32 |");
    }

    [Theory]
    [InlineData("Int8", 127)]
    [InlineData("16 bits", short.MaxValue)]
    public void ESP0305_ProductsOf16BitWeights(string said, int top)
    {
        var product = (long)short.MaxValue * top;
        AssertRow("ESP0305", $"| Int16 | {said} | {product:N0} | {127 / product:N0} | {short.MaxValue / product:N0} | {int.MaxValue / product:N0} | kernels, in fp32 |");
    }

    [Theory]
    [InlineData("Int8", 64, 128)]
    [InlineData("Int8", 784, 300)]
    [InlineData("Int8", 300, 100)]
    [InlineData("Int4", 784, 300)]
    [InlineData("Ternary", 784, 300)]
    [InlineData("Int16", 784, 300)]
    [InlineData("Bf16", 784, 300)]
    [InlineData("Fp16", 784, 300)]
    public void ESP0306_StepsOfGrids(string weights, int inputs, int outputs)
    {
        var bound = FirstWeights.Bound(true, inputs, outputs);
        var step = FirstWeights.Step(Format(weights), bound, TrainingDefaults.WeightRange);
        AssertRow("ESP0306", $"| {weights} | Dense({inputs}, {outputs}), Relu | {bound:G3} | {step:G3} | {step / 2:G3} |");
    }

    [Theory]
    [InlineData(1, "1")]
    [InlineData(TrainingDefaults.BatchSize, "32 (the default)")]
    [InlineData(128, "128")]
    public void ESP0308_RangeOfFactors(int batch, string said) =>
        AssertRow("ESP0308", $"| {said} | {batch * HalfGradients.SmallestNormal:G4} | {batch * HalfGradients.Largest:G4} |");

    private static void AssertRow(string id, FormattableString row) =>
        Assert.Contains($"\n{row.ToString(CultureInfo.InvariantCulture)}\n", File.ReadAllText(RepositoryFiles.Path($"generator/docs/{id}.md")), StringComparison.Ordinal);

    private static NumberFormat Format(string name) => Enum.Parse<NumberFormat>(name);
}
