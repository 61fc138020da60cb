using Espalier.Generator.Annotations.Checks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0207: a window fits its image.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class WindowDoesNotFitAnalyzer() : CheckAnalyzer(ImageRules.WindowDoesNotFit, new WindowFitsCheck());
