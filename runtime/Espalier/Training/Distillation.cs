using System;

namespace Espalier;

/// <summary>
/// A teacher's scores for each training sample (Hinton et al., 2015). The loss becomes (1 − mix)·CE(labels) + mix·T²·KL(teacher ‖ student),
/// both softened by the temperature T; the factor T² keeps gradients of one size.
/// </summary>
/// <param name="TeacherScores">Scores before a softmax, sample after sample, as many for each as the model has outputs; all finite.</param>
/// <param name="Temperature">T, positive; large values tell more of what the teacher holds alike.</param>
/// <param name="Mix">The teacher's share of the loss, 0 to 1.</param>
public sealed record Distillation(ReadOnlyMemory<float> TeacherScores, double Temperature = 2, double Mix = 0.5)
{
    /// <summary>Asks a teacher for its scores of all samples, as they are: augmented samples are held against the same scores.</summary>
    /// <param name="teacher">Gives scores before a softmax.</param>
    /// <param name="train">The samples that will be trained on, in the same order.</param>
    /// <param name="outputs">Outputs of the teacher.</param>
    /// <param name="temperature">The temperature.</param>
    /// <param name="mix">The teacher's share of the loss.</param>
    public static Distillation From(IPredictor teacher, LabelledSamples train, int outputs, double temperature = 2, double mix = 0.5)
    {
        ArgumentNullException.ThrowIfNull(teacher);
        ArgumentNullException.ThrowIfNull(train);
        var scores = new float[checked(train.Count * outputs)];
        for (var i = 0; i < train.Count; i++)
        {
            teacher.Predict(train.Input(i), scores.AsSpan(i * outputs, outputs));
        }

        return new Distillation(scores, temperature, mix);
    }

    internal void CheckFor(ModelDescription model, LabelledSamples train)
    {
        if (TeacherScores.Length != (long)train.Count * model.Outputs)
        {
            throw new ArgumentException($"{model.Name} has {model.Outputs} outputs, so {train.Count} training samples need {(long)train.Count * model.Outputs} scores of the teacher, but {TeacherScores.Length} were given.");
        }

        if (!(Temperature > 0 && double.IsFinite(Temperature)) || Mix is not (>= 0 and <= 1))
        {
            throw new ArgumentException($"Distillation has a temperature of {Temperature} and a mix of {Mix}; it needs a positive, finite one and a share from 0 to 1.");
        }

        if (!Numerics.FiniteNumbers.All(TeacherScores.Span))
        {
            throw new ArgumentException("A score of the teacher is not finite.");
        }
    }
}
