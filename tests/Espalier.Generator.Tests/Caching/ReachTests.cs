using System.Collections.Immutable;
using Espalier.Generator.Pipeline;
using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Tests;

/// <summary>Nothing of the compiler lives on in the pipeline.</summary>
public class ReachTests
{
    [Fact]
    public void NoStep_HoldsAnythingOfRoslyn() =>
        Assert.Empty(Leaks(new GeneratorHarness(TestCompilation.Of(Sources.LeNet300, Sources.Images), new TestFile("LeNet300.espalier.json", ManifestText.For(Sources.LeNet300)))));

    [Fact]
    public void EveryStep_IsWalked()
    {
        var run = new GeneratorHarness(TestCompilation.Of(Sources.LeNet300, Sources.Images), new TestFile("LeNet300.espalier.json", "{}"));
        Assert.All(TrackingNames.All, step => Assert.NotEmpty(run.Values<object>(step)));
    }

    // The checker itself: each of these holds something of Roslyn, directly or behind a record, a list or a private class.
    [Fact]
    public void Symbol_IsFound() => AssertFound(found => found.TargetSymbol);

    [Fact]
    public void SymbolInARecord_IsFound() => AssertFound(found => new Wrapped(3, new Wrapped(4, found.TargetSymbol)));

    [Fact]
    public void NodeInAList_IsFound() => AssertFound(found => new List<object> { 1, found.TargetNode });

    [Fact]
    public void Location_IsFound() => AssertFound(found => found.TargetNode.GetLocation());

    [Fact]
    public void Tree_IsFound() => AssertFound(found => found.TargetNode.SyntaxTree);

    [Fact]
    public void Attribute_IsFound() => AssertFound(found => found.Attributes[0]);

    [Fact]
    public void SemanticModel_IsFound() => AssertFound(found => found.SemanticModel);

    [Fact]
    public void Compilation_IsFound() => AssertFound(found => found.SemanticModel.Compilation);

    [Fact]
    public void Closure_IsFound() => AssertFound(found => (Func<string>)(() => found.TargetSymbol.Name));

    [Fact]
    public void ImmutableArray_IsFound() => AssertFound(_ => new Wrapped(1, ImmutableArray.Create("a")));

    private static void AssertFound(Func<GeneratorAttributeSyntaxContext, object> transform) =>
        Assert.NotEmpty(Leaks(new GeneratorHarness(new LeakingGenerator(transform), TestCompilation.Of(Sources.LeNet300))));

    private static string[] Leaks(GeneratorHarness run) =>
        TrackingNames.All
            .SelectMany(step => run.Values<object>(step).Select(value => RoslynReach.Find(value) is { } leak ? $"{step}: {leak}" : null))
            .OfType<string>()
            .ToArray();

    private sealed record Wrapped(int Number, object Content);
}
