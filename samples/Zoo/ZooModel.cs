using Espalier;

namespace Zoo;

/// <summary>A network of the zoo.</summary>
/// <param name="Name">The name on the command line and in rows of measurements.</param>
/// <param name="Title">The name in tables.</param>
/// <param name="Description">Its graph.</param>
/// <param name="Files">The files that declare it, under <c>Models</c>.</param>
internal sealed record ZooModel(string Name, string Title, ModelDescription Description, params string[] Files)
{
    private const double UsualSparsity = 0.85;

    /// <summary>The shares of weights that each layer loses in pruned form, in the order of the source; the same for all layers where it is empty.</summary>
    public IReadOnlyList<double> Sparsities { get; init; } = [];

    /// <summary>The share of weights that a layer loses in pruned form.</summary>
    /// <param name="layer">Its place among the layers with weights.</param>
    public double SparsityOf(int layer) => Sparsities.Count == 0 ? UsualSparsity : Sparsities[layer];

    /// <summary>All networks, from the smallest task to the largest network.</summary>
    public static readonly ZooModel[] All =
    [
        // The sparsities of the two are those of Deep Compression's tables 2 and 3 (Han et al., 2016).
        new("lenet300", "LeNet-300-100", LeNets.LeNet300.Description, "LeNet300.cs") { Sparsities = [0.92, 0.91, 0.74] },
        new("lenet5", "LeNet-5", LeNets.LeNet5.Description, "LeNet5.cs") { Sparsities = [0.34, 0.88, 0.92, 0.81] },
        new("alexnet", "AlexNet", AlexNets.AlexNet.Description, "AlexNet.cs"),
        new("vgg16", "VGG-16", VggNets.Vgg16.Description, "Vgg16.cs"),
        new("resnet18", "ResNet-18", ResNets.ResNet18.Description, "ResNet.cs", "ResNet18.cs"),
        new("resnet152", "ResNet-152", ResNets.ResNet152.Description, "ResNet.cs", "Bottlenecks.cs", "ResNet152.cs"),
        new("resnet152-original", "ResNet-152 (original)", ResNets.ResNet152Original.Description, "ResNet.cs", "Bottlenecks.cs", "ResNet152.cs", "ResNet152Original.cs"),
        new("squeezenet", "SqueezeNet 1.1", SqueezeNets.SqueezeNet11.Description, "SqueezeNet11.cs"),
    ];

    /// <summary>The networks of the names, or all where none is given.</summary>
    /// <exception cref="ArgumentException">There is no network of a name.</exception>
    public static ZooModel[] Find(IReadOnlyCollection<string> names) => names.Count == 0 ? All : [.. names.Select(Find)];

    private static ZooModel Find(string name) =>
        All.FirstOrDefault(model => string.Equals(model.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"There is no network {name}; there are {string.Join(", ", All.Select(model => model.Name))}.");
}
