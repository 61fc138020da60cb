using Espalier.Generator.Annotations.Checks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0205: a classifier ends in plain scores or in a softmax.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class ActivationBoundsScoresAnalyzer() : CheckAnalyzer(ShapeRules.ActivationBoundsScores, new LogitsCheck());
