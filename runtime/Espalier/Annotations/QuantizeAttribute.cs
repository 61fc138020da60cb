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

    /// <summary>
    /// The precision of the layer's inputs: Int8 (0 … 127), Int4 (0 … 15) or Int16 (0 … 16383) for integer kernels, Fp32 otherwise. Chosen to fit the weights unless set. Fp16 and Bf16 hold while
    /// training, in kernels they are read as fp32. Integers hold while training where there are no master weights, on a fixed-point grid for each batch; else they come with calibration.
    /// </summary>
    public Precision Inputs { get; set; }

    /// <summary>The precision of the layer's outputs, as that of <see cref="Inputs"/>; the last layer's integers are floats again. Chosen to fit unless set.</summary>
    public Precision Outputs { get; set; }

    /// <summary>The precision of sums. Int32 for integer kernels, Fp32 otherwise, unless set. Fp16 and Bf16 are simulated while training, sum by sum and many times slower; kernels add in fp32.</summary>
    public Precision Accumulators { get; set; }

    /// <summary>
    /// The precision of gradients (of sums, weights and biases) while training. Fp32 unless set. Fp16 and Bf16 round to nearest, and fp16 overflows to infinity: see <see cref="TrainAttribute.DynamicLossScaling"/>;
    /// Int16, Int8 and Int4 round by chance, on a fixed-point grid for each batch.
    /// </summary>
    public Precision Gradients { get; set; }

    /// <summary>How updates are rounded to the weights' grid when there are no master weights. Stochastic unless set.</summary>
    public Rounding Rounding { get; set; }

    /// <summary>
    /// Whether training keeps a full-precision copy of the weights. True unless set. Without it the points of the weights' grid are all that is kept between steps, and the points of integer layers are what is
    /// stored and run in the end. With it, Fp16 and Bf16 weights are rounded for every product.
    /// </summary>
    public bool MasterWeights { get; set; } = true;

    /// <summary>Whether every output has its own weight scale. True without a codebook unless set.</summary>
    public bool PerChannel { get; set; }
}
