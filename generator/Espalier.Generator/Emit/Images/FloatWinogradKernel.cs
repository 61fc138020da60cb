using System.Collections.Generic;
using Espalier.Generator.Emit.Dialects;
using Espalier.Planning;
using static Espalier.Generator.Emit.Images.WinogradStatements;

namespace Espalier.Generator.Emit.Images;

/// <summary>Winograd's minimal filtering in floats.</summary>
internal sealed class FloatWinogradKernel(LayerFacts facts, KernelPlan plan, Dialect dialect, string packedClass, string name)
    : WinogradKernel(facts, plan, dialect, packedClass, name)
{
    private protected override string Number => "float";

    private protected override int Steps => Geometry.Channels;

    private protected override int RowPitch => Geometry.Pitch;

    private protected override int WindowPitch => WindowPlane;

    private protected override string WindowArguments(string tile) => $"ref Unsafe.Add(ref windows, {tile} * {Geometry.Pitch}), ref between";

    private protected override string MapNumber => "float";

    private protected override string WindowNumber => "float";

    private protected override (Dialect Dialect, int Lanes) WindowVectors => (Dialect, Dialect.Lanes);

    private protected override string ResultsTitle => "Transforms the products of a block of tiles back, adds what is to be added, and leaves.";

    private protected override void EmitRow(IndentedWriter writer, int row, int vectors) => FloatProducts.Emit(writer, Dialect, row, vectors);

    private protected override string LoadMap(string place) => $"{Vector}.LoadUnsafe(ref from, {place})";

    private protected override IEnumerable<string> TransformWindow(string vector) => WinogradTransform.Windows(Winograd.Size, vector);

    private protected override IEnumerable<string> TransformResult(bool column) => WinogradTransform.Results(Winograd.Size, Vector);

    private protected override void EmitResultsStart(IndentedWriter writer)
    {
        writer.Line("ref var others = ref Unsafe.As<byte, float>(ref added);");
        writer.Line("ref var results = ref Unsafe.As<byte, float>(ref output);");
    }

    private protected override void EmitResultRow(IndentedWriter writer)
    {
        var size = Winograd.Size;
        for (var i = 0; i < size; i++)
        {
            writer.Line($"t{i} += bias;");
        }

        Conditional(writer, "layer.Adds", size, i => $"t{i} += {Vector}.LoadUnsafe(ref others, {Times("addedPlace", "layer.AddedStride", i)});");
        using (writer.Begin("if (layer.Rectifies)"))
        {
            for (var i = 0; i < size; i++)
            {
                writer.Line(FloatEnding.Relu(Dialect, $"t{i}"));
            }
        }

        writer.Line();
        Conditional(writer, null, size, i => Dialect.StoreVector($"t{i}", $"ref results, {Times("place", "layer.OutputStride", i)}"));
    }
}
