using Mnist;
using Mnist.Download;

namespace Espalier.Samples.Tests.Download;

public class MnistFilesTests
{
    /// <summary>Lengths follow from the format: 4 bytes, 4 for each length, and one for each pixel or label.</summary>
    [Fact]
    public void LengthsAreThoseOfTheArrays() => Assert.Equal(
        [16 + (60_000 * 784), 8 + 60_000, 16 + (10_000 * 784), 8 + 10_000], MnistFiles.All.Select(file => file.Bytes));

    /// <summary>Names that the reader looks for, hashes that are hashes, folders that names can be added to.</summary>
    [Fact]
    public void ListIsWellFormed()
    {
        Assert.All(MnistFiles.All, file => Assert.Equal(32, Convert.FromHexString(file.Sha256).Length));
        Assert.Equal(4, MnistFiles.All.Select(file => file.Sha256).Distinct().Count());
        Assert.All(MnistFiles.All, file => Assert.Contains(file.Name, MnistFolder.Remedy));
        Assert.All(MnistFiles.Mirrors, mirror => Assert.Equal(("https", '/'), (mirror.Scheme, mirror.AbsoluteUri[^1])));
    }
}
