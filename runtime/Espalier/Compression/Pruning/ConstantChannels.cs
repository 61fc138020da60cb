using System;
using Espalier.Planning;

namespace Espalier;

/// <summary>What layers without weights make of numbers that never change, and which of their inputs somebody reads. Numbers are told apart one by one, NaN being one that changes.</summary>
internal static class ConstantChannels
{
    /// <summary>The constants among a layer's sums.</summary>
    /// <param name="layer">A layer without weights.</param>
    /// <param name="inputs">The constants among what enters, tensor by tensor.</param>
    public static float[] Sums(LayerDescription layer, float[][] inputs)
    {
        var sums = new float[layer.Outputs];
        switch (LayerKinds.Find(layer.Kind))
        {
            case ConcatKind:
                return [.. System.Linq.Enumerable.SelectMany(inputs, input => input)];
            case AddKind:
                foreach (var input in inputs)
                {
                    Scaling.Add(input, sums);
                }

                return sums;
            default:
                for (var channel = 0; channel < layer.OutputShape.Channels; channel++)
                {
                    var value = Uniform(inputs[0].AsSpan(channel * layer.InputShape.Pixels, layer.InputShape.Pixels));
                    sums.AsSpan(channel * layer.OutputShape.Pixels, layer.OutputShape.Pixels).Fill(value == 0 || KeepsValues(layer) ? value : float.NaN);
                }

                return sums;
        }
    }

    /// <summary>Marks what a layer reads when somebody reads some of its results.</summary>
    /// <param name="layer">A layer without weights.</param>
    /// <param name="read">Which of its results are read.</param>
    /// <param name="sources">For each tensor that enters, what is read of it.</param>
    public static void Read(LayerDescription layer, ReadOnlySpan<bool> read, bool[][] sources)
    {
        var at = 0;
        foreach (var source in sources)
        {
            switch (LayerKinds.Find(layer.Kind))
            {
                case ConcatKind or AddKind:
                    for (var i = 0; i < source.Length; i++)
                    {
                        source[i] |= read[at + i];
                    }

                    at += LayerKinds.Find(layer.Kind) is ConcatKind ? source.Length : 0;
                    break;
                case LocalResponseNormKind:
                    // Neighbours are read too, and as many as there may be: whatever is read, all of it is.
                    source.AsSpan().Fill(read.Contains(true));
                    break;
                default:
                    for (var channel = 0; channel < layer.OutputShape.Channels; channel++)
                    {
                        if (read.Slice(channel * layer.OutputShape.Pixels, layer.OutputShape.Pixels).Contains(true))
                        {
                            source.AsSpan(channel * layer.InputShape.Pixels, layer.InputShape.Pixels).Fill(true);
                        }
                    }

                    break;
            }
        }
    }

    /// <summary>The one value of some numbers; NaN where they change or differ.</summary>
    public static float Uniform(ReadOnlySpan<float> numbers)
    {
        foreach (var number in numbers)
        {
            // NaN is not equal to itself.
            if (number != numbers[0])
            {
                return float.NaN;
            }
        }

        return numbers[0];
    }

    /// <summary>Whether windows of one value give that value: not where zeros around the image are counted, nor where it is divided by its neighbours.</summary>
    private static bool KeepsValues(LayerDescription layer) => LayerKinds.Find(layer.Kind) switch
    {
        MaxPoolKind or GlobalAveragePoolKind => true,
        AveragePoolKind => layer.Arguments[7] == 0 || (layer.Arguments[4] == 0 && layer.Arguments[5] == 0),
        _ => false,
    };
}
