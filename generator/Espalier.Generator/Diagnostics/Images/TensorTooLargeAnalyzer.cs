using Espalier.Generator.Annotations.Checks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0219: what passes between two layers fits an array.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class TensorTooLargeAnalyzer() : CheckAnalyzer(ImageRules.TensorTooLarge, new TensorSizeCheck());
