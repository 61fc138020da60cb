using Espalier.Integration.Tests.Kernels;
using Espalier.Integration.Tests.Models;
using Espalier.Integration.Tests.Weights;
using Espalier.Kernels;
using Xunit;

namespace Espalier.Integration.Tests.Behaviour;

public class InputFormTests
{
    [Fact]
    public void BytesGiveWhatTheSameNumbersAsFloatsGive()
    {
        foreach (var tier in Tiers.Supported)
        {
            Check<AllThreeNet>(tier);
            Check<PlainNet>(tier);
            Check<WideNet>(tier);
        }
    }

    [Fact]
    public void BatchesGiveWhatSinglePredictionsGive()
    {
        var random = new RandomWeights(4);
        var model = new GridNet(random.For(GridNet.Description));
        var inputs = random.Inputs(7 * GridNet.Inputs, extreme: false);
        var batch = new float[7 * GridNet.Outputs];
        model.PredictBatch(inputs, batch);
        var single = new float[GridNet.Outputs];
        for (var sample = 0; sample < 7; sample++)
        {
            model.Predict(inputs.AsSpan(sample * GridNet.Inputs, GridNet.Inputs), single);
            Assert.Equal(single, batch.AsSpan(sample * GridNet.Outputs, GridNet.Outputs).ToArray());
        }

        model.PredictBatch(ReadOnlySpan<float>.Empty, []);
    }

    /// <summary>The vector forms of the input stage against its scalar form, which the simulation uses: NaN, infinities and halves included.</summary>
    [Fact]
    public void EncodingIsTheSameOnEveryTier()
    {
        float[] special = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MinValue, -3e9f, 3e9f, 0.5f, 1.5f, 2.5f, -0.5f, 126.5f, 127.5f, 1e30f, -1e30f, -0f];
        foreach (var zero in new byte[] { 0, 1, 64, 127 })
        {
            var encoder = new InputEncoder(new Normalisation(0, 1), new ActivationGrid(1, zero, 127));
            for (var length = 0; length < 140; length++)
            {
                var raw = Enumerable.Range(0, length).Select(i => i % 3 == 0 ? special[i / 3 % special.Length] : (i * 0.77f) - 30).ToArray();
                foreach (var tier in Tiers.Supported)
                {
                    var codes = new AlignedMemory(length + 1);
                    codes.Bytes[length] = 200;
                    encoder.Encode(raw, ref codes.Start, tier);
                    Assert.Equal(raw.Select(encoder.Encode), codes.Bytes[..length].ToArray());
                    Assert.Equal(200, codes.Bytes[length]);
                }
            }
        }
    }

    private static void Check<TModel>(InstructionTier tier)
        where TModel : IModel<TModel>
    {
        var random = new RandomWeights(2);
        var model = TModel.Create(random.For(TModel.Description), tier);
        var bytes = random.Bytes(TModel.Description.Inputs);
        var fromBytes = new float[TModel.Description.Outputs];
        var fromFloats = new float[TModel.Description.Outputs];
        model.Predict(bytes, fromBytes);
        model.Predict([.. bytes.Select(b => (float)b)], fromFloats);
        Assert.Equal(fromFloats, fromBytes);
    }
}
