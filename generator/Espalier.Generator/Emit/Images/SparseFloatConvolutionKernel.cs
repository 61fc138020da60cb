using System;
using Espalier.Generator.Emit.Dialects;
using Espalier.Planning;

namespace Espalier.Generator.Emit.Images;

/// <summary>A pruned convolution in fp32, several vectors of pixels at a time: each output channel goes through its nonzeros, each of which multiplies the same place of all pixels.</summary>
internal sealed class SparseFloatConvolutionKernel(
    LayerFacts facts, KernelPlan plan, Dialect dialect, string packedClass, string name, int nonzeroWords, string place, string value, string constants)
{
    private readonly PlaneGeometry _planes = PlaneGeometry.Of(facts.Definition, plan.Slots, sizeof(float));

    private int Vectors => plan.Slots / dialect.Lanes;

    public void Emit(IndentedWriter writer)
    {
        SparseConvolutionLoop.Emit(writer, dialect.Title, packedClass, name, _planes);
        writer.Line();
        writer.Line($"/// <summary>{_planes.TilePixels} pixels of all output channels, in the order of their numbers of nonzeros.</summary>");
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        using (writer.Begin($"private static void {SparseConvolutionLoop.TileName(name)}({packedClass} layer, ref byte map, ref byte added, ref byte results)"))
        {
            writer.Line("ref var numbers = ref Unsafe.As<byte, float>(ref map);");
            writer.Line("ref var nonzero = ref layer.Nonzeros;");
            writer.Line("ref var member = ref layer.Members;");
            if (constants.Length > 0)
            {
                writer.Line(constants);
            }

            using (writer.Begin($"for (nuint row = 0; row < {_planes.Convolution.PaddedOutputs}; row++)"))
            {
                EmitRow(writer);
            }
        }
    }

    private void EmitRow(IndentedWriter writer)
    {
        var vector = dialect.Vector;
        writer.Line("var channel = (nuint)(uint)Unsafe.Add(ref member, 2 * row);");
        writer.Line($"var sum0 = {vector}.Create(Unsafe.Add(ref layer.Bias, channel));");
        Each(writer, 1, v => $"var sum{v} = sum0;");
        using (writer.Begin("for (var left = Unsafe.Add(ref member, (2 * row) + 1); left > 0; left--)"))
        {
            writer.Line($"ref var from = ref Unsafe.Add(ref numbers, {place});");
            writer.Line($"var value = {vector}.Create({value});");
            Each(writer, 0, v => $"sum{v} = {vector}.MultiplyAddEstimate(value, {vector}.LoadUnsafe(ref from{At(v)}), sum{v});");
            writer.Line($"nonzero = ref Unsafe.Add(ref nonzero, {nonzeroWords});");
        }

        writer.Line();
        using (writer.Begin("if (layer.Adds)"))
        {
            writer.Line($"ref var others = ref Unsafe.Add(ref Unsafe.As<byte, float>(ref added), channel * {plan.Slots});");
            Each(writer, 0, v => $"sum{v} += {vector}.LoadUnsafe(ref others{At(v)});");
        }

        writer.Line();
        using (writer.Begin("if (layer.Rectifies)"))
        {
            Each(writer, 0, v => FloatEnding.Relu(dialect, $"sum{v}"));
        }

        writer.Line();
        writer.Line($"ref var result = ref Unsafe.Add(ref Unsafe.As<byte, float>(ref results), channel * {plan.Slots});");
        Each(writer, 0, v => dialect.StoreVector($"sum{v}", $"ref result{At(v)}"));
    }

    private string At(int vector) => vector == 0 ? "" : $", {vector * dialect.Lanes}";

    private void Each(IndentedWriter writer, int first, Func<int, string> line)
    {
        for (var v = first; v < Vectors; v++)
        {
            writer.Line(line(v));
        }
    }
}
