namespace Espalier.Corpus.Tests;

/// <summary>Mistakes in how a project is published. They are said once for a project, so each has properties of its own and is compiled alone.</summary>
internal static class PublishSeeders
{
    public static readonly Seeder[] All =
    [
        Native("ESP0801", "no level on Linux", ("RuntimeIdentifier", "linux-x64")),
        Native("ESP0801", "no level on Windows in 32 bits", ("RuntimeIdentifier", "win-x86")),
        Native("ESP0801", "no level on the machine at hand", ("NETCoreSdkRuntimeIdentifier", "osx-x64")),
        Native("ESP0801", "no level for small code", ("RuntimeIdentifier", "linux-musl-x64"), ("OptimizationPreference", "Size")),
        Native("ESP0801", "an empty level", ("RuntimeIdentifier", "win-x64"), ("IlcInstructionSet", " ")),

        Native("ESP0802", "a set of older compilers", ("RuntimeIdentifier", "linux-x64"), ("IlcInstructionSet", "avx2,bmi,lzcnt")),
        Native("ESP0802", "capitals", ("RuntimeIdentifier", "linux-x64"), ("IlcInstructionSet", "AVX2")),
        Native("ESP0802", "the level that programs have anyway", ("RuntimeIdentifier", "win-x64"), ("IlcInstructionSet", "x86-64-v2")),
        Native("ESP0802", "a level less what kernels need", ("RuntimeIdentifier", "win-x64"), ("IlcInstructionSet", "x86-64-v3,-avx2")),
        Native("ESP0802", "a level of another processor", ("RuntimeIdentifier", "linux-arm64"), ("IlcInstructionSet", "x86-64-v3")),
    ];

    private static Seeder Native(string id, string what, params (string Name, string Value)[] properties) =>
        new(id, what, spot => spot.Model.Sequential = $"«{spot.Model.SequentialText}»")
        {
            Properties = [("build_property.PublishAot", "true"), .. properties.Select(property => ("build_property." + property.Name, property.Value))],
        };
}
