using System;
using System.Numerics;

namespace Espalier;

/// <summary>Stochastic gradient descent with momentum: v ← m·v + g, w ← w − rate·v.</summary>
public sealed record Sgd : Optimizer
{
    /// <summary>The share of the last step that goes on, from 0 to 1.</summary>
    public double Momentum { get; init; } = 0.9;

    internal override ParameterSteps For(int length) => new Steps(length, (float)Momentum);

    private sealed class Steps(int length, float momentum) : ParameterSteps
    {
        private readonly float[] _velocity = new float[length];

        public override void Step(Span<float> parameters, ReadOnlySpan<float> gradients, float rate)
        {
            var i = 0;
            for (; i <= parameters.Length - Vector<float>.Count; i += Vector<float>.Count)
            {
                var velocity = (new Vector<float>(_velocity, i) * momentum) + new Vector<float>(gradients[i..]);
                velocity.CopyTo(_velocity, i);
                (new Vector<float>(parameters[i..]) - (velocity * rate)).CopyTo(parameters[i..]);
            }

            for (; i < parameters.Length; i++)
            {
                _velocity[i] = (momentum * _velocity[i]) + gradients[i];
                parameters[i] -= rate * _velocity[i];
            }
        }
    }
}
