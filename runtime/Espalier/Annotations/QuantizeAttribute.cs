using System;

namespace Espalier;

/// <summary>The precision of a layer's weights and, where the rest is not said, of everything that fits them.</summary>
/// <param name="weights">
/// The precision of the weights. Int8, Int4, Ternary and Binary weights compute in integers with 8-bit activations, or with 14-bit ones where <c>Inputs = Int16</c> says so; Fp16, Bf16 and
/// Int16 weights are stored so and computed with in fp32.
/// </param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class QuantizeAttribute(Precision weights) : Attribute
{
    /// <summary>The precision of the weights.</summary>
    public Precision Weights { get; } = weights;

    /// <summary>The precision of the layer's inputs: Int8 (0 … 127), Int4 (0 … 15) or Int16 (0 … 16383) for integer kernels, Fp32 otherwise. Chosen to fit the weights unless set.</summary>
    public Precision Inputs { get; set; }

    /// <summary>The precision of the layer's outputs. Chosen to fit unless set.</summary>
    public Precision Outputs { get; set; }

    /// <summary>The precision of sums. Int32 for integer kernels, Fp32 otherwise, unless set.</summary>
    public Precision Accumulators { get; set; }

    /// <summary>The precision of gradients while training. Fp32 unless set.</summary>
    public Precision Gradients { get; set; }

    /// <summary>How updates are rounded to the weights' grid when there are no master weights. Stochastic unless set.</summary>
    public Rounding Rounding { get; set; }

    /// <summary>Whether training keeps a full-precision copy of the weights. True unless set.</summary>
    public bool MasterWeights { get; set; } = true;

    /// <summary>Whether every output has its own weight scale. True without a codebook unless set.</summary>
    public bool PerChannel { get; set; }
}
