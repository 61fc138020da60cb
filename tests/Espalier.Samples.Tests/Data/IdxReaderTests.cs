using Espalier.Samples.Tests.Harness;
using Espalier.Tests.Harness;
using Mnist;

namespace Espalier.Samples.Tests.Data;

public sealed class IdxReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>The first byte says whether a file is packed: some are unpacked under the packed name, and the other way round.</summary>
    [Theory]
    [InlineData("a", false)]
    [InlineData("a.gz", true)]
    [InlineData("a.gz", false)]
    [InlineData("a", true)]
    public void ReadsFilesPackedOrNot(string name, bool packed)
    {
        var file = Idx.Of([2, 3], [1, 2, 3, 4, 5, 6]);
        var (lengths, bytes) = IdxReader.Read(Write(name, packed ? Packed.Gzip(file) : file), 2);
        Assert.Equal([2, 3], lengths);
        Assert.Equal<byte>([1, 2, 3, 4, 5, 6], bytes);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(2, 0x0D)] // floats
    [InlineData(3, 1)] // another number of lengths
    public void TurnsAnotherMagicNumberAway(int place, byte value)
    {
        var file = Idx.Of([2, 3], new byte[6]);
        file[place] = value;
        Says(file, $"starts with {Convert.ToHexString(file.AsSpan(0, 4))}");
    }

    [Fact]
    public void TurnsWrongCountsAway()
    {
        Says(Idx.Of([2, 3], new byte[5]), "should hold 2 x 3 bytes, but holds 5.");
        Says(Idx.Of([2, 3], new byte[7]), "should hold 2 x 3 bytes, but holds more.");
        Says(Idx.Of([-2, 3], new byte[6]), "says that it holds -2 x 3 bytes");
        Says(Idx.Of([int.MaxValue, int.MaxValue], new byte[6]), "says that it holds 2147483647 x 2147483647 bytes");
    }

    /// <summary>A header of two thousand million bytes must not take them before they are there.</summary>
    [Fact]
    public void ALyingHeaderTakesNoMemory()
    {
        var path = Write("a", Idx.Of([2_000_000_000], new byte[10]));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InvalidDataException>(() => IdxReader.Read(path, 1));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000_000);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(11)]
    public void TurnsACutHeaderAway(int length) => Says(Idx.Of([2, 3], new byte[6])[..length], "is cut short");

    [Fact]
    public void TurnsADamagedGzipFileAway()
    {
        var packed = Packed.Gzip(Idx.Of([100, 1000], Packed.Noise("", 100_000, 1).Contents));
        Says(packed[..(packed.Length / 2)], "should hold 100 x 1000 bytes, but holds");
        Says([0x1F, 0x8B, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7], "is a gzip file that cannot be unpacked");
    }

    private void Says(byte[] file, string what)
    {
        var path = Write("damaged", file);
        var error = Assert.Throws<InvalidDataException>(() => IdxReader.Read(path, 2));
        Assert.StartsWith(path, error.Message);
        Assert.Contains(what, error.Message);
        Assert.Contains("--data FOLDER", error.Message);
    }

    private string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(_folder.At(name), bytes);
        return _folder.At(name);
    }
}
