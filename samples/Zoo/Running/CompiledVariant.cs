using System.Reflection;
using Espalier;

namespace Zoo.Running;

/// <summary>A generated network whose class this program does not know when it is compiled.</summary>
/// <param name="Description">Its graph.</param>
/// <param name="Create">Packs weights for the best tier, for so many threads.</param>
/// <param name="ScratchBytes">What a prediction needs beyond the weights; null of a chain of dense layers.</param>
/// <param name="Times">How long it took to make.</param>
internal sealed record CompiledVariant(ModelDescription Description, Func<ModelWeights, int, IPredictor> Create, int? ScratchBytes, CompileTimes Times)
{
    public static CompiledVariant Of(Type type, CompileTimes times) =>
        (CompiledVariant)typeof(CompiledVariant).GetMethod(nameof(OfModel), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(type).Invoke(null, [times])!;

    private static CompiledVariant OfModel<TModel>(CompileTimes times)
        where TModel : IModel<TModel> => new(
            TModel.Description,
            (weights, threads) => TModel.Create(weights, null, threads),
            (int?)typeof(TModel).GetField("ScratchBytes", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue(),
            times);
}
