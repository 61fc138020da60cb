using System.Runtime.CompilerServices;
using Espalier.Planning;

namespace Espalier.Kernels;

/// <summary>A layer whose samples lie one after the other: dense kernels read their weights once for several samples.</summary>
public sealed class SampleRows : BatchStage
{
    /// <summary>Samples that kernels run together.</summary>
    internal const int KernelSamples = 4;

    private readonly Kernel? _kernel;
    private readonly Single? _single;

    /// <param name="layer">The packed layer, whose tables serve batches too.</param>
    /// <param name="kernel">The generated kernel.</param>
    public SampleRows(PackedLayer layer, Kernel kernel)
        : base(layer) => _kernel = kernel;

    /// <param name="layer">The packed layer.</param>
    /// <param name="single">The kernel of one sample, for layouts that have no better one for batches.</param>
    public SampleRows(PackedLayer layer, Single single)
        : base(layer) => _single = single;

    /// <summary>A kernel for several samples. It may run up to three samples more than asked for: blocks have the room.</summary>
    public delegate void Kernel(PackedLayer layer, ref byte input, int inputStride, ref byte output, int samples);

    /// <summary>A kernel for one sample.</summary>
    public delegate void Single(PackedLayer layer, ref byte input, ref byte output);

    /// <inheritdoc/>
    public override bool AcrossSamples => false;

    // Kernels run four samples at least. In floats two of them are worth it already (four cost 1.5 single predictions); in bytes
    // a block is 1.07 times as fast as single predictions when it is full, so all four must be there.
    /// <inheritdoc/>
    public override int LeastSamples =>
        _kernel is null || Layer.Tier == InstructionTier.Scalar ? int.MaxValue : Layer is PackedIntegerLayer ? KernelSamples : 2;

    /// <inheritdoc/>
    public override void Run(ref byte input, int inputStride, ref byte output, int samples)
    {
        if (_kernel is not null)
        {
            _kernel(Layer, ref input, inputStride, ref output, samples);
        }
        else
        {
            OneByOne(_single!, Layer, ref input, inputStride, ref output, samples);
        }
    }

    /// <summary>Runs the scalar twin for each sample.</summary>
    public static void Scalar(PackedLayer layer, ref byte input, int inputStride, ref byte output, int samples) =>
        OneByOne(static (PackedLayer one, ref byte from, ref byte to) => one.Scalar(ref from, ref to), layer, ref input, inputStride, ref output, samples);

    private static void OneByOne(Single single, PackedLayer layer, ref byte input, int inputStride, ref byte output, int samples)
    {
        var integer = layer as PackedIntegerLayer;
        nint from = inputStride * (integer is null ? sizeof(float) : 1);
        nint to = integer is { GivesPlanes: true } ? ActivationPlanes.Size(layer.Layer.Outputs) : layer.Tiles * layer.Shape.Rows * (integer is { GivesFloats: false } ? 1 : sizeof(float));
        for (var sample = 0; sample < samples; sample++)
        {
            single(layer, ref Unsafe.Add(ref input, sample * from), ref Unsafe.Add(ref output, sample * to));
        }
    }
}
