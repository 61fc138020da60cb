namespace Espalier;

/// <summary>What happens to a layer's sums before they leave it.</summary>
public enum Activation
{
    /// <summary>Nothing: the sums leave as they are.</summary>
    None = 0,

    /// <summary>max(0, x).</summary>
    Relu = 1,

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    Sigmoid = 2,

    /// <summary>tanh x.</summary>
    Tanh = 3,

    /// <summary>eˣ over the sum of all eˣ of the layer.</summary>
    Softmax = 4,
}
