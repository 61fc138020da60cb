using Espalier;

namespace Mnist;

/// <summary>One network of the <c>lowprecision</c> command.</summary>
/// <param name="Case">The network's shape, by its name.</param>
/// <param name="Name">What is special about its numbers.</param>
/// <param name="Train">Trains it and measures it.</param>
internal sealed record LowPrecisionVariant(string Case, string Name, Func<LowPrecisionRun, CancellationToken, LowPrecisionResult> Train)
{
    public const string Stochastic = "8-bit weights";
    public const string Nearest = "8-bit weights, nearest";
    public const string Reference = "fp32";
    private const string LeNet = "LeNet-300-100";
    private const string Small = "784-100-50-10";

    /// <summary>Everything that is compared; the reference of a shape comes first.</summary>
    public static IReadOnlyList<LowPrecisionVariant> All { get; } =
    [
        Of<DenseLeNet300>(LeNet, Reference),
        Of<ByteLeNet300>(LeNet, Stochastic),
        Of<NearestLeNet300>(LeNet, Nearest),
        Of<ByteLeNet300>(LeNet, "8-bit weights, no momentum", momentum: false),
        Of<IntegerLeNet300>(LeNet, "8-bit weights and gradients"),
        Of<HalfLeNet300>(LeNet, "fp16, master weights, loss scaling"),
        Of<BrainLeNet300>(LeNet, "bf16, no master weights"),
        Of<DenseSmall>(Small, Reference),
        Of<ByteSmall>(Small, Stochastic),
        Of<IntegerSmall>(Small, "8-bit weights and gradients"),
    ];

    private static LowPrecisionVariant Of<TModel>(string testCase, string name, bool momentum = true)
        where TModel : IModel<TModel> =>
        new(testCase, name, (run, cancellation) => run.Train<TModel>(LowPrecisionRecipe.With(run.Seed, run.Epochs, momentum), cancellation));
}
