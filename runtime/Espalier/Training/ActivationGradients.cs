using System;
using System.Numerics;

namespace Espalier;

/// <summary>Derivatives of activations, written by what left them: that is what the forward pass keeps.</summary>
internal static class ActivationGradients
{
    /// <summary>Multiplies gradients by the activation's derivative.</summary>
    public static void Apply(Activation activation, ReadOnlySpan<float> values, Span<float> gradients)
    {
        var i = 0;
        switch (activation)
        {
            case Activation.Relu:
                for (; i <= gradients.Length - Vector<float>.Count; i += Vector<float>.Count)
                {
                    Vector.ConditionalSelect(Vector.GreaterThan(new Vector<float>(values[i..]), Vector<float>.Zero), new Vector<float>(gradients[i..]), Vector<float>.Zero).CopyTo(gradients[i..]);
                }

                for (; i < gradients.Length; i++)
                {
                    gradients[i] = values[i] > 0 ? gradients[i] : 0;
                }

                break;
            case Activation.Sigmoid:
                for (; i <= gradients.Length - Vector<float>.Count; i += Vector<float>.Count)
                {
                    var value = new Vector<float>(values[i..]);
                    (new Vector<float>(gradients[i..]) * (value * (Vector<float>.One - value))).CopyTo(gradients[i..]);
                }

                for (; i < gradients.Length; i++)
                {
                    gradients[i] *= values[i] * (1 - values[i]);
                }

                break;
            case Activation.Tanh:
                for (; i <= gradients.Length - Vector<float>.Count; i += Vector<float>.Count)
                {
                    var value = new Vector<float>(values[i..]);
                    (new Vector<float>(gradients[i..]) * (Vector<float>.One - (value * value))).CopyTo(gradients[i..]);
                }

                for (; i < gradients.Length; i++)
                {
                    gradients[i] *= 1 - (values[i] * values[i]);
                }

                break;
            case Activation.Softmax:
                throw new NotSupportedException("Softmax can only be the activation of the last layer.");
        }
    }
}
