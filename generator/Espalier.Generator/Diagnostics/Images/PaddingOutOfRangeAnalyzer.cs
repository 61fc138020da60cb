using Espalier.Generator.Annotations.Checks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0213: padding is in range.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class PaddingOutOfRangeAnalyzer() : CheckAnalyzer(ImageRules.PaddingOutOfRange, new PaddingCheck());
