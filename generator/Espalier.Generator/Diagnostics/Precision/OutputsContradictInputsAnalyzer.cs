using Espalier.Generator.Annotations.Checks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0311: outputs are what the next layer takes.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class OutputsContradictInputsAnalyzer() : CheckAnalyzer(PrecisionRules.OutputsContradictInputs, new OutputFormatCheck());
