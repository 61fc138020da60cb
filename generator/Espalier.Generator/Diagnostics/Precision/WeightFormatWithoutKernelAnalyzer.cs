using Espalier.Generator.Annotations.Checks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0301: weights have a precision that a kernel takes.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class WeightFormatWithoutKernelAnalyzer() : CheckAnalyzer(PrecisionRules.WeightFormatWithoutKernel, new WeightFormatCheck());
