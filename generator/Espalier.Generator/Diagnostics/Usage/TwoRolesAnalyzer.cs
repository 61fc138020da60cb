using Espalier.Generator.Annotations.Checks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0104: a class is one layer or one model.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class TwoRolesAnalyzer() : CheckAnalyzer(UsageRules.TwoRoles, new SingleRoleCheck());
