using Espalier.Tests.Harness;
using Xunit;

namespace Espalier.Tests.Artifacts;

/// <summary>A save that the file system refuses says where and what to do, and takes back what it began.</summary>
public class FailedSaveTests
{
    private static readonly ModelDescription Model = TestModels.Model(Activation.Relu, Precision.Int8, null, null);
    private static readonly Artifact Old = Artifact.From(TestWeights.Of(Model, 1));
    private static readonly Artifact Other = Artifact.From(TestWeights.Of(Model, 2));

    [Fact]
    public void AMissingFolderIsNamed()
    {
        using var folder = new TemporaryFolder();
        var missing = Path.Combine(folder.Path, "missing");
        Refused(() => Old.Save(missing), missing, "does not exist", "Create the folder");
        Assert.False(Directory.Exists(missing));
    }

    [Fact]
    public void AFileInPlaceOfTheFolderIsNamed()
    {
        using var folder = new TemporaryFolder();
        Refused(() => Old.Save(folder.Write("text", "file")), Path.Combine(folder.Path, "file"), "is a file", "Name its folder");
        Assert.Equal(["file"], folder.Files);
    }

    [Theory]
    [InlineData("Model.espalier.bin")]
    [InlineData("Model.espalier.json")]
    public void AFolderInPlaceOfAFileIsNamed(string name)
    {
        using var folder = new TemporaryFolder();
        folder.At(name, "in it");
        Refused(() => Old.Save(folder.Path), Path.Combine(folder.Path, name), "is a folder", "Move or delete it");
        Assert.Empty(folder.Files);
    }

    [Theory]
    [InlineData("Model.espalier.bin.tmp")]
    [InlineData("Model.espalier.json.tmp")]
    [InlineData("Model.espalier.bin.previous")]
    [InlineData("Model.espalier.lock")]
    public void AFolderInPlaceOfATemporaryFileLeavesTheOldPair(string name)
    {
        using var folder = new TemporaryFolder();
        Old.Save(folder.Path);
        folder.At(name, "in it");
        Refused(() => Other.Save(folder.Path), Path.Combine(folder.Path, name), "cannot be saved", "Make");
        CheckHolds(folder, Old);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AnyStepMayFail(bool saved)
    {
        for (var step = 0; ; step++)
        {
            using var folder = new TemporaryFolder();
            if (saved)
            {
                Old.Save(folder.Path);
            }

            var (next, failed) = (0, "");
            var error = Record.Exception(() => ArtifactFiles.Write(Path.Combine(folder.Path, "Model"), Other.Blob.ToArray(), Other.Manifest, name =>
            {
                if (next++ == step)
                {
                    failed = name;
                    throw new IOException("No space left on device.");
                }
            }));
            if (error is null)
            {
                // The last step of all, and one past it: what is left of the old pair stays where it cannot be deleted.
                CheckHolds(folder, Other, mayLeave: failed.StartsWith("delete", StringComparison.Ordinal) && saved ? "Model.espalier.bin.previous" : null);
                if (failed.Length == 0)
                {
                    return;
                }

                continue;
            }

            Assert.Contains(folder.Path, Assert.IsType<ArtifactException>(error).Message);
            Assert.Contains("No space left on device.", error.Message);
            if (saved)
            {
                CheckHolds(folder, Old);
            }
            else
            {
                Assert.Empty(folder.Files);
            }
        }
    }

    private static void Refused(Action save, params string[] words)
    {
        var error = Assert.Throws<ArtifactException>(save);
        Assert.All(words, word => Assert.Contains(word, error.Message));
    }

    private static void CheckHolds(TemporaryFolder folder, Artifact artifact, string? mayLeave = null)
    {
        Assert.Equal(["Model.espalier.bin", "Model.espalier.json"], folder.Files.Where(file => file != mayLeave));
        Assert.True(artifact.Blob.Span.SequenceEqual(Artifact.From(Artifact.Load(Path.Combine(folder.Path, "Model.espalier.json"), Model)).Blob.Span));
    }
}
