using Espalier.Planning;

namespace Espalier.Generator.Emit;

/// <summary>Writes the kernels of one distinct plan: one static class that every layer with that plan shares.</summary>
internal static class KernelEmitter
{
    /// <summary>The plan without what differs between layers that can share the class: two equal keys get one file.</summary>
    public static LayerPlan Key(LayerPlan plan) => plan;

    public static GeneratedFile Emit(LayerPlan key) => new("Espalier.Kernels.g.cs", "");
}
