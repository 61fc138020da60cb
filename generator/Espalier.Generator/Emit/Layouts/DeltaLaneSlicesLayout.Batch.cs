using System.Linq;
using Espalier.Generator.Emit;
using Espalier.Generator.Emit.Dialects;

namespace Espalier.Planning;

internal sealed partial class DeltaLaneSlicesLayout
{
    /// <summary>
    /// How many samples share a step's columns and weights. 1000 x 4096 at 25 % on Zen 5, time of single predictions over time per
    /// sample: 1.6 in fours, 1.33 in twos.
    /// </summary>
    private static readonly int[] s_groups = [4, 2];

    public override BatchForm BatchForm => BatchForm.Columns;

    public override int SamplesTogether(KernelPlan plan, Dialect dialect) => s_groups.Last();

    public override void EmitRowsKernel(IndentedWriter writer, LayerFacts facts, KernelPlan plan, Dialect dialect) =>
        new DeltaSliceKernel(facts, plan, dialect, s_groups).Emit(writer);
}
