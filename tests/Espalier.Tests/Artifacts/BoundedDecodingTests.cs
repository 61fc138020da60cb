using System.Diagnostics;
using System.Security.Cryptography;
using Espalier.Coding;
using Espalier.Tests.Artifacts.Golden;
using Espalier.Tests.Harness;
using Xunit;

namespace Espalier.Tests.Artifacts;

/// <summary>A blob that was altered and given a check value that fits is read or refused, and never makes the reader allocate what it claims.</summary>
public class BoundedDecodingTests
{
    // 16 bytes for a weight, 4 for a byte of the file, and what an exception takes with its message and trace.
    private const long BytesPerWeight = 16;
    private const long BytesPerFileByte = 4;
    private const long Constant = 48 << 10;

    public static TheoryData<string> Names => [.. GoldenModels.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void AnyAlteredByte(string name)
    {
        var (model, blob) = Saved(name);
        for (var place = 0; place < blob.Length - 8; place++)
        {
            foreach (var value in new[] { 0, 1, 127, 128, 255, blob[place] ^ 1, blob[place] ^ 16, blob[place] ^ 128 })
            {
                var altered = (byte[])blob.Clone();
                altered[place] = (byte)value;
                Check(altered, model);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AnyNumberThatClaimsBillions(string name)
    {
        var (model, blob) = Saved(name);
        foreach (var number in new byte[][] { [255, 255, 255, 255, 7], [255, 255, 255, 127], [128, 128, 128, 128, 8], [255, 255, 255, 255, 255], [255, 255, 3] })
        {
            for (var place = 0; place < blob.Length - 8; place++)
            {
                // In place of one byte, which is what most numbers take.
                Check([.. blob[..place], .. number, .. blob[(place + 1)..]], model);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AnyEndThatIsMissing(string name)
    {
        var (model, blob) = Saved(name);
        for (var length = 0; length < blob.Length; length++)
        {
            Assert.NotNull(Check(blob[..length], model));
        }
    }

    [Fact]
    public void ALongNameIsRefusedInAShortMessage()
    {
        var writer = new BitWriter();
        foreach (var letter in "ESPB"u8)
        {
            writer.Byte(letter);
        }

        writer.Byte(1);
        DescriptionCodec.Text(writer, new string('x', 1 << 20));
        var error = Check([.. writer.ToArray(), .. new byte[8]], TestModels.Model(Activation.None, Precision.Fp32, null, null));
        Assert.Contains("a name has 1048576 bytes", error!.Message);
        Assert.True(error.Message.Length < 400);
    }

    [Fact]
    public void TablesStayOnTheGrid()
    {
        var model = GoldenModels.All["v1/sigmoid-table"];
        var weights = (IntegerLayerWeights)TestWeights.Of(model, 1).Layers[0];
        var codes = new byte[256];
        codes[200] = 128;
        var table = new ActivationTable(weights.Table!.Sums, codes);
        Assert.Throws<ArgumentException>(() => new IntegerLayerWeights(weights.Layer, weights.Codes, weights.Scales, weights.BiasArray, weights.InputGrid, weights.OutputGrid, table));
    }

    private static ArtifactException? Check(byte[] blob, ModelDescription model)
    {
        if (blob.Length >= 8)
        {
            SHA256.HashData(blob.AsSpan(0, blob.Length - 8)).AsSpan(0, 8).CopyTo(blob.AsSpan(blob.Length - 8));
        }

        var bound = (BytesPerWeight * model.Parameters) + (BytesPerFileByte * blob.Length) + Constant;
        var clock = Stopwatch.StartNew();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Exception? error = null;
        try
        {
            Artifact.Decode(blob, model, "blob");
        }
        catch (Exception any)
        {
            error = any;
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated <= bound, $"{allocated} bytes of {bound}: {error}");
        Assert.True(error is null or ArtifactException, error?.ToString());
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10));
        return (ArtifactException?)error;
    }

    private static (ModelDescription, byte[]) Saved(string name)
    {
        var model = GoldenModels.All[name];
        var blob = Artifact.From(TestWeights.Of(model, 7, 0.5f)).Blob.ToArray();
        Artifact.Decode(blob, model, "blob");
        return (model, blob);
    }
}
