namespace Benchmarks.Training;

/// <summary>Training of LeNet-5: speed, and where the time of a sample goes, in microseconds.</summary>
/// <param name="SamplesPerSecond">Whole steps.</param>
/// <param name="Forward">The forward pass, with the images of the batch.</param>
/// <param name="Backward">Loss and gradients.</param>
/// <param name="Update">The step of the optimizer.</param>
internal sealed record LeNet5Times(double SamplesPerSecond, double Forward, double Backward, double Update);
