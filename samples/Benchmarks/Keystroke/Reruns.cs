using Microsoft.CodeAnalysis;

namespace Benchmarks.Keystroke;

/// <summary>What a keystroke made the generator do again.</summary>
/// <param name="Text">Each step and how many of its values are new, modified, unchanged (made again, with the same result) or cached.</param>
/// <param name="Emitted">Outputs that were made again.</param>
internal sealed record Reruns(string Text, int Emitted)
{
    public static Reruns After(KeystrokeProject project, Compilation edited)
    {
        var editor = new Editor(project, track: true);
        editor.Generate(project.Compilation);
        editor.Generate(edited);
        var steps = editor.Result.TrackedSteps.Where(step => !step.Key.StartsWith("Compilation", StringComparison.Ordinal)).OrderBy(step => step.Key, StringComparer.Ordinal)
            .Select(step => $"  {step.Key}: {Counts(step.Value)}");
        var outputs = editor.Result.TrackedOutputSteps.SelectMany(step => step.Value).ToArray();
        return new Reruns(
            string.Join("\n", steps.Append($"  outputs: {Counts(outputs)}")),
            outputs.SelectMany(step => step.Outputs).Count(output => output.Reason != IncrementalStepRunReason.Cached));
    }

    private static string Counts(IEnumerable<IncrementalGeneratorRunStep> runs) => string.Join(", ", runs
        .SelectMany(run => run.Outputs)
        .GroupBy(output => output.Reason)
        .OrderBy(reason => reason.Key)
        .Select(reason => $"{reason.Count()} {reason.Key.ToString().ToLowerInvariant()}"));
}
