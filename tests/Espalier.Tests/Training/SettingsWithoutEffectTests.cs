using Espalier.Tests.Harness;
using Xunit;

namespace Espalier.Tests.Training;

/// <summary>What ESP0310 tells authors: with the setting and without it training gives the same network, number by number. And where the rule is silent it does not.</summary>
public class SettingsWithoutEffectTests
{
    private static readonly QuantizationDescription s_fp32 = new();
    private static readonly QuantizationDescription s_int8 = new() { Weights = Precision.Int8, Inputs = Precision.Int8, Outputs = Precision.Int8, Accumulators = Precision.Int32 };
    private static readonly QuantizationDescription s_points = s_int8 with { MasterWeights = false, Rounding = Rounding.Stochastic };
    private static readonly CodebookDescription s_shared = new(8, Precision.Int8);
    private static readonly CodebookDescription s_floats = new(8, Precision.Fp32);

    private static readonly Dictionary<string, (QuantizationDescription With, QuantizationDescription Without, CodebookDescription? CodebookWith, CodebookDescription? CodebookWithout)> s_same = new()
    {
        ["MasterWeights beside Fp32 weights"] = (s_fp32 with { MasterWeights = false }, s_fp32, null, null),
        ["Rounding with master weights"] = (s_int8 with { Rounding = Rounding.Stochastic }, s_int8, null, null),
        ["Rounding of 16-bit weights with master weights"] = (s_fp32 with { Weights = Precision.Bf16, Rounding = Rounding.Stochastic }, s_fp32 with { Weights = Precision.Bf16 }, null, null),
        ["Rounding of Fp32 weights"] = (s_fp32 with { Inputs = Precision.Int8, MasterWeights = false, Rounding = Rounding.Stochastic }, s_fp32 with { Inputs = Precision.Int8, MasterWeights = false }, null, null),
        ["PerChannel with a codebook"] = (s_int8, s_int8 with { PerChannel = false }, s_shared, s_shared),
        ["PerChannel of Int16 weights"] = (s_fp32 with { Weights = Precision.Int16 }, s_fp32 with { Weights = Precision.Int16, PerChannel = false }, null, null),
        ["PerChannel without master weights"] = (s_points, s_points with { PerChannel = false }, null, null),
        ["integer inputs of float layers"] = (s_fp32 with { Weights = Precision.Fp16, Inputs = Precision.Int8 }, s_fp32 with { Weights = Precision.Fp16 }, null, null),
        ["4-bit inputs of Int16 weights"] = (s_fp32 with { Weights = Precision.Int16, Inputs = Precision.Int4 }, s_fp32 with { Weights = Precision.Int16 }, null, null),
        ["Int8 weights beside float inputs"] = (s_fp32 with { Weights = Precision.Int8, PerChannel = false }, s_fp32 with { PerChannel = false }, null, null),
        ["Ternary weights beside float inputs"] = (s_fp32 with { Weights = Precision.Ternary }, s_fp32, null, null),
        ["Fp32 sums of integer layers"] = (s_int8 with { Accumulators = Precision.Fp32 }, s_int8, null, null),
        ["Int32 outputs"] = (s_points with { Outputs = Precision.Int32 }, s_points with { Outputs = Precision.Fp32 }, null, null),
        ["Ternary outputs"] = (s_points with { Outputs = Precision.Ternary }, s_points with { Outputs = Precision.Fp32 }, null, null),
        ["centroids of integer layers"] = (s_int8, s_int8, new(8, Precision.Fp16), s_shared),
        ["Int8 centroids of float layers"] = (s_fp32, s_fp32, s_shared, s_floats),
        ["Int32 centroids of float layers"] = (s_fp32, s_fp32, new(8, Precision.Int32), s_floats),
    };

    private static readonly Dictionary<string, (QuantizationDescription With, QuantizationDescription Without, CodebookDescription? CodebookWith, CodebookDescription? CodebookWithout)> s_different = new()
    {
        ["MasterWeights beside Fp32 weights and integer inputs"] = (s_fp32 with { Inputs = Precision.Int8, MasterWeights = false }, s_fp32 with { Inputs = Precision.Int8 }, null, null),
        ["Rounding without master weights"] = (s_points with { Rounding = Rounding.Nearest }, s_points, null, null),
        ["PerChannel of integer layers"] = (s_int8, s_int8 with { PerChannel = false }, null, null),
        ["integer inputs of float layers without master weights"] = (s_fp32 with { Weights = Precision.Fp16, Inputs = Precision.Int4, MasterWeights = false }, s_fp32 with { Weights = Precision.Fp16, MasterWeights = false }, null, null),
        ["Int8 weights beside float inputs without master weights"] = (s_fp32 with { Weights = Precision.Int8, MasterWeights = false }, s_fp32, null, null),
        ["Bf16 sums of integer layers"] = (s_int8 with { Accumulators = Precision.Bf16 }, s_int8, null, null),
        ["Int4 outputs without master weights"] = (s_points with { Outputs = Precision.Int4 }, s_points, null, null),
        ["Bf16 centroids of float layers"] = (s_fp32, s_fp32, new(8, Precision.Bf16), s_floats),
    };

    public static TheoryData<string> Same => [.. s_same.Keys];

    public static TheoryData<string> Different => [.. s_different.Keys];

    [Theory, MemberData(nameof(Same))]
    public void Same_NumberByNumber(string setting)
    {
        var (with, without, codebook, plain) = s_same[setting];
        Assert.Equal(Numbers(without, plain), Numbers(with, codebook));
    }

    [Theory, MemberData(nameof(Different))]
    public void Different_WhereTheRuleIsSilent(string setting)
    {
        var (with, without, codebook, plain) = s_different[setting];
        Assert.NotEqual(Numbers(without, plain), Numbers(with, codebook));
    }

    /// <summary>All weights after a few epochs, biases as compressed layers store them (in fp16), and the grids that inputs take.</summary>
    private static float[] Numbers(QuantizationDescription quantization, CodebookDescription? codebook)
    {
        var model = TestModels.Model(Activation.Relu, Precision.Fp32, null, null);
        model = model with { Layers = [.. model.Layers.Select(layer => layer with { Quantization = quantization, Codebook = codebook })] };
        var trained = new Trainer(model, new TrainingOptions { Epochs = 4, LearningRate = 0.02 }).Run(TestModels.Samples(90, 1), TestModels.Samples(30, 2));
        var numbers = new List<float>();
        foreach (var layer in trained.Weights.Layers)
        {
            foreach (var bias in layer.Bias)
            {
                numbers.Add((float)(Half)bias);
            }

            for (var i = 0; i < layer.Layer.Inputs * layer.Layer.Outputs; i++)
            {
                numbers.Add(layer.Weight(i / layer.Layer.Inputs, i % layer.Layer.Inputs));
            }

            if (layer is IntegerLayerWeights integer)
            {
                numbers.AddRange([integer.InputGrid.Scale, integer.InputGrid.ZeroPoint, integer.InputGrid.Top]);
            }
        }

        return [.. numbers];
    }
}
