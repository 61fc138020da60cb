using System.Globalization;
using Espalier.Planning;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>
/// ESP0801: a NativeAOT program names its instruction sets. Of x86 alone: for 64-bit Arm the native compiler writes both forms of code
/// and the program takes dot products where the processor has them.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class AotWithoutLevelAnalyzer() : PublishAnalyzer(PublishRules.AotWithoutLevel)
{
    protected override bool Concerns(PublishTarget target) => target is { IsNative: true, IsX86: true, Level.Length: 0 };

    protected override object[]? Find(PublishTarget target, ModelCycles cycles, Compilation compilation)
    {
        var tier = InstructionSetLevel.TierOf(target);
        var better = InstructionSetLevel.TierOf(target with { Level = InstructionSetLevel.Recommended });
        var (slow, fast) = (cycles.On(tier), cycles.On(better));
        return slow <= fast
            ? null
            :
            [
                target.ForSize ? "without IlcInstructionSet and with OptimizationPreference Size" : "without IlcInstructionSet",
                tier,
                Number(slow),
                cycles.Models == 1 ? "a prediction of the model" : $"one prediction of each of {cycles.Models} models",
                better,
                Number(fast),
                ((double)slow / System.Math.Max(1, fast)).ToString("0.0", CultureInfo.InvariantCulture),
                $"<IlcInstructionSet>{InstructionSetLevel.Recommended}</IlcInstructionSet>",
            ];
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
