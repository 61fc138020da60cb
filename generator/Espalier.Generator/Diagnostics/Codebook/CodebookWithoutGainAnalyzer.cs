using Espalier.Generator.Annotations.Checks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0503: a codebook is smaller than what it replaces.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class CodebookWithoutGainAnalyzer() : CheckAnalyzer(CodebookRules.CodebookWithoutGain, new CodebookSizeCheck());
