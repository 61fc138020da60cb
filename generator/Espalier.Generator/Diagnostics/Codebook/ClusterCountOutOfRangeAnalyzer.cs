using Espalier.Generator.Annotations.Checks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0501: a codebook has 2 to 256 clusters.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class ClusterCountOutOfRangeAnalyzer() : CheckAnalyzer(CodebookRules.ClusterCountOutOfRange, new ClusterCountCheck());
