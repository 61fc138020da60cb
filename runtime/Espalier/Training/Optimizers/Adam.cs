using System;
using System.Numerics;

namespace Espalier;

/// <summary>Adam (Kingma and Ba, 2015): steps scaled by running means of gradients and of their squares.</summary>
public sealed record Adam : Optimizer
{
    /// <summary>How slowly the mean of the gradients forgets, from 0 to 1.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>How slowly the mean of the squares forgets, from 0 to 1.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Keeps the division finite.</summary>
    public double Epsilon { get; init; } = 1e-8;

    internal override ParameterSteps For(int length) => new Steps(length, this);

    private sealed class Steps(int length, Adam options) : ParameterSteps
    {
        private readonly float[] _mean = new float[length];
        private readonly float[] _square = new float[length];
        private int _step;

        public override void Step(Span<float> parameters, ReadOnlySpan<float> gradients, float rate)
        {
            _step++;
            var (b1, b2, epsilon) = ((float)options.Beta1, (float)options.Beta2, (float)options.Epsilon);
            var scale = rate / (float)(1 - Math.Pow(options.Beta1, _step));
            var unbias = 1 / (float)(1 - Math.Pow(options.Beta2, _step));
            var i = 0;
            for (; i <= parameters.Length - Vector<float>.Count; i += Vector<float>.Count)
            {
                var gradient = new Vector<float>(gradients[i..]);
                var mean = (new Vector<float>(_mean, i) * b1) + (gradient * (1 - b1));
                var square = (new Vector<float>(_square, i) * b2) + (gradient * gradient * (1 - b2));
                mean.CopyTo(_mean, i);
                square.CopyTo(_square, i);
                var step = mean * scale / (Vector.SquareRoot(square * unbias) + new Vector<float>(epsilon));
                (new Vector<float>(parameters[i..]) - step).CopyTo(parameters[i..]);
            }

            for (; i < parameters.Length; i++)
            {
                _mean[i] = (_mean[i] * b1) + (gradients[i] * (1 - b1));
                _square[i] = (_square[i] * b2) + (gradients[i] * gradients[i] * (1 - b2));
                parameters[i] -= _mean[i] * scale / (MathF.Sqrt(_square[i] * unbias) + epsilon);
            }
        }

        public override void Visit(StateStream state)
        {
            state.Numbers<float>(_mean);
            state.Numbers<float>(_square);
            state.Number(ref _step);
        }
    }
}
