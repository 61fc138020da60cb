using Espalier.Planning;

namespace Espalier.Generator.Emit.Images;

/// <summary>What a pruned convolution does around its tiles: the map becomes planes, tiles follow each other, and each one's results go where the next layer reads them.</summary>
internal static class SparseConvolutionLoop
{
    public static string TileName(string name) => $"{name}Tile";

    public static void Emit(IndentedWriter writer, string title, string packedClass, string name, PlaneGeometry planes)
    {
        writer.Line();
        writer.Line($"/// <summary>{title}.</summary>");
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        using (writer.Begin($"private static void {name}({packedClass} layer, ref byte input, ref byte added, ref byte output, ref byte scratch)"))
        {
            writer.Line($"// {planes.Count} plane(s) of {planes.Height} rows of {planes.Width}, {planes.PlaneNumbers} numbers apart.");
            writer.Line("ref var map = ref layer.EnterPlanes(ref input, ref scratch);");
            writer.Line("ref var results = ref layer.Room(ref scratch);");
            writer.Line($"ref var others = ref Unsafe.Add(ref results, {planes.TileBytes});");
            writer.Line("// Where threads share the layer, this is some of the tiles.");
            writer.Line($"var (tile, tiles) = layer.Share(0, {planes.Tiles});");
            using (writer.Begin("for (; tile < tiles; tile++)"))
            {
                writer.Line("layer.EnterTile(tile, ref added, ref others);");
                writer.Line($"{TileName(name)}(layer, ref Unsafe.Add(ref map, tile * {planes.TilePixels * planes.NumberBytes}), ref others, ref results);");
                writer.Line("layer.LeaveTile(tile, ref results, ref output);");
            }

            writer.Line();
            writer.Line("layer.Leave(ref output);");
        }
    }
}
