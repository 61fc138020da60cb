using System;
using System.Collections.Generic;
using Espalier.Generator.Annotations;

namespace Espalier.Generator.Emit;

/// <summary>Opens a partial class inside its namespace and enclosing types.</summary>
internal static class PartialClass
{
    public static IDisposable Begin(IndentedWriter writer, TypeIdentity type, string? interfaces)
    {
        if (type.Namespace.Length > 0)
        {
            writer.Line($"namespace {type.Namespace};");
            writer.Line();
        }

        var blocks = new Stack<IDisposable>();
        foreach (var enclosing in type.Enclosing)
        {
            blocks.Push(writer.Begin("partial " + enclosing));
        }

        blocks.Push(writer.Begin($"partial class {type.Name}" + (interfaces is null ? "" : " : " + interfaces)));
        return new Closing(blocks);
    }

    private sealed class Closing : IDisposable
    {
        private readonly Stack<IDisposable> _blocks;

        public Closing(Stack<IDisposable> blocks) => _blocks = blocks;

        public void Dispose()
        {
            while (_blocks.Count > 0)
            {
                _blocks.Pop().Dispose();
            }
        }
    }
}
