using Microsoft.CodeAnalysis;

namespace Espalier.Package.Tests;

/// <summary>A build from the package shows what the analyzers find in memory: the same rules, at the same places, in the same words.</summary>
[Trait("Category", "Package")]
public sealed class SameDiagnosticsTests(PackedLibrary library)
{
    [Fact]
    public async Task ABuildShowsWhatTheAnalyzersFind()
    {
        using var stranger = new StrangerFolder(library);
        var analyzers = PackedAnalyzers.Load(library, stranger);
        var rules = analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).ToArray();
        FaultyProject.Write(stranger, "faulty", rules.Where(rule => rule.DefaultSeverity < DiagnosticSeverity.Warning).Select(rule => rule.Id));
        var expected = await PackedAnalyzers.Run(library, stranger, analyzers, "faulty", FaultyProject.Properties);
        Assert.Empty(FaultyProject.Rules.Except(expected.Select(finding => finding.Id)));

        // Restored without PublishAot, which would want the native compiler's package and is not used here.
        (await stranger.Dotnet("faulty", "restore")).Succeeded();
        var output = (await stranger.Dotnet("faulty", ["build", "--no-restore", "-c", "Release", .. FaultyProject.Properties.Select(property => $"-p:{property.Name}={property.Value}")])).Failed();
        Assert.Equal(expected, Finding.In(output));

        // Nothing but our rules: no error in generated code, no analyzer that threw.
        Assert.DoesNotMatch(@"(error|warning) (CS|AD)\d{4}", output);
    }
}
