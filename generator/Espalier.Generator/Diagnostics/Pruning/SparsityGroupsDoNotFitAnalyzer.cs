using Espalier.Generator.Annotations.Checks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0403: groups of N:M sparsity fit the layer.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class SparsityGroupsDoNotFitAnalyzer() : CheckAnalyzer(PruningRules.SparsityGroupsDoNotFit, new SparsityGroupsCheck());
