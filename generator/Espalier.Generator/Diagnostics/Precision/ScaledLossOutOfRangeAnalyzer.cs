using Espalier.Generator.Annotations.Checks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0308: the scaled loss stays in the range of fp16.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class ScaledLossOutOfRangeAnalyzer() : CheckAnalyzer(PrecisionRules.ScaledLossOutOfRange, new ScaledLossRangeCheck());
