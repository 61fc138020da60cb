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

    public static LayerKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);
}
