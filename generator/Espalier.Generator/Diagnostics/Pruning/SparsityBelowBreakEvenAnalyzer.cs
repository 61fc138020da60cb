using Espalier.Generator.Annotations.Checks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0402: a pruned layer is sparse enough for a sparse kernel.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class SparsityBelowBreakEvenAnalyzer() : CheckAnalyzer(PruningRules.SparsityBelowBreakEven, new SparsityPaysCheck());
