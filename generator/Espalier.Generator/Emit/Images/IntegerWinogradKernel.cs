using System.Collections.Generic;
using Espalier.Generator.Emit.Dialects;
using Espalier.Planning;
using static Espalier.Generator.Emit.Images.WinogradStatements;

namespace Espalier.Generator.Emit.Images;

/// <summary>
/// Winograd's minimal filtering in integers: transformed codes and weights of 16 bits, multiplied in pairs of channels and summed in 32 bits that may wrap. Everything is
/// exact modulo 2³², so the results are once they are divided by what they are too large by.
/// </summary>
internal sealed class IntegerWinogradKernel(LayerFacts facts, KernelPlan plan, Dialect dialect, string packedClass, string name)
    : WinogradKernel(facts, plan, dialect, packedClass, name)
{
    private string LeaveName => $"{Name}Leave";

    private protected override string Number => "int";

    /// <summary>Pairs of channels.</summary>
    private protected override int Steps => Layout.Tiles(Geometry.Channels, 2);

    private protected override int RowPitch => Geometry.Pitch / 2;

    private protected override int WindowPitch => WindowPlane / 2;

    private protected override string WindowArguments(string tile) => $"ref Unsafe.Add(ref Unsafe.As<int, short>(ref windows), {tile} * {Geometry.Pitch}), ref Unsafe.As<int, short>(ref between)";

    private protected override string TileTitle => ", two input channels at a time";

    private protected override string Factors(string words) => Dialect.As("Int16", words);

    private protected override string MapNumber => "byte";

    private protected override string WindowNumber => "short";

    // A pixel is a multiple of 16 codes, not always of 32.
    private protected override (Dialect Dialect, int Lanes) WindowVectors
    {
        get
        {
            var dialect = Geometry.Pitch % (2 * Dialect.Lanes) == 0 ? Dialect : DialectList.For(Tier.Avx2);
            return (dialect, 2 * dialect.Lanes);
        }
    }

    private protected override string ResultsTitle => "Transforms the sums of a block of tiles back, divides, adds the bias, and leaves.";

    private protected override void EmitStart(IndentedWriter writer)
    {
        writer.Line("// Weights whose sums may outgrow what is left of 32 bits: the scalar twin has 64.");
        using (writer.Begin("if (!layer.SumsHold)"))
        {
            writer.Line("layer.RunScalar(ref input, ref added, ref output, ref scratch);");
            writer.Line("return;");
        }

        writer.Line();
    }

    /// <summary>Products first, then additions, as in direct convolutions.</summary>
    private protected override void EmitRow(IndentedWriter writer, int row, int vectors)
    {
        writer.Line($"var pair{row} = {Factors($"{Vector}.Create(Unsafe.Add(ref window{row}, at))")};");
        for (var v = 0; v < vectors; v++)
        {
            writer.Line(Dialect.AccumulateShorts($"sum{row}{v}", $"pair{row}", $"weights{v}") is { } sum
                ? $"sum{row}{v} = {sum};"
                : $"var product{row}{v} = {Dialect.MultiplyShorts($"pair{row}", $"weights{v}")};");
        }

        for (var v = 0; v < vectors && Dialect.AccumulateShorts("", "", "") is null; v++)
        {
            writer.Line($"sum{row}{v} += product{row}{v};");
        }
    }

    private protected override string LoadMap(string place) => WindowVectors.Dialect.WidenToShorts("from", place);

    private protected override IEnumerable<string> TransformWindow(string vector) => IntegerWinogradTransform.Windows(Winograd.Size, vector);

    private protected override IEnumerable<string> TransformResult(bool column) => IntegerWinogradTransform.Results(Winograd.Size, Vector, scaled: column);

    private protected override void EmitResultRow(IndentedWriter writer)
    {
        var size = Winograd.Size;
        writer.Line(size == 4 ? "// 9 times a power of two too large: 954437177 is the inverse of 9 modulo 2³², and what the shift drops is 0." : "// Four times too large.");
        for (var i = 0; i < size; i++)
        {
            var product = size == 4 ? $"t{i} * {Vector}.Create(954437177)" : $"t{i}";
            writer.Line($"t{i} = {Vector}.ShiftRightArithmetic({product}, {(size == 4 ? 6 : 2) - IntegerWinogradTransform.Shift(size, i)}) + bias;");
        }

        Conditional(writer, null, size, i => $"{LeaveName}(layer, t{i}, channel, ref added, {Times("addedPlace", "layer.AddedStride", i)}, ref output, {Times("place", "layer.OutputStride", i)});");
    }

    private protected override void EmitResultMethods(IndentedWriter writer) => IntegerMapEnding.EmitMethod(writer, Dialect, LeaveName, PackedClass);
}
