using Espalier.Generator.Annotations.Checks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0103: a layer or model is an ordinary class.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class UnsupportedClassFormAnalyzer() : CheckAnalyzer(UsageRules.UnsupportedClassForm, new ClassFormCheck());
