namespace Espalier.Generator.Pipeline;

/// <summary>Names of the pipeline's steps, for the tests that watch what is cached.</summary>
internal static class TrackingNames
{
    public const string Layers = nameof(Layers);
    public const string Models = nameof(Models);
    public const string Manifests = nameof(Manifests);
    public const string ModelManifests = nameof(ModelManifests);
    public const string LayerTargets = nameof(LayerTargets);
    public const string ModelTargets = nameof(ModelTargets);
    public const string KernelUsers = nameof(KernelUsers);
    public const string KernelOwners = nameof(KernelOwners);
    public const string Kernels = nameof(Kernels);
    public const string LayerFiles = nameof(LayerFiles);
    public const string ModelFiles = nameof(ModelFiles);
    public const string WideVnni = nameof(WideVnni);
    public const string KernelFiles = nameof(KernelFiles);

    public static readonly string[] All =
    [
        Layers, Models, Manifests, ModelManifests, LayerTargets, ModelTargets, KernelUsers, KernelOwners, Kernels, LayerFiles, ModelFiles, WideVnni, KernelFiles,
    ];
}
