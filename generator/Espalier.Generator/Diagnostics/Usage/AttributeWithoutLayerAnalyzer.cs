using Espalier.Generator.Annotations.Checks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0106: compression and activation belong to a layer.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class AttributeWithoutLayerAnalyzer() : CheckAnalyzer(UsageRules.AttributeWithoutLayer, new LayerlessAttributeCheck());
