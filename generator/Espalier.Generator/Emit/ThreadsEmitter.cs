using System;
using System.Linq;

namespace Espalier.Generator.Emit;

/// <summary>Writes what layers and models need to run on more than one thread: which layers are shared is decided when an instance is made.</summary>
internal static class ThreadsEmitter
{
    /// <summary>The parameter of constructors.</summary>
    public const string Parameter = "int threads = 1";

    private const string Kernels = "global::Espalier.Kernels.";

    /// <summary>What constructors say of their parameter.</summary>
    public static void EmitParameterText(IndentedWriter writer)
    {
        writer.Line("/// <param name=\"threads\">Threads of one prediction, the caller's among them. More than 1 is for programs that wait for single large layers: layers of less than about 50 µs run on one thread all the same. More than <see cref=\"global::System.Environment.ProcessorCount\"/> is allowed and gains nothing.</param>");
        writer.Line("/// <exception cref=\"global::System.ArgumentOutOfRangeException\"><paramref name=\"threads\"/> is below 1.</exception>");
    }

    /// <summary>The first statement of constructors.</summary>
    public static void EmitCheck(IndentedWriter writer) => writer.Line($"Threads = {Kernels}Arguments.CheckThreads(threads);");

    /// <summary>The last statement of constructors.</summary>
    public static void EmitShare(IndentedWriter writer) => writer.Line("_threaded = _packed.Share(threads);");

    public static void EmitField(IndentedWriter writer) => writer.Line($"private readonly {Kernels}ThreadedLayers? _threaded;");

    public static void EmitProperty(IndentedWriter writer)
    {
        writer.Line();
        writer.Line("/// <summary>The threads that one prediction or batch may run on, the caller's among them.</summary>");
        writer.Line("public int Threads { get; }");
    }

    /// <summary>The method that cuts layers into parts.</summary>
    public static void EmitParts(IndentedWriter writer, int layers, Func<int, string> kernel)
    {
        writer.Line();
        writer.Line("/// <summary>Cuts the layers that are worth it into parts for several threads, over the same memory; null for one thread.</summary>");
        var pairs = string.Join(", ", Enumerable.Range(0, layers).Select(i => $"(_layer{i}, {kernel(i)}.Run)"));
        writer.Line($"public {Kernels}ThreadedLayers? Share(int threads) => {Kernels}ThreadedLayers.Of(threads, {pairs});");
    }

    /// <summary>The statements that run a layer or step, whole or in parts.</summary>
    /// <param name="writer">The model's text.</param>
    /// <param name="place">Its place among those of its sort.</param>
    /// <param name="arguments">What it reads and writes.</param>
    /// <param name="whole">The statement that runs it as one.</param>
    public static void EmitRun(IndentedWriter writer, int place, string arguments, string whole)
    {
        using (writer.Begin($"if (threaded is null || !threaded.TryRun({place}, {arguments}))"))
        {
            writer.Line(whole);
        }
    }
}
