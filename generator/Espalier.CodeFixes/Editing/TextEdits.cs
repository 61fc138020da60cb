using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Espalier.CodeFixes;

/// <summary>
/// Insertions and removals in the files of a solution. Fixes edit text and not trees because what they do not touch (comments, line
/// ends, alignment) then stays as it is, byte for byte.
/// </summary>
internal sealed class TextEdits
{
    private readonly Dictionary<DocumentId, HashSet<TextChange>> _changes = [];

    public void Insert(Document document, int position, string text) => Add(document.Id, new TextChange(new TextSpan(position, 0), text));

    public void Replace(Document document, TextSpan span, string text) => Add(document.Id, new TextChange(span, text));

    public void Remove(Document document, TextSpan span) => Replace(document, span, "");

    /// <summary>The solution with all edits; the same edit asked for twice is made once.</summary>
    public async Task<Solution> Apply(Solution solution, CancellationToken cancellation)
    {
        foreach (var document in _changes)
        {
            var text = await solution.GetDocument(document.Key)!.GetTextAsync(cancellation).ConfigureAwait(false);
            solution = solution.WithDocumentText(document.Key, text.WithChanges(document.Value.OrderBy(change => change.Span.Start)));
        }

        return solution;
    }

    private void Add(DocumentId document, TextChange change)
    {
        if (!_changes.TryGetValue(document, out var changes))
        {
            _changes.Add(document, changes = []);
        }

        changes.Add(change);
    }
}
