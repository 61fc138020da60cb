using Benchmarks.Models;
using Espalier;
using Network = Startup.LeNet300;

namespace Benchmarks.Startup;

/// <summary>Makes the artifact of the network inside <c>samples/Startup</c>: the same bytes every time, because its weights are made up from a fixed seed.</summary>
internal static class SaveCommand
{
    /// <param name="folder">Where to save; beside the model's source unless said.</param>
    public static int Run(DirectoryInfo? folder)
    {
        var artifact = Artifact.From(SyntheticWeights.For(Network.Description));
        Console.WriteLine(folder is null ? artifact.Save() : artifact.Save(folder.FullName));
        return 0;
    }
}
