namespace Espalier.Planning;

/// <summary>
/// One annotated layer with every default resolved, as values: what the generator reads from attributes and what the runtime
/// derives from a public description. Planning knows nothing else of a layer.
/// </summary>
/// <param name="Kind">The name of the layer kind in <see cref="LayerKinds"/>, e.g. <c>Dense</c>.</param>
/// <param name="Arguments">The constructor arguments of the kind's attribute; only the kind itself interprets them.</param>
/// <param name="Inputs">Numbers that enter, in all.</param>
/// <param name="Outputs">Numbers that leave, in all.</param>
/// <param name="Bias">Whether each output has a bias.</param>
/// <param name="Activation">The activation after the affine step.</param>
/// <param name="Quantize">Precisions, resolved; never null.</param>
/// <param name="Prune">Pruning, or null.</param>
/// <param name="Codebook">Weight sharing, or null.</param>
internal sealed record LayerDefinition(
    string Kind,
    EquatableArray<int> Arguments,
    int Inputs,
    int Outputs,
    bool Bias,
    ActivationKind Activation,
    QuantizeDefinition Quantize,
    PruneDefinition? Prune,
    CodebookDefinition? Codebook)
{
    /// <summary>The shape that enters; a vector unless set. Of kinds that join several tensors, the first's.</summary>
    public TensorShape InputShape { get; init; } = TensorShape.Vector(Inputs);

    /// <summary>The shape that leaves; a vector unless set.</summary>
    public TensorShape OutputShape { get; init; } = TensorShape.Vector(Outputs);

    /// <summary>Arguments that are no whole numbers; only the kind itself interprets them.</summary>
    public EquatableArray<float> Numbers { get; init; }

    /// <summary>Batch normalisation between sums and activation while training, or null. For inference it is folded into weights and biases: no plan depends on it.</summary>
    public BatchNormDefinition? BatchNorm { get; init; }

    /// <summary>The share of outputs that training sets to 0, in [0, 1). No plan depends on it.</summary>
    public double Dropout { get; init; }

    /// <summary>Rows of the matrix of weights, each of one output or output channel; 0 without weights.</summary>
    public int WeightRows => LayerKinds.Find(Kind)?.WeightRows(this) ?? 0;

    /// <summary>Columns of the matrix of weights, each of one input or one place of a window; 0 without weights.</summary>
    public int WeightColumns => LayerKinds.Find(Kind)?.WeightColumns(this) ?? 0;

    /// <summary>Whether the layer computes in integers: weights on an 8-bit grid or smaller and activations on a grid of up to 14 bits.</summary>
    public bool IsInteger => HasWeights && Quantize.Weights.WeightTop() > 0 && Quantize.Inputs.ActivationTop() > 0;

    /// <summary>Whether the kind has weights; pools, sums and the like have none and compute in what reaches them.</summary>
    public bool HasWeights => LayerKinds.Find(Kind)?.HasWeights ?? true;

    /// <summary>What a float layer's weights were rounded to: the centroids' precision where weights are shared, else that of the weights.</summary>
    public NumberFormat StoredFormat => Codebook?.CentroidFormat ?? Quantize.Weights;

    /// <summary>The expected share of weights that are not zero, from the attributes alone.</summary>
    public double ExpectedDensity => Prune?.Density ?? 1;
}

/// <summary>Precision of each role. <paramref name="Explicit"/> tells <c>[Quantize]</c> from its absence.</summary>
internal sealed record QuantizeDefinition(
    bool Explicit,
    NumberFormat Weights,
    NumberFormat Inputs,
    NumberFormat Outputs,
    NumberFormat Accumulators,
    NumberFormat Gradients,
    bool StochasticRounding,
    bool MasterWeights,
    bool PerChannel)
{
    /// <summary>A layer without <c>[Quantize]</c>: everything in fp32.</summary>
    public static QuantizeDefinition Fp32 { get; } = Resolve(false, NumberFormat.Fp32, null, null, null, null, null, null, null, false);

    /// <summary>Fills in what an attribute leaves open, "chosen to fit" as the documentation of <c>[Quantize]</c> says.</summary>
    public static QuantizeDefinition Resolve(
        bool isExplicit, NumberFormat weights, NumberFormat? inputs, NumberFormat? outputs, NumberFormat? accumulators,
        NumberFormat? gradients, bool? stochasticRounding, bool? masterWeights, bool? perChannel, bool hasCodebook)
    {
        var activations = weights.WeightTop() > 0 ? NumberFormat.Int8 : NumberFormat.Fp32;
        var resolvedInputs = inputs ?? activations;
        var integer = weights.WeightTop() > 0 && resolvedInputs.ActivationTop() > 0;
        var master = masterWeights ?? true;
        return new QuantizeDefinition(
            isExplicit,
            weights,
            resolvedInputs,
            outputs ?? resolvedInputs,
            accumulators ?? (integer ? NumberFormat.Int32 : NumberFormat.Fp32),
            gradients ?? NumberFormat.Fp32,
            // Without a full-precision copy, updates smaller than half a step survive only when rounding is stochastic.
            stochasticRounding ?? !master,
            master,
            // A codebook holds one set of centroids for the layer, so it has one scale.
            perChannel ?? !hasCodebook);
    }
}

/// <param name="Sparsity">The share of weights to remove, in [0, 1).</param>
/// <param name="Gradual">Whether sparsity rises over training (cubic) or all at once.</param>
/// <param name="GroupSize">Inputs of a group of N:M sparsity; 0 where each weight goes by itself.</param>
internal sealed record PruneDefinition(double Sparsity, bool Gradual, int GroupSize = 0)
{
    /// <summary>The share of weights that stay; exactly N of M in groups.</summary>
    public double Density => SparsityGroups.Kept(Sparsity, GroupSize) is { } kept ? (double)kept / GroupSize : 1 - Sparsity;
}

/// <param name="Clusters">Centroids, the reserved zero included: 2 to 256.</param>
/// <param name="CentroidFormat">The precision in which centroids are stored.</param>
internal sealed record CodebookDefinition(int Clusters, NumberFormat CentroidFormat);

/// <param name="Epsilon">Added to the variance, above 0.</param>
/// <param name="Momentum">The weight of a new batch in the running mean and variance, in (0, 1].</param>
internal sealed record BatchNormDefinition(double Epsilon, double Momentum);
