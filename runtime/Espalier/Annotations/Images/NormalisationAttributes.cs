using System;

namespace Espalier;

/// <summary>
/// Normalises the sums of each output or output channel over a batch, before the activation (Ioffe and Szegedy 2015). Trained in fp32 whatever the
/// layer's precision, and folded into weights and biases for inference: before weights are quantized.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class BatchNormAttribute : Attribute
{
    /// <summary>Added to the variance, above 0. 1e-5 unless set.</summary>
    public double Epsilon { get; set; } = 1e-5;

    /// <summary>The weight of a new batch in the running mean and variance, in (0, 1]. 0.1 unless set.</summary>
    public double Momentum { get; set; } = 0.1;
}

/// <summary>
/// Divides each number by (k + alpha / size · Σ squares)^beta, the sum over <paramref name="size"/> neighbouring channels of its pixel (Krizhevsky et al.
/// 2012, in PyTorch's form). Beside <c>[Conv2D]</c> it follows the activation, before pooling. Computed in fp32.
/// </summary>
/// <param name="size">Neighbouring channels, at least 1.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class LocalResponseNormAttribute(int size) : Attribute
{
    /// <summary>Neighbouring channels.</summary>
    public int Size { get; } = size;

    /// <summary>The weight of the squares, at least 0. 1e-4 unless set.</summary>
    public double Alpha { get; set; } = 1e-4;

    /// <summary>The power, at least 0. 0.75 unless set.</summary>
    public double Beta { get; set; } = 0.75;

    /// <summary>What the squares are added to, above 0. 1 unless set.</summary>
    public double K { get; set; } = 1;
}

/// <summary>Sets a share of the outputs to 0 while training and scales the others up, so that their sum stays (Srivastava et al. 2014). Nothing at inference. By itself, as a class that is listed, it acts on what the layer before gives.</summary>
/// <param name="rate">The share, in [0, 1).</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class DropoutAttribute(double rate) : Attribute
{
    /// <summary>The share of outputs that become 0.</summary>
    public double Rate { get; } = rate;
}

/// <summary>Says that an image becomes a vector here: channel by channel, in each row by row. <c>[Dense]</c> does the same by itself.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class FlattenAttribute : Attribute;
