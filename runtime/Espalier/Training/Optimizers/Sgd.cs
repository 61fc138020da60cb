using System;
using System.Numerics;

namespace Espalier;

/// <summary>Stochastic gradient descent with momentum: v ← m·v + g, w ← w − rate·v; with Nesterov's momentum w ← w − rate·(g + m·v).</summary>
public sealed record Sgd : Optimizer
{
    /// <summary>The share of the last step that goes on, from 0 to 1.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>Whether the step looks ahead along the momentum (Sutskever et al., 2013).</summary>
    public bool Nesterov { get; init; }

    internal override ParameterSteps For(int length) => new Steps(length, (float)Momentum, Nesterov);

    private sealed class Steps(int length, float momentum, bool nesterov) : ParameterSteps
    {
        private readonly float[] _velocity = new float[length];

        public override void Step(Span<float> parameters, ReadOnlySpan<float> gradients, float rate)
        {
            var i = 0;
            for (; i <= parameters.Length - Vector<float>.Count; i += Vector<float>.Count)
            {
                var gradient = new Vector<float>(gradients[i..]);
                var velocity = (new Vector<float>(_velocity, i) * momentum) + gradient;
                velocity.CopyTo(_velocity, i);
                var step = nesterov ? (velocity * momentum) + gradient : velocity;
                (new Vector<float>(parameters[i..]) - (step * rate)).CopyTo(parameters[i..]);
            }

            for (; i < parameters.Length; i++)
            {
                _velocity[i] = (momentum * _velocity[i]) + gradients[i];
                parameters[i] -= rate * (nesterov ? (momentum * _velocity[i]) + gradients[i] : _velocity[i]);
            }
        }

        public override void Visit(StateStream state) => state.Numbers<float>(_velocity);
    }
}
