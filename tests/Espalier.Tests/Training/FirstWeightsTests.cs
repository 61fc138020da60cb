using Espalier.Numerics;
using Espalier.Planning;
using Espalier.Tests.Harness;
using Xunit;

namespace Espalier.Tests.Training;

/// <summary>The distance of weights that a rule tells authors is the one that training has.</summary>
public class FirstWeightsTests
{
    /// <summary>Of the samples.</summary>
    private const int Inputs = 9;

    public static TheoryData<Precision, Activation, int, int> Layers
    {
        get
        {
            var data = new TheoryData<Precision, Activation, int, int>();
            foreach (var precision in new[] { Precision.Int16, Precision.Int8, Precision.Int4, Precision.Ternary, Precision.Binary })
            {
                foreach (var (inputs, outputs) in new[] { (1, 1), (6, 3), (64, 128), (96, 10), (300, 100), (784, 300) })
                {
                    data.Add(precision, Activation.Relu, inputs, outputs);
                    data.Add(precision, Activation.None, inputs, outputs);
                }
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(Layers))]
    public void UniformGrids(Precision precision, Activation activation, int inputs, int outputs)
    {
        var bound = FirstWeights.Bound(activation == Activation.Relu, inputs, outputs);
        var step = Begin(precision, activation, inputs, outputs).Weighted[0].WeightStep;
        Assert.Equal(step!.Value, FirstWeights.Step((NumberFormat)precision, bound, LowPrecisionSettings.UsualRange));
    }

    /// <summary>A float's neighbours are that far away where the largest first weights lie.</summary>
    [Theory]
    [InlineData(Precision.Fp16, 784)]
    [InlineData(Precision.Fp16, 24)]
    [InlineData(Precision.Bf16, 784)]
    [InlineData(Precision.Bf16, 6)]
    public void Floats(Precision precision, int inputs)
    {
        var bound = FirstWeights.Bound(true, inputs, 1);
        var step = FirstWeights.Step((NumberFormat)precision, bound, LowPrecisionSettings.UsualRange);
        float[] values = [(float)(bound + (0.49 * step)), (float)(bound + (1.02 * step)), 0];
        var low = precision == Precision.Fp16 ? (float)(Half)bound : StoredFormats.ToBf16(bound);
        new FormatRounding(precision, Rounding.Nearest).Round(values);
        Assert.Equal(step, values[1] - low, 1e-12);
        Assert.Equal(0, FirstWeights.Step(NumberFormat.Fp32, bound, LowPrecisionSettings.UsualRange));
    }

    /// <summary>What the rule says of a rate: under half a step nearest rounding leaves nearly all weights where they are, and stochastic rounding moves many.</summary>
    [Theory]
    [InlineData(0.125, 0.1)]
    [InlineData(0.5, 0.4)]
    [InlineData(0.99, 0.4)]
    public void NearestRoundingLosesAdamsStepsUnderHalfAStep(double share, double moved)
    {
        var half = FirstWeights.Step(NumberFormat.Int8, FirstWeights.Bound(true, Inputs, 24), LowPrecisionSettings.UsualRange) / 2;
        Assert.InRange(Moved(Rounding.Nearest), 0, 0.05);
        Assert.InRange(Moved(Rounding.Stochastic), moved, 1);

        double Moved(Rounding rounding)
        {
            var network = Begin(Precision.Int8, Activation.Relu, Inputs, 24, rounding);
            var before = network.Layers[0].CopyWeights();
            for (var i = 0; i < 5; i++)
            {
                TrainingSteps.Step(network, TestModels.Samples(30, i), (float)(share * half));
            }

            var after = network.Layers[0].CopyWeights();
            return before.Zip(after).Count(pair => pair.First != pair.Second) / (double)before.Length;
        }
    }

    private static NetworkTraining Begin(Precision precision, Activation activation, int inputs, int outputs, Rounding rounding = Rounding.Nearest) => TrainingSteps.Begin(
        new ModelDescription
        {
            Name = "Test",
            Layers =
            [
                new LayerDescription
                {
                    Path = "0/A", Kind = "Dense", Arguments = [inputs, outputs], Inputs = inputs, Outputs = outputs, Activation = activation,
                    Quantization = new QuantizationDescription { Weights = precision, MasterWeights = false, Rounding = rounding },
                },
            ],
        },
        30,
        new Adam());
}
