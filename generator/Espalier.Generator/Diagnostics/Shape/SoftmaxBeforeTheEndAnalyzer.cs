using Espalier.Generator.Annotations.Checks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0204: softmax ends a model.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class SoftmaxBeforeTheEndAnalyzer() : CheckAnalyzer(ShapeRules.SoftmaxBeforeTheEnd, new SoftmaxLastCheck());
