using Espalier;

namespace Zoo;

/// <summary>A network of the zoo.</summary>
/// <param name="Name">The name on the command line and in rows of measurements.</param>
/// <param name="Title">The name in tables.</param>
/// <param name="Description">Its graph.</param>
/// <param name="Files">The files that declare it, under <c>Models</c>.</param>
internal sealed record ZooModel(string Name, string Title, ModelDescription Description, params string[] Files)
{
    /// <summary>All networks, from the smallest task to the largest network.</summary>
    public static readonly ZooModel[] All =
    [
        new("lenet300", "LeNet-300-100", LeNets.LeNet300.Description, "LeNet300.cs"),
        new("lenet5", "LeNet-5", LeNets.LeNet5.Description, "LeNet5.cs"),
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
