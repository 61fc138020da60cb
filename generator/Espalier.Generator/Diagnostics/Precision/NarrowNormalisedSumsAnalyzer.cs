using Espalier.Generator.Annotations.Checks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0309: batch normalisation gets its sums in full precision.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class NarrowNormalisedSumsAnalyzer() : CheckAnalyzer(PrecisionRules.NarrowNormalisedSums, new NormalisedSumsCheck());
