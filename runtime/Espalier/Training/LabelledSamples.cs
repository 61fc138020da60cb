using System;
using System.Linq;

namespace Espalier;

/// <summary>Samples of a fixed width with a class label each. Takes the arrays over: do not change them afterwards.</summary>
public sealed class LabelledSamples
{
    private readonly float[] _inputs;
    private readonly int[] _labels;

    /// <param name="inputs">Raw inputs, sample after sample; all finite.</param>
    /// <param name="labels">One label for each sample, from 0 up.</param>
    /// <param name="width">Inputs of a sample.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, an input is not finite, or a label is negative.</exception>
    public LabelledSamples(float[] inputs, int[] labels, int width)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (inputs.LongLength != (long)labels.Length * width)
        {
            throw new ArgumentException($"{labels.Length} samples of {width} inputs need {(long)labels.Length * width} numbers, but {inputs.Length} were given.", nameof(inputs));
        }

        var bad = Array.FindIndex(inputs, value => !float.IsFinite(value));
        if (bad >= 0)
        {
            throw new ArgumentException($"Sample {bad / width}, input {bad % width} is {inputs[bad]}; training needs finite numbers.", nameof(inputs));
        }

        var negative = Array.FindIndex(labels, label => label < 0);
        if (negative >= 0)
        {
            throw new ArgumentException($"Sample {negative} has the label {labels[negative]}; labels start at 0.", nameof(labels));
        }

        _inputs = inputs;
        _labels = labels;
        Width = width;
    }

    /// <summary>Samples of bytes, e.g. pixels; models predict from the same bytes later.</summary>
    /// <param name="inputs">Raw inputs, sample after sample.</param>
    /// <param name="labels">One label for each sample, from 0 up.</param>
    /// <param name="width">Inputs of a sample.</param>
    public static LabelledSamples FromBytes(ReadOnlySpan<byte> inputs, int[] labels, int width)
    {
        var floats = new float[inputs.Length];
        for (var i = 0; i < floats.Length; i++)
        {
            floats[i] = inputs[i];
        }

        return new LabelledSamples(floats, labels, width);
    }

    /// <summary>Samples.</summary>
    public int Count => _labels.Length;

    /// <summary>Inputs of a sample.</summary>
    public int Width { get; }

    /// <summary>One label for each sample.</summary>
    public ReadOnlySpan<int> Labels => _labels;

    /// <summary>The raw inputs of one sample.</summary>
    public ReadOnlySpan<float> Input(int sample) => _inputs.AsSpan(sample * Width, Width);

    /// <summary>Some of the samples, in the order given.</summary>
    public LabelledSamples Select(ReadOnlySpan<int> samples)
    {
        var inputs = new float[samples.Length * Width];
        var labels = new int[samples.Length];
        for (var i = 0; i < samples.Length; i++)
        {
            Input(samples[i]).CopyTo(inputs.AsSpan(i * Width));
            labels[i] = _labels[samples[i]];
        }

        return new LabelledSamples(inputs, labels, Width);
    }

    internal ReadOnlySpan<float> Inputs => _inputs;

    internal void CheckFor(ModelDescription model, string what)
    {
        if (Width != model.Inputs)
        {
            throw new ArgumentException($"{model.Name} takes {model.Inputs} inputs, but the {what} samples have {Width}.");
        }

        if (_labels.Length > 0 && _labels.Max() >= model.Outputs)
        {
            throw new ArgumentException($"{model.Name} has {model.Outputs} outputs, but the {what} samples have the label {_labels.Max()}.");
        }
    }
}
