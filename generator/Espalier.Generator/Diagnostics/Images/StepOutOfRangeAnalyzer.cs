using Espalier.Generator.Annotations.Checks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0216: batch normalisation, dropout and response normalisation are in range.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class StepOutOfRangeAnalyzer() : CheckAnalyzer(ImageRules.StepOutOfRange, new StepRangeCheck());
