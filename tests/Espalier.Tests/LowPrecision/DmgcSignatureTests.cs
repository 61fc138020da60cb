using Xunit;

namespace Espalier.Tests.LowPrecision;

public class DmgcSignatureTests
{
    [Theory]
    [InlineData("D8M8")]
    [InlineData("D16M16")]
    [InlineData("D32fM32f")]
    [InlineData("D8i16M8")]
    [InlineData("D8M16G32C32s")]
    [InlineData("D32fM8G18")]
    public void SignaturesAreReadAndWritten(string text) => Assert.Equal(text, DmgcSignature.Parse(text).ToString());

    [Fact]
    public void NamedOnesAreWhatTheySay()
    {
        Assert.Equal(DmgcSignature.D8M8, DmgcSignature.Parse("D8M8"));
        Assert.Equal(DmgcSignature.D16M16, DmgcSignature.Parse("D16M16"));
        Assert.Equal(DmgcSignature.D32FM32F, DmgcSignature.Parse("D32fM32f"));
        Assert.True(DmgcSignature.Parse("D8M8C1s") is { Synchronous: true, Communication.Bits: 1, Gradient: null, IndexBits: null });
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("D8")]
    [InlineData("M8")]
    [InlineData("D8M8x")]
    [InlineData("D8M8s")]
    [InlineData("DM8")]
    [InlineData("D0M8")]
    [InlineData("D99M8")]
    [InlineData("D8iM8")]
    [InlineData("D8M-8")]
    [InlineData("d8m8")]
    public void OtherTextIsNone(string? text)
    {
        Assert.False(DmgcSignature.TryParse(text, out _));
        Assert.Throws<FormatException>(() => DmgcSignature.Parse(text!));
    }
}
