using System.CommandLine;

namespace Mnist;

/// <summary>Options that every command has.</summary>
internal sealed class SharedOptions
{
    public Option<FileInfo?> Json { get; } = new("--json") { Description = "Writes what was measured as rows of suite, case, subject, metric and value.", Recursive = true };

    public Option<DirectoryInfo?> Data { get; } = new("--data") { Description = "The folder with the MNIST files; the nearest shared/data/mnist upwards unless said.", Recursive = true };

    public Option<int> Seed { get; } = new("--seed") { Description = "The seed of the training run.", DefaultValueFactory = _ => 1, Recursive = true };

    public Option<int> HeldOut { get; } = new("--held-out") { Description = "How many training images are kept back to choose by.", DefaultValueFactory = _ => 5000, Recursive = true };
}
