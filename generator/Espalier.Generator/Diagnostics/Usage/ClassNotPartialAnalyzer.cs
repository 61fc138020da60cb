using Espalier.Generator.Annotations.Checks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0101: an annotated class is partial.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class ClassNotPartialAnalyzer() : CheckAnalyzer(UsageRules.ClassNotPartial, new PartialCheck());
