using Espalier.Generator.Annotations.Checks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0401: sparsity lies in [0, 1).</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class SparsityOutOfRangeAnalyzer() : CheckAnalyzer(PruningRules.SparsityOutOfRange, new SparsityCheck());
