using Xunit;
using static Espalier.Tests.Harness.TestModels;

namespace Espalier.Tests.Training;

/// <summary>What does not fit is turned away before anything is computed, with a message that names it.</summary>
public class BadTrainingInputTests
{
    private static readonly ModelDescription s_model = Model(Activation.Relu, Precision.Int8, 0.5, 8);

    public static TheoryData<string, TrainingOptions, string> BadOptions => new()
    {
        { "Epochs", new() { Epochs = -1 }, "-1" },
        { "PruneEpochs", new() { PruneEpochs = -2 }, "-2" },
        { "ShareEpochs", new() { ShareEpochs = -3 }, "-3" },
        { "BatchSize", new() { BatchSize = 0 }, "0" },
        { "BatchSize", new() { BatchSize = -4 }, "-4" },
        { "LearningRate", new() { LearningRate = 0 }, "0" },
        { "LearningRate", new() { LearningRate = -0.5 }, "-0.5" },
        { "LearningRate", new() { LearningRate = double.NaN }, "NaN" },
        { "LearningRate", new() { LearningRate = double.PositiveInfinity }, "Infinity" },
        { "LossScaling", new() { LossScaling = 0 }, "0" },
        { "LossScaling", new() { LossScaling = 1e-60 }, "1E-60" },
        { "LossScaling", new() { LossScaling = 1e60 }, "1E+60" },
        { "LossScalingGrowth", new() { LossScalingGrowth = 0 }, "0" },
        { "WeightRange", new() { WeightRange = 0 }, "0" },
        { "WeightRange", new() { WeightRange = double.NaN }, "NaN" },
        { "RandomDraw", new() { RandomDraw = (RandomDraw)7 }, "7" },
        { "WeightDecay", new() { WeightDecay = -1 }, "-1" },
        { "ScheduleSteps", new() { ScheduleSteps = -1 }, "-1" },
        { "ScheduleFactor", new() { ScheduleFactor = 0 }, "0" },
        { "ScheduleFactor", new() { ScheduleFactor = double.NaN }, "NaN" },
        { "WarmUp", new() { WarmUp = -1 }, "-1" },
        { "WarmUp", new() { WarmUp = double.PositiveInfinity }, "Infinity" },
        { "ClipNorm", new() { ClipNorm = 0 }, "0" },
        { "ClipNorm", new() { ClipNorm = double.NaN }, "NaN" },
        { "Patience", new() { Patience = 0 }, "0" },
        { "WeightDecay", new() { WeightDecay = double.NaN }, "NaN" },
        { "CalibrationPercentile", new() { CalibrationPercentile = 0 }, "0" },
        { "CalibrationPercentile", new() { CalibrationPercentile = 1.5 }, "1.5" },
        { "normalisation", new() { Normalisation = new Normalisation(0, float.NaN) }, "NaN" },
        { "Optimizer", new() { Optimizer = null! }, "null" },
        { "BiasBits", new() { BiasBits = 1 }, "1" },
        { "BiasBits", new() { BiasBits = 9 }, "9" },
        { "MasksPerEpoch", new() { Pruning = new() { MasksPerEpoch = 0 } }, "0" },
        { "Ramp", new() { Pruning = new() { Ramp = 0 } }, "0" },
        { "ReturnRate", new() { Pruning = new() { ReturnRate = 1.5 } }, "1.5" },
        { "Scope", new() { Pruning = new() { Scope = (PruningScope)7 } }, "7" },
        { "rate", new() { Sharing = new() { Rate = -1 } }, "-1" },
        { "Start", new() { Sharing = new() { Start = (ClusterStart)7 } }, "7" },
    };

    [Theory, MemberData(nameof(BadOptions))]
    public void OptionsAreNamedWithTheirValue(string name, TrainingOptions options, string value)
    {
        var error = Refused(s_model, options, Samples(30, 1), Samples(30, 2));
        Assert.Contains(name, error.Message);
        Assert.Contains(value, error.Message);
    }

    [Fact]
    public void SamplesOfAnotherWidthAreNamed()
    {
        var narrow = new LabelledSamples(new float[8], [0], 8);
        Assert.Contains("takes 9 inputs, but the training samples have 8", Refused(s_model, new(), narrow, Samples(30, 2)).Message);
        Assert.Contains("takes 9 inputs, but the validation samples have 8", Refused(s_model, new(), Samples(30, 1), narrow).Message);
    }

    [Fact]
    public void LabelsBeyondTheOutputsAreNamed()
    {
        var labelled = new LabelledSamples(new float[9], [3], 9);
        Assert.Contains("3 outputs, but the training samples have the label 3", Refused(s_model, new(), labelled, Samples(30, 2)).Message);
        Assert.Contains("3 outputs, but the validation samples have the label 3", Refused(s_model, new(), Samples(30, 1), labelled).Message);
    }

    [Fact]
    public void NoTrainingSamplesAreTooFew() =>
        Assert.Contains("no samples", Refused(s_model, new(), new LabelledSamples([], [], 9), Samples(30, 2)).Message);

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void NumbersThatAreNotFiniteAreNamedWithTheirPlace(float value)
    {
        var error = Assert.Throws<ArgumentException>("inputs", () => new LabelledSamples([1, 2, 3, 4, 5, value], [0, 1], 3));
        Assert.Contains($"Sample 1, input 2 is {value}", error.Message);
    }

    [Fact]
    public void SamplesMustFitTogether()
    {
        Assert.Contains("2 samples of 3 inputs need 6 numbers, but 5", Assert.Throws<ArgumentException>("inputs", () => new LabelledSamples(new float[5], [0, 1], 3)).Message);
        Assert.Contains("Sample 1 has the label -1", Assert.Throws<ArgumentException>("labels", () => new LabelledSamples(new float[6], [0, -1], 3)).Message);
        Assert.Throws<ArgumentOutOfRangeException>("width", () => new LabelledSamples([], [], 0));
        Assert.Throws<ArgumentNullException>("inputs", () => new LabelledSamples(null!, [], 1));
        Assert.Throws<ArgumentNullException>("labels", () => new LabelledSamples([], null!, 1));
    }

    public static TheoryData<string, ModelDescription> BadModels => new()
    {
        { "has no layers", s_model with { Layers = [] } },
        { "layer 1/Out takes 24 inputs, but 0/Hidden gives 23", s_model with { Layers = [Dense("0/Hidden", 9, 23), Dense("1/Out", 24, 3)] } },
        { "layer 0/Hidden has Softmax", Model(Activation.Softmax, Precision.Fp32, null, null) },
        { "layer 0/Hidden has 1 clusters", Model(Activation.Relu, Precision.Fp32, null, 1) },
        { "layer 0/Hidden has 257 clusters", Model(Activation.Relu, Precision.Fp32, null, 257) },
        { "layer 0/Hidden has a sparsity of 1;", Model(Activation.Relu, Precision.Fp32, 1, null) },
        { "layer 0/Hidden has a sparsity of NaN;", Model(Activation.Relu, Precision.Fp32, double.NaN, null) },
        { "layer 0/Wide has 60000 inputs", s_model with { Layers = [Dense("0/Wide", 60000, 3, precision: Precision.Int8)] } },
    };

    [Theory, MemberData(nameof(BadModels))]
    public void ModelsThatCannotBeTrainedAreNamed(string part, ModelDescription model) =>
        Assert.Contains(part, Refused(model, new(), Samples(30, 1), Samples(30, 2)).Message);

    private static ArgumentException Refused(ModelDescription model, TrainingOptions options, LabelledSamples train, LabelledSamples validation)
    {
        var reports = new Harness.Reports();
        var error = Assert.ThrowsAny<ArgumentException>(() => new Trainer(model, options) { Progress = reports }.Run(train, validation, TestContext.Current.CancellationToken));
        Assert.Empty(reports.All);
        return error;
    }
}
