namespace Espalier.Integration.Tests.Kernels;

/// <summary>The tiers that this process can run: tests walk them all, and CI repeats the run with the better ones switched off.</summary>
internal static class Tiers
{
    public static IEnumerable<InstructionTier> Supported => Enum.GetValues<InstructionTier>().Where(InstructionTiers.IsSupported);
}
