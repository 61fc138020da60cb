using System.Text.RegularExpressions;

namespace Espalier.Corpus.Tests;

/// <summary>Mistakes in convolutions and compositions, each in a program beside the set's.</summary>
internal static partial class ImageSeeders
{
    /// <summary>Layers that the programs put together; every name of a class begins with a dollar.</summary>
    private const string Layers =
        "[Conv2D(3, 8, 3)] class $A; [Conv2D(8, 8, 3, Padding = 1)] class $B; [Conv2D(16, 4, 3)] class $C; [Conv2D(8, 16, 3, Stride = 2, Padding = 1)] class $D; [MaxPool(2)] class $P; [Flatten] class $F; [Dropout(0.5)] class $Z; ";

    public static readonly Seeder[] All =
    [
        Of("ESP0206", "channels of another layer", Model("typeof($A), «typeof($C)»")),
        Of("ESP0206", "an image of other channels", "[Image(1, 20, 20), Sequential(«typeof($A)»)] partial class $M;"),
        Of("ESP0206", "a convolution behind a flattened image", Model("typeof($A), typeof($F), «typeof($B)»")),
        Of("ESP0206", "a pool behind a flattened image", Model("typeof($A), typeof($F), «typeof($P)»")),
        Of("ESP0206", "the sum of two branches' channels", "[Concat(typeof($B), typeof($B))] class $R; " + Model("typeof($A), typeof($R), «typeof($B)»")),
        Of("ESP0206", "a body whose second layer does not fit", "[Residual(typeof($D), «typeof($B)»)] class $R; "),

        Of("ESP0207", "a window larger than the image", "[Image(3, 2, 2), Sequential(«typeof($A)»)] partial class $M;"),
        Of("ESP0207", "a dilated window", "[Conv2D(8, 8, 3, Dilation = 9)] class $W; " + Model("typeof($A), «typeof($W)»")),
        Of("ESP0207", "one pool too many", Model("typeof($A), typeof($P), typeof($P), typeof($P), typeof($P), «typeof($P)»")),
        Of("ESP0207", "a pool of one row too many", "[AveragePool(19, 1)] class $W; " + Model("typeof($A), «typeof($W)»")),
        Of("ESP0207", "a block behind which an image ends", "[Sequential(typeof($P), typeof($P), typeof($P), typeof($P), typeof($P))] class $R; " + Model("typeof($A), «typeof($R)»")),

        Of("ESP0208", "a body of more channels", "[«Residual(typeof($D))»] class $R; " + Model("typeof($A), typeof($R)")),
        Of("ESP0208", "a body with a pool", "[Residual(typeof($B), typeof($P))] class $R; " + Model("typeof($A), «typeof($R)»")),
        Of("ESP0208", "a projection of other channels", "[Conv2D(8, 4, 1)] class $S; [«Residual(typeof($D), Projection = typeof($S))»] class $R; " + Model("typeof($A), typeof($R)")),
        Of("ESP0208", "a projection without the stride", "[Conv2D(8, 16, 1)] class $S; [Residual(typeof($D), Projection = typeof($S))] class $R; " + Model("typeof($A), «typeof($R)»")),
        Of("ESP0208", "a body without padding", "[Conv2D(8, 8, 3)] class $N; [Residual(typeof($N)), Relu] class $R; " + Model("typeof($A), «typeof($R)»")),

        Of("ESP0209", "a branch with a pool", "[Concat(typeof($B), typeof($P))] class $R; " + Model("typeof($A), «typeof($R)»")),
        Of("ESP0209", "a branch with a stride", "[Concat(typeof($D), typeof($B))] class $R; " + Model("typeof($A), «typeof($R)»")),
        Of("ESP0209", "one branch", "[«Concat(typeof($B))»] class $R; " + Model("typeof($A), typeof($R)")),
        Of("ESP0209", "a branch without padding", "[Conv2D(8, 8, 5)] class $N; [Concat(typeof($N), typeof($B), typeof($B))] class $R; " + Model("typeof($A), «typeof($R)»")),
        Of("ESP0209", "a branch of a vector", "[GlobalAveragePool] class $G; [Concat(typeof($G), typeof($B))] class $R; " + Model("typeof($A), «typeof($R)»")),

        Of("ESP0210", "a block of more channels", "[Repeat(«typeof($D)», 2)] class $R; " + Model("typeof($A), typeof($R)")),
        Of("ESP0210", "a pool again and again", "[Repeat(typeof($P), 2)] class $R; " + Model("typeof($A), «typeof($R)»")),
        Of("ESP0210", "branches again", "[Concat(typeof($B), typeof($B))] class $K; [Repeat(«typeof($K)», 4)] class $R; " + Model("typeof($A), typeof($R)")),
        Of("ESP0210", "a layer without padding", "[Conv2D(8, 8, 3)] class $N; [Repeat(typeof($N), 3)] class $R; " + Model("typeof($A), «typeof($R)»")),
        Of("ESP0210", "a dense layer", "[Dense(5, 6)] partial class $N; [Repeat(«typeof($N)», 3)] class $R; [Sequential(typeof($R))] partial class $M;"),

        Of("ESP0211", "a residual block in itself", "[Residual(typeof($B), «typeof($R)»)] class $R; "),
        Of("ESP0211", "a repeated block in itself", "[Repeat(«typeof($R)», 2)] class $R; "),
        Of("ESP0211", "a branch that is the whole", "[Concat(typeof($B), «typeof($R)»)] class $R; "),
        Of("ESP0211", "a projection that is the block", "[Residual(typeof($B), «Projection = typeof($R)»)] class $R; "),
        Of("ESP0211", "a model in itself", "[Image(8, 9, 9), Sequential(typeof($B), «typeof($M)»)] partial class $M;"),

        Of("ESP0212", "more groups than channels", "[Conv2D(4, 4, 3, «Groups = 8»)] class $N;"),
        Of("ESP0212", "groups of the channels that enter alone", "[Conv2D(8, 9, 3, «Groups = 8»)] class $N;"),
        Of("ESP0212", "groups of the channels that leave alone", "[Conv2D(9, 8, 3, «Groups = 4»)] class $N;"),
        Of("ESP0212", "groups of neither", "[Conv2D(9, 7, 3, «Groups = 2»), BatchNorm] class $N;"),
        Of("ESP0212", "groups by a sum", "[Conv2D(9, 9, 1, 3, Stride = 2, «Groups = 3 + 2»)] class $N;"),

        Of("ESP0213", "negative padding", "[Conv2D(9, 9, 3, «Padding = -1»)] class $N;"),
        Of("ESP0213", "negative padding of rows", "[Conv2D(9, 9, 3, «PaddingHeight = -2»)] class $N;"),
        Of("ESP0213", "padding of a whole window", "[MaxPool(2, «Padding = 2»)] class $N;"),
        Of("ESP0213", "padding of most of a window", "[AveragePool(5, «Padding = 3», Stride = 1)] class $N;"),
        Of("ESP0213", "padding of columns", "[MaxPool(4, 3, «PaddingWidth = 2»)] class $N;"),

        Of("ESP0214", "training of a chain without an image", "[«Sequential(typeof($A), typeof($B))», Train(Epochs = 3)] class $N;"),
        Of("ESP0214", "a floor of a chain without an image", "[«Sequential(typeof($A))», AccuracyFloor(0.5)] class $N;"),
        Of("ESP0214", "an image on a layer", "[Dense(3, 4), «Image(1, 1, 3)»] partial class $N; [Sequential(typeof($N))] partial class $M;"),
        Of("ESP0214", "an image on a residual block", "[Residual(typeof($B)), «Image(8, 9, 9)»] class $N;"),
        Of("ESP0214", "a chain of a block without an image", "[Residual(typeof($B))] class $R; [«Sequential(typeof($R))», Coding(global::Espalier.CodingGoal.FastStart)] class $N;"),

        Of("ESP0215", "ten thousand layers", "[Repeat(«typeof($B)», 10000)] class $R;"),
        Of("ESP0215", "one layer too many", "[Repeat(«typeof($B)», 4097)] class $R;"),
        Of("ESP0215", "repeats of repeats", "[Repeat(typeof($B), 100)] class $K; [Repeat(«typeof($K)», 41)] class $R;"),
        Of("ESP0215", "blocks of many", "[Residual(typeof($B), typeof($B))] class $K; [Repeat(«typeof($K)», 2000)] class $R;"),
        Of("ESP0215", "as many as an integer holds", "[Repeat(«typeof($B)», int.MaxValue)] class $R;"),

        Of("ESP0216", "a percentage to drop", "[Conv2D(3, 8, 3), Dropout(«50»)] class $N;"),
        Of("ESP0216", "everything dropped", "[Dropout(«1.0»)] class $N;"),
        Of("ESP0216", "no epsilon", "[Conv2D(3, 8, 3), BatchNorm(«Epsilon = 0»)] class $N;"),
        Of("ESP0216", "a momentum of none", "[Conv2D(3, 8, 3), BatchNorm(«Momentum = 0»)] class $N;"),
        Of("ESP0216", "a negative weight of squares", "[LocalResponseNorm(5, «Alpha = -1e-4»)] class $N;"),
        Of("ESP0216", "a negative power", "[Conv2D(3, 8, 3), LocalResponseNorm(5, «Beta = -0.75», K = 2)] class $N;"),

        Of("ESP0217", "dropout first", "[Image(3, 20, 20), Sequential(«typeof($Z)», typeof($A))] partial class $M;"),
        Of("ESP0217", "dropout before a dense layer", "[Dense(5, 6)] partial class $N; [Sequential(«typeof($Z)», typeof($N))] partial class $M;"),
        Of("ESP0217", "dropout first in a residual block", "[Residual(«typeof($Z)», typeof($B))] class $R; " + Model("typeof($A), typeof($R)")),
        Of("ESP0217", "dropout as a branch", "[Concat(typeof($B), «typeof($Z)»)] class $R; " + Model("typeof($A), typeof($R)")),
        Of("ESP0217", "dropout as a projection", "[Residual(typeof($B), «Projection = typeof($Z)»)] class $R; " + Model("typeof($A), typeof($R)")),

        Of("ESP0218", "a bias of a convolution", "[Conv2D(3, 8, 3, «Bias = true»), BatchNorm] class $N;"),
        Of("ESP0218", "a bias before a stride", "[Conv2D(3, 8, 3, «Bias = true», Stride = 2), BatchNorm, Relu] class $N;"),
        Of("ESP0218", "a bias of a dense layer", "[Dense(30, 40, «Bias = true»), BatchNorm] partial class $N;"),
        Of("ESP0218", "a bias that is not false", "[BatchNorm, Conv2D(3, 8, 1, 1, «Bias = !false»)] class $N;"),
        Of("ESP0218", "a bias of a depthwise convolution", "[BatchNorm(Epsilon = 1e-3), Conv2D(8, 8, 3, Groups = 8, «Bias = true»)] class $N;"),

        Of("ESP0219", "an image of a mile", "[Image(3, 30000, 30000), Sequential(«typeof($A)»)] partial class $M;"),
        Of("ESP0219", "pixels for channels", "[Conv2D(8, 200000, 1)] class $N; [Image(3, 100, 100), Sequential(typeof($A), «typeof($N)»)] partial class $M;"),
        Of("ESP0219", "a long image", "[Image(3, 3, 200000000), Sequential(«typeof($A)»)] partial class $M;"),
        Of("ESP0219", "padding without end", "[Conv2D(8, 8, 3, Padding = 10000)] class $N; " + Model("typeof($A), «typeof($N)»")),
        Of("ESP0219", "a pool of an image that is too large", "[Image(3, 30000, 30000), Sequential(«typeof($P)»)] partial class $M;"),

        Of("ESP0309", "bf16 sums", "[Conv2D(3, 8, 3), BatchNorm, Quantize(global::Espalier.Precision.Bf16, «Accumulators = global::Espalier.Precision.Bf16»)] class $N;"),
        Of("ESP0309", "fp16 sums", "[Conv2D(3, 8, 3), BatchNorm, Quantize(global::Espalier.Precision.Fp16, «Accumulators = global::Espalier.Precision.Fp16»)] class $N;"),
        Of("ESP0309", "bf16 sums of fp16 weights", "[Conv2D(3, 8, 3), BatchNorm, Relu, Quantize(global::Espalier.Precision.Fp16, «Accumulators = global::Espalier.Precision.Bf16»)] class $N;"),
        Of("ESP0309", "fp16 sums of fp32 weights", "[BatchNorm, Conv2D(3, 8, 3), Quantize(global::Espalier.Precision.Fp32, «Accumulators = global::Espalier.Precision.Fp16»)] class $N;"),
        Of("ESP0309", "fp16 sums of a dense layer", "[BatchNorm, Dense(30, 8), Quantize(global::Espalier.Precision.Fp16, «Accumulators = global::Espalier.Precision.Fp16»)] partial class $N;"),
    ];

    private static string Model(string listed) => $"[Image(3, 20, 20), Sequential({listed})] partial class $M;";

    private static Seeder Of(string id, string what, string program, params string[] also) =>
        new(id, what, spot => spot.Set.More += Attribute().Replace(
            Name().Replace(Layers + program, name => spot.NewName("Seeded" + name.Groups[1].Value)), attribute => $"{attribute.Groups[1].Value}global::Espalier.{attribute.Groups[2].Value}"))
        {
            Also = also,
        };

    [GeneratedRegex(@"\$([A-Z])")]
    private static partial Regex Name();

    /// <summary>Names of attributes in full: the set may not import them.</summary>
    [GeneratedRegex(@"([\[«]|, )(GlobalAveragePool|LocalResponseNorm|AccuracyFloor|AveragePool|Sequential|BatchNorm|Residual|Quantize|Codebook|MaxPool|Dropout|Flatten|Conv2D|Concat|Repeat|Coding|Image|Dense|Train|Prune|Relu)\b(?! =)")]
    private static partial Regex Attribute();
}
