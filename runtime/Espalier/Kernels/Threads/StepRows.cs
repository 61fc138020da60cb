using System;
using System.Runtime.CompilerServices;

namespace Espalier.Kernels;

/// <summary>A step without weights in parts of some rows of its result.</summary>
internal sealed unsafe class StepRows : PooledWork
{
    /// <summary>Bytes of a result, measured for pools with windows of 3×3; other steps are as long or shorter.</summary>
    private const double BytesPerMicro = 4000;

    private readonly ImageStep _step;

    /// <param name="step">The step.</param>
    /// <param name="count">Parts wanted; a result of fewer rows has fewer.</param>
    public StepRows(ImageStep step, int count)
    {
        _step = step;
        Count = Math.Min(count, step.Output.Height);
    }

    public int Count { get; }

    /// <summary>About how many microseconds a step takes.</summary>
    public static double Micros(ImageStep step) => (double)step.Output.Height * step.Output.Width * step.Output.Channels * step.Output.NumberBytes / BytesPerMicro;

    /// <inheritdoc/>
    public override void Run(int part, in PooledCall call)
    {
        var (first, end) = (_step.Output.Height * part / Count, _step.Output.Height * (part + 1) / Count);
        _step.Run(ref Unsafe.AsRef<byte>(call.Scratch), first, end - first);
    }
}
