using Espalier.Generator.Annotations.Checks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0307: gradients in fp16 come with loss scaling.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class HalfGradientsWithoutScalingAnalyzer() : CheckAnalyzer(PrecisionRules.HalfGradientsWithoutScaling, new LossScalingCheck());
