using Espalier.Generator.Annotations.Checks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0111: a model has layers.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class ModelWithoutLayersAnalyzer() : CheckAnalyzer(UsageRules.ModelWithoutLayers, new ModelHasLayersCheck());
