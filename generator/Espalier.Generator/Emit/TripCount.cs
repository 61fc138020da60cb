namespace Espalier.Generator.Emit;

/// <summary>
/// How many tiles or slices a kernel runs: asked of the packed layer, because several threads may share a layer, each with some of its
/// tiles. A number known only at run time costs nothing measurable: the loop runs over whole tiles.
/// </summary>
internal static class TripCount
{
    /// <summary>The statement that asks; <c>layer</c> is the kernel's parameter.</summary>
    public static string Statement(string name) => $"var {name} = (nuint)layer.Tiles;";
}
