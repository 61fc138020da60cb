using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Espalier.Planning;

/// <summary>Plans and evidence as lines of text, as manifests record them. Parsing never throws: what does not fit is null.</summary>
internal static class PlanText
{
    private const string WideSums = " sums=wide";

    /// <summary>
    /// For example <c>Avx2 WindowedLaneSlices rows=8 slots=4 window=64 depth=2 cycles=321 | why</c>; <c>windows=2</c> and
    /// <c>pairSteps=1</c> before the bar where they are not 1 and 2.
    /// </summary>
    public static string Of(KernelPlan plan) =>
        Invariant($"{plan.Tier} {plan.Layout} rows={plan.Rows} slots={plan.Slots} window={plan.Window} depth={plan.Depth} cycles={plan.Cycles}")
        + (plan.Windows == 1 ? "" : Invariant($" windows={plan.Windows}"))
        + (plan.PairSteps == 2 ? "" : Invariant($" pairSteps={plan.PairSteps}"))
        + $" | {plan.Why}";

    public static KernelPlan? ParsePlan(string text)
    {
        var bar = text.IndexOf(" | ", StringComparison.Ordinal);
        var why = bar < 0 ? "" : text.Substring(bar + 3);
        var words = (bar < 0 ? text : text.Substring(0, bar)).Split(' ');
        var (windows, pairSteps) = (1, 2);
        if (words.Length < 7 || !Enum.TryParse<Tier>(words[0], out var tier) || KernelLayouts.All.All(layout => layout.Name != words[1])
            || words.Skip(7).Any(word => !TryNumber(word, "windows", ref windows) && !TryNumber(word, "pairSteps", ref pairSteps)))
        {
            return null;
        }

        var names = new[] { "rows", "slots", "window", "depth", "cycles" };
        var values = new int[names.Length];
        for (var i = 0; i < names.Length; i++)
        {
            if (!TryNumber(words[i + 2], names[i], ref values[i]))
            {
                return null;
            }
        }

        return new KernelPlan(tier, words[1], values[0], values[1], values[2], values[3]) { Cycles = values[4], Windows = windows, PairSteps = pairSteps, Why = why };
    }

    /// <summary>
    /// For example <c>density=0.08 denseDepth=2 schedules=16/4/128/41/2;16/4/64/44/2/2;32/4/128/36</c>: rows, slots, window, steps and depth; then
    /// windows where there are two; neither where a pair is one step, which is always widened at once. Then <c>sums=wide</c> where they are.
    /// </summary>
    public static string Of(WeightEvidence evidence) =>
        Invariant($"density={evidence.Density:R} denseDepth={evidence.DenseDepth} schedules=")
        + string.Join(";", evidence.Schedules.Select(s => Invariant($"{s.Rows}/{s.Slots}/{s.Window}/{s.Steps}") + (s.PairSteps == 1 ? "" : Invariant($"/{s.Depth}") + (s.Windows == 1 ? "" : Invariant($"/{s.Windows}")))))
        + (evidence.WideSums ? WideSums : "");

    public static WeightEvidence? ParseEvidence(string text)
    {
        var words = text.Split(' ');
        var depth = 0;
        if (words.Length is not (3 or 4)
            || (words.Length == 4 && words[3] != WideSums.TrimStart())
            || !words[0].StartsWith("density=", StringComparison.Ordinal)
            || !double.TryParse(words[0].Substring(8), NumberStyles.Float, CultureInfo.InvariantCulture, out var density)
            || !(density >= 0 && density <= 1)
            || !TryNumber(words[1], "denseDepth", ref depth)
            || !words[2].StartsWith("schedules=", StringComparison.Ordinal))
        {
            return null;
        }

        var schedules = new List<ScheduleEvidence>();
        foreach (var entry in words[2].Substring(10).Split(new[] { ';' }, StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = entry.Split('/');
            var numbers = new[] { 0, 0, 0, 0, 1, 1 };
            if (parts.Length is not (4 or 5 or 6) || parts.Where((part, i) => !int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i])).Any())
            {
                return null;
            }

            schedules.Add(new ScheduleEvidence(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], parts.Length == 4 ? 1 : 2));
        }

        return new WeightEvidence(density, depth, schedules.ToEquatableArray()) { WideSums = words.Length == 4 };
    }

    private static bool TryNumber(string word, string name, ref int value) =>
        word.StartsWith(name + "=", StringComparison.Ordinal)
        && int.TryParse(word.Substring(name.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out value);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
