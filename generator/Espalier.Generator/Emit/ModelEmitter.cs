namespace Espalier.Generator.Emit;

/// <summary>Writes the other half of a model's partial class.</summary>
internal static class ModelEmitter
{
    public static GeneratedFile Emit(ModelTarget target) => new(target.Annotation.Type.FileName + ".g.cs", "");
}
