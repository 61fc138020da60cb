using Espalier.Integration.Tests.Kernels;
using Espalier.Kernels;
using Espalier.Planning;
using Xunit;

namespace Espalier.Integration.Tests.Images;

/// <summary>Holds compiled networks of images on every tier against the simulation: bit for bit where all numbers are codes, within the stated bound elsewhere.</summary>
internal static class GraphAgreement
{
    public static void Check(CompiledGraph graph, ModelWeights weights, GraphWeights random, int samples = 3)
    {
        var model = weights.Model;
        var simulation = new Simulation(weights);
        var forms = model.ToForms();
        var exact = Enumerable.Range(0, model.Layers.Length).All(layer => model.Layers[layer].HasWeights ? model.Layers[layer].IsInteger : layer + 1 == model.Layers.Length || forms[layer] != EdgeForm.Floats);
        var encodes = Enumerable.Range(0, model.Layers.Length).Any(forms.Encodes);
        var (expected, actual) = (new float[model.Outputs], new float[model.Outputs]);
        Assert.Equal(ImagePlanner.Plan(forms, [.. model.ToFacts().Select(Planner.Plan)]).ScratchBytes, graph.ScratchBytes);
        foreach (var tier in Tiers.Supported)
        {
            var compiled = graph.Model.Create(weights, tier);
            for (var sample = 0; sample < samples; sample++)
            {
                var input = random.Inputs(model.Inputs);
                simulation.Predict(input, expected);
                compiled.Predict(input, actual);
                if (sample == 0)
                {
                    GuardedPrediction.Check(compiled, graph.ScratchBytes, input, actual, $"{model.Name} on {tier}");
                }

                for (var i = 0; i < expected.Length; i++)
                {
                    // A number that differs in its last bit may round to the code beside: a step of the grid, no more.
                    var tolerance = (encodes ? 0.05f : 1e-4f) * Math.Max(1, expected.Max(MathF.Abs));
                    Assert.True(
                        exact ? BitConverter.SingleToInt32Bits(expected[i]) == BitConverter.SingleToInt32Bits(actual[i]) : MathF.Abs(expected[i] - actual[i]) <= tolerance,
                        $"{model.Name} on {tier}, output {i}: expected {expected[i]:R}, got {actual[i]:R}\n{string.Join('\n', model.Layers.Select(layer => $"{layer.Path} {layer.InputShape} {layer.OutputShape} [{string.Join(',', layer.Arguments)}] {layer.Activation} {layer.Quantization.Weights} from {string.Join(',', layer.Sources)}"))}");
                }
            }
        }
    }
}
