using System;
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
    private readonly int _together;

    /// <param name="layer">The packed layer, whose tables serve batches too.</param>
    /// <param name="kernel">The generated kernel.</param>
    public SampleRows(PackedLayer layer, Kernel kernel)
        : base(layer) => _kernel = kernel;

    /// <param name="layer">The packed layer.</param>
    /// <param name="single">The kernel of one sample, for layouts that have no better one for batches.</param>
    public SampleRows(PackedLayer layer, Single single)
        : base(layer) => _single = single;

    /// <param name="layer">The packed layer.</param>
    /// <param name="single">The kernel of one sample, for those that are left.</param>
    /// <param name="kernel">A kernel that runs exactly as many samples as asked for, a multiple of <paramref name="together"/>.</param>
    /// <param name="together">Samples that it runs together, at least 2.</param>
    public SampleRows(PackedLayer layer, Single single, Kernel kernel, int together)
        : base(layer)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(together, 2);
        (_single, _kernel, _together) = (single, kernel, together);
    }

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
        _kernel is null || Layer.Tier == InstructionTier.Scalar ? int.MaxValue : _together > 0 ? _together : Layer is PackedIntegerLayer ? KernelSamples : 2;

    /// <inheritdoc/>
    public override void Run(ref byte input, int inputStride, ref byte output, int samples)
    {
        var shared = _kernel is null ? 0 : _together == 0 ? samples : samples - (samples % _together);
        if (shared > 0)
        {
            _kernel!(Layer, ref input, inputStride, ref output, shared);
        }

        if (shared < samples)
        {
            OneByOne(_single!, Layer, ref input, inputStride, ref output, shared, samples);
        }
    }

    /// <summary>Runs the scalar twin for each sample.</summary>
    public static void Scalar(PackedLayer layer, ref byte input, int inputStride, ref byte output, int samples) =>
        OneByOne(static (PackedLayer one, ref byte from, ref byte to) => one.Scalar(ref from, ref to), layer, ref input, inputStride, ref output, 0, samples);

    private static void OneByOne(Single single, PackedLayer layer, ref byte input, int inputStride, ref byte output, int first, int samples)
    {
        var integer = layer as PackedIntegerLayer;
        nint from = inputStride * (integer is null ? sizeof(float) : 1);
        nint to = integer is { GivesPlanes: true } ? ActivationPlanes.Size(layer.Layer.Outputs) : layer.Tiles * layer.Shape.Rows * (integer is { GivesFloats: false } ? 1 : sizeof(float));
        for (var sample = first; sample < samples; sample++)
        {
            single(layer, ref Unsafe.Add(ref input, sample * from), ref Unsafe.Add(ref output, sample * to));
        }
    }
}
