using System.Text;
using Espalier.Generator.Annotations;
using Espalier.Generator.Emit;
using Espalier.Generator.Pipeline;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Espalier.Generator.Tests;

/// <summary>What a keystroke does again in a project of 200 layers, each model in a file of its own. No times: the benchmarks measure those.</summary>
public class ManyLayersTests
{
    private const int Models = 50;
    private const int LayersPerModel = 4;

    private static readonly string[] s_later = TrackingNames.All.Except([TrackingNames.Layers, TrackingNames.Models, TrackingNames.WideVnni]).ToArray();

    [Fact]
    public void KeystrokeInAMethodBody_CachesAllPastTheTransform()
    {
        var before = Project();
        var run = new GeneratorHarness(before);
        run.Run(Replace(before, "Other.cs", Other(2)));
        Assert.Equal(Models * LayersPerModel, run.Values<LayerAnnotation>(TrackingNames.Layers).Count());
        Assert.All(
            s_later.SelectMany(step => run.Reasons<object>(step).Select(value => (step, value.Reason))),
            value => Assert.Equal((value.step, IncrementalStepRunReason.Cached), value));
        Assert.All(Outputs(run), output => Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));
    }

    [Fact]
    public void ChangedAttribute_EmitsThatLayerAndItsModelOnly()
    {
        var before = Project();
        var run = new GeneratorHarness(before);
        run.Run(Replace(before, "Net30.cs", Model(30, "0.8")));
        Assert.Equal(["Layer30X1"], Changed<LayerAnnotation>(run, TrackingNames.Layers).Select(layer => layer.Type.Name));
        Assert.Equal(["Net30"], Changed<ModelAnnotation>(run, TrackingNames.Models).Select(model => model.Type.Name));
        Assert.Single(Changed<GeneratedFile>(run, TrackingNames.LayerFiles));
        Assert.Single(Changed<GeneratedFile>(run, TrackingNames.ModelFiles));
        // Its kernel by itself, and inside the model, where it takes the codes of the one before.
        Assert.Equal(2, Changed<GeneratedFile>(run, TrackingNames.KernelFiles).Length);
        Assert.Equal(4, Outputs(run).Count(output => output.Reason != IncrementalStepRunReason.Cached));
    }

    /// <summary>A transform, a model's transform and each analyzer ask about the same class: they get the same answer, and a new compilation gets a new one.</summary>
    [Fact]
    public void Class_IsReadOnceInACompilation()
    {
        var before = Project();
        var layer = before.GetTypeByMetadataName("Project.Layer30X1")!;
        var model = before.GetTypeByMetadataName("Project.Net30")!;
        Assert.Same(AnnotatedClass.Of(layer), AnnotatedClass.Of(layer));
        var sequential = AnnotatedClass.Of(model).Sequentials.Single();
        Assert.Same(ModelPlaces.Of(sequential), ModelPlaces.Of(sequential));
        Assert.Same(AnnotatedClass.Of(layer), ModelPlaces.Of(sequential)[1].Class);

        var after = Replace(before, "Net30.cs", Model(30, "0.8")).GetTypeByMetadataName("Project.Layer30X1")!;
        Assert.Equal(0.9, AnnotatedClass.Of(layer).Definition!.Prune!.Sparsity);
        Assert.Equal(0.8, AnnotatedClass.Of(after).Definition!.Prune!.Sparsity);
    }

    private static IEnumerable<(object Value, IncrementalStepRunReason Reason)> Outputs(GeneratorHarness run) =>
        run.Result.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(step => step.Outputs);

    private static T[] Changed<T>(GeneratorHarness run, string step) => run.Reasons<T>(step)
        .Where(value => value.Reason is IncrementalStepRunReason.Modified or IncrementalStepRunReason.New)
        .Select(value => value.Value)
        .ToArray();

    private static CSharpCompilation Project()
    {
        var empty = TestCompilation.Of("");
        var models = Enumerable.Range(0, Models).Select(model => Parse(empty, $"Net{model}.cs", Model(model, "0.9")));
        return empty.AddSyntaxTrees(models.Append(Parse(empty, "Other.cs", Other(1))).ToArray());
    }

    private static CSharpCompilation Replace(CSharpCompilation compilation, string file, string text) =>
        compilation.ReplaceSyntaxTree(compilation.SyntaxTrees.Single(tree => tree.FilePath == file), Parse(compilation, file, text));

    private static SyntaxTree Parse(CSharpCompilation compilation, string file, string text) =>
        CSharpSyntaxTree.ParseText(text, (CSharpParseOptions)compilation.SyntaxTrees[0].Options, file, Encoding.UTF8);

    private static string Other(int number) => $$"""public static class Other { public static int Answer() { return {{number}}; } }""";

    private static string Model(int model, string sparsity)
    {
        var text = new StringBuilder("namespace Project;\nusing Espalier;\nusing static Espalier.Precision;\n");
        for (var layer = 0; layer < LayersPerModel; layer++)
        {
            var inputs = 40 + (model * LayersPerModel) + layer;
            text.Append($"[Dense({inputs}, {inputs + 1}), Relu, Quantize(Int8), Prune({(layer == 1 ? sparsity : "0.9")}), Codebook(16)] public partial class Layer{model}X{layer};\n");
        }

        var layers = Enumerable.Range(0, LayersPerModel).Select(layer => $"typeof(Layer{model}X{layer})");
        return text.Append($"[Sequential({string.Join(", ", layers)})] public partial class Net{model};\n").ToString();
    }
}
