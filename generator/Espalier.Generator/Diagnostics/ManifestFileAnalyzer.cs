using System.Collections.Immutable;
using System.Linq;
using Espalier.Generator.Annotations;
using Espalier.Generator.Manifests;
using Espalier.Planning;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Espalier.Generator.Diagnostics;

/// <summary>Looks at manifests without their models' attributes. What it finds is shown in the manifest's file.</summary>
internal abstract class ManifestFileAnalyzer(DiagnosticDescriptor rule) : DiagnosticAnalyzer
{
    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(rule);

    public sealed override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (!start.Compilation.UsesEspalier())
            {
                return;
            }

            var severity = RequiredArtifacts.Severity(rule, start.Options);
            var manifests = ManifestCache.ReadAll(
                start.Options, text => start.TryGetValue(text, ManifestCache.Reader, out var read) ? read : null, start.CancellationToken);
            if (manifests.Count == 0)
            {
                return;
            }

            // Asked when a manifest's file is looked at, not at the start: a manifest's model is found by binding its attributes, and what they name is
            // then declared and bound too. At the start that cost an editor 25 models and their 100 layers with each keystroke in any document.
            start.RegisterAdditionalFileAction(file =>
            {
                foreach (var manifest in manifests)
                {
                    if (manifest.File == file.AdditionalFile.Path && Find(manifest, manifests, file.Compilation) is { } values)
                    {
                        var top = Location.Create(manifest.File, default, new LinePositionSpan(default, default));
                        file.ReportDiagnostic(Diagnostic.Create(rule, top, severity, null, null, values));
                    }
                }
            });
        });
    }

    /// <summary>The values of the message when the rule does not hold, otherwise null.</summary>
    /// <param name="manifest">The manifest to look at.</param>
    /// <param name="all">All manifests of the project, in the order in which models look for theirs.</param>
    /// <param name="compilation">The project's code.</param>
    protected abstract object[]? Find(Manifest manifest, EquatableArray<Manifest> all, Compilation compilation);

    /// <summary>Whether the manifest names a model of this project.</summary>
    protected static bool HasModel(Manifest manifest, Compilation compilation) =>
        compilation.Assembly.GetTypeByMetadataName(manifest.Model)?.GetAttributes().Any(attribute => attribute.Is(AttributeNames.Sequential)) == true;
}
