using Espalier.Integration.Tests.Models;
using Espalier.Integration.Tests.Weights;
using Xunit;

namespace Espalier.Integration.Tests.Behaviour;

public class BadInputTests
{
    private static readonly AllThreeNet Net = new(new RandomWeights(1).For(AllThreeNet.Description));

    [Fact]
    public void WrongLengthsNameWhatIsNeededAndGiven()
    {
        var input = Assert.Throws<ArgumentException>(() => Net.Predict(new float[36], new float[11]));
        Assert.Contains("AllThreeNet takes 37 inputs, but was given 36", input.Message);
        var output = Assert.Throws<ArgumentException>(() => Net.Predict(new byte[37], new float[12]));
        Assert.Contains("AllThreeNet gives 11 outputs, but has room for 12", output.Message);
        var batch = Assert.Throws<ArgumentException>(() => Net.PredictBatch(new float[38], new float[11]));
        Assert.Contains("37 inputs a sample, but 38", batch.Message);
        var room = Assert.Throws<ArgumentException>(() => Net.PredictBatch(new float[74], new float[11]));
        Assert.Contains("22 for this batch, but has room for 11", room.Message);
    }

    [Fact]
    public void WeightsOfAnotherModelAreTurnedAway()
    {
        var other = new RandomWeights(1).For(GridNet.Description);
        Assert.Contains("AllThreeNet", Assert.Throws<ArgumentException>(() => new AllThreeNet(other)).Message);
        Assert.Throws<ArgumentNullException>(() => new AllThreeNet(null!));
    }

    [Fact]
    public void WeightsWithoutTheCodebookThatTheKernelNeedsAreTurnedAway()
    {
        // As a class library built against other attributes would hand them over: same shape, no codebook.
        var weights = new RandomWeights(1).For(WideWithoutCodebook());
        var error = Record.Exception(() => new WideNet(weights, InstructionTiers.Best));
        Assert.True(error is null || error.Message.Contains("codebook", StringComparison.Ordinal), error?.ToString());
        Assert.True(error is ArgumentException || !InstructionTiers.IsSupported(InstructionTier.Portable));
    }

    [Fact]
    public void ATierThatTheProcessorLacksIsNamed()
    {
        foreach (var tier in Enum.GetValues<InstructionTier>().Where(tier => !InstructionTiers.IsSupported(tier)))
        {
            var error = Assert.Throws<PlatformNotSupportedException>(() => new AllThreeNet(new RandomWeights(1).For(AllThreeNet.Description), tier));
            Assert.Contains(tier.ToString(), error.Message);
        }
    }

    private static ModelDescription WideWithoutCodebook() => WideNet.Description with
    {
        Layers = [WideNet.Description.Layers[0] with { Codebook = null }, WideNet.Description.Layers[1]],
    };
}
