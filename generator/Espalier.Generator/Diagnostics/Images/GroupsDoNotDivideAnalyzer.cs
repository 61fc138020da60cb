using Espalier.Generator.Annotations.Checks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0212: groups divide both numbers of channels.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class GroupsDoNotDivideAnalyzer() : CheckAnalyzer(ImageRules.GroupsDoNotDivide, new GroupsCheck());
