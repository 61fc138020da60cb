using Xunit;

namespace Espalier.Integration.Tests.Behaviour;

public class TierTests
{
    /// <summary>CI repeats the run with instruction sets switched off and says which tier it means to reach: a switch that is ignored fails here.</summary>
    [Fact]
    public void TheRunReachesTheTierItWasMeantFor()
    {
        if (Environment.GetEnvironmentVariable("ESPALIER_EXPECT_TIER") is { Length: > 0 } expected)
        {
            Assert.Equal(expected, InstructionTiers.Best.ToString());
        }
        else
        {
            Assert.True(InstructionTiers.IsSupported(InstructionTiers.Best));
        }
    }

    /// <summary>
    /// Each tier contains those below it in its family, except that AVX-512 comes with AVX-VNNI on some processors and without on
    /// others. No processor has tiers of both families.
    /// </summary>
    [Fact]
    public void EveryTierBelowTheBestRunsToo()
    {
        var best = InstructionTiers.Best;
        var arm = IsArm(best);
        var vnni = best is InstructionTier.AvxVnni or InstructionTier.Avx512VbmiVnni;
        foreach (var tier in Enum.GetValues<InstructionTier>().Where(tier => tier != InstructionTier.AvxVnni || arm || best < InstructionTier.AvxVnni || vnni))
        {
            var family = tier <= InstructionTier.Portable || IsArm(tier) == arm;
            Assert.Equal(family && tier <= best, InstructionTiers.IsSupported(tier));
        }
    }

    private static bool IsArm(InstructionTier tier) => tier is InstructionTier.AdvSimd or InstructionTier.AdvSimdDp;
}
