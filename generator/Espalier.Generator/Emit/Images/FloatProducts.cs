using Espalier.Generator.Emit.Dialects;

namespace Espalier.Generator.Emit.Images;

/// <summary>The innermost statements of float convolutions, direct or by Winograd: one number of a window times the loaded weights of a tile's output channels.</summary>
internal static class FloatProducts
{
    /// <summary>From <c>window{row}</c> and <c>weights{vector}</c> to <c>sum{row}{vector}</c>.</summary>
    public static void Emit(IndentedWriter writer, Dialect dialect, int row, int vectors)
    {
        writer.Line($"var number{row} = {dialect.Vector}.Create(Unsafe.Add(ref window{row}, at));");
        for (var v = 0; v < vectors; v++)
        {
            writer.Line($"sum{row}{v} = {dialect.Vector}.MultiplyAddEstimate(number{row}, weights{v}, sum{row}{v});");
        }
    }
}
