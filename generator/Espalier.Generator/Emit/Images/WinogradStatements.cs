using System;
using System.Collections.Generic;
using System.Linq;
using Espalier.Generator.Emit.Dialects;

namespace Espalier.Generator.Emit.Images;

/// <summary>Statements that the passes of Winograd's minimal filtering are made of.</summary>
internal static class WinogradStatements
{
    public static void Lines(IndentedWriter writer, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            writer.Line(line);
        }
    }

    /// <summary>From places to <c>d0</c> and on.</summary>
    public static void Load(IndentedWriter writer, int count, Func<int, string> value) =>
        Lines(writer, Enumerable.Range(0, count).Select(i => $"var d{i} = {value(i)};"));

    /// <summary>From <c>t0</c> and on to places.</summary>
    public static void Store(IndentedWriter writer, Dialect dialect, int count, Func<int, string> place) =>
        Lines(writer, Enumerable.Range(0, count).Select(i => dialect.StoreVector($"t{i}", place(i))));

    public static void Loop(IndentedWriter writer, string name, int count, Action emitBody)
    {
        using (writer.Begin($"for (nuint {name} = 0; {name} < {count}; {name}++)"))
        {
            emitBody();
        }

        writer.Line();
    }

    public static void Begin(IndentedWriter writer, string signature, Action emitBody)
    {
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        using (writer.Begin($"private static void {signature}"))
        {
            emitBody();
        }
    }

    public static string Times(string place, string stride, int times) => times switch { 0 => place, 1 => $"{place} + {stride}", _ => $"{place} + ({times} * {stride})" };
}
