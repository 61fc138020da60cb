using System;
using System.Collections.Generic;
using Espalier.Generator.Emit.Dialects;
using Espalier.Planning;

namespace Espalier.Generator.Emit;

/// <summary>Where the weight vectors of a dense integer kernel come from: everything else of such kernels is the same text.</summary>
internal abstract class DenseWeights
{
    /// <summary>Weights as signed bytes.</summary>
    public static DenseWeights Bytes { get; } = new ByteWeights();

    /// <summary>Weights as codes of so many bits, looked up in a table of signed bytes.</summary>
    public static DenseWeights Codes(int bits) => new CodedWeights(bits);

    /// <summary>Steps whose weights one vector holds.</summary>
    public abstract int StepsPerLoad { get; }

    /// <summary>Steps of a loop that reads whole vectors and has whole runs of so many steps.</summary>
    public int GroupSteps(int run)
    {
        var group = run;
        while (group % StepsPerLoad > 0)
        {
            group += run;
        }

        return group;
    }

    /// <summary>Bytes of a tile's weights for so many steps.</summary>
    public int TileBytes(KernelPlan plan, int steps) => Layout.Tiles(steps, StepsPerLoad) * plan.Rows * DenseInt8Layout.StepInputs;

    /// <summary>Constants that stay in registers.</summary>
    public virtual void EmitConstants(IndentedWriter writer, Dialect dialect)
    {
    }

    /// <summary>What has to be there before <see cref="Of"/> is written for a step and a vector.</summary>
    public virtual void EmitLoad(IndentedWriter writer, KernelPlan plan, Dialect dialect, int step, int vector)
    {
    }

    /// <summary>One vector of a step's weights.</summary>
    public abstract string Of(KernelPlan plan, Dialect dialect, int step, int vector);

    /// <summary>The same under a name where more than one plane of inputs meets them, so that they are loaded and looked up once.</summary>
    public string For(IndentedWriter writer, KernelPlan plan, Dialect dialect, int step, int vector, IReadOnlyList<ActivationPlane> planes)
    {
        if (planes.Count == 1)
        {
            return Of(plan, dialect, step, vector);
        }

        var name = $"weights{vector}Step{step}";
        writer.Line($"var {name} = {Of(plan, dialect, step, vector)};");
        return name;
    }

    /// <summary>Goes on to the next group of steps.</summary>
    public void EmitAdvance(IndentedWriter writer, KernelPlan plan, int steps)
    {
        writer.Line($"four = ref Unsafe.Add(ref four, {DenseInt8Layout.StepInputs * steps});");
        writer.Line($"weights = ref Unsafe.Add(ref weights, {TileBytes(plan, steps)});");
    }

    private string Load(KernelPlan plan, Dialect dialect, int step, int vector) =>
        $"{dialect.Vector}.LoadUnsafe(ref weights, {TileBytes(plan, step) + (vector * dialect.Bytes)})";

    private sealed class ByteWeights : DenseWeights
    {
        public override int StepsPerLoad => 1;

        public override string Of(KernelPlan plan, Dialect dialect, int step, int vector) => dialect.As("SByte", Load(plan, dialect, step, vector));
    }

    private sealed class CodedWeights(int bits) : DenseWeights
    {
        public override int StepsPerLoad => 8 / bits;

        public override void EmitConstants(IndentedWriter writer, Dialect dialect) => writer.Line(dialect.LoadCodebook);

        public override void EmitLoad(IndentedWriter writer, KernelPlan plan, Dialect dialect, int step, int vector)
        {
            if (step % StepsPerLoad == 0)
            {
                writer.Line($"var {Name(step, vector)} = {Load(plan, dialect, step, vector)};");
            }
        }

        public override string Of(KernelPlan plan, Dialect dialect, int step, int vector) =>
            dialect.Centroids(Name(step, vector), bits * (step % StepsPerLoad));

        private string Name(int step, int vector) => $"codes{vector}Load{step / StepsPerLoad}";
    }
}
