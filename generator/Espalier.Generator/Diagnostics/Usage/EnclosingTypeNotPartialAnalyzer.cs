using Espalier.Generator.Annotations.Checks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0102: types around an annotated class are partial.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class EnclosingTypeNotPartialAnalyzer() : CheckAnalyzer(UsageRules.EnclosingTypeNotPartial, new EnclosingPartialCheck());
