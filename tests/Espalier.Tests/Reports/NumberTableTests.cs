using Xunit;

namespace Espalier.Tests;

public class NumberTableTests
{
    /// <summary>The lecture's table of number formats, row by row.</summary>
    [Theory]
    [InlineData(Precision.Fp32, 1.2e-38, 3.4e38, 0.00000006)]
    [InlineData(Precision.Fp16, 6.1e-5, 65504, 0.0005)]
    [InlineData(Precision.Bf16, 1.2e-38, 3.4e38, 0.002)]
    public void FloatsHaveRelativeErrors(Precision precision, double smallest, double largest, double error)
    {
        var range = NumberRange.Of(precision);
        Assert.Equal(1, range.Smallest / smallest, 0.03);
        Assert.Equal(1, range.Largest / largest, 0.03);
        Assert.Equal(1, range.RelativeError!.Value / error, 0.05);
    }

    /// <summary>The figures are those of the formats themselves, not of a table that was typed in.</summary>
    [Fact]
    public void RangesAreThoseOfTheFormats()
    {
        Assert.Equal((double)Half.MaxValue, NumberRange.Of(Precision.Fp16).Largest);
        Assert.Equal((double)BitConverter.UInt32BitsToSingle(0x7F7F0000), NumberRange.Of(Precision.Bf16).Largest);
        var half = (Half)(1 + NumberRange.Of(Precision.Fp16).RelativeError!.Value);
        Assert.Equal((Half)1, half);
        Assert.NotEqual((Half)1, (Half)(1 + (1.01 * NumberRange.Of(Precision.Fp16).RelativeError!.Value)));
    }

    [Theory]
    [InlineData(Precision.Int32, 2147483647)]
    [InlineData(Precision.Int16, 32767)]
    [InlineData(Precision.Int8, 127)]
    [InlineData(Precision.Int4, 7)]
    [InlineData(Precision.Ternary, 1)]
    [InlineData(Precision.Binary, 1)]
    public void IntegersErrByHalfAStep(Precision precision, double largest)
    {
        var range = NumberRange.Of(precision);
        Assert.Equal((largest, 1), (range.Largest, range.Smallest));
        Assert.Null(range.RelativeError);
        Assert.EndsWith("error 1/2 step", range.ToString());
    }

    [Fact]
    public void EnergyOfAnInt8MultiplyAddIsAFifteenthOfFp32() =>
        Assert.Equal(15.3, EnergyTable.MultiplyAdd(Precision.Fp32) / EnergyTable.MultiplyAdd(Precision.Int8), 0.1);
}
