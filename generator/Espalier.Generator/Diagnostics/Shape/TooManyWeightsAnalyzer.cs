using Espalier.Generator.Annotations.Checks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0203: a layer's weights fit one array.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class TooManyWeightsAnalyzer() : CheckAnalyzer(ShapeRules.TooManyWeights, new WeightCountCheck());
