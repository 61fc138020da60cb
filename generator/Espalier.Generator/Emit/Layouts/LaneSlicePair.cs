using System.Collections.Generic;
using System.Linq;
using Espalier.Generator.Emit.Dialects;
using Espalier.Planning;

namespace Espalier.Generator.Emit;

/// <summary>Writes what a lane slice kernel does for one pair of vectors: activations, weights, products. Several samples share the weights.</summary>
/// <param name="Plan">The variant.</param>
/// <param name="Dialect">The instruction set.</param>
/// <param name="Nibbles">Whether weights are 4-bit centroid indices.</param>
/// <param name="Whole">Whether all inputs fit one window: it starts at 0, and where there is one plane it is loaded before the loop.</param>
/// <param name="Planes">The planes of the inputs: indices and weights are loaded once for all of them.</param>
/// <param name="Samples">Samples that share the pair's indices and weights; more than one where there is one plane.</param>
internal sealed record LaneSlicePair(KernelPlan Plan, Dialect Dialect, bool Nibbles, bool Whole, IReadOnlyList<ActivationPlane> Planes, int Samples)
{
    /// <summary>Whether the layer's one window stays in registers.</summary>
    public bool Held => Whole && Planes.Count == 1 && Samples == 1;

    /// <summary>At the end of the names of what belongs to one of several samples; a kernel of one sample needs none.</summary>
    public string Suffix(int sample) => Samples == 1 ? "" : $"{sample}";

    /// <summary>Bytes of a pair: two vectors of indices and one of codes, or two of weights.</summary>
    public int Bytes => Dialect.Bytes * (Nibbles ? 3 : 4);

    /// <summary>Vectors of sums of a slice.</summary>
    public int Sums => Plan.PairSteps == 1 ? 2 : 1;

    /// <summary>
    /// Pairs of one turn of the loop where a window takes several loads: four window starts are read at once, as every load counts
    /// (Zen 5: 4.4 cycles a pair instead of 4.9 with a window of 128, 6.5 instead of 7.3 with 256; nothing gained with less).
    /// </summary>
    public int Together => !Whole && Plan.Window > 64 && Plan.Windows == 1 && Samples == 1 ? 4 : 1;

    /// <summary>The statements of the pair at a place of the group.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="place">How many pairs of the group came before.</param>
    /// <param name="start">The window's start, or those of both vectors, as expressions.</param>
    public void Emit(IndentedWriter writer, int place, params string[] start)
    {
        if (Samples > 1)
        {
            EmitSamples(writer, place, start);
            return;
        }

        if (Planes.Count == 1)
        {
            EmitActivations(writer, "", start, Step(place, 0), Step(place, 1));
        }
        else
        {
            EmitPlanes(writer, place, start);
        }

        writer.Line();
        EmitWeights(writer, place);
        EmitProducts(writer);
    }

    /// <summary>Weights once, then activations and products sample by sample: those of all samples at once would need too many registers.</summary>
    private void EmitSamples(IndentedWriter writer, int place, string[] start)
    {
        writer.Line($"// {Samples} samples share indices and weights; each has its own window of {Plan.Window} activations.");
        writer.Line($"var firstIndices = {Step(place, 0)};");
        writer.Line($"var secondIndices = {Step(place, 1)};");
        EmitWeights(writer, place);
        EmitDepth(writer);
        foreach (var sample in Enumerable.Range(0, Samples))
        {
            using (writer.Begin())
            {
                EmitActivations(writer, Suffix(sample), start, "firstIndices", "secondIndices");
                EmitProducts(writer, Suffix(sample));
            }

            writer.Line();
        }
    }

    private string Step(int place, int vector) => place + vector == 0
        ? $"{Dialect.Vector}.LoadUnsafe(ref step)"
        : $"{Dialect.Vector}.LoadUnsafe(ref step, {(place * Bytes) + (vector * Dialect.Bytes)})";

    /// <summary>The activations of both vectors: out of the layer's one window, out of one that the pair shares, or out of one each.</summary>
    private void EmitActivations(IndentedWriter writer, string sample, string[] start, string firstIndices, string secondIndices)
    {
        var (first, second) = (Dialect.LookUp(firstIndices, Plan.Window), Dialect.LookUp(secondIndices, Plan.Window));
        var input = "input" + sample;
        if (Plan.Windows == 2 && !Whole)
        {
            if (Samples == 1)
            {
                writer.Line($"// Each step reaches a window of {Plan.Window} activations of its own.");
            }

            writer.Line($"{Dialect.Vector}<byte> first{sample}, second{sample};");
            EmitWindow(writer, $"Unsafe.Add(ref {input}, (nuint){start[0]})", $"first{sample} = {first};");
            writer.Line();
            EmitWindow(writer, $"Unsafe.Add(ref {input}, (nuint){start[1]})", $"second{sample} = {second};");
            writer.Line();
            return;
        }

        if (!Held)
        {
            if (Samples == 1)
            {
                writer.Line($"// The window of {Plan.Window} activations that {(Plan.PairSteps == 1 ? "all rows of this step reach" : "this pair of steps reaches")}.");
            }

            writer.Line($"ref var window = ref {(Whole ? input : $"Unsafe.Add(ref {input}, (nuint){start[0]})")};");
            writer.Line(Dialect.LoadWindow(Plan.Window));
        }

        writer.Line($"var first{sample} = {first};");
        writer.Line($"var second{sample} = {second};");
    }

    /// <summary>The activations of every plane: the same indices look the same window of each up.</summary>
    private void EmitPlanes(IndentedWriter writer, int place, string[] start)
    {
        writer.Line($"// The same indices reach a window of {Plan.Window} activations in each plane.");
        writer.Line($"var firstIndex = {Step(place, 0)};");
        writer.Line($"var secondIndex = {Step(place, 1)};");
        writer.Line($"{Dialect.Vector}<byte> {string.Join(", ", Planes.SelectMany(plane => new[] { "first" + plane.Suffix, "second" + plane.Suffix }))};");
        foreach (var plane in Planes)
        {
            var (first, second) = ($"first{plane.Suffix} = {Dialect.LookUp("firstIndex", Plan.Window)};", $"second{plane.Suffix} = {Dialect.LookUp("secondIndex", Plan.Window)};");
            string At(int window) => (Whole, plane.Offset) switch
            {
                (true, 0) => "input",
                (true, _) => $"Unsafe.Add(ref input, {plane.Offset})",
                (_, 0) => $"Unsafe.Add(ref input, (nuint){start[window]})",
                _ => $"Unsafe.Add(ref input, (nuint){start[window]} + {plane.Offset})",
            };
            if (plane.Offset > 0)
            {
                writer.Line();
            }

            if (Plan.Windows == 2 && !Whole)
            {
                EmitWindow(writer, At(0), first);
                writer.Line();
                EmitWindow(writer, At(1), second);
            }
            else
            {
                EmitWindow(writer, At(0), first, second);
            }
        }
    }

    private void EmitWindow(IndentedWriter writer, string start, params string[] lookUps)
    {
        using (writer.Begin())
        {
            writer.Line($"ref var window = ref {start};");
            writer.Line(Dialect.LoadWindow(Plan.Window));
            foreach (var lookUp in lookUps)
            {
                writer.Line(lookUp);
            }
        }
    }

    private void EmitWeights(IndentedWriter writer, int place)
    {
        if (Nibbles)
        {
            writer.Line($"// Two 4-bit centroid indices a byte: the low ones are {(Plan.PairSteps == 1 ? "those of the lower rows" : "the first step's")}.");
            writer.Line($"var codes = {Step(place, 2)};");
            writer.Line($"var firstWeights = {Dialect.LowCentroids("codes")};");
            writer.Line($"var secondWeights = {Dialect.HighCentroids("codes")};");
            return;
        }

        writer.Line($"var firstWeights = {Step(place, 2)}.AsSByte();");
        writer.Line($"var secondWeights = {Step(place, 3)}.AsSByte();");
    }

    private void EmitDepth(IndentedWriter writer)
    {
        if (Plan.Depth > 0)
        {
            writer.Line(Plan.Depth > 1 ? "// The weights were proved to keep both steps together inside 16 bits." : "// Widened every step: 2 · 127 · 127 always fits 16 bits.");
        }
    }

    private void EmitProducts(IndentedWriter writer)
    {
        EmitDepth(writer);
        foreach (var plane in Planes)
        {
            EmitProducts(writer, plane.Suffix);
        }
    }

    /// <summary>The products of one plane, or of one sample.</summary>
    private void EmitProducts(IndentedWriter writer, string plane)
    {
        var (sum, first, second) = ("sum" + plane, "first" + plane, "second" + plane);
        var secondSum = Plan.PairSteps == 1 || Plan.Depth == 0 ? "secondSum" + plane : sum;
        if (Plan.Depth == 0)
        {
            writer.Line($"{sum} = {Dialect.Accumulate(sum, first, "firstWeights")};");
            writer.Line($"{secondSum} = {Dialect.Accumulate(secondSum, second, "secondWeights")};");
            return;
        }

        var (firstProducts, secondProducts) = (Dialect.MultiplyAdd(first, "firstWeights"), Dialect.MultiplyAdd(second, "secondWeights"));
        if (Plan.Depth > 1)
        {
            writer.Line($"{sum} += {Dialect.AddNeighbours($"{firstProducts} + {secondProducts}")};");
            return;
        }

        writer.Line($"{sum} += {Dialect.AddNeighbours(firstProducts)};");
        writer.Line($"{secondSum} += {Dialect.AddNeighbours(secondProducts)};");
    }
}
