namespace Benchmarks.Operations;

/// <summary>A form whose gradients are others than those of fp32 would be timed for nothing.</summary>
internal static class GradientAgreement
{
    /// <summary>Bytes leave seven bits of each gradient, rounded by chance.</summary>
    private const double Least = 0.9;

    /// <summary>Holds the gradients of every layer against those of the first form.</summary>
    public static void Check(TrainingStep[] steps)
    {
        foreach (var step in steps.Where(step => step.IsComparable).Skip(1))
        {
            for (var layer = 0; layer < LeNetShape.Layers.Length; layer++)
            {
                var cosine = Cosine(steps[0].WeightGradient(layer), step.WeightGradient(layer));
                if (!(cosine >= Least))
                {
                    throw new InvalidOperationException($"{step.Name} gives other gradients in layer {layer} (cosine {cosine:0.000}, at least {Least} expected): the comparison would mean nothing.");
                }
            }
        }
    }

    private static double Cosine(double[] left, double[] right)
    {
        double product = 0, leftSquare = 0, rightSquare = 0;
        for (var i = 0; i < left.Length; i++)
        {
            product += left[i] * right[i];
            leftSquare += left[i] * left[i];
            rightSquare += right[i] * right[i];
        }

        return product / Math.Sqrt(leftSquare * rightSquare);
    }
}
