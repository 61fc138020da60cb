using Espalier;

namespace Zoo;

/// <summary>A network of the zoo.</summary>
/// <param name="Name">The name on the command line and in rows of measurements.</param>
/// <param name="Title">The name in tables.</param>
/// <param name="Description">Its graph.</param>
internal sealed record ZooModel(string Name, string Title, ModelDescription Description)
{
    /// <summary>All networks, from the smallest task to the largest network.</summary>
    public static readonly ZooModel[] All =
    [
        new("lenet300", "LeNet-300-100", LeNets.LeNet300.Description),
        new("lenet5", "LeNet-5", LeNets.LeNet5.Description),
        new("alexnet", "AlexNet", AlexNets.AlexNet.Description),
        new("vgg16", "VGG-16", VggNets.Vgg16.Description),
        new("resnet18", "ResNet-18", ResNets.ResNet18.Description),
        new("resnet152", "ResNet-152", ResNets.ResNet152.Description),
        new("resnet152-original", "ResNet-152 (original)", ResNets.ResNet152Original.Description),
        new("squeezenet", "SqueezeNet 1.1", SqueezeNets.SqueezeNet11.Description),
    ];

    /// <summary>The networks of the names, or all where none is given.</summary>
    /// <exception cref="ArgumentException">There is no network of a name.</exception>
    public static ZooModel[] Find(IReadOnlyCollection<string> names) => names.Count == 0 ? All : [.. names.Select(Find)];

    private static ZooModel Find(string name) =>
        All.FirstOrDefault(model => string.Equals(model.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"There is no network {name}; there are {string.Join(", ", All.Select(model => model.Name))}.");
}
