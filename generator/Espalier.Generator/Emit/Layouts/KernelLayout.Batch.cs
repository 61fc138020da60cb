using Espalier.Generator.Emit;
using Espalier.Generator.Emit.Dialects;

namespace Espalier.Planning;

/// <summary>In which form a layout runs several samples.</summary>
internal enum BatchForm
{
    /// <summary>One sample after the other, with the kernel of single predictions.</summary>
    Single = 0,

    /// <summary>Each sample has its numbers side by side; weights are read once for several samples, from the same tables.</summary>
    Rows = 1,

    /// <summary>Each feature has its samples side by side; vectors lie across samples, weights are listed once more.</summary>
    Columns = 2,
}

/// <summary>A layout's part in batches.</summary>
internal abstract partial class KernelLayout
{
    /// <summary>How blocks of samples run.</summary>
    public virtual BatchForm BatchForm => BatchForm.Single;

    /// <summary>The form that a layer takes: inputs or outputs in two planes run sample by sample.</summary>
    public BatchForm BatchFormOf(LayerFacts facts) => facts.Input == EdgeForm.Planes || facts.Output == EdgeForm.Planes ? BatchForm.Single : BatchForm;

    /// <summary>
    /// How many samples, each with its numbers side by side, a kernel runs together from the tables of single predictions; 0 where it has
    /// no kernel that does.
    /// </summary>
    public virtual int SamplesTogether(KernelPlan plan, Dialect dialect) => 0;

    /// <summary>Writes the statements of a kernel for rows; <c>layer</c>, <c>input</c>, <c>inputStride</c>, <c>output</c> and <c>samples</c> are its parameters.</summary>
    public virtual void EmitRowsKernel(IndentedWriter writer, LayerFacts facts, KernelPlan plan, Dialect dialect)
    {
    }
}
