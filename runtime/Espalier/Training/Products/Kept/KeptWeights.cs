using System;

namespace Espalier;

/// <summary>
/// The weights that pruning kept, by input: their gradients, velocities and updates are as long as they are few. The same places are
/// known by output too, so that sums of a layer and gradients of its inputs both walk along the weights that they need.
/// </summary>
internal sealed class KeptWeights
{
    /// <param name="weights">By input, then output.</param>
    /// <param name="inputs">Inputs.</param>
    /// <param name="outputs">Outputs.</param>
    public KeptWeights(ReadOnlySpan<float> weights, int inputs, int outputs)
    {
        var count = weights.Length - weights.Count(0f);
        (Values, Gradients) = (new float[count], new float[count]);
        (ByInput, ByOutput) = (new KeptLists(inputs, count), new KeptLists(outputs, count));
        var kept = 0;
        for (var i = 0; i < inputs; i++)
        {
            for (var o = 0; o < outputs; o++)
            {
                if (weights[(i * outputs) + o] != 0)
                {
                    Values[kept] = weights[(i * outputs) + o];
                    ByInput.Add(o, kept++);
                }
            }

            ByInput.EndRow();
        }

        kept = 0;
        for (var o = 0; o < outputs; o++)
        {
            for (var i = 0; i < inputs; i++)
            {
                for (var n = ByInput.Starts[i]; n < ByInput.Starts[i + 1]; n++)
                {
                    if (ByInput.Positions[n] == o)
                    {
                        ByOutput.Add(i, n);
                    }
                }
            }

            ByOutput.EndRow();
        }
    }

    /// <summary>The weights.</summary>
    public float[] Values { get; }

    /// <summary>A gradient for each.</summary>
    public float[] Gradients { get; }

    /// <summary>For each input the outputs that it reaches.</summary>
    public KeptLists ByInput { get; }

    /// <summary>For each output the inputs that reach it.</summary>
    public KeptLists ByOutput { get; }
}

/// <summary>Lists of places with the weight that stands there.</summary>
/// <param name="rows">Lists.</param>
/// <param name="count">Places of all lists.</param>
internal sealed class KeptLists(int rows, int count)
{
    private int _row;
    private int _count;

    /// <summary>Where each list starts; one more says where the last ends.</summary>
    public int[] Starts { get; } = new int[rows + 1];

    /// <summary>The other end of each weight.</summary>
    public int[] Positions { get; } = new int[count];

    /// <summary>Which weight.</summary>
    public int[] Weights { get; } = new int[count];

    public void Add(int position, int weight)
    {
        (Positions[_count], Weights[_count]) = (position, weight);
        _count++;
    }

    public void EndRow() => Starts[++_row] = _count;
}
