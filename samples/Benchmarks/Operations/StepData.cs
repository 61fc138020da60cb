namespace Benchmarks.Operations;

/// <summary>One batch that all subjects get: codes 0 to 127, of which a share is not 0, and labels.</summary>
internal sealed class StepData
{
    /// <summary>So small that thousands of steps on one batch change what is skipped by little: times stay comparable.</summary>
    public const float Rate = 1e-4f;

    public StepData(int batch, double density)
    {
        var random = new Random(1);
        Inputs = new float[batch * LeNetShape.Layers[0].Inputs];
        foreach (ref var input in Inputs.AsSpan())
        {
            input = random.NextDouble() < density ? random.Next(1, LeNetShape.InputTop + 1) : 0;
        }

        Labels = [.. Enumerable.Range(0, batch).Select(_ => random.Next(10))];
    }

    public int Batch => Labels.Length;

    public float[] Inputs { get; }

    public int[] Labels { get; }
}
