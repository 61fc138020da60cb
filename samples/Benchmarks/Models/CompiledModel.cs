using System.Reflection;
using Espalier;
using Espalier.Kernels;

namespace Benchmarks.Models;

/// <summary>Predicts one sample, or several one behind the other.</summary>
internal delegate void Prediction(ReadOnlySpan<float> inputs, Span<float> outputs);

/// <summary>Any generated model, so that one table can hold many classes.</summary>
/// <param name="Tier">The instruction tier that it runs on.</param>
/// <param name="One">Predicts one sample.</param>
/// <param name="Batch">Predicts several samples.</param>
/// <param name="Layers">What the kernels read, in order.</param>
internal sealed record CompiledModel(InstructionTier Tier, Prediction One, Prediction Batch, IReadOnlyList<PackedLayer> Layers)
{
    /// <summary>Bytes that the layers' kernels read in one prediction.</summary>
    public long TableBytes => Layers.Sum(layer => layer.TableBytes);

    /// <summary>The layouts that were compiled in, e.g. <c>WindowedLaneSlices 16x4 w128</c>.</summary>
    public string Layouts => string.Join(", ", Layers.Select(LayoutOf).Distinct());

    /// <summary>Packs weights for a generated model.</summary>
    /// <param name="weights">Weights of this model.</param>
    /// <param name="tier">The tier to run on; the best unless said.</param>
    public static CompiledModel Create<TModel>(ModelWeights weights, InstructionTier? tier = null)
        where TModel : IModel<TModel> => Of(TModel.Create(weights, tier), tier);

    /// <summary>Packs weights for a generated model that runs on several threads.</summary>
    /// <param name="weights">Weights of this model.</param>
    /// <param name="threads">Threads of one prediction.</param>
    public static CompiledModel CreateThreaded<TModel>(ModelWeights weights, int threads)
        where TModel : IModel<TModel> => Of(TModel.Create(weights, null, threads), null);

    private static CompiledModel Of<TModel>(TModel model, InstructionTier? tier)
        where TModel : IModel<TModel>
    {

        // IModel does not promise PredictBatch, though every generated model has it.
        var batch = typeof(TModel).GetMethod("PredictBatch", [typeof(ReadOnlySpan<float>), typeof(Span<float>)])!.CreateDelegate<Prediction>(model);
        return new CompiledModel(InstructionTiers.Resolve(tier), model.Predict, batch, PackedLayersOf(model));
    }

    /// <summary>What a model packed is its own affair: only a benchmark wants to know how large it is.</summary>
    private static List<PackedLayer> PackedLayersOf(object model)
    {
        const BindingFlags Own = BindingFlags.Instance | BindingFlags.NonPublic;
        var packed = model.GetType().GetField("_packed", Own)?.GetValue(model) ?? throw new InvalidOperationException($"{model.GetType().Name} keeps its packed layers elsewhere than expected.");
        return [.. packed.GetType().GetFields(Own).Select(field => field.GetValue(packed)).OfType<PackedLayer>()];
    }

    private static string LayoutOf(PackedLayer layer)
    {
        var layout = layer.GetType().DeclaringType?.Name ?? layer.GetType().Name;
        var window = layer.Shape.Window > 0 ? $" w{layer.Shape.Window}" : "";
        return $"{layout} {layer.Shape.Rows}x{layer.Shape.Slots}{window}";
    }
}
