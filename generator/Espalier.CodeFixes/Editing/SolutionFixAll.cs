using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Espalier.CodeFixes;

/// <summary>Fix All for a fix whose edits may lie in other files than its diagnostics: all edits are gathered and made in one step.</summary>
/// <param name="fix">The solution in which all diagnostics are repaired.</param>
internal sealed class SolutionFixAll(Func<Solution, IReadOnlyCollection<Diagnostic>, CancellationToken, Task<Solution>> fix) : FixAllProvider
{
    public override async Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext)
    {
        var found = new List<Diagnostic>();
        switch (fixAllContext.Scope)
        {
            case FixAllScope.Document when fixAllContext.Document is { } document:
                found.AddRange(await fixAllContext.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false));
                break;
            case FixAllScope.Project:
                found.AddRange(await fixAllContext.GetAllDiagnosticsAsync(fixAllContext.Project).ConfigureAwait(false));
                break;
            case FixAllScope.Solution:
                foreach (var project in fixAllContext.Solution.Projects.Where(project => project.Language == LanguageNames.CSharp))
                {
                    found.AddRange(await fixAllContext.GetAllDiagnosticsAsync(project).ConfigureAwait(false));
                }

                break;
            default:
                return null;
        }

        return found.Count == 0
            ? null
            : CodeAction.Create(fixAllContext.CodeActionEquivalenceKey!, cancellation => fix(fixAllContext.Solution, found, cancellation), fixAllContext.CodeActionEquivalenceKey);
    }
}
