using Espalier.Generator.Annotations.Checks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0302: inputs have a precision that a kernel takes.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class InputFormatWithoutKernelAnalyzer() : CheckAnalyzer(PrecisionRules.InputFormatWithoutKernel, new InputFormatCheck());
