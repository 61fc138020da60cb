using Espalier;

namespace Benchmarks.Operations;

/// <summary>What one operation touches and computes for a batch.</summary>
/// <param name="Bytes">Each array that it reads or writes, once for each of the two: what no cache can save.</param>
/// <param name="MultiplyAdds">Products with their additions.</param>
/// <param name="Precision">What is multiplied.</param>
internal readonly record struct OperationCost(double Bytes, double MultiplyAdds, Precision Precision)
{
    /// <summary>Estimated microjoules by the table for 45 nm: arithmetic, and one read of a small memory for each four bytes.</summary>
    public double Microjoules => ((MultiplyAdds * EnergyTable.MultiplyAdd(Precision)) + (Bytes / 4 * EnergyTable.SramRead)) / 1e6;
}

/// <summary>Of the three operations.</summary>
/// <param name="Forward">Scores.</param>
/// <param name="Gradients">Gradients of weights and activations.</param>
/// <param name="Update">Momentum and update.</param>
internal sealed record OperationCosts(OperationCost Forward, OperationCost Gradients, OperationCost Update)
{
    /// <summary>Counted from what each number takes.</summary>
    /// <param name="batch">Samples.</param>
    /// <param name="weight">Bytes of a weight.</param>
    /// <param name="activation">Bytes of an activation.</param>
    /// <param name="gradient">Bytes of a gradient.</param>
    /// <param name="velocity">Bytes of a velocity.</param>
    /// <param name="precision">What products are made of.</param>
    /// <param name="updatePrecision">What updates are made of.</param>
    /// <param name="densities">Kept weights of each layer over all.</param>
    /// <param name="indexBytes">Bytes that tell the place of a kept weight, each time it is read.</param>
    public static OperationCosts Of(
        int batch, int weight, int activation, int gradient, int velocity, Precision precision, Precision updatePrecision, double[]? densities = null, int indexBytes = 0)
    {
        double forward = 0, gradients = 0, update = 0, forwardProducts = 0, gradientProducts = 0, updateProducts = 0;
        for (var i = 0; i < LeNetShape.Layers.Length; i++)
        {
            var (inputs, outputs) = LeNetShape.Layers[i];
            var kept = inputs * outputs * (densities?[i] ?? 1);
            var (entering, leaving) = ((double)batch * inputs, (double)batch * outputs);
            forward += (kept * (weight + indexBytes)) + ((entering + leaving) * activation);
            forwardProducts += kept * batch;

            // dW reads what entered and dY and writes dW; dX reads weights and dY and writes dX, masked by what entered.
            gradients += (entering * activation) + (leaving * gradient) + (kept * (gradient + indexBytes));
            gradientProducts += kept * batch;
            if (i > 0)
            {
                gradients += (kept * (weight + indexBytes)) + (leaving * gradient) + (entering * (gradient + activation));
                gradientProducts += kept * batch;
            }

            update += kept * ((2 * weight) + (2 * velocity) + gradient);
            updateProducts += 2 * kept;
        }

        return new OperationCosts(
            new OperationCost(forward, forwardProducts, precision),
            new OperationCost(gradients, gradientProducts, precision),
            new OperationCost(update, updateProducts, updatePrecision));
    }
}
