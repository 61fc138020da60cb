using Espalier.Generator.Annotations;
using Espalier.Generator.Diagnostics;
using Espalier.Generator.Pipeline;
using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Tests;

/// <summary>Rules on annotations: where they fire, where they nearly do, and that the generator says nothing either way.</summary>
public class AnnotationRuleTests
{
    public static readonly RuleCase[] Firing = [.. UsageCases.Firing, .. ShapeCases.Firing, .. CompressionCases.Firing, .. PrecisionCases.Firing, .. LowPrecisionModelCases.Firing, .. StructureCases.Firing, .. CodebookCases.Firing, .. ImageCases.Firing];

    public static readonly RuleCase[] NearMisses = [.. UsageCases.NearMisses, .. ShapeCases.NearMisses, .. CompressionCases.NearMisses, .. PrecisionCases.NearMisses, .. LowPrecisionModelCases.NearMisses, .. StructureCases.NearMisses, .. CodebookCases.NearMisses, .. ImageCases.NearMisses];

    public static TheoryData<RuleCase> FiringCases => [.. Firing];

    public static TheoryData<RuleCase> NearMissCases => [.. NearMisses];

    [Theory]
    [MemberData(nameof(FiringCases), DisableDiscoveryEnumeration = true)]
    public async Task Rule_Fires(RuleCase rule) => rule.AssertFires(await Find(rule));

    [Theory]
    [MemberData(nameof(NearMissCases), DisableDiscoveryEnumeration = true)]
    public async Task Rule_DoesNotFire(RuleCase rule) => Assert.Empty(await Find(rule));

    /// <summary>What a rule underlines in red yields no code, and the generator neither throws nor reports; what works all the same yields its code.</summary>
    [Theory]
    [MemberData(nameof(FiringCases), DisableDiscoveryEnumeration = true)]
    public void FaultyClass_YieldsNoCode(RuleCase rule)
    {
        var run = new GeneratorHarness(TestCompilation.Of(rule.Source));
        var faulty = run.Values<LayerAnnotation>(TrackingNames.Layers).Select(layer => layer.Type.Name)
            .Concat(run.Values<ModelAnnotation>(TrackingNames.Models).Select(model => model.Type.Name))
            .Where(name => rule.Message!.Contains($"'{name}'"));
        if (AnalyzerHarness.Rules.Single(descriptor => descriptor.Id == rule.Id).DefaultSeverity == DiagnosticSeverity.Error)
        {
            Assert.Empty(faulty);
        }
        else if (rule.Id is not (UsageRules.AttributeWithoutLayerId or ImageRules.ImageMissingId))
        {
            Assert.NotEmpty(faulty);
        }
    }

    /// <summary>Hints of other rules do not count: a program of one layer lists it in no model, and has no artifact.</summary>
    private static async Task<Diagnostic[]> Find(RuleCase rule) =>
        (await AnalyzerHarness.Run(TestCompilation.Of(rule.Source))).Where(found => found.Id == rule.Id || found.Severity > DiagnosticSeverity.Info).ToArray();
}
