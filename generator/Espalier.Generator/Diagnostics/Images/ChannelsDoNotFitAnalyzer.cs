using Espalier.Generator.Annotations.Checks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0206: a convolution takes the channels that the layer before gives.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class ChannelsDoNotFitAnalyzer() : CheckAnalyzer(ImageRules.ChannelsDoNotFit, new ChannelsCheck());
