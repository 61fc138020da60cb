using System.Globalization;
using Espalier.Generator.Annotations;
using Espalier.Generator.Annotations.Checks;
using Espalier.Generator.Manifests;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0706: the artifact is as accurate as the model demands, or its project for models that demand nothing.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class AccuracyBelowFloorAnalyzer() : ArtifactAnalyzer(ArtifactRules.AccuracyBelowFloor)
{
    protected override Fault? Find(AnnotatedClass annotated, ModelAnnotation model, Manifest? manifest, ArtifactVerdict verdict, ProjectDemands project)
    {
        var attribute = annotated.AccuracyFloor;
        if (!verdict.AnnotationsFit
            || (attribute is null ? project.Accuracy.Floor : model.AccuracyFloor) is not { } floor
            || !ProjectFloor.IsShare(floor)
            || manifest!.ValidationAccuracy is not { } accuracy
            || accuracy >= floor)
        {
            return null;
        }

        return Fault.In(attribute ?? annotated.Sequentials[0], model.Type.FullName, Text(accuracy), attribute is null ? ProjectFloor.PropertyName : "[AccuracyFloor]", Text(floor));
    }

    private static string Text(double share) => share.ToString("0.0###", CultureInfo.InvariantCulture);
}
