using Espalier.Generator.Annotations.Checks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0202: a layer takes what the one before gives.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class ChainDoesNotFitAnalyzer() : CheckAnalyzer(ShapeRules.ChainDoesNotFit, new ChainCheck());
