using System;
using System.Linq;

namespace Espalier.Planning;

/// <summary>Arithmetic that several layouts price themselves with.</summary>
internal static class Layout
{
    /// <summary>Tiles that cover a number of outputs.</summary>
    public static int Tiles(int outputs, int rows) => (outputs + rows - 1) / rows;

    /// <summary>Vectors in a tile: no more than the layer fills, no more than the limit.</summary>
    public static int VectorsFor(int outputs, int lanes, int limit) => Math.Max(1, Math.Min(limit, Tiles(outputs, lanes)));

    /// <summary>The schedule that was built from the real weights, if it was.</summary>
    public static ScheduleEvidence? Built(LayerFacts facts, int rows, int slots, int window, int windows = 1) =>
        facts.Evidence?.Schedules.FirstOrDefault(s => s.Rows == rows && s.Slots == slots && s.Window == window && s.Windows == windows);

    public static int Clamp(double cycles) => (int)Math.Min(int.MaxValue, Math.Ceiling(cycles));

    /// <summary>Bytes that the smallest first-level cache keeps (32 KB on Zen 4, 48 KB on Emerald Rapids).</summary>
    public const int NearBytes = 32 * 1024;

    /// <summary>
    /// What a kernel takes that reads its table once, front to back. Beyond the second-level cache (1 MB on Zen 4, 2 MB on Emerald
    /// Rapids) every form waits for its bytes: 11 a cycle, measured for 3 MB on both; 9 for 16 MB.
    /// </summary>
    public static double Streamed(double cycles, double bytes) => bytes <= 1024 * 1024 ? cycles : Math.Max(cycles, bytes / 11);

    /// <summary>
    /// Steps that a windowed schedule will need. Padding per nonzero follows 1 + 0.0086 · d^-1.4, a fit to the schedules measured for
    /// windows of 128 with four slots (25 %: 1.06, 10 %: 1.22, 4 %: 1.79), where d is the density scaled by the window's reach per slot.
    /// </summary>
    public static double ExpectedSteps(LayerFacts facts, int rows, int slots, int window, int windows = 1)
    {
        if (Built(facts, rows, slots, window, windows) is { } built)
        {
            return built.Steps;
        }

        var nonzeros = facts.Density * facts.Definition.Inputs * facts.Definition.Outputs;
        var reach = Math.Max(1e-6, facts.Density * (window / 128.0) * (4.0 / slots));
        // Two windows a pair need fewer: 1.06, 1.20 and 1.51 at 25, 9 and 4 % where one needs 1.06, 1.25 and 1.80 (measured).
        var padding = 1 + ((windows == 2 ? 0.0056 : 0.0086) * Math.Pow(reach, -1.4));
        return Math.Max(Tiles(facts.Definition.Outputs, rows), nonzeros * padding / (rows * slots));
    }
}
