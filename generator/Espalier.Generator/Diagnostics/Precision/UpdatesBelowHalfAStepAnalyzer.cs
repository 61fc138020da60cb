using Espalier.Generator.Annotations.Checks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0306: updates reach half a step of the weight grid.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class UpdatesBelowHalfAStepAnalyzer() : CheckAnalyzer(PrecisionRules.UpdatesBelowHalfAStep, new LostUpdateCheck());
