using System.Text;

namespace Espalier.Generator.Tests;

/// <summary>ESP0305 and ESP0312 turn down exactly the sums and gradients that training turns down, over all precisions.</summary>
public class TrainableRolesTests
{
    private static readonly Precision[] s_all = Enum.GetValues<Precision>();

    private static readonly (Precision Weights, Precision Inputs)[] s_layers =
    [
        .. from weights in s_all where weights != Precision.Int32
           from inputs in s_all where IsInput(weights, inputs)
           select (weights, inputs),
    ];

    [Fact]
    public async Task ESP0305_AgreesWithTraining() => await AssertAgree("ESP0305", "Accumulators", (layer, sums) => layer with { Accumulators = sums });

    [Fact]
    public async Task ESP0312_AgreesWithTraining() => await AssertAgree("ESP0312", "Gradients", (layer, gradients) => layer with { Gradients = gradients });

    private static async Task AssertAgree(string id, string argument, Func<QuantizationDescription, Precision, QuantizationDescription> with)
    {
        var program = new StringBuilder("namespace N; using Espalier;\n");
        var refused = new List<string>();
        var cases = 0;
        foreach (var (weights, inputs) in s_layers)
        {
            foreach (var role in s_all)
            {
                var name = $"L{cases++}";
                program.Append($"[Dense(600, 3), Quantize(Precision.{weights}, Inputs = Precision.{inputs}, {argument} = Precision.{role})] partial class {name};\n");
                if (!IsTrained(with(Fitting(weights, inputs), role)))
                {
                    refused.Add(name);
                }
            }
        }

        var found = await AnalyzerHarness.Run(TestCompilation.Of(program.ToString()));
        Assert.InRange(refused.Count, 20, cases - 100);
        Assert.Equal(refused.Order(), found.Where(one => one.Id == id).Select(one => one.GetMessage().Split('\'')[1]).Order());
    }

    private static bool IsTrained(QuantizationDescription quantization)
    {
        var layer = new LayerDescription { Path = "0/L", Kind = "Dense", Arguments = [600, 3], Inputs = 600, Outputs = 3, Quantization = quantization };
        var samples = new LabelledSamples(new float[600], [0], 600);
        try
        {
            new Trainer(new ModelDescription { Name = "N.M", Layers = [layer] }, new TrainingOptions { Epochs = 0, Normalisation = Normalisation.None }).Run(samples, samples);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>What the attribute fills in.</summary>
    private static QuantizationDescription Fitting(Precision weights, Precision inputs)
    {
        var description = new QuantizationDescription { Weights = weights, Inputs = inputs, Outputs = inputs };
        return description with { Accumulators = description is { WeightTop: > 0, InputTop: > 0 } ? Precision.Int32 : Precision.Fp32 };
    }

    private static bool IsInput(Precision weights, Precision inputs) => inputs switch
    {
        Precision.Fp32 or Precision.Fp16 or Precision.Bf16 or Precision.Int8 or Precision.Int4 => true,
        Precision.Int16 => weights is Precision.Int8 or Precision.Int4 or Precision.Ternary or Precision.Binary,
        _ => false,
    };
}
