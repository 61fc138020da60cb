using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Espalier.Generator.Tests;

/// <summary>Hands the diagnostics of a document or project to Fix All, as an editor does.</summary>
internal sealed class FoundDiagnostics(ImmutableArray<string> ids) : FixAllContext.DiagnosticProvider
{
    public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
        (await TestSolution.Diagnose(project)).Where(found => ids.Contains(found.Id));

    public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
        (await GetAllDiagnosticsAsync(document.Project, cancellationToken)).Where(found =>
            document.Project.Solution.GetDocument(found.Location.SourceTree)?.Id == document.Id);

    public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
        Task.FromResult<IEnumerable<Diagnostic>>([]);
}
