using System.Runtime.InteropServices;

namespace Espalier.Integration.Tests.Kernels;

/// <summary>The tiers that this process can run: tests walk them all, and CI repeats the run with the better ones switched off.</summary>
internal static class Tiers
{
    /// <summary>The trait of tests that a run for one tier leaves out.</summary>
    public const string Trait = "Tiers";

    /// <summary>
    /// The value for tests that the run on the best tier has made for all: those that walk the tiers and spend their time compiling ten dialects of a program, and
    /// those of code without vectors. A run with instructions switched off would show nothing more.
    /// </summary>
    public const string Once = "Once";

    /// <summary>How many of the tiers that are not the best share a random case of one layer.</summary>
    private const int TurnsTogether = 2;

    private static readonly InstructionTier[] s_lacking = [.. Enum.GetValues<InstructionTier>().Where(tier => !InstructionTiers.IsSupported(tier))];

    private static readonly InstructionTier[] s_lesser = [.. Enum.GetValues<InstructionTier>().Where(tier => tier != InstructionTiers.Best)];

    /// <summary>
    /// A run for one tier, with the better ones switched off: those below it have runs of their own, and the run on the best tier has walked them all. Arm has no
    /// switch for its portable vectors, so there every run walks all.
    /// </summary>
    private static readonly bool s_isForOne = RuntimeInformation.ProcessArchitecture == Architecture.X64 && Environment.GetEnvironmentVariable("ESPALIER_EXPECT_TIER") is { Length: > 0 };

    public static IEnumerable<InstructionTier> Supported => s_isForOne ? [InstructionTiers.Best] : Enum.GetValues<InstructionTier>().Where(InstructionTiers.IsSupported);

    /// <summary>
    /// Whether to compile a tier's kernels for a random network: where this process can run them, and of the others one in turn, so that their text is
    /// compiled for many shapes without ten times the compiler's work.
    /// </summary>
    /// <param name="tier">The tier.</param>
    /// <param name="turn">The number of the case.</param>
    public static bool IsCompiled(InstructionTier tier, int turn) =>
        s_isForOne ? tier == InstructionTiers.Best : InstructionTiers.IsSupported(tier) || (s_lacking.Length > 0 && s_lacking[turn % s_lacking.Length] == tier);

    /// <summary>
    /// Whether a random layer is compiled for a tier: always for the best one that this process can run, and for two of the others in turn. What a case
    /// costs is the compiler's work on its kernels, and more shapes find more than more tiers of one shape.
    /// </summary>
    /// <param name="tier">The tier.</param>
    /// <param name="turn">The number of the case.</param>
    public static bool HasTurn(InstructionTier tier, int turn) =>
        tier == InstructionTiers.Best || (!s_isForOne && (Array.IndexOf(s_lesser, tier) + turn) % s_lesser.Length < TurnsTogether);
}
