using Espalier.Generator.Annotations.Checks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0201: sizes are at least 1.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class SizeBelowOneAnalyzer() : CheckAnalyzer(ShapeRules.SizeBelowOne, new SizeCheck());
