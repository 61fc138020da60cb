using Espalier.Generator.Annotations.Checks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0502: a codebook uses all bits of its index.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class WastedIndexBitAnalyzer() : CheckAnalyzer(CodebookRules.WastedIndexBit, new WastedIndexBitCheck());
