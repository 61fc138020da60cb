using System.Globalization;
using Espalier.Planning;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0802: the instruction sets of a NativeAOT program are known, and kernels run faster for them.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class UnusableLevelAnalyzer() : PublishAnalyzer(PublishRules.UnusableLevel)
{
    /// <summary>The framework whose native compiler's names are known here.</summary>
    private const int KnownFramework = 10;

    protected override bool Concerns(PublishTarget target) => target.IsNative && target.Level.Length > 0 && (target.IsX86 || target.IsArm);

    protected override object[]? Find(PublishTarget target, ModelCycles cycles, Compilation compilation)
    {
        var recommended = target with { Level = InstructionSetLevel.Recommended };
        if (InstructionSetLevel.Unknown(target) is { } unknown)
        {
            // Later compilers may know more names; what their sets are for is then unknown too.
            return compilation.GetSpecialType(SpecialType.System_Object).ContainingAssembly.Identity.Version.Major > KnownFramework
                ? null
                : [target.Level, $"the native compiler of .NET 10 knows no '{unknown}' on {target.Architecture} and stops there; {(target.IsArm ? "leave it out, for the program takes dot products where the processor has them" : $"write {InstructionSetLevel.Recommended}, which has AVX2, FMA and BMI")}"];
        }

        if (!target.IsX86)
        {
            return null;
        }

        var tier = InstructionSetLevel.TierOf(target);
        var without = InstructionSetLevel.TierOf(target with { Level = "" });
        var better = InstructionSetLevel.TierOf(recommended);
        if (tier is Tier.Portable or Tier.Ssse3 && cycles.On(tier) > cycles.On(better))
        {
            var same = tier == without ? "as without a level" : $"where a program without a level runs {without}";
            return [target.Level, $"no kernel uses more of it than the tier {tier}, {same}, about {Number(cycles.On(tier))} cycles; write {InstructionSetLevel.Recommended} for the tier {better}, {Number(cycles.On(better))} cycles"];
        }

        // A program refuses processors that lack what its level names, so a level has to be worth that; by the sets that it may find
        // beyond its level too, unless it is to be small.
        var (best, bestBetter) = target.ForSize ? (tier, better) : (Tier.Avx512VbmiVnni, Tier.AvxVnni);
        return tier == Tier.Avx512 && target.Level != InstructionSetLevel.Native && cycles.On(tier) >= cycles.On(better) && cycles.On(best) >= cycles.On(bestBetter)
            ? [target.Level, $"its kernels take about {Range(cycles, tier, best)} and those of {InstructionSetLevel.Recommended} {Range(cycles, better, bestBetter, "")}, so the program refuses processors without AVX-512 and gains nothing; write {InstructionSetLevel.Recommended}"]
            : null;
    }

    private static string Range(ModelCycles cycles, Tier tier, Tier best, string unit = " cycles") => tier == best
        ? $"{Number(cycles.On(tier))}{unit} ({tier})"
        : $"{Number(cycles.On(tier))} to {Number(cycles.On(best))}{unit} ({tier}, {best})";

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
