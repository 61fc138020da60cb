namespace Digits;

/// <summary>Bytes of the blob that a model's assembly carries: everything that ships.</summary>
internal static class ArtifactSize
{
    public static long Of(Type model)
    {
        using var blob = model.Assembly.GetManifestResourceStream(model.FullName + ".espalier.bin")
            ?? throw new InvalidDataException($"{model.Name} has no embedded artifact: run \"dotnet run -c Release --project samples/Digits -- train\" and build again.");
        return blob.Length;
    }
}
