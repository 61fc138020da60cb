using Espalier.Planning;

namespace Espalier.Generator.Tests;

/// <summary>The planner has enums of its own, so that it needs no runtime; their values are read from attributes and written into generated code.</summary>
public class EnumParityTests
{
    [Fact]
    public void Tiers_AreTheRuntimesInstructionTiers() => AssertSame<Tier, InstructionTier>();

    [Fact]
    public void NumberFormats_AreTheRuntimesPrecisions() => AssertSame<NumberFormat, Precision>();

    [Fact]
    public void ActivationKinds_AreTheRuntimesActivations() => AssertSame<ActivationKind, Activation>();

    /// <summary>The readers know these by value.</summary>
    [Fact]
    public void ReadValues_AreThoseOfTheRuntime()
    {
        Assert.Equal(1, (int)Rounding.Stochastic);
        Assert.Equal(0, (int)PruningSchedule.Gradual);
        Assert.Equal(1, (int)CodingGoal.FastStart);
    }

    private static void AssertSame<TPlanner, TRuntime>()
        where TPlanner : struct, Enum
        where TRuntime : struct, Enum =>
        Assert.Equal(
            Enum.GetValues<TRuntime>().Select(value => (value.ToString(), Convert.ToInt32(value))),
            Enum.GetValues<TPlanner>().Select(value => (value.ToString(), Convert.ToInt32(value))));
}
