using System;
using System.Text;

namespace Espalier.Generator.Emit;

/// <summary>Builds C# text line by line with <c>\n</c> alone, so that equal plans give equal bytes on every system.</summary>
internal sealed class IndentedWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;

    /// <summary>Writes a line, or several when the text has line breaks, at the current depth.</summary>
    public void Line(string text = "")
    {
        foreach (var line in text.Replace("\r\n", "\n").Split('\n'))
        {
            if (line.Length > 0)
            {
                _text.Append(' ', 4 * _depth).Append(line);
            }

            _text.Append('\n');
        }
    }

    /// <summary>Writes a header, if there is one, and a brace; the brace is closed when the result is disposed.</summary>
    public Block Begin(string header = "", string end = "}")
    {
        if (header.Length > 0)
        {
            Line(header);
        }

        Line("{");
        _depth++;
        return new Block(this, end);
    }

    public override string ToString() => _text.ToString();

    internal readonly struct Block : IDisposable
    {
        private readonly IndentedWriter _writer;
        private readonly string _end;

        public Block(IndentedWriter writer, string end) => (_writer, _end) = (writer, end);

        public void Dispose()
        {
            _writer._depth--;
            _writer.Line(_end);
        }
    }
}
