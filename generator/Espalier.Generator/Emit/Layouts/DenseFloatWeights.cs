using Espalier.Generator.Emit.Dialects;
using Espalier.Planning;

namespace Espalier.Generator.Emit;

/// <summary>Where the weight vectors of a dense float kernel come from: everything else of such kernels is the same text.</summary>
internal abstract class DenseFloatWeights
{
    /// <summary>Weights as they are multiplied.</summary>
    public static DenseFloatWeights Fp32 { get; } = new WholeWeights();

    /// <summary>Weights as the upper halves of fp32 numbers.</summary>
    public static DenseFloatWeights Bf16 { get; } = new UpperHalves();

    /// <summary>Weights as fp16 numbers whose exponents were moved for the layer.</summary>
    public static DenseFloatWeights Fp16 { get; } = new MovedExponents();

    /// <summary>Weights as 4-bit indices of floats that a register or two hold.</summary>
    public static DenseFloatWeights Shared { get; } = new Indices();

    /// <summary>Inputs whose weights one 32-bit lane holds.</summary>
    public virtual int InputsPerLoad => 1;

    /// <summary>The property of the packed layer that refers to the first lane.</summary>
    public virtual string Source => "layer.Words";

    /// <summary>Constants that stay in registers.</summary>
    public virtual void EmitConstants(IndentedWriter writer, Dialect dialect)
    {
    }

    /// <summary>What has to be there before <see cref="Of"/> is written for an input of a group and a vector.</summary>
    public virtual void EmitLoad(IndentedWriter writer, KernelPlan plan, Dialect dialect, int part, int vector)
    {
        if (part % InputsPerLoad == 0)
        {
            writer.Line($"var {Name(part, vector)} = {Load(plan, dialect, part, vector)};");
        }
    }

    /// <summary>One vector of an input's weights, as floats.</summary>
    public abstract string Of(KernelPlan plan, Dialect dialect, int part, int vector);

    /// <summary>32-bit lanes of a tile's weights for so many inputs.</summary>
    public int TileLanes(KernelPlan plan, int inputs) => Layout.Tiles(inputs, InputsPerLoad) * plan.Rows;

    private protected string Load(KernelPlan plan, Dialect dialect, int part, int vector) =>
        $"{dialect.Vector}.LoadUnsafe(ref weights, {TileLanes(plan, part) + (vector * dialect.Lanes)})";

    private protected string Name(int part, int vector) => $"words{vector}Load{part / InputsPerLoad}";

    private sealed class WholeWeights : DenseFloatWeights
    {
        public override string Source => "layer.Weights";

        public override void EmitLoad(IndentedWriter writer, KernelPlan plan, Dialect dialect, int part, int vector)
        {
        }

        public override string Of(KernelPlan plan, Dialect dialect, int part, int vector) => Load(plan, dialect, part, vector);
    }

    /// <summary>Two inputs a lane. Words of two serve every instruction set alike: none has to widen halves of vectors.</summary>
    private abstract class Pairs : DenseFloatWeights
    {
        public override int InputsPerLoad => 2;
    }

    private sealed class UpperHalves : Pairs
    {
        public override void EmitConstants(IndentedWriter writer, Dialect dialect) =>
            writer.Line($"var upperHalf = {dialect.Vector}.Create(unchecked((int)0xFFFF0000));");

        public override string Of(KernelPlan plan, Dialect dialect, int part, int vector) => part % InputsPerLoad == 0
            ? $"{dialect.Vector}.ShiftLeft({Name(part, vector)}, 16).AsSingle()"
            : $"({Name(part, vector)} & upperHalf).AsSingle()";
    }

    /// <summary>
    /// A shift that keeps the sign puts 5 bits of exponent and 10 of mantissa where fp32 has the lowest of its own; one multiplication
    /// by a power of two, which is exact, moves the exponent to where it belongs.
    /// </summary>
    private sealed class MovedExponents : Pairs
    {
        public override void EmitConstants(IndentedWriter writer, Dialect dialect)
        {
            writer.Line($"var kept = {dialect.Vector}.Create(unchecked((int)0x8FFFE000));");
            writer.Line($"var scale = {dialect.Vector}.Create(layer.Scale);");
        }

        public override string Of(KernelPlan plan, Dialect dialect, int part, int vector)
        {
            var word = part % InputsPerLoad == 0 ? $"{dialect.Vector}.ShiftLeft({Name(part, vector)}, 16)" : Name(part, vector);
            return $"(({dialect.Vector}.ShiftRightArithmetic({word}, 3) & kept).AsSingle() * scale)";
        }
    }

    private sealed class Indices : DenseFloatWeights
    {
        public override int InputsPerLoad => 8;

        public override void EmitConstants(IndentedWriter writer, Dialect dialect) => writer.Line(dialect.LoadSharedFloats);

        public override string Of(KernelPlan plan, Dialect dialect, int part, int vector) =>
            dialect.SharedFloats(Name(part, vector), 4 * (part % InputsPerLoad));
    }
}
