using System;
using System.Collections.Generic;
using System.Linq;
using Espalier.Generator.Emit;
using Espalier.Generator.Emit.Dialects;

namespace Espalier.Planning;

internal sealed partial class WindowedLaneSlicesLayout
{
    public override BatchForm BatchForm => BatchForm.Columns;

    public override int SamplesTogether(KernelPlan plan, Dialect dialect) => Groups(plan, dialect).LastOrDefault();

    public override void EmitRowsKernel(IndentedWriter writer, LayerFacts facts, KernelPlan plan, Dialect dialect) =>
        Emit(writer, facts, plan, dialect, Groups(plan, dialect));

    /// <summary>
    /// How many samples share a pair's indices and weights: where they gain. Measured on Zen 5 for LeNet-300-100 and layers of the EIE
    /// paper, time of single predictions over time per sample: AVX-512 with VBMI 1.6 to 2.0 in fours and 1.2 to 1.5 in twos; windows of
    /// 32 with AVX-VNNI 1.3 to 1.4 and 1.2 to 1.3, AVX2 1.2 to 1.3 and 1.1 to 1.2, SSSE3 1.3 and 1.2. In windows of 64 most of the time
    /// goes into each sample's own shuffles: 1.1 in fours with 16 registers and 1.2 with the 32 of AVX-512, 1.06 in twos, which are left
    /// out. Portable vectors gained nothing; Arm was not measured.
    /// </summary>
    private static IReadOnlyList<int> Groups(KernelPlan plan, Dialect dialect) => dialect.Tier switch
    {
        Tier.Avx512Vbmi => new[] { 4, 2 },
        Tier.Avx2 or Tier.AvxVnni or Tier.Ssse3 => plan.Window == 32 ? new[] { 4, 2 } : new[] { 4 },
        _ => Array.Empty<int>(),
    };
}
