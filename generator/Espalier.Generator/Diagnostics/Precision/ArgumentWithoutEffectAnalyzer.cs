using Espalier.Generator.Annotations.Checks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0310: arguments on precisions have an effect.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class ArgumentWithoutEffectAnalyzer() : CheckAnalyzer(PrecisionRules.ArgumentWithoutEffect, new EffectlessArgumentCheck());
