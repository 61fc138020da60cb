using Espalier.Generator.Annotations.Checks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0110: a model lists layers.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class ListedTypeIsNoLayerAnalyzer() : CheckAnalyzer(UsageRules.ListedTypeIsNoLayer, new ListedTypeCheck());
