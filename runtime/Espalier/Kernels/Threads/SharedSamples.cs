using System;

namespace Espalier.Kernels;

/// <summary>The samples of a batch on several threads: each takes some of them, with a block of scratch of its own, from the first layer to the last.</summary>
/// <param name="images">What predicts.</param>
/// <param name="inputs">Numbers that enter.</param>
/// <param name="outputs">Numbers that leave.</param>
internal sealed unsafe class SharedSamples(PackedImages images, int inputs, int outputs) : PooledWork
{
    private const double LeastMicrosOfAPart = 10;

    /// <summary>Predicts for as many samples as divide evenly, or for none where all of them take too short.</summary>
    public int Run<T>(ReadOnlySpan<T> batch, Span<float> results, ThreadedLayers threaded)
        where T : unmanaged
    {
        // A rest is quicker in parts, where layers have some.
        var samples = batch.Length / inputs;
        samples -= threaded.HasParts ? samples % threaded.Threads : 0;
        var together = SamplesOfAPart(samples, threaded.SampleMicros);
        if (samples <= together || samples * threaded.SampleMicros < ThreadedLayers.LeastMicros)
        {
            return 0;
        }

        // Pinned until the last part has ended: others must not lose what the caller passed.
        fixed (T* input = batch)
        fixed (float* output = results)
        {
            var call = new PooledCall(input, output, samples, sizeof(T) == 1) { SamplesOfAPart = together };
            WorkerPool.Shared.Run(this, (samples + together - 1) / together, threaded.Threads, call);
        }

        return samples;
    }

    /// <inheritdoc/>
    public override void Run(int part, in PooledCall call)
    {
        var first = part * call.SamplesOfAPart;
        for (var sample = first; sample < Math.Min(first + call.SamplesOfAPart, call.Samples); sample++)
        {
            var result = new Span<float>((float*)call.Output + ((nint)sample * outputs), outputs);
            if (call.Bytes)
            {
                images.Predict(new ReadOnlySpan<byte>((byte*)call.Input + ((nint)sample * inputs), inputs), result, null);
            }
            else
            {
                images.Predict(new ReadOnlySpan<float>((float*)call.Input + ((nint)sample * inputs), inputs), result, null);
            }
        }
    }

    /// <summary>As many as make a part worth being taken, and no more parts than there may be.</summary>
    private static int SamplesOfAPart(int samples, double micros) =>
        Math.Max((int)Math.Clamp(LeastMicrosOfAPart / micros, 1, 1024), (samples + PartQueue.MostParts - 1) / PartQueue.MostParts);
}
