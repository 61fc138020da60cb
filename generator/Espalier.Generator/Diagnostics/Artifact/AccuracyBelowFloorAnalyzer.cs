using System.Globalization;
using Espalier.Generator.Annotations;
using Espalier.Generator.Annotations.Checks;
using Espalier.Generator.Manifests;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0706: the artifact is as accurate as the model demands.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class AccuracyBelowFloorAnalyzer() : ArtifactAnalyzer(ArtifactRules.AccuracyBelowFloor)
{
    protected override Fault? Find(AnnotatedClass annotated, ModelAnnotation model, Manifest? manifest, ArtifactVerdict verdict) =>
        verdict.AnnotationsFit && model.AccuracyFloor is { } floor && manifest!.ValidationAccuracy is { } accuracy && accuracy < floor
            ? Fault.In(annotated.AccuracyFloor!, model.Type.FullName, Text(accuracy), Text(floor))
            : null;

    private static string Text(double share) => share.ToString("0.0###", CultureInfo.InvariantCulture);
}
