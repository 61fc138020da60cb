using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace Espalier.Corpus.Tests;

/// <param name="Seed">What the set was made from.</param>
/// <param name="Files">The set's files: path and text, without marks.</param>
/// <param name="Place">What a rule must underline; null when no text was marked.</param>
/// <param name="Models">The models' metadata names.</param>
internal sealed record WrittenSet(int Seed, IReadOnlyList<(string Path, string Text)> Files, MarkedPlace? Place, IReadOnlyList<string> Models)
{
    /// <summary>Paths of the set's files, manifests included, begin so.</summary>
    public string Folder => FolderOf(Seed);

    public static string FolderOf(int seed) => $"/corpus/{seed:D4}/";

    public override string ToString()
    {
        var text = new StringBuilder($"set {Seed}:\n");
        foreach (var file in Files)
        {
            text.Append($"// {file.Path}\n{file.Text}\n");
        }

        return text.ToString();
    }
}

/// <param name="Path">The file.</param>
/// <param name="Span">The place in it; empty at the top of a file that is no code.</param>
/// <param name="Text">What stands there.</param>
internal sealed record MarkedPlace(string Path, TextSpan Span, string Text);
