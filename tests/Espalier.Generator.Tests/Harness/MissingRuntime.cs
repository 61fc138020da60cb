namespace Espalier.Generator.Tests;

/// <summary>Stands in for runtime types that generated code names and that the runtime does not have yet; once it has them, this is empty and can go.</summary>
internal static class MissingRuntime
{
    public static string Source => typeof(DenseAttribute).Assembly.GetType("Espalier.ArtifactException") is not null ? "" : """
        namespace Espalier
        {
            internal sealed class ArtifactException : System.Exception
            {
                public static ArtifactException Missing(ModelDescription model, string because) => new();
            }

            internal static class EmbeddedArtifact
            {
                public static ModelWeights Load(System.Reflection.Assembly assembly, string resource, string sha256, ModelDescription model) => throw new ArtifactException();
            }
        }
        """;
}
