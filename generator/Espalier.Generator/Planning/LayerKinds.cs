using System.Linq;

namespace Espalier.Planning;

/// <summary>The one ordered list of layer kinds.</summary>
internal static class LayerKinds
{
    public static readonly LayerKind[] All =
    {
        new DenseKind(),
        new Conv2DKind(),
        new MaxPoolKind(),
        new AveragePoolKind(),
        new GlobalAveragePoolKind(),
        new LocalResponseNormKind(),
        new AddKind(),
        new ConcatKind(),
    };

    /// <summary>The name of fully connected layers.</summary>
    public const string Dense = "Dense";

    /// <summary>The name of convolutions.</summary>
    public const string Convolution = "Conv2D";

    /// <summary>The name of sums of tensors.</summary>
    public const string Addition = "Add";

    /// <summary>The name of channels put one after the other.</summary>
    public const string Concatenation = "Concat";

    public static LayerKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);
}
