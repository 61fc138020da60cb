using Espalier.Generator.Annotations;
using Espalier.Generator.Emit;
using Espalier.Generator.Pipeline;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Espalier.Generator.Tests;

/// <summary>What the generator does again after an edit.</summary>
public class CachingTests
{
    private const string Program = Sources.LeNet300 + """

        public static class Startup
        {
            public static int Answer() { return 41; }
        }
        """;

    /// <summary>Steps past the first transform.</summary>
    private static readonly string[] s_later = TrackingNames.All.Except([TrackingNames.Layers, TrackingNames.Models]).ToArray();

    [Fact]
    public void AddedComment_DoesNotReEmit() => AssertNothingReRuns(new EspalierGenerator(), "return 41;", "return 41; // a comment");

    [Fact]
    public void EditInMethodBody_CachesEverythingPastTheTransform() => AssertNothingReRuns(new EspalierGenerator(), "return 41;", "return 40 + 2;");

    [Fact]
    public void CommentInALayersFile_DoesNotReEmit() => AssertNothingReRuns(new EspalierGenerator(), "[Dense(784, 300), Relu]", "// why\n[Dense(784, 300), Relu]");

    [Fact]
    public void NewClass_DoesNotReEmit() => AssertNothingReRuns(new EspalierGenerator(), "public static class Startup", "public class More; public static class Startup");

    /// <summary>The tests above can fail: a pipeline that takes the compilation along does.</summary>
    [Fact]
    public void PipelineThatHoldsTheCompilation_IsCaught() =>
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => AssertNothingReRuns(new CompilationGenerator(), "return 41;", "return 40 + 2;"));

    [Fact]
    public void AddedAttribute_ReEmitsThatLayerAndItsModelsOnly()
    {
        var twoModels = Sources.LeNet300.Replace("[Quantize(Int8), Prune(0.91), Codebook(16)]", "[Quantize(Int8)]") + """

            [Dense(6, 5), Quantize(Int8)] public partial class Apart;
            [Dense(5, 4), Quantize(Int8)] public partial class Apart2;
            [Sequential(typeof(Apart), typeof(Apart2))] public partial class Other;
            """;
        var before = TestCompilation.Of(twoModels);
        var run = new GeneratorHarness(before);
        var files = run.Files;
        run.Run(Edit(before, "[Dense(300, 100), Relu]", "[Dense(300, 100), Relu, Prune(0.91)]"));

        Assert.Equal(["Hidden2"], Modified<LayerAnnotation>(run, TrackingNames.Layers).Select(layer => layer.Type.Name));
        Assert.Equal(["LeNet300"], Modified<ModelAnnotation>(run, TrackingNames.Models).Select(model => model.Type.Name));
        Assert.Equal(["Digits.Hidden2.g.cs"], Modified<GeneratedFile>(run, TrackingNames.LayerFiles).Select(file => file.HintName));
        Assert.Equal(["Digits.LeNet300-FD3C7380.g.cs"], Modified<GeneratedFile>(run, TrackingNames.ModelFiles).Select(file => file.HintName));
        var changed = run.Files.Where(file => !files.TryGetValue(file.Key, out var old) || old != file.Value).Select(file => file.Key).ToArray();
        var emitted = Modified<GeneratedFile>(run, TrackingNames.KernelFiles).Select(file => file.HintName);
        Assert.All(changed, name => Assert.True(name is "Digits.Hidden2.g.cs" or "Digits.LeNet300-FD3C7380.g.cs" || emitted.Contains(name), name));
        Assert.NotEmpty(emitted);
        Assert.All(emitted, name => Assert.Contains("300", name));
    }

    [Fact]
    public void AddedLayer_EmitsItselfOnly()
    {
        var before = TestCompilation.Of(Program);
        var run = new GeneratorHarness(before);
        run.Run(Edit(before, "public static class Startup", "[Dense(9, 9)] public partial class Late; public static class Startup"));
        Assert.Equal(["Digits.Late.g.cs"], Modified<GeneratedFile>(run, TrackingNames.LayerFiles).Select(file => file.HintName));
        Assert.Empty(Modified<GeneratedFile>(run, TrackingNames.ModelFiles));
        Assert.Single(Modified<GeneratedFile>(run, TrackingNames.KernelFiles));
    }

    [Fact]
    public void ChangedManifest_ReEmitsItsModelOnly()
    {
        var file = new TestFile("LeNet300.espalier.json", ManifestText.For(Sources.LeNet300));
        var compilation = TestCompilation.Of(Program + "[Sequential(typeof(Logits))] public partial class Small;");
        var run = new GeneratorHarness(compilation, file);
        run.Replace(file, new TestFile("LeNet300.espalier.json", ManifestText.For(Sources.LeNet300, accuracy: "0.5")), compilation);
        Assert.Empty(Modified<GeneratedFile>(run, TrackingNames.LayerFiles));
        Assert.Equal(["LeNet300"], Modified<ModelTarget>(run, TrackingNames.ModelTargets).Select(model => model.Annotation.Type.Name));
        Assert.Empty(Modified<GeneratedFile>(run, TrackingNames.KernelFiles));
    }

    private static void AssertNothingReRuns(IIncrementalGenerator generator, string before, string after)
    {
        var compilation = TestCompilation.Of(Program);
        var run = new GeneratorHarness(generator, compilation);
        run.Run(Edit(compilation, before, after));
        foreach (var step in s_later)
        {
            Assert.All(run.Reasons<object>(step), value =>
                Assert.True(value.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"{step} is {value.Reason}: {value.Value}"));
        }

        Assert.All(
            run.Result.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(step => step.Outputs),
            output => Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));
    }

    private static T[] Modified<T>(GeneratorHarness run, string step) =>
        run.Reasons<T>(step)
            .Where(value => value.Reason is IncrementalStepRunReason.Modified or IncrementalStepRunReason.New)
            .Select(value => value.Value)
            .ToArray();

    private static CSharpCompilation Edit(CSharpCompilation compilation, string before, string after)
    {
        var tree = compilation.SyntaxTrees[1];
        var text = tree.GetText();
        var start = text.ToString().IndexOf(before, StringComparison.Ordinal);
        Assert.True(start >= 0, before);
        var changed = tree.WithChangedText(text.WithChanges(new TextChange(new TextSpan(start, before.Length), after)));
        return compilation.ReplaceSyntaxTree(tree, changed);
    }
}
