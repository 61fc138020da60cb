using Espalier.Generator.Annotations.Checks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0217: dropout follows a layer of its own.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class DropoutWithoutLayerAnalyzer() : CheckAnalyzer(ImageRules.DropoutWithoutLayer, new DropoutPlaceCheck());
