using Espalier;

namespace Benchmarks.Buckwild;

/// <summary>Samples with targets by a hidden linear model and noise, so that there is something to learn and gradients never vanish.</summary>
internal sealed record SyntheticSamples(float[] Inputs, float[] Targets, int Width)
{
    public int Count => Targets.Length;

    /// <summary>Made of a seed; equal widths have equal hidden models.</summary>
    public static SyntheticSamples Of(LinearLoss loss, int count, int width, int seed)
    {
        var model = new Random(1);
        var hidden = Enumerable.Range(0, width).Select(_ => (2 * model.NextSingle()) - 1).ToArray();
        var random = new Random(seed);
        var inputs = new float[count * width];
        var targets = new float[count];
        var unit = 12 / MathF.Sqrt(width);
        for (var row = 0; row < count; row++)
        {
            var sum = 0f;
            for (var i = 0; i < width; i++)
            {
                var value = (2 * random.NextSingle()) - 1;
                inputs[(row * width) + i] = value;
                sum += value * hidden[i];
            }

            targets[row] = loss == LinearLoss.Squared
                ? sum + (2 * random.NextSingle()) - 1
                : random.NextSingle() < 1 / (1 + MathF.Exp(-unit * sum)) ? 1 : 0;
        }

        return new SyntheticSamples(inputs, targets, width);
    }

    /// <summary>The mean loss of a model in fp32.</summary>
    public double Loss(LinearLoss loss, float[] weights)
    {
        var total = 0.0;
        for (var row = 0; row < Count; row++)
        {
            double sum = 0;
            for (var i = 0; i < Width; i++)
            {
                sum += Inputs[(row * Width) + i] * weights[i];
            }

            total += loss == LinearLoss.Squared
                ? 0.5 * (sum - Targets[row]) * (sum - Targets[row])
                : Math.Max(sum, 0) - (Targets[row] * sum) + Math.Log(1 + Math.Exp(-Math.Abs(sum)));
        }

        return total / Count;
    }
}
