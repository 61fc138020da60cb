using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Espalier.Generator.Tests;

/// <summary>
/// A program for one rule. Where the rule fires, <c>«»</c> encloses the text that is underlined and <paramref name="Message"/> is the
/// whole message; where it nearly fires and must not, there are no marks and no message.
/// </summary>
public sealed record RuleCase(string Id, string Program, string? Message = null)
{
    private const string Opening = "namespace N; using Espalier; using static Espalier.Precision;\n";

    public string Source => Opening + Program.Replace("«", "").Replace("»", "");

    public TextSpan Span
    {
        get
        {
            var marked = Opening + Program;
            var start = marked.IndexOf('«');
            return TextSpan.FromBounds(start, marked.IndexOf('»') - 1);
        }
    }

    public override string ToString() => $"{Id} {Program}";

    internal void AssertFires(IReadOnlyList<Diagnostic> found)
    {
        var diagnostic = Assert.Single(found);
        Assert.Equal(Id, diagnostic.Id);
        Assert.Equal(Message, diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(Source.Substring(Span.Start, Span.Length), Source.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length));
        Assert.Equal(Span, diagnostic.Location.SourceSpan);
    }
}
