using System;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>What a project says of its native form.</summary>
/// <param name="IsNative">Whether it is published by NativeAOT.</param>
/// <param name="Level">What <c>IlcInstructionSet</c> says, or empty.</param>
/// <param name="Architecture">The last part of the runtime identifier, e.g. <c>x64</c>.</param>
/// <param name="ForSize">Whether the native compiler prefers small code: it then leaves out what it is not told to expect.</param>
internal sealed record PublishTarget(bool IsNative, string Level, string Architecture, bool ForSize)
{
    public bool IsX86 => Architecture is "x64" or "x86";

    public bool IsArm => Architecture is "arm64";

    public static PublishTarget Of(AnalyzerOptions options)
    {
        string Property(string name) =>
            options.AnalyzerConfigOptionsProvider.GlobalOptions.TryGetValue("build_property." + name, out var value) ? value.Trim() : "";

        // A project that names no runtime identifier is published for the machine at hand, which the SDK was made for.
        var identifier = Property("RuntimeIdentifier") is { Length: > 0 } named ? named : Property("NETCoreSdkRuntimeIdentifier");
        return new PublishTarget(
            string.Equals(Property("PublishAot"), "true", StringComparison.OrdinalIgnoreCase),
            Property("IlcInstructionSet"),
            identifier.Substring(identifier.LastIndexOf('-') + 1).ToLowerInvariant(),
            string.Equals(Property("OptimizationPreference"), "Size", StringComparison.OrdinalIgnoreCase));
    }
}
