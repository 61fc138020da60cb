using Espalier.Generator.Annotations.Checks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0209: branches give images of one size.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class BranchesDoNotFitAnalyzer() : CheckAnalyzer(ImageRules.BranchesDoNotFit, new BranchesCheck());
