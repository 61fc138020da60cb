using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Zoo.Running;

/// <summary>
/// Puts a clock into a network's generated code: before each step it writes the time into an array. One call in hundreds of microseconds; the steps run as
/// they do without it.
/// </summary>
internal sealed partial class StepClock
{
    /// <summary>The class that joins the program.</summary>
    private const string Source =
        """
        internal static class StepClock
        {
            public static readonly long[] Times = new long[4096];

            public static void Mark(int step) => Times[step] = System.Diagnostics.Stopwatch.GetTimestamp();
        }
        """;

    private readonly Dictionary<string, string> _kernels = [];
    private readonly SortedDictionary<int, string> _steps = [];

    /// <summary>By step: what its comment says, then the layout where it has weights. Step 0 is the input's.</summary>
    public IReadOnlyDictionary<int, string> Steps => _steps;

    /// <summary>The array that a compiled network writes to.</summary>
    public static long[] TimesOf(System.Reflection.Assembly assembly) => (long[])assembly.GetType("StepClock", throwOnError: true)!.GetField("Times")!.GetValue(null)!;

    /// <summary>Microseconds between two times.</summary>
    public static double Micros(long from, long to) => Stopwatch.GetElapsedTime(from, to).TotalMicroseconds;

    /// <param name="program">The network with its generated files.</param>
    /// <param name="tier">The tier that will run.</param>
    public Compilation Rewrite(Compilation program, Espalier.InstructionTier tier)
    {
        var trees = program.SyntaxTrees.Select(tree => (Tree: tree, Text: tree.ToString())).ToArray();
        foreach (var (_, text) in trees)
        {
            if (KernelClass().Match(text) is { Success: true } kernel && Regex.Match(text, $@"InstructionTier\.{tier} => (\w+)\.V\d+\.Pack\(weights, tier, new KernelShape\((\d+), (\d+), (\d+), (\d+)") is { Success: true } plan)
            {
                _kernels[kernel.Groups[1].Value] = string.Create(CultureInfo.InvariantCulture, $"{plan.Groups[1]} {plan.Groups[2]}x{plan.Groups[3]} w{plan.Groups[4]} d{plan.Groups[5]}");
            }
        }

        foreach (var (tree, text) in trees.Where(file => file.Text.Contains("class Packed", StringComparison.Ordinal)))
        {
            var marked = StepLine().Replace(text, Mark);
            program = program.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(marked, (CSharpParseOptions)tree.Options, tree.FilePath, tree.Encoding));
        }

        _steps[0] = "input";
        return program.AddSyntaxTrees(CSharpSyntaxTree.ParseText(Source, (CSharpParseOptions)trees[0].Tree.Options));
    }

    private string Mark(Match line)
    {
        var step = int.Parse(line.Groups[1].Value, CultureInfo.InvariantCulture);
        var call = line.Groups[3].Value.Split('.');
        _steps[step] = line.Groups[2].Value + (call.Length > 1 && _kernels.TryGetValue(call[^2], out var kernel) ? $" {kernel}" : "");
        return $"global::StepClock.Mark({step});\n{line.Value}";
    }

    [GeneratedRegex(@"internal static class (\w+)")]
    private static partial Regex KernelClass();

    // A step's number and comment, then the kernel class that its statement calls, if it calls one; on several threads it may run in parts.
    [GeneratedRegex(@"// (\d+)\. (.+)\n\s*(?:if \(threaded .*\n\s*\{\n\s*)?([\w.:]*)")]
    private static partial Regex StepLine();
}
