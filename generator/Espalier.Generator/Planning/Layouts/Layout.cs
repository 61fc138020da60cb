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
    public static ScheduleEvidence? Built(LayerFacts facts, int rows, int slots, int window, int windows = 1, int pairSteps = 2) =>
        facts.Evidence?.Schedules.FirstOrDefault(s => s.Rows == rows && s.Slots == slots && s.Window == window && s.Windows == windows && s.PairSteps == pairSteps);

    public static int Clamp(double cycles) => (int)Math.Min(int.MaxValue, Math.Ceiling(cycles));

    /// <summary>Bytes that the smallest first-level cache keeps (32 KB on Zen 4, 48 KB on Emerald Rapids).</summary>
    public const int NearBytes = 32 * 1024;

    /// <summary>
    /// What a kernel takes that reads its table once, front to back. Beyond the second-level cache (1 MB on Zen 4, 2 MB on Emerald
    /// Rapids) every form waits for its bytes: 11 a cycle, measured for 3 MB on both; 9 for 16 MB.
    /// </summary>
    public static double Streamed(double cycles, double bytes) => bytes <= 1024 * 1024 ? cycles : Math.Max(cycles, bytes / 11);

    /// <summary>
    /// The same for float layers, which are weighed against fp32 weights. Zen 5's third level gives 24 bytes a cycle, more than kernels
    /// of 256 and 128 bits take in: as long as fp32 weights fit it (32 MB), forms with fewer bytes and more instructions must not count on
    /// slow reads, or they would be chosen where they lose (measured: AVX2, 50 % density, 0.7 of the speed of fp32).
    /// </summary>
    public static double StreamedFloats(LayerFacts facts, int lanes, double cycles, double bytes)
    {
        var fits = (long)facts.Definition.Inputs * facts.Definition.Outputs <= 8 << 20;
        return lanes == 16 || !fits ? Streamed(cycles, bytes) : bytes <= 1024 * 1024 ? cycles : Math.Max(cycles, bytes / 24);
    }

    /// <summary>
    /// Steps that a windowed schedule will need where each of its steps takes <paramref name="slots"/> nonzeros of a row. Padding per
    /// nonzero follows 1 + 0.0086 · d^-1.4, a fit to the schedules measured for windows of 128 with eight slots (25 %: 1.06, 10 %:
    /// 1.22, 4 %: 1.79), where d is the density scaled by the window's reach per slot.
    /// </summary>
    public static double ExpectedSteps(LayerFacts facts, int rows, int slots, int window) =>
        Built(facts, rows, slots, window)?.Steps ?? Padded(facts, rows, slots, 1 + (0.0086 * Math.Pow(Math.Max(1e-6, Held(facts, window) * (4.0 / slots) / 128), -1.4)));

    /// <summary>
    /// The same for lane slices that were not built. Two steps that share a window are the case above; a step with a window of its own
    /// pads by 1 + 1.4 · rows^0.18 ⁄ (density · window), a fit to schedules of 4 to 32 rows and windows of 32 to 256 at 4, 9, 10 and 25 %.
    /// </summary>
    public static double ExpectedSteps(LayerFacts facts, LaneSliceVariant variant, int slots) => variant is { Windows: 1, PairSteps: 2 }
        ? ExpectedSteps(facts, variant.Rows, slots, variant.Window)
        : Padded(facts, variant.Rows, slots, 1 + (1.4 * Math.Pow(variant.Rows, 0.18) / Math.Max(1e-6, Held(facts, variant.Window))));

    /// <summary>Nonzeros of a row in a window. A window that holds all inputs never waits for a slow row.</summary>
    private static double Held(LayerFacts facts, int window) => facts.Density * window * (window >= facts.Definition.Inputs ? 4 : 1);

    private static double Padded(LayerFacts facts, int rows, int slots, double padding)
    {
        var (inputs, outputs) = (facts.Definition.Inputs, facts.Definition.Outputs);

        // The last slice has empty rows.
        var filled = (double)Tiles(outputs, rows) * rows / outputs;
        return Math.Max(Tiles(outputs, rows), facts.Density * inputs * outputs * filled * padding / (rows * slots));
    }
}
