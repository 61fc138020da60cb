using Espalier.Tests.Harness;
using Xunit;

namespace Espalier.Tests.Training;

/// <summary>Optimizers against their papers' formulas in doubles, one parameter at a time.</summary>
public class OptimizerTests
{
    private const int Steps = 12;

    /// <summary>From nothing to past two vectors of any width: whole vectors, rests, and both.</summary>
    public static TheoryData<int> Lengths => [0, 1, 3, 7, 8, 13, 31, 37];

    [Theory, MemberData(nameof(Lengths))]
    public void SgdFollowsItsFormula(int length)
    {
        foreach (var momentum in new[] { 0, 0.9 })
        {
            Check(new Sgd { Momentum = momentum }, length, () =>
            {
                var velocity = 0.0;
                return (gradient, rate, _) =>
                {
                    velocity = (momentum * velocity) + gradient;
                    return rate * velocity;
                };
            });
        }
    }

    [Theory, MemberData(nameof(Lengths))]
    public void NesterovLooksAheadAlongTheMomentum(int length) => Check(new Sgd { Momentum = 0.8, Nesterov = true }, length, () =>
    {
        var velocity = 0.0;
        return (gradient, rate, _) =>
        {
            velocity = (0.8 * velocity) + gradient;
            return rate * (gradient + (0.8 * velocity));
        };
    });

    [Theory, MemberData(nameof(Lengths))]
    public void AdamFollowsItsFormula(int length)
    {
        foreach (var adam in new[] { new Adam(), new Adam { Beta1 = 0.5, Beta2 = 0.9, Epsilon = 0.01 } })
        {
            Check(adam, length, () =>
            {
                var (mean, square) = (0.0, 0.0);
                return (gradient, rate, step) =>
                {
                    mean = (adam.Beta1 * mean) + ((1 - adam.Beta1) * gradient);
                    square = (adam.Beta2 * square) + ((1 - adam.Beta2) * gradient * gradient);
                    var (unbiasedMean, unbiasedSquare) = (mean / (1 - Math.Pow(adam.Beta1, step)), square / (1 - Math.Pow(adam.Beta2, step)));
                    return rate * unbiasedMean / (Math.Sqrt(unbiasedSquare) + adam.Epsilon);
                };
            });
        }
    }

    [Fact]
    public void DecayTakesTheSameShareOfEveryWeight()
    {
        // Decoupled decay: with gradients of 0 only the decay is left, and Adam does not rescale it.
        var network = TrainingSteps.Begin(TestModels.Model(Activation.Relu, Precision.Fp32, null, null), 1, new Adam());
        var layer = network.Layers[0];
        var before = layer.CopyWeights();
        layer.Update(0.5f, 0.25f, 1);
        Assert.Equal(before.Select(weight => weight * 0.875f), layer.CopyWeights());
    }

    private static void Check(Optimizer optimizer, int length, Func<Func<double, double, int, double>> formula)
    {
        var random = new Random(length);
        var parameters = Enumerable.Range(0, length).Select(_ => random.NextSingle() - 0.5f).ToArray();
        var expected = parameters.Select(parameter => (double)parameter).ToArray();
        var formulas = parameters.Select(_ => formula()).ToArray();
        var steps = optimizer.For(length);
        for (var step = 1; step <= Steps; step++)
        {
            // Magnitudes from 10⁻³ to 10, and a rate that changes: both must be taken at the time of the step.
            var gradients = parameters.Select(_ => (random.NextSingle() - 0.5f) * MathF.Pow(10, random.Next(-2, 2))).ToArray();
            var rate = 0.05f / step;
            steps.Step(parameters, gradients, rate);
            for (var i = 0; i < length; i++)
            {
                expected[i] -= formulas[i](gradients[i], rate, step);
                Assert.Equal(expected[i], parameters[i], 1e-5);
            }
        }
    }
}
