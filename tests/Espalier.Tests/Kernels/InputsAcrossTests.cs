using Espalier.Kernels;
using Xunit;

namespace Espalier.Tests;

public class InputsAcrossTests
{
    /// <summary>Widths that fill blocks of 16 features, that leave a few, and powers of two; numbers that clamp, infinities and NaN.</summary>
    [Theory]
    [InlineData(16, 0)]
    [InlineData(17, 0.3f)]
    [InlineData(31, 0)]
    [InlineData(784, 0)]
    [InlineData(1024, -2.5f)]
    public void GivesTheCodesOfSingleSamples(int width, float offset)
    {
        var encoder = new InputEncoder(new Normalisation(offset, 1 / 3f), new ActivationGrid(0.01f, 0, 127));
        Assert.SkipUnless(InputsAcross.Serves(encoder, InstructionTiers.Best, width), "Only AVX-512 encodes blocks so.");
        var random = new Random(width);
        var inputs = new float[64 * width];
        for (var i = 0; i < inputs.Length; i++)
        {
            inputs[i] = random.Next(40) switch
            {
                0 => float.NaN,
                1 => float.PositiveInfinity,
                2 => float.NegativeInfinity,
                3 => 1e30f,
                _ => (8 * random.NextSingle()) - 2,
            };
        }

        var middle = new byte[inputs.Length + 2048];
        var codes = new byte[inputs.Length];
        InputsAcross.Run(encoder, inputs, width, ref middle[0], ref codes[0]);
        for (var sample = 0; sample < 64; sample++)
        {
            for (var feature = 0; feature < width; feature++)
            {
                Assert.Equal(encoder.Encode(inputs[(sample * width) + feature]), codes[(feature * 64) + sample]);
            }
        }
    }

    [Fact]
    public void LeavesOtherGridsAndNarrowInputsAlone()
    {
        var raw = new Normalisation(0, 1);
        Assert.False(InputsAcross.Serves(new InputEncoder(raw, new ActivationGrid(0.1f, 3, 127)), InstructionTier.Avx512VbmiVnni, 64));
        Assert.False(InputsAcross.Serves(new InputEncoder(raw, new ActivationGrid(0.1f, 0, 127)), InstructionTier.Avx512VbmiVnni, 15));
        Assert.False(InputsAcross.Serves(new InputEncoder(raw, new ActivationGrid(0.1f, 0, 127)), InstructionTier.Avx2, 64));
        Assert.False(InputsAcross.Serves(null, InstructionTier.Avx512VbmiVnni, 64));
    }
}
