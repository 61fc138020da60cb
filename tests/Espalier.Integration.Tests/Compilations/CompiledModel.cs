using System.Reflection;

namespace Espalier.Integration.Tests.Compilations;

/// <summary>A model whose class the tests do not know when they are compiled.</summary>
/// <param name="Description">The whole graph.</param>
/// <param name="Create">Packs weights for a tier.</param>
/// <param name="CreateOnThreads">The same for so many threads.</param>
internal sealed record CompiledModel(
    ModelDescription Description, Func<ModelWeights, InstructionTier, IPredictor> Create, Func<ModelWeights, InstructionTier, int, IPredictor> CreateOnThreads)
{
    public static CompiledModel Of(Type type) =>
        (CompiledModel)typeof(CompiledModel).GetMethod(nameof(OfModel), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(type).Invoke(null, null)!;

    private static CompiledModel OfModel<TModel>()
        where TModel : IModel<TModel> => new(TModel.Description, (weights, tier) => TModel.Create(weights, tier), (weights, tier, threads) => TModel.Create(weights, tier, threads));
}
