namespace Espalier.Coding;

/// <summary>Which outputs and inputs have any weight at all. Coded first: what pruning has emptied then costs nothing in the mask.</summary>
internal static class OccupancyModel
{
    /// <summary>Codes one flag for each line.</summary>
    /// <param name="coder">Where they go, or come from.</param>
    /// <param name="occupied">The flags; a decoder fills them in.</param>
    /// <param name="period">The distance of lines that are neighbours, or 0.</param>
    public static void Code<TCoder>(ref TCoder coder, bool[] occupied, int period)
        where TCoder : struct, IBinaryCoder
    {
        var mixer = new ContextMixer([16, 4, 1], sets: 1, one: 3686, trust: 0, memory: 255);
        for (var line = 0; line < occupied.Length; line++)
        {
            // Emptied inputs lie together: the rims of images, bands of a spectrum.
            var last = At(occupied, line - 1) | (At(occupied, line - 2) << 1);
            var above = period > 1 ? At(occupied, line - period) | (At(occupied, line - period + 1) << 1) : 0;
            mixer.Choose(0, last | (above << 2));
            mixer.Choose(1, last);
            mixer.Choose(2, 0);
            occupied[line] = mixer.Code(ref coder, occupied[line] ? 1 : 0, 0) != 0;
        }
    }

    private static int At(bool[] occupied, int line) => line >= 0 && !occupied[line] ? 1 : 0;
}
