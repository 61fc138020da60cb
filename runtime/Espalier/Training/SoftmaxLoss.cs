using System;
using Espalier.Numerics;

namespace Espalier;

/// <summary>The loss of classifiers, and its gradient with respect to the scores that go into the softmax.</summary>
internal static class SoftmaxLoss
{
    /// <summary>−ln p[label]; the gradient of that through a softmax is p, less 1 at the label.</summary>
    /// <param name="scores">Scores before the softmax.</param>
    /// <param name="label">The right one.</param>
    /// <param name="gradient">Takes the gradient.</param>
    public static double CrossEntropy(ReadOnlySpan<float> scores, int label, Span<float> gradient)
    {
        scores.CopyTo(gradient);
        DeterministicMath.Softmax(gradient);
        var loss = -Math.Log(Math.Max(1e-30, gradient[label]));
        gradient[label] -= 1;
        return loss;
    }

    /// <summary>The same mixed with T²·KL(teacher ‖ student), whose gradient is T·(p − q) with both softened.</summary>
    public static double Distilled(ReadOnlySpan<float> scores, int label, ReadOnlySpan<float> teacher, Distillation distillation, Span<float> gradient)
    {
        var (temperature, mix) = ((float)distillation.Temperature, (float)distillation.Mix);
        var loss = (1 - mix) * CrossEntropy(scores, label, gradient);
        Span<float> student = stackalloc float[Math.Min(scores.Length, 256)];
        Span<float> soft = stackalloc float[student.Length];
        if (scores.Length > student.Length)
        {
            student = new float[scores.Length];
            soft = new float[scores.Length];
        }

        for (var i = 0; i < scores.Length; i++)
        {
            student[i] = scores[i] / temperature;
            soft[i] = teacher[i] / temperature;
        }

        DeterministicMath.Softmax(student);
        DeterministicMath.Softmax(soft);
        for (var i = 0; i < scores.Length; i++)
        {
            loss += mix * temperature * temperature * soft[i] * (Math.Log(Math.Max(1e-30, soft[i])) - Math.Log(Math.Max(1e-30, student[i])));
            gradient[i] = ((1 - mix) * gradient[i]) + (mix * temperature * (student[i] - soft[i]));
        }

        return loss;
    }
}
