namespace Espalier;

/// <summary>A fully connected layer of shape (<paramref name="inputs"/>, <paramref name="outputs"/>).</summary>
/// <param name="inputs">Numbers that enter, at least 1.</param>
/// <param name="outputs">Numbers that leave, at least 1.</param>
public sealed class DenseAttribute(int inputs, int outputs) : LayerAttribute
{
    /// <summary>Numbers that enter.</summary>
    public int Inputs { get; } = inputs;

    /// <summary>Numbers that leave.</summary>
    public int Outputs { get; } = outputs;

    /// <summary>Whether every output has a bias. True unless set.</summary>
    public bool Bias { get; set; } = true;
}
