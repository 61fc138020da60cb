using Espalier.Generator.Emit.Dialects;
using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Pipeline;

/// <summary>Steps that ask what the consumer's framework has.</summary>
internal static class FrameworkSteps
{
    /// <summary>Whether kernels may name 512-bit VNNI. Every edit asks again, but only the answer goes on: nothing later runs again.</summary>
    public static IncrementalValueProvider<bool> HasWideVnni(this IncrementalGeneratorInitializationContext context) =>
        context.CompilationProvider
            .Select(static (compilation, _) => compilation.GetTypeByMetadataName(AvxVnniV512Dialect.MetadataName) is not null)
            .WithTrackingName(TrackingNames.WideVnni);
}
