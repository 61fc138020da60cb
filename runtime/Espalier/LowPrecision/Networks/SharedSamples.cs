using System;

namespace Espalier;

/// <summary>Normalised samples in the dataset's precision, read by all threads.</summary>
internal sealed class SharedSamples
{
    private readonly StoredNumbers _numbers;
    private readonly int _width;
    private readonly int[] _labels;

    public SharedSamples(LabelledSamples samples, Normalisation normalisation, NumberWidth width)
    {
        _width = samples.Width;
        _labels = samples.Labels.ToArray();
        var largest = 0f;
        foreach (var value in samples.Inputs)
        {
            largest = Math.Max(largest, Math.Abs(normalisation.Apply(value)));
        }

        // A stretch that ends within sixteen numbers is padded.
        _numbers = StoredNumbers.Create(width, checked((samples.Count * _width) + 15) & -16, largest > 0 ? largest : 1);
        var row = new float[_width];
        for (var sample = 0; sample < samples.Count; sample++)
        {
            normalisation.Apply(samples.Input(sample), row);
            _numbers.Encode(sample * _width, row);
        }
    }

    public ReadOnlySpan<int> Labels => _labels;

    /// <summary>One sample as floats.</summary>
    public void Decode(int sample, Span<float> row) => _numbers.Decode(sample * _width, row[.._width]);
}
