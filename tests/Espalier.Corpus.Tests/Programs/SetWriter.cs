using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace Espalier.Corpus.Tests;

/// <summary>Writes a set as C#: in one file or two, in every form that a namespace can have, with names spelled in different ways.</summary>
internal static class SetWriter
{
    public static WrittenSet Write(AnnotationSet set)
    {
        // Of its own, so that a fault changes no other choice.
        var random = new Random(~set.Seed);
        var files = new List<(string Path, string Text)>();
        MarkedPlace? place = null;
        for (var file = 0; file < set.Files; file++)
        {
            var path = $"{WrittenSet.FolderOf(set.Seed)}File{file}.cs";
            var marked = FileText(set, file, random);
            var start = marked.IndexOf('«');
            var text = ClassText.WithoutMarks(marked);
            if (start >= 0)
            {
                var span = TextSpan.FromBounds(start, marked.IndexOf('»') - 1);
                place = place is null && marked.IndexOf('«', start + 1) < 0
                    ? new MarkedPlace(path, span, text[span.Start..span.End])
                    : throw new InvalidOperationException($"Set {set.Seed} marks two places:\n{marked}");
            }

            files.Add((path, text));
        }

        return new WrittenSet(set.Seed, files, place, set.Models.Select(set.MetadataName).ToArray());
    }

    private static string FileText(AnnotationSet set, int file, Random random)
    {
        var spelling = Spelling.Of(random, set.Namespace.Length > 0);
        var body = new StringBuilder();
        foreach (var type in set.Classes)
        {
            foreach (var part in Parts(type, set.Files).Where(part => part.File == file))
            {
                Append(body, type, part.Attributes, part.IsFirst, spelling, random);
            }
        }

        if (file == 0)
        {
            body.Append(set.More).Append('\n');
        }

        return InNamespace(set.Namespace, spelling.Usings, body.ToString(), random);
    }

    /// <summary>The second part stands in the next file, except where something is marked: there the order of attributes says which is at fault.</summary>
    private static IEnumerable<(int File, IReadOnlyList<string> Attributes, bool IsFirst)> Parts(ClassText type, int files)
    {
        var attributes = type is ModelText model ? [model.SequentialText, .. type.Attributes] : type.Attributes;
        if (!type.InTwoParts || !type.Modifiers.Contains("partial") || attributes.Count < 2)
        {
            return [(type.File, attributes, true)];
        }

        var isMarked = attributes.Any(attribute => attribute.Contains('«'));
        return [(type.File, attributes[..1], true), (isMarked ? type.File : (type.File + 1) % files, attributes[1..], false)];
    }

    private static void Append(StringBuilder body, ClassText type, IReadOnlyList<string> attributes, bool isFirst, Spelling spelling, Random random)
    {
        foreach (var outer in type.Around)
        {
            body.Append($"/// <summary>Holds classes.</summary>\n{outer}\n{{\n");
        }

        if (isFirst)
        {
            body.Append("/// <summary>A class.</summary>\n");
        }

        for (var i = 0; i < attributes.Count;)
        {
            var together = random.Next(1, attributes.Count - i + 1);
            body.Append($"[{string.Join(", ", attributes.Skip(i).Take(together).Select(text => spelling.Spell(text, random)))}]{random.Of("\n", " ")}");
            i += together;
        }

        body.Append($"{type.Modifiers} {type.Keyword} {(isFirst ? type.Name : ClassText.WithoutMarks(type.Name))}{type.Suffix}{random.Of(";", " { }")}\n");
        foreach (var _ in type.Around)
        {
            body.Append("}\n");
        }
    }

    private static string InNamespace(string name, string usings, string body, Random random)
    {
        var dot = name.IndexOf('.');
        return name.Length == 0 ? usings + body
            : random.Next(3) switch
            {
                0 => $"namespace {name}\n{{\n{usings}{body}}}\n",
                1 when dot > 0 => $"namespace {name[..dot]}\n{{\n    namespace {name[(dot + 1)..]}\n    {{\n{usings}{body}    }}\n}}\n",
                _ => $"namespace {name};\n{usings}{body}",
            };
    }
}
