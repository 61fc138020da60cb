namespace Espalier.Generator.Manifests;

/// <summary>The framework's JSON reader takes a text that ends too early for a whole one. This finds such texts.</summary>
internal static class JsonBrackets
{
    /// <summary>Whether every bracket outside of strings is closed and nothing follows the last one.</summary>
    public static bool AreClosed(string text)
    {
        var depth = 0;
        var closedOnce = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (closedOnce && !char.IsWhiteSpace(c))
            {
                return false;
            }

            if (c == '"')
            {
                i = EndOfString(text, i);
            }
            else if (c is '{' or '[')
            {
                depth++;
            }
            else if (c is '}' or ']')
            {
                closedOnce = --depth == 0;
            }
        }

        return closedOnce;
    }

    private static int EndOfString(string text, int start)
    {
        var i = start + 1;
        while (i < text.Length && text[i] != '"')
        {
            i += text[i] == '\\' ? 2 : 1;
        }

        return i;
    }
}
