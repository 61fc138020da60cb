using CsCheck;

namespace Espalier.Integration.Tests.Kernels;

/// <summary>One kernel to be emitted, compiled and held against its twin.</summary>
/// <param name="Layout">The layout's name.</param>
/// <param name="Tier">The tier it is emitted for.</param>
/// <param name="Inputs">Numbers that enter.</param>
/// <param name="Outputs">Numbers that leave.</param>
/// <param name="Weights">Float weights or an integer grid.</param>
/// <param name="Clusters">Centroids, 0 for none.</param>
/// <param name="Codes">Whether codes leave.</param>
/// <param name="Activation">The activation.</param>
/// <param name="Depth">Steps added in 16 bits.</param>
/// <param name="Variant">Which of the layout's candidates, counted round.</param>
public sealed record KernelRequest(
    string Layout, InstructionTier Tier, int Inputs, int Outputs, Precision Weights, int Clusters, bool Codes, Activation Activation, int Depth, int Variant)
{
    /// <summary>The layouts of float layers.</summary>
    public static readonly string[] FloatLayouts = ["DenseFp32", "DenseBf16", "DenseFp16", "DenseShared", "SparseFp32", "SparseShared"];

    /// <summary>Whether a layout has kernels for a tier: codebooks of floats and delta-coded slices need permutations that only some have.</summary>
    public static bool RunsOn(string layout, InstructionTier tier) => layout switch
    {
        "DenseShared" or "SparseShared" => tier is >= InstructionTier.Avx2 and <= InstructionTier.Avx512VbmiVnni,
        "DeltaLaneSlices" => tier is InstructionTier.Avx512Vbmi or InstructionTier.Avx512VbmiVnni,
        _ => true,
    };

    /// <summary>The grid of integer inputs.</summary>
    public Precision InputGrid { get; init; } = Precision.Int8;

    /// <summary>The largest input code.</summary>
    public int InputTop => InputGrid switch { Precision.Int4 => 15, Precision.Int16 => 16383, _ => 127 };

    /// <summary>Whether codes that leave are on a grid of 14 bits.</summary>
    public bool WideCodes { get; init; }

    /// <summary>The grid of the codes that leave; null where floats do.</summary>
    public ActivationGrid? NextGrid(int round) => !Codes ? null : WideCodes ? new ActivationGrid(0.0003f, (ushort)(round * 2000), 16383) : new ActivationGrid(0.03f, (ushort)(round * 20), 127);

    /// <summary>Whether floats enter and are computed with.</summary>
    public bool IsFloat => Weights is Precision.Fp32 or Precision.Fp16 or Precision.Bf16;

    /// <summary>Formats of weights that a float layout keeps.</summary>
    public static Gen<Precision> FloatsFor(string layout) => layout switch
    {
        "DenseBf16" => Gen.Const(Precision.Bf16),
        "DenseFp16" => Gen.Const(Precision.Fp16),
        _ => Gen.OneOfConst(Precision.Fp32, Precision.Fp16, Precision.Bf16),
    };

    /// <summary>Weights that a layout can hold.</summary>
    public static Gen<Precision> PrecisionsFor(string layout) => layout == "DenseTwoBit"
        ? Gen.OneOfConst(Precision.Int8, Precision.Ternary, Precision.Binary)
        : Gen.OneOfConst(Precision.Int8, Precision.Int4, Precision.Ternary, Precision.Binary);

    /// <summary>Numbers of centroids that a layout can hold; 0 for weights of their own.</summary>
    public static Gen<int> ClustersFor(string layout, Precision weights) => (layout, weights) switch
    {
        ("DenseShared" or "SparseShared", _) => Gen.OneOfConst(2, 5, 15, 16),
        (_, Precision.Fp32 or Precision.Fp16 or Precision.Bf16) => Gen.Const(0),
        ("DenseTwoBit", Precision.Int8) => Gen.OneOfConst(2, 3, 4),
        ("DenseNibbles", Precision.Int8) or ("DeltaLaneSlices", _) => Gen.OneOfConst(2, 5, 16),
        ("DenseTwoBit" or "DenseNibbles", _) => Gen.OneOfConst(0, 0, 3),
        _ => Gen.OneOfConst(0, 2, 5, 16, 40),
    };

    /// <summary>Layouts of integer layers that some tier of this process has.</summary>
    public static Gen<string> IntegerLayouts =>
        Gen.OneOfConst([.. new[] { "DenseInt8", "DenseNibbles", "DenseTwoBit", "WindowedLaneSlices", "DeltaLaneSlices" }.Where(layout => TiersOf(layout).Any())]);

    /// <summary>Lane slice layouts that some tier of this process has.</summary>
    public static Gen<string> LaneSliceLayouts =>
        Gen.OneOfConst([.. new[] { "WindowedLaneSlices", "DeltaLaneSlices" }.Where(layout => TiersOf(layout).Any())]);

    /// <summary>Layouts of float layers that some tier of this process has.</summary>
    public static Gen<string> RunnableFloatLayouts => Gen.OneOfConst([.. FloatLayouts.Where(layout => TiersOf(layout).Any())]);

    /// <summary>Tiers of this process that have a layout.</summary>
    public static Gen<InstructionTier> TiersFor(string layout) => Gen.OneOfConst(TiersOf(layout).ToArray());

    /// <summary>Grids that a layout's kernels take inputs on: delta-coded slices read one plane.</summary>
    public static Gen<Precision> InputGridsFor(string layout) => layout == "DeltaLaneSlices"
        ? Gen.OneOfConst(Precision.Int8, Precision.Int4)
        : Gen.OneOfConst(Precision.Int8, Precision.Int8, Precision.Int4, Precision.Int16, Precision.Int16);

    /// <summary>A depth that a layout's kernels are written for.</summary>
    public static int DepthFor(string layout, int depth) => layout switch
    {
        "WindowedLaneSlices" => Math.Min(2, depth),
        "DeltaLaneSlices" => 1,
        _ => depth,
    };

    private static IEnumerable<InstructionTier> TiersOf(string layout) => Tiers.Supported.Where(tier => RunsOn(layout, tier));

    /// <summary>The layer as the runtime sees it. The window layouts are for pruned layers.</summary>
    public LayerDescription Description => new()
    {
        Path = "0/Layer",
        Kind = "Dense",
        Arguments = [Inputs, Outputs],
        Inputs = Inputs,
        Outputs = Outputs,
        Activation = Activation,
        Quantization = IsFloat
            ? QuantizationDescription.Fp32 with { Weights = Weights }
            : new QuantizationDescription { Weights = Weights, Inputs = InputGrid, Outputs = Precision.Int8, Accumulators = Precision.Int32, PerChannel = Clusters == 0 },
        Pruning = Layout is "SparseFp32" or "SparseShared" or "WindowedLaneSlices" or "DeltaLaneSlices" ? new PruningDescription(0.7) : null,
        Codebook = Clusters > 0 ? new CodebookDescription(Clusters, Weights) : null,
    };
}
