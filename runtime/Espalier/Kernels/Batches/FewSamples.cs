using System;

namespace Espalier.Kernels;

/// <summary>Samples that are too few for a block: from the tables of single predictions, which kernels read and decode once for two of them.</summary>
internal sealed class FewSamples
{
    /// <summary>Samples at a time. Each slice of a table is read from afar once for them; their inputs have to stay near meanwhile.</summary>
    private const int Most = 8;

    private readonly BatchPass _pass;
    private readonly int _least = int.MaxValue;
    private readonly bool _worthThreads;

    /// <param name="encoder">What makes codes of the inputs, where the first layer takes codes.</param>
    /// <param name="normaliser">What makes floats of the inputs, where it takes floats.</param>
    /// <param name="tier">The tier to run on.</param>
    /// <param name="steps">The layers as blocks run them.</param>
    public FewSamples(InputEncoder? encoder, InputNormaliser? normaliser, InstructionTier tier, BatchStep[] steps)
    {
        var few = Array.ConvertAll(steps, step => step.ForFew());
        _pass = new BatchPass(encoder, normaliser, tier, few, Most, apart: true);
        foreach (var step in few)
        {
            _least = Math.Min(_least, step.Stage.LeastSamples);
            _worthThreads |= LayerTime.Micros(step.Stage.Layer) >= ThreadedLayers.LeastMicros;
        }
    }

    /// <summary>Predicts for the samples, or for none: kernels have nothing to share, or single predictions share their layers between threads, which gains more.</summary>
    /// <returns>The number of samples that were predicted.</returns>
    public int Run<T>(ReadOnlySpan<T> inputs, Span<float> outputs, int threads)
        where T : unmanaged
    {
        var samples = inputs.Length / _pass.Inputs;
        if (samples < _least || (threads > 1 && _worthThreads))
        {
            return 0;
        }

        _pass.Run(inputs, outputs);
        return samples;
    }
}
