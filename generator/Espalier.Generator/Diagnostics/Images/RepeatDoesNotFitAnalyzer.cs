using Espalier.Generator.Annotations.Checks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0210: a repeated block gives the shape that it takes.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class RepeatDoesNotFitAnalyzer() : CheckAnalyzer(ImageRules.RepeatDoesNotFit, new RepeatedBlockCheck());
