namespace Espalier.Kernels;

/// <summary>
/// Which byte of a vector a row of a delta-coded slice has. Interleaving the bytes of two vectors in parts of 128 bits and adding 16-bit
/// lanes apart by even and odd leaves sums in another order than the bytes had. Rows are dealt out so that sums come out in order.
/// </summary>
internal static class DeltaLane
{
    // A row's bits, lowest first: 2 for the 32-bit lane of a part, 2 for the part, 1 for odd lanes, 1 for the upper half of a part.
    /// <summary>The byte that a row's place is counted in.</summary>
    public static int Of(int row) => (Part(row) * 16) + (Upper(row) * 8) + Lane(row);

    /// <summary>Where the code of a row's slot lies among the bytes of a step: beside its activation, once those are interleaved.</summary>
    public static int OfCode(int row, int slot) =>
        (((slot & 2) + Upper(row)) * 64) + (Part(row) * 16) + (Lane(row) * 2) + (slot & 1);

    private static int Part(int row) => (row >> 2) & 3;

    private static int Upper(int row) => row >> 5;

    /// <summary>The 16-bit lane inside half a part: 0 to 7.</summary>
    private static int Lane(int row) => ((row & 3) * 2) + ((row >> 4) & 1);
}
