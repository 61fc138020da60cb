using System;
using System.Collections.Generic;
using System.Linq;
using Espalier.Generator.Emit.Dialects;
using Espalier.Planning;

namespace Espalier.Generator.Emit.Batches;

/// <summary>Which part of a tile of outputs a dense kernel computes together for how many samples: as much as its registers hold.</summary>
/// <param name="Samples">Samples whose sums are held at once; they share each load of weights.</param>
/// <param name="Vectors">Vectors of outputs that are held at once.</param>
/// <param name="TileVectors">Vectors of outputs in a tile.</param>
internal sealed record RowsTile(int Samples, int Vectors, int TileVectors)
{
    /// <summary>Samples that dense kernels run at least, whatever the registers hold.</summary>
    public const int Together = 4;

    /// <summary>Half of the registers hold sums; weights, inputs and constants need the rest.</summary>
    /// <param name="dialect">The instruction set.</param>
    /// <param name="tileVectors">Vectors of outputs in a tile.</param>
    /// <param name="sums">Registers that one vector of outputs takes for one sample.</param>
    public static RowsTile Of(Dialect dialect, int tileVectors, int sums)
    {
        var held = dialect.Registers / 2 / sums;
        var samples = held >= 4 ? 4 : 2;
        return new RowsTile(samples, Math.Max(1, Math.Min(tileVectors, held / samples)), tileVectors);
    }

    /// <summary>Writes the loops over tiles, samples and parts of a tile; a tile has <paramref name="tileWeights"/> of the weights.</summary>
    public void Emit(IndentedWriter writer, LayerFacts facts, KernelPlan plan, string weights, int tileWeights, Action<int, int> emitPart)
    {
        var tiles = Layout.Tiles(facts.Definition.Outputs, plan.Rows);
        writer.Line($"ref var tileWeights = ref {weights};");
        for (var s = 2; s < Samples; s++)
        {
            writer.Line($"var inputStride{s} = {s} * inputStride;");
        }

        writer.Line();
        writer.Line($"// {tiles} tile(s) of {plan.Rows} outputs; {Samples} samples share every load of weights.");
        using (writer.Begin($"for (nuint tile = 0; tile < {tiles}; tile++)"))
        {
            using (writer.Begin($"for (nuint sample = 0; sample < (nuint)samples; sample += {Samples})"))
            {
                writer.Line($"var place = (sample * {tiles * plan.Rows}) + (tile * {plan.Rows});");
                for (var first = 0; first < TileVectors; first += Vectors)
                {
                    using (writer.Begin())
                    {
                        writer.Line("ref var weights = ref tileWeights;");
                        emitPart(first, Math.Min(Vectors, TileVectors - first));
                    }
                }
            }

            writer.Line();
            writer.Line($"tileWeights = ref Unsafe.Add(ref tileWeights, {tileWeights});");
        }
    }

    public static IEnumerable<(int Sample, int Vector)> Each(int samples, int first, int count) =>
        Enumerable.Range(0, samples).SelectMany(s => Enumerable.Range(first, count).Select(v => (s, v)));

    /// <summary>From the first of the samples' inputs to those of another.</summary>
    public static string Offset(int sample, int more) => sample switch
    {
        0 => $"{more}",
        1 => more == 0 ? "inputStride" : $"inputStride + {more}",
        _ => more == 0 ? $"inputStride{sample}" : $"inputStride{sample} + {more}",
    };

    /// <summary>Where a vector of outputs of one sample belongs.</summary>
    public static string Place(LayerFacts facts, KernelPlan plan, Dialect dialect, int sample, int vector)
    {
        var more = (sample * Layout.Tiles(facts.Definition.Outputs, plan.Rows) * plan.Rows) + (vector * dialect.Lanes);
        return more == 0 ? "place" : $"place + {more}";
    }
}
