namespace Espalier;
public static class EmbeddedArtifact { public static ModelWeights Load(System.Reflection.Assembly a, string r, string s, ModelDescription m) => throw new NotSupportedException(); }
public sealed class ArtifactException : Exception { public static ArtifactException Missing(ModelDescription m, string because) => new(); }
