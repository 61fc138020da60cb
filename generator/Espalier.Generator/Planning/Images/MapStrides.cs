namespace Espalier.Planning;

/// <summary>Images between kernels stand channels last. How many numbers lie from one pixel to the next.</summary>
internal static class MapStrides
{
    /// <summary>Channels that kernels read and write together.</summary>
    public const int Vector = 16;

    /// <summary>So few channels, those of a model's input, stand without gaps.</summary>
    public const int FewChannels = 4;

    /// <summary>The stride of what passes between layers: whole vectors of channels, so that no pixel shares one.</summary>
    public static int Between(TensorShape shape) => (shape.Channels + Vector - 1) / Vector * Vector;

    /// <summary>The stride of the model's input: few channels, as colours, stand without gaps, as convolutions read them.</summary>
    public static int OfInput(TensorShape shape) => shape.Channels switch
    {
        <= FewChannels => shape.Channels,
        _ => Between(shape),
    };

    /// <summary>The stride of what a dense layer takes: its columns leave no room between pixels.</summary>
    public static int Tight(TensorShape shape) => shape.Channels;
}
