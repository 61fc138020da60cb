using Espalier.Planning;

namespace Espalier.Generator.Emit.Images;

/// <summary>
/// Statements that ask for the weights of the next tile of output channels while those of this one are multiplied, evenly over all tiles of pixels that share them. The first
/// of those reads weights faster than they come from the third-level cache, and the others read none: asked for a few KB ahead, as <see cref="WeightsAhead"/> does,
/// a 3×3 layer of 512 channels got 150 multiply-adds a nanosecond on Sapphire Rapids, and this way 183 of the 187 that its ports have.
/// </summary>
internal static class PacedWeights
{
    /// <summary>The place to ask for next.</summary>
    public const string Place = "ahead";

    /// <summary>The same for a run of the direct convolution, less what its own place has gone on by.</summary>
    private const string Run = "aheadOfRun";

    /// <summary>Writes what a step asks for, and goes on.</summary>
    /// <param name="writer">The kernel's text.</param>
    /// <param name="numbers">Numbers that a step goes on by.</param>
    /// <param name="numberBytes">Bytes of a number.</param>
    public static void EmitStep(IndentedWriter writer, int numbers, int numberBytes)
    {
        for (var from = 0; from < numbers * numberBytes; from += WeightsAhead.Line)
        {
            writer.Line($"NextWeights.Fetch(ref {(from == 0 ? Place : $"Unsafe.Add(ref {Place}, {from / numberBytes})")});");
        }

        writer.Line($"{Place} = ref Unsafe.Add(ref {Place}, {numbers});");
    }

    /// <summary>
    /// Bytes of the next weights that are asked for with a code of a window, for so many bytes of weights at a time that so many tiles share. What addresses can multiply by,
    /// so that the code's own place counts them: a count of its own had no register left, and its way through memory took what asking gained.
    /// </summary>
    public static int PaceOfCode(int stepBytes, int stepCodes, int tiles) =>
        Layout.Tiles(stepBytes, stepCodes * tiles) switch { <= 2 and var least => least, <= 4 => 4, <= 8 => 8, var least => least };

    /// <summary>Writes what stands before a run of codes from <c>run</c> on.</summary>
    public static void EmitRunStart(IndentedWriter writer, int codes, int pace)
    {
        writer.Line($"ref var {Run} = ref Unsafe.Subtract(ref {Place}, run * {pace});");
        writer.Line($"{Place} = ref Unsafe.Add(ref {Place}, {codes * pace});");
    }

    /// <summary>Writes what so many codes from <c>at</c> on ask for.</summary>
    public static void EmitCodes(IndentedWriter writer, int codes, int pace)
    {
        for (var from = 0; from < codes * pace; from += WeightsAhead.Line)
        {
            writer.Line($"NextWeights.Fetch(ref Unsafe.Add(ref {Run}, {ConvolutionKernel.Plus($"(at * {pace})", from)}));");
        }
    }
}
