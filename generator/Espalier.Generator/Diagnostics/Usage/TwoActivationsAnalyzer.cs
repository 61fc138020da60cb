using Espalier.Generator.Annotations.Checks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0105: a layer has one activation.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class TwoActivationsAnalyzer() : CheckAnalyzer(UsageRules.TwoActivations, new SingleActivationCheck());
