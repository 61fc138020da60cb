namespace Espalier.Generator.Emit;

/// <summary>Writes the other half of a layer's partial class.</summary>
internal static class LayerEmitter
{
    public static GeneratedFile Emit(LayerTarget target) => new(target.Annotation.Type.FileName + ".g.cs", "");
}
