using Espalier.Generator.Annotations.Checks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0211: no composition contains itself.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class CompositionCycleAnalyzer() : CheckAnalyzer(ImageRules.CompositionCycle, new CycleCheck());
