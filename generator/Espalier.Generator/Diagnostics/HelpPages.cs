namespace Espalier.Generator.Diagnostics;

/// <summary>Where the pages of the rules lie: the one place to change when they get a web address.</summary>
internal static class HelpPages
{
    public const string Folder = "generator/docs/";
    public const string Suffix = ".md";
}

/// <summary>The areas that rules belong to; the first two digits of an id say which.</summary>
internal static class Categories
{
    public const string Usage = "Espalier.Usage";
    public const string Shape = "Espalier.Shape";
    public const string Precision = "Espalier.Precision";
    public const string Pruning = "Espalier.Pruning";
    public const string Codebook = "Espalier.Codebook";
    public const string Artifact = "Espalier.Artifact";
    public const string Publish = "Espalier.Publish";
}
