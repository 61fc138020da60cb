using Espalier.Generator.Annotations.Checks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0303: sums fit 32 bits.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class AccumulatorCanOverflowAnalyzer() : CheckAnalyzer(PrecisionRules.AccumulatorCanOverflow, new AccumulatorCheck());
