using Espalier;
using Espalier.Samples;

namespace Mnist;

/// <summary>One run of the recipe: teacher, lesson, student.</summary>
internal static class CompressionRun
{
    /// <summary>LeNet-5, which its own dense form teaches.</summary>
    public static TrainedModel OfImages(ModelDescription model, LabelledSamples train, LabelledSamples heldOut, int seed, double effort, CancellationToken cancellation)
    {
        var lesson = ProgressBar.Show($"teacher, seed {seed}", bar =>
            CompressionRecipe.Lesson(new Training<DenseLeNet5>(ImageRecipe.Teacher(seed, effort)) { Progress = bar }.Run(train, heldOut, cancellation).Reference, train));
        return ProgressBar.Show($"{model.ShortName}, seed {seed}", bar =>
            new Trainer(model, ImageRecipe.Student(seed, effort, lesson)) { Progress = bar }.Run(train, heldOut, cancellation));
    }

    /// <summary>LeNet-300-100, which a wider network teaches.</summary>
    public static TrainedModel Of(ModelDescription model, LabelledSamples train, LabelledSamples heldOut, int seed, double effort, CancellationToken cancellation)
    {
        var lesson = ProgressBar.Show($"teacher, seed {seed}", bar =>
            CompressionRecipe.Lesson(new Training<TeacherNet>(CompressionRecipe.Teacher(seed)) { Progress = bar }.Run(train, heldOut, cancellation).Reference, train));
        return ProgressBar.Show($"{model.ShortName}, seed {seed}", bar =>
            new Trainer(model, CompressionRecipe.Student(seed, effort, lesson)) { Progress = bar }.Run(train, heldOut, cancellation));
    }
}
