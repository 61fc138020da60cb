using System.Collections.Immutable;
using System.Linq;

namespace Espalier;

/// <summary>One place in a model: its shape, activation, precisions and compression, with every default resolved.</summary>
/// <remarks>Generated code creates these; training, reports, the scalar reference and the artifact take nothing else.</remarks>
public sealed record LayerDescription
{
    /// <summary>The key of this place's weights: its position and class, e.g. <c>2/Logits</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The layer kind, e.g. <c>Dense</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The arguments of the kind's attribute, e.g. 784 and 300.</summary>
    public required ImmutableArray<int> Arguments { get; init; }

    /// <summary>Numbers that enter.</summary>
    public required int Inputs { get; init; }

    /// <summary>Numbers that leave.</summary>
    public required int Outputs { get; init; }

    /// <summary>Whether every output has a bias.</summary>
    public bool Bias { get; init; } = true;

    /// <summary>The activation.</summary>
    public Activation Activation { get; init; }

    /// <summary>The precision of each role.</summary>
    public QuantizationDescription Quantization { get; init; } = QuantizationDescription.Fp32;

    /// <summary>Pruning, or null.</summary>
    public PruningDescription? Pruning { get; init; }

    /// <summary>Weight sharing, or null.</summary>
    public CodebookDescription? Codebook { get; init; }

    /// <summary>The layers that this one takes from, by their place in the model; −1 is the model's input. Empty means the layer before, as in every chain.</summary>
    public ImmutableArray<int> Sources { get; init; } = [];

    /// <summary>The shape that enters; of layers that join several tensors, the first's. A vector of <see cref="Inputs"/> unless set.</summary>
    public ImageShape InputShape { get => field == default ? ImageShape.Vector(Inputs) : field; init; }

    /// <summary>The shape that leaves. A vector of <see cref="Outputs"/> unless set.</summary>
    public ImageShape OutputShape { get => field == default ? ImageShape.Vector(Outputs) : field; init; }

    /// <summary>Arguments of the kind's attribute that are no whole numbers, e.g. alpha, beta and k of a local response normalisation.</summary>
    public ImmutableArray<float> Numbers { get; init; } = [];

    /// <summary>Batch normalisation between sums and activation, or null. Trained in fp32 and folded into weights and biases for inference.</summary>
    public BatchNormDescription? BatchNorm { get; init; }

    /// <summary>The share of outputs that training sets to 0, in [0, 1).</summary>
    public double Dropout { get; init; }

    /// <summary>Whether the layer has weights. Pools, sums, concatenations and response normalisation have none.</summary>
    public bool HasWeights => Planning.LayerKinds.Find(Kind)?.HasWeights ?? true;

    /// <summary>Rows of the matrix of weights: one for each output of a dense layer, for each output channel of a convolution; 0 without weights.</summary>
    public int WeightRows => this.ToDefinition().WeightRows;

    /// <summary>Columns of the matrix of weights: one for each input of a dense layer, for each place of a convolution's window (input channel of the group, row, column); 0 without weights.</summary>
    public int WeightColumns => this.ToDefinition().WeightColumns;

    /// <summary>
    /// What training has: weights, and two numbers a channel of batch normalisation or one bias. In the folded form for inference a bias takes the place of the two.
    /// </summary>
    public long Parameters => ((long)WeightRows * WeightColumns) + (BatchNorm is not null ? 2L * WeightRows : Bias ? WeightRows : 0);

    /// <summary>Multiply-adds of one prediction when no weight is zero; sums, pools and normalisation count for none, as is usual.</summary>
    public long MultiplyAdds => Planning.LayerKinds.Find(Kind)?.MultiplyAdds(this.ToDefinition()) ?? 0;

    /// <summary>Whether the layer computes in integers: weights on a grid of 8 bits or fewer and activations on one of up to 14.</summary>
    public bool IsInteger => HasWeights && Quantization.WeightTop > 0 && Quantization.InputTop > 0;

    /// <summary>Whether its inputs are codes of 14 bits in two planes.</summary>
    internal bool TakesPlanes => IsInteger && Planning.ActivationPlanes.Of(Quantization.InputTop) == 2;

    /// <inheritdoc/>
    public bool Equals(LayerDescription? other) =>
        other is not null && Path == other.Path && Kind == other.Kind && Arguments.SequenceEqual(other.Arguments)
        && Inputs == other.Inputs && Outputs == other.Outputs && Bias == other.Bias && Activation == other.Activation
        && Quantization == other.Quantization && Pruning == other.Pruning && Codebook == other.Codebook
        && Sources.SequenceEqual(other.Sources) && InputShape == other.InputShape && OutputShape == other.OutputShape
        && Numbers.SequenceEqual(other.Numbers) && BatchNorm == other.BatchNorm && Dropout.Equals(other.Dropout);

    /// <inheritdoc/>
    public override int GetHashCode() => System.HashCode.Combine(Path, Kind, Inputs, Outputs, Activation, Quantization, Pruning, Codebook);
}

/// <summary>The precision of each role in a layer.</summary>
public sealed record QuantizationDescription
{
    /// <summary>Everything in fp32.</summary>
    public static QuantizationDescription Fp32 { get; } = new();

    /// <summary>The precision of the weights.</summary>
    public Precision Weights { get; init; } = Precision.Fp32;

    /// <summary>The precision of what enters.</summary>
    public Precision Inputs { get; init; } = Precision.Fp32;

    /// <summary>The precision of what leaves.</summary>
    public Precision Outputs { get; init; } = Precision.Fp32;

    /// <summary>The precision of sums.</summary>
    public Precision Accumulators { get; init; } = Precision.Fp32;

    /// <summary>The precision of gradients.</summary>
    public Precision Gradients { get; init; } = Precision.Fp32;

    /// <summary>How updates are rounded to the weights' grid when there are no master weights.</summary>
    public Rounding Rounding { get; init; } = Rounding.Nearest;

    /// <summary>Whether training keeps a full-precision copy of the weights.</summary>
    public bool MasterWeights { get; init; } = true;

    /// <summary>Whether every output has its own weight scale.</summary>
    public bool PerChannel { get; init; } = true;

    /// <summary>The largest magnitude on the signed weight grid: 127, 7 or 1; 0 for float weights.</summary>
    public int WeightTop => Planning.NumberFormats.WeightTop((Planning.NumberFormat)Weights);

    /// <summary>The top of the unsigned grid of the layer's inputs: 16383, 127 or 15; 0 for float inputs.</summary>
    public int InputTop => Planning.NumberFormats.ActivationTop((Planning.NumberFormat)Inputs);
}

/// <summary>How a layer is pruned.</summary>
/// <param name="Sparsity">The share of weights to remove, in [0, 1).</param>
/// <param name="Schedule">How sparsity rises while training.</param>
public sealed record PruningDescription(double Sparsity, PruningSchedule Schedule = PruningSchedule.Gradual)
{
    /// <summary>Inputs of a group of N:M sparsity, 2 or more; 0 where each weight goes by itself.</summary>
    public int GroupSize { get; init; }

    /// <summary>Weights that stay in a group: N of N:M. Null where there are no groups or the sparsity leaves no whole number from 1 to below the group's size.</summary>
    public int? KeptOfGroup => Planning.SparsityGroups.Kept(Sparsity, GroupSize);

    /// <summary>The share that is really removed: N:M is exact where the attribute has decimals, as 0.67 for 1 of 3.</summary>
    internal double Target => KeptOfGroup is { } kept ? 1 - ((double)kept / GroupSize) : Sparsity;
}

/// <summary>How a layer shares weights.</summary>
/// <param name="Clusters">Centroids, the reserved zero included.</param>
/// <param name="CentroidPrecision">The precision in which centroids are stored.</param>
public sealed record CodebookDescription(int Clusters, Precision CentroidPrecision);

/// <summary>How a layer's sums are normalised over a batch (Ioffe and Szegedy 2015): always in fp32, whatever the layer's precision.</summary>
/// <param name="Epsilon">Added to the variance, above 0.</param>
/// <param name="Momentum">The weight of a new batch in the running mean and variance, in (0, 1].</param>
public sealed record BatchNormDescription(double Epsilon = 1e-5, double Momentum = 0.1);
