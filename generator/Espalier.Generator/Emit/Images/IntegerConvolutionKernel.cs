using System.Linq;
using Espalier.Generator.Emit.Dialects;
using Espalier.Planning;

namespace Espalier.Generator.Emit.Images;

/// <summary>
/// A direct convolution in integers: four codes of a run at a time, times the weights of a tile's output channels. Where one instruction adds products to
/// 32-bit sums, it does; elsewhere some steps are added in 16 bits before they are widened, no further than the real weights allow.
/// </summary>
internal sealed class IntegerConvolutionKernel(LayerFacts facts, KernelPlan plan, Dialect dialect, string packedClass, string name)
    : ConvolutionKernel(facts, plan, dialect, packedClass, name)
{
    private const int StepInputs = DenseIntegerLayout.StepInputs;

    private int RunSteps => Layout.Tiles(RunLength, StepInputs);

    private protected override string Number => "byte";

    private protected override int NumberBytes => 1;

    private protected override int Depth => Geometry.Window.Height * Geometry.RunsOfRow * RunSteps * StepInputs;

    private protected override string Title => Plan.Depth == 0 ? $"{Dialect.Title}." : $"{Dialect.Title}, {Plan.Depth} step(s) added in 16 bits.";

    private protected override void EmitTilesStart(IndentedWriter writer, int pixels, int channels)
    {
        if (AsksAhead)
        {
            // The larger tiles come first, and have asked for their share.
            var before = Tiles.Block == Tiles.Count && pixels == Tiles.Pixels ? (long)Depth * channels * Tiles.Larger / Tiles.Count : 0;
            writer.Line("// The weights of the next output channels are asked for meanwhile, some with every step.");
            writer.Line($"ref var {PacedWeights.Place} = ref Unsafe.Add(ref tileWeights, {(Depth * channels) + before});");
        }
    }

    private protected override void EmitTile(IndentedWriter writer, int pixels, int vectors)
    {
        if (Plan.Depth > 0 && Dialect.Ones.Length > 0)
        {
            writer.Line(Dialect.Ones);
        }

        EmitWindows(writer, pixels);
        foreach (var (p, v) in Each(pixels, vectors))
        {
            writer.Line($"var sum{p}{v} = {(p == 0 ? $"{Dialect.Vector}.LoadUnsafe(ref layer.Bias, {Plus("channel", v * Dialect.Lanes)})" : $"sum0{v}")};");
        }

        writer.Line();
        EmitRuns(writer, () =>
        {
            if (AsksAhead)
            {
                PacedWeights.EmitRunStart(writer, RunSteps * StepInputs, PaceOfCode(vectors));
            }

            var group = Plan.Depth == 0 ? 1 : System.Math.Min(Plan.Depth, RunSteps);
            var whole = RunSteps / group;
            EmitWhile(writer, "at", "run", whole * group * StepInputs, group * StepInputs, () => EmitGroup(writer, pixels, vectors, group));

            if (RunSteps % group > 0)
            {
                writer.Line();
                writer.Line($"// The {RunSteps % group} step(s) that fill no group.");
                using (writer.Begin())
                {
                    writer.Line($"at = run + {whole * group * StepInputs};");
                    EmitGroup(writer, pixels, vectors, RunSteps % group);
                }
            }
        });
        writer.Line();
        IntegerTileEnding.Emit(writer, Dialect, LeaveName, pixels, vectors);
    }

    private protected override void EmitMethods(IndentedWriter writer) => IntegerTileEnding.EmitMethod(writer, Dialect, LeaveName);

    private bool AsksAhead => WeightsAhead.Has(Dialect, WeightBytes);

    private int PaceOfCode(int vectors) => PacedWeights.PaceOfCode(vectors * Dialect.Bytes, StepInputs, Tiles.Block);

    private string LeaveName => $"{Name}Codes";

    private void EmitGroup(IndentedWriter writer, int pixels, int vectors, int steps)
    {
        if (Plan.Depth == 0)
        {
            EmitAccumulation(writer, pixels, vectors);
        }
        else if ((pixels * vectors) + (steps * vectors) + 5 <= Dialect.Registers)
        {
            EmitByPixel(writer, pixels, vectors, steps);
        }
        else
        {
            EmitByStep(writer, pixels, vectors, steps);
        }

        if (AsksAhead)
        {
            PacedWeights.EmitCodes(writer, steps * StepInputs, PaceOfCode(vectors));
        }

        writer.Line($"weights = ref Unsafe.Add(ref weights, {steps * vectors * Dialect.Bytes});");
    }

    private void EmitAccumulation(IndentedWriter writer, int pixels, int vectors)
    {
        EmitWeights(writer, 0, vectors);
        for (var p = 0; p < pixels; p++)
        {
            EmitCodes(writer, p, 0);
            for (var v = 0; v < vectors; v++)
            {
                writer.Line($"sum{p}{v} = {Dialect.Accumulate($"sum{p}{v}", $"codes{p}Step0", $"weights{v}Step0")};");
            }
        }
    }

    /// <summary>The weights of all steps stay in registers, and a pixel's 16-bit sums end with it: no register holds them longer.</summary>
    private void EmitByPixel(IndentedWriter writer, int pixels, int vectors, int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            EmitWeights(writer, step, vectors);
        }

        for (var p = 0; p < pixels; p++)
        {
            for (var step = 0; step < steps; step++)
            {
                EmitCodes(writer, p, step);
                EmitProducts(writer, p, step, vectors, "short" + p);
            }

            EmitWidening(writer, p, vectors);
        }
    }

    /// <summary>For many steps: 16-bit sums of all pixels at once.</summary>
    private void EmitByStep(IndentedWriter writer, int pixels, int vectors, int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            EmitWeights(writer, step, vectors);
            for (var p = 0; p < pixels; p++)
            {
                EmitCodes(writer, p, step);
                EmitProducts(writer, p, step, vectors, "short" + p);
            }
        }

        for (var p = 0; p < pixels; p++)
        {
            EmitWidening(writer, p, vectors);
        }
    }

    /// <summary>Products first, then additions: measured 57 instead of 44 products a cycle.</summary>
    private void EmitProducts(IndentedWriter writer, int pixel, int step, int vectors, string shorts)
    {
        for (var v = 0; v < vectors; v++)
        {
            var product = Dialect.MultiplyAdd($"codes{pixel}Step{step}", $"weights{v}Step{step}");
            writer.Line(step == 0 ? $"var {shorts}{v} = {product};" : $"var product{pixel}{v}Step{step} = {product};");
        }

        for (var v = 0; v < vectors && step > 0; v++)
        {
            writer.Line($"{shorts}{v} += product{pixel}{v}Step{step};");
        }
    }

    private void EmitWidening(IndentedWriter writer, int pixel, int vectors)
    {
        foreach (var v in Enumerable.Range(0, vectors))
        {
            writer.Line($"sum{pixel}{v} += {Dialect.AddNeighbours($"short{pixel}{v}")};");
        }
    }

    private void EmitWeights(IndentedWriter writer, int step, int vectors)
    {
        for (var v = 0; v < vectors; v++)
        {
            var place = ((step * vectors) + v) * Dialect.Bytes;
            writer.Line($"var weights{v}Step{step} = {Dialect.As("SByte", $"{Dialect.Vector}.LoadUnsafe(ref weights{(place == 0 ? "" : $", {place}")})")};");
        }
    }

    private void EmitCodes(IndentedWriter writer, int pixel, int step) =>
        writer.Line($"var codes{pixel}Step{step} = {Dialect.As("Byte", $"{Dialect.Vector}.Create(Unsafe.ReadUnaligned<int>(ref Unsafe.Add(ref window{pixel}, {Plus("at", step * StepInputs)})))")};");
}
