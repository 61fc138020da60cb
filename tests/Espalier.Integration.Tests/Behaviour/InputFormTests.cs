using Espalier.Integration.Tests.Kernels;
using Espalier.Integration.Tests.Models;
using Espalier.Integration.Tests.Weights;
using Espalier.Kernels;
using Espalier.Planning;
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
        foreach (var grid in new ActivationGrid[] { new(1, 0, 127), new(1, 1, 127), new(1, 64, 127), new(1, 127, 127), new(0.01f, 0, 16383), new(0.003f, 5001, 16383), new(0.01f, 16383, 16383) })
        {
            var encoder = new InputEncoder(new Normalisation(0, 1), grid);
            for (var length = 0; length < 140; length++)
            {
                var raw = Enumerable.Range(0, length).Select(i => i % 3 == 0 ? special[i / 3 % special.Length] : (i * 0.77f) - 30).ToArray();
                foreach (var tier in Tiers.Supported)
                {
                    Check(encoder, [.. raw.Select(encoder.Encode)], codes => encoder.Encode(raw, ref codes.Start, tier));
                }
            }
        }
    }

    /// <summary>Limits that an instruction does rather than a comparison: every top, and numbers at, around and far beyond what integers hold.</summary>
    [Fact]
    public void EncodingSaturatesLikeTheScalarFormForAnyFloat()
    {
        float[] special =
        [
            float.NaN, -float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0f, -0f, float.Epsilon, -float.Epsilon, float.MaxValue, float.MinValue,
            2147483520f, 2147483648f, -2147483648f, -2147483904f, 4294967296f, 32767f, 32768f, 65536f, -32768f, -32769f, 254.5f, 255f, 255.5f, 256f, -0.5f, -0.6f,
            14.5f, 15.5f, 126.5f, 127.5f, 128f,
        ];
        var random = new Random(11);
        foreach (var grid in new ActivationGrid[] { new(1, 0, 15), new(1, 0, 127), new(1, 0, 255), new(0.37f, 0, 127), new(1e-30f, 0, 255), new(1, 3, 15), new(0.37f, 128, 255), new(0.01f, 0, 16383), new(0.02f, 7000, 16383), new(1e-30f, 1, 16383) })
        {
            foreach (var normalisation in new Normalisation[] { new(0, 1), new(0.1307f, 3.2457f), new(-300, -0.5f), new(float.MaxValue, 2) })
            {
                var encoder = new InputEncoder(normalisation, grid);
                var raw = new float[784 + random.Next(64)];
                for (var i = 0; i < raw.Length; i++)
                {
                    raw[i] = random.Next(4) switch
                    {
                        0 => special[random.Next(special.Length)],
                        1 => BitConverter.Int32BitsToSingle((random.Next(1 << 16) << 16) | random.Next(1 << 16)),
                        2 => ((random.Next(512) - 128.5f) / encoder.StepsPerUnit) + encoder.Offset,
                        _ => (random.NextSingle() * 300) - 20,
                    };
                }

                var wanted = raw.Select(encoder.Encode).ToArray();
                foreach (var tier in Tiers.Supported)
                {
                    Check(encoder, wanted, codes => encoder.Encode(raw, ref codes.Start, tier));
                }
            }
        }
    }

    /// <summary>Look-ups of bytes by permutations against the table: all 256 values at every length around a vector.</summary>
    [Fact]
    public void BytesAreLookedUpTheSameOnEveryTier()
    {
        var random = new Random(12);
        foreach (var grid in new ActivationGrid[] { new(1, 0, 255), new(1.7f, 20, 127), new(20, 3, 15), new(0.017f, 3000, 16383) })
        {
            var encoder = new InputEncoder(new Normalisation(0, 1), grid);
            for (var length = 0; length < 340; length++)
            {
                var raw = Enumerable.Range(0, length).Select(i => (byte)(i < 256 ? i * 77 : random.Next(256))).ToArray();
                foreach (var tier in Tiers.Supported)
                {
                    Check(encoder, [.. raw.Select(value => encoder.Encode(value))], codes => encoder.Encode(raw, ref codes.Start, tier));
                }
            }
        }
    }

    /// <summary>The codes are the wanted ones, in one plane or in two, and nothing beside them is written.</summary>
    private static void Check(InputEncoder encoder, ushort[] wanted, Action<AlignedMemory> encode)
    {
        const byte Untouched = 200;
        var (count, high) = (wanted.Length, encoder.Grid.HasPlanes ? ActivationPlanes.Stride(wanted.Length) : 0);
        var codes = new AlignedMemory(high + count + 1);
        codes.Bytes.Fill(Untouched);
        encode(codes);
        Assert.Equal(wanted.Select(code => (byte)(high > 0 ? code & 127 : code)), codes.Bytes[..count].ToArray());
        Assert.Equal(Untouched, codes.Bytes[count]);
        if (high > 0)
        {
            Assert.Equal(wanted.Select(code => (byte)(code >> 7)), codes.Bytes.Slice(high, count).ToArray());
            Assert.Equal([Untouched, Untouched], [codes.Bytes[high - 1], codes.Bytes[high + count]]);
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
