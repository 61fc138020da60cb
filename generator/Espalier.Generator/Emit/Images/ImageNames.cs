using Espalier.Planning;

namespace Espalier.Generator.Emit.Images;

/// <summary>What things are called in the class of a network of images.</summary>
internal static class ImageNames
{
    public const string Runtime = "global::Espalier.";
    public const string Kernels = "global::Espalier.Kernels.";

    /// <summary>The class of a layer's kernels.</summary>
    public static string Kernel(LayerPlan plan) => "global::Espalier.Generated." + KernelName.Of(KernelEmitter.Key(plan));

    /// <summary>The constant that says where a tensor lies.</summary>
    public static string Map(int tensor) => $"Map{tensor}";

    /// <summary>A reference to a place in the block of scratch.</summary>
    public static string At(string place) => $"global::System.Runtime.CompilerServices.Unsafe.Add(ref scratch, {place})";

    /// <summary>For comments: what a tensor is.</summary>
    public static string Form(ImageTensor tensor) => tensor.Form switch
    {
        EdgeForm.Codes => "codes",
        EdgeForm.Planes => "14-bit codes",
        _ => "floats",
    };
}
