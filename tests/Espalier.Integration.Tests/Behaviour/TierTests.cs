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

    [Fact]
    public void EveryTierBelowTheBestRunsToo()
    {
        foreach (var tier in Enum.GetValues<InstructionTier>())
        {
            Assert.Equal(tier <= InstructionTiers.Best, InstructionTiers.IsSupported(tier));
        }
    }
}
