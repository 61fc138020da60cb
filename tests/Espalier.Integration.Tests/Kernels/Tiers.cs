namespace Espalier.Integration.Tests.Kernels;

/// <summary>The tiers that this process can run: tests walk them all, and CI repeats the run with the better ones switched off.</summary>
internal static class Tiers
{
    private static readonly InstructionTier[] s_others = [.. Enum.GetValues<InstructionTier>().Where(tier => !InstructionTiers.IsSupported(tier))];

    public static IEnumerable<InstructionTier> Supported => Enum.GetValues<InstructionTier>().Where(InstructionTiers.IsSupported);

    /// <summary>
    /// Whether to compile a tier's kernels for a random case: where this process can run them, and of the others one in turn, so that their text is
    /// compiled for many shapes without ten times the compiler's work.
    /// </summary>
    /// <param name="tier">The tier.</param>
    /// <param name="turn">The number of the case.</param>
    public static bool IsCompiled(InstructionTier tier, int turn) =>
        InstructionTiers.IsSupported(tier) || (s_others.Length > 0 && s_others[turn % s_others.Length] == tier);
}
