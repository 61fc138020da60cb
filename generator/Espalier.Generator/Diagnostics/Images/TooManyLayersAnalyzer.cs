using Espalier.Generator.Annotations.Checks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0215: a model has up to 4,096 layers.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class TooManyLayersAnalyzer() : CheckAnalyzer(ImageRules.TooManyLayers, new LayerCountCheck());
