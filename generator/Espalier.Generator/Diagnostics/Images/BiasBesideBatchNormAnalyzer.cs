using Espalier.Generator.Annotations.Checks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0218: batch normalisation makes a bias redundant.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class BiasBesideBatchNormAnalyzer() : CheckAnalyzer(ImageRules.BiasBesideBatchNorm, new RedundantBiasCheck());
