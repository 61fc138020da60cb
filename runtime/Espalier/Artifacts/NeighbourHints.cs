using Espalier.Planning;

namespace Espalier;

/// <summary>At which distances columns of a layer's weights are neighbours: rows and channels of a convolution's window, or of the image that a dense layer takes.</summary>
internal static class NeighbourHints
{
    /// <summary>A row's length and a channel's; to be tried, the weights themselves may say otherwise. None where a vector enters.</summary>
    public static int[] Of(LayerDescription layer) => layer.Kind switch
    {
        LayerKinds.Convolution => [layer.Arguments[3], layer.Arguments[2] * layer.Arguments[3]],
        LayerKinds.Dense when layer.InputShape.IsImage => [layer.InputShape.Width, layer.InputShape.Pixels],
        _ => [],
    };
}
