using System.Globalization;
using Espalier.Generator.Annotations;
using Espalier.Generator.Annotations.Checks;
using Espalier.Generator.Manifests;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0710: an accuracy floor is a share from 0 to 1, in the attribute or in the project.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class AccuracyFloorOutOfRangeAnalyzer() : ArtifactAnalyzer(ArtifactRules.AccuracyFloorOutOfRange)
{
    protected override Fault? Find(AnnotatedClass annotated, ModelAnnotation model, Manifest? manifest, ArtifactVerdict verdict, ProjectDemands project)
    {
        if (annotated.AccuracyFloor is { } attribute)
        {
            return model.AccuracyFloor is { } floor && !ProjectFloor.IsShare(floor)
                ? Suggesting(Fault.InArgument(attribute, 0, "accuracy", model.Type.FullName, Text(floor), "[AccuracyFloor]"), floor)
                : null;
        }

        return project.Accuracy.Text.Length > 0 && !(project.Accuracy.Floor is { } common && ProjectFloor.IsShare(common))
            ? Fault.In(annotated.Sequentials[0], model.Type.FullName, project.Accuracy.Text, ProjectFloor.PropertyName)
            : null;
    }

    /// <summary>A number from 1 to 100 was meant as a percentage; what was meant by others only their author knows.</summary>
    private static Fault Suggesting(Fault fault, double floor) => floor > 1 && floor <= 100 ? fault.Suggesting(Text(System.Math.Round(floor / 100, 6))) : fault;

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
