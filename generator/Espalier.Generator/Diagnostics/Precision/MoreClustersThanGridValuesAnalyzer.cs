using Espalier.Generator.Annotations.Checks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0304: a codebook fits the weight grid.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class MoreClustersThanGridValuesAnalyzer() : CheckAnalyzer(PrecisionRules.MoreClustersThanGridValues, new GridClustersCheck());
