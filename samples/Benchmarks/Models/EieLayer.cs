using Espalier;

namespace Benchmarks.Models;

/// <summary>One layer of the EIE paper.</summary>
/// <param name="Name">As in the paper.</param>
/// <param name="Pruned">Its description, pruned with a codebook.</param>
/// <param name="CreatePruned">Compiles it.</param>
/// <param name="CreateThreaded">Compiles it for several threads.</param>
/// <param name="Dense">The description of its shape in dense int8.</param>
/// <param name="CreateDense">Compiles that.</param>
/// <param name="SparseTorchMicros">TorchSharp CSR with int32 indices at batch 1, quoted and not measured here: AMD Zen 4, one thread, TorchSharp 0.107.</param>
internal sealed record EieLayer(
    string Name,
    ModelDescription Pruned,
    Func<ModelWeights, InstructionTier?, CompiledModel> CreatePruned,
    Func<ModelWeights, int, CompiledModel> CreateThreaded,
    ModelDescription Dense,
    Func<ModelWeights, InstructionTier?, CompiledModel> CreateDense,
    double SparseTorchMicros)
{
    public static IReadOnlyList<EieLayer> All { get; } =
    [
        Of<Alex6, Dense9216x4096>("Alex-6", 2939),
        Of<Alex7, Dense4096x4096>("Alex-7", 498),
        Of<Alex8, Dense4096x1000>("Alex-8", 337),
        Of<Vgg6, Dense25088x4096>("VGG-6", 4177),
        Of<Vgg7, Dense4096x4096>("VGG-7", 206),
        Of<Vgg8, Dense4096x1000>("VGG-8", 277),
        Of<NtWe, Dense4096x600>("NT-We", 71),
        Of<NtWd, Dense600x8791>("NT-Wd", 173),
        Of<NtLstm, Dense1201x2400>("NT-LSTM", 82),
    ];

    private static EieLayer Of<TPruned, TDense>(string name, double sparseTorchMicros)
        where TPruned : IModel<TPruned>
        where TDense : IModel<TDense> =>
        new(name, TPruned.Description, CompiledModel.Create<TPruned>, CompiledModel.CreateThreaded<TPruned>, TDense.Description, CompiledModel.Create<TDense>, sparseTorchMicros);
}
