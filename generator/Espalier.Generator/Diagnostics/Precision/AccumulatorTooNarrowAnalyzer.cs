using Espalier.Generator.Annotations.Checks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0305: sums have a precision that holds their products.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class AccumulatorTooNarrowAnalyzer() : CheckAnalyzer(PrecisionRules.AccumulatorTooNarrow, new AccumulatorFormatCheck());
