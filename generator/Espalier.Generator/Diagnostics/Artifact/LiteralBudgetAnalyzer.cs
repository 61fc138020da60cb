using System.Globalization;
using System.IO;
using System.Linq;
using Espalier.Generator.Annotations;
using Espalier.Generator.Annotations.Checks;
using Espalier.Generator.Emit;
using Espalier.Generator.Manifests;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0713: what the compiler reads of an artifact stays small, as literals and as manifest.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class LiteralBudgetAnalyzer() : ArtifactAnalyzer(ArtifactRules.LiteralBudget)
{
    /// <summary>Bytes from which on <c>Save()</c> leaves the plans out of a manifest to keep it smaller.</summary>
    private const int ManifestBudget = 64 << 10;

    protected override Fault? Find(AnnotatedClass annotated, ModelAnnotation model, Manifest? manifest, ArtifactVerdict verdict, ProjectDemands project)
    {
        if (verdict.State != ArtifactState.Fits)
        {
            return null;
        }

        var codebooks = manifest!.Layers.Select(layer => layer.Centroids).Where(centroids => centroids.Count > 0).ToArray();
        var literals = CentroidLiterals.Bytes(codebooks);
        if (literals > CentroidLiterals.Budget)
        {
            return Fault.In(
                annotated.Sequentials[0],
                $"The code of model '{model.Type.FullName}' holds {Number(literals)} bytes of centroids as literals, of {codebooks.Length} places, and {Number(CentroidLiterals.Budget)} is the budget; "
                + $"Codebook(16) at each of them is {Number(16 * codebooks.Length)}");
        }

        return manifest.TextBytes > ManifestBudget
            ? Fault.In(
                annotated.Sequentials[0],
                $"{Path.GetFileName(manifest.File)}, which every build of model '{model.Type.FullName}' reads, has {Number(manifest.TextBytes)} bytes and {Number(ManifestBudget)} is the budget; "
                + "save the artifact again, which leaves recorded plans out, or cut the model in two")
            : null;
    }

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
