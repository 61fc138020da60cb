using Espalier.Generator.Annotations.Checks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0312: every role has a precision that it can take.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class RoleFormatUnknownAnalyzer() : CheckAnalyzer(PrecisionRules.RoleFormatUnknown, new RoleFormatCheck());
