using System;

namespace Espalier;

/// <summary>Derivatives of activations, written by what left them: that is what the forward pass keeps.</summary>
internal static class ActivationGradients
{
    /// <summary>Multiplies gradients by the activation's derivative.</summary>
    public static void Apply(Activation activation, ReadOnlySpan<float> values, Span<float> gradients)
    {
        switch (activation)
        {
            case Activation.Relu:
                for (var i = 0; i < gradients.Length; i++)
                {
                    gradients[i] = values[i] > 0 ? gradients[i] : 0;
                }

                break;
            case Activation.Sigmoid:
                for (var i = 0; i < gradients.Length; i++)
                {
                    gradients[i] *= values[i] * (1 - values[i]);
                }

                break;
            case Activation.Tanh:
                for (var i = 0; i < gradients.Length; i++)
                {
                    gradients[i] *= 1 - (values[i] * values[i]);
                }

                break;
            case Activation.Softmax:
                throw new NotSupportedException("Softmax can only be the activation of the last layer.");
        }
    }
}
