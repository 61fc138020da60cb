using Espalier.Generator.Annotations.Checks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0208: a residual block adds what has one shape.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class SumDoesNotFitAnalyzer() : CheckAnalyzer(ImageRules.SumDoesNotFit, new SumCheck());
