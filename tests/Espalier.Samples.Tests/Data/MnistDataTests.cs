using Espalier.Samples.Tests.Harness;
using Espalier.Tests.Harness;
using Mnist;

namespace Espalier.Samples.Tests.Data;

public sealed class MnistDataTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void PartsDoNotMix()
    {
        Images("train", 10, 28, 28);
        Labels("train", [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        var data = MnistData.Load(_folder.Path);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6], data.Train(3).Labels.ToArray());
        Assert.Equal([7, 8, 9], data.HeldOut(3).Labels.ToArray());

        // The pixels of image i are all i.
        Assert.All(data.HeldOut(3).Input(2).ToArray(), pixel => Assert.Equal(9, pixel));
        Assert.Null(data.Test());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(10)]
    public void HeldOutLeavesSomethingToLearnFrom(int heldOut)
    {
        Images("train", 10, 28, 28);
        Labels("train", new byte[10]);
        Assert.Contains("--held-out", Assert.Throws<ArgumentException>(() => MnistData.Load(_folder.Path).Train(heldOut)).Message);
    }

    [Fact]
    public void TestImagesAreReadWhereTheyAre()
    {
        Images("train", 2, 28, 28);
        Labels("train", [0, 1]);
        Images("t10k", 3, 28, 28);
        Labels("t10k", [9, 8, 7]);
        Assert.Equal([9, 8, 7], MnistData.Load(_folder.Path).Test()!.Labels.ToArray());
    }

    [Fact]
    public void LabelsOutOfRangeAreTurnedAway()
    {
        Images("train", 3, 28, 28);
        Labels("train", [0, 9, 10]);
        Says("train-labels-idx1-ubyte gives image 2 the label 10; labels go from 0 to 9");
    }

    [Fact]
    public void FilesThatDoNotBelongTogetherAreTurnedAway()
    {
        Images("train", 3, 28, 28);
        Labels("train", [0, 1]);
        Says("holds 3 images and ");
    }

    [Theory]
    [InlineData(2, 14, 56)]
    [InlineData(2, 32, 32)]
    [InlineData(0, 28, 28)]
    public void OtherShapesAreTurnedAway(int count, int height, int width)
    {
        Images("train", count, height, width);
        Labels("train", new byte[count]);
        Says($"holds {count} x {height} x {width} pixels");
    }

    [Fact]
    public void AFolderWithoutImagesIsSaid() => Says("holds no MNIST training images");

    private void Says(string what)
    {
        var error = Assert.Throws<InvalidDataException>(() => MnistData.Load(_folder.Path));
        Assert.Contains(what, error.Message);
        Assert.Contains(_folder.Path, error.Message);
    }

    private void Images(string part, int count, int height, int width)
    {
        var pixels = Enumerable.Range(0, count * height * width).Select(i => (byte)(i / (height * width))).ToArray();
        File.WriteAllBytes(_folder.At($"{part}-images-idx3-ubyte"), Idx.Of([count, height, width], pixels));
    }

    private void Labels(string part, byte[] labels) => File.WriteAllBytes(_folder.At($"{part}-labels-idx1-ubyte"), Idx.Of([labels.Length], labels));
}
