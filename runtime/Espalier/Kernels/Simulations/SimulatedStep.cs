using Espalier.Planning;

namespace Espalier.Kernels;

/// <summary>One layer of a simulated prediction: all that does not change from input to input.</summary>
internal sealed class SimulatedStep
{
    private readonly LayerKind _kind;
    private readonly InputEncoder? _encoder;

    /// <param name="model">The weights of the whole model.</param>
    /// <param name="layer">The layer's place.</param>
    public SimulatedStep(ModelWeights model, int layer)
        : this(model.Model, layer, model.Layers[layer])
    {
        OutputForm = model.Forms[layer];
        OutputGrid = model.GridOf(model.Forms.AdditionOf(layer) ?? layer);
        if (Weights is IntegerLayerWeights integer)
        {
            Constants = new IntegerConstants(integer, integer.OutputGrid is null);
            _encoder = model.Forms.Encodes(layer) ? new InputEncoder(Normalisation.None, integer.InputGrid) : null;
        }
    }

    private SimulatedStep(ModelDescription model, int layer, LayerWeights weights)
    {
        Weights = weights;
        Sources = [.. model.SourcesOf(layer)];
        Definition = weights.Layer.ToDefinition();
        _kind = LayerKinds.Find(Definition.Kind) ?? throw new System.NotSupportedException($"{model.Name}: layer {weights.Layer.Path} is a {Definition.Kind}, which this version does not know.");
    }

    /// <summary>A layer without weights in a network of floats.</summary>
    public static SimulatedStep OfFloats(ModelDescription model, int layer) => new(model, layer, new WeightlessLayerWeights(model.Layers[layer]));

    public LayerWeights Weights { get; }

    public LayerDefinition Definition { get; }

    /// <summary>The layers that this one takes from; −1 is the model's input.</summary>
    public int[] Sources { get; }

    /// <summary>The shape of what enters; of the first source where there are several.</summary>
    public TensorShape SourceShape => Definition.InputShape;

    /// <summary>The form of the result.</summary>
    public EdgeForm OutputForm { get; }

    /// <summary>The grid of the result, or of the addition that its sums enter; null where floats leave.</summary>
    public ActivationGrid? OutputGrid { get; }

    /// <summary>Of an integer layer; otherwise null.</summary>
    public IntegerConstants? Constants { get; }

    /// <summary>The layer's result.</summary>
    /// <param name="sources">What each source gave.</param>
    public SimulatedTensor Run(SimulatedTensor[] sources)
    {
        sources[0] = Entering(sources[0]);
        return _kind.Simulate(this, sources);
    }

    /// <summary>What enters: codes where the layer encodes floats for itself.</summary>
    public SimulatedTensor Entering(SimulatedTensor source) => _encoder is null ? source : SimulatedTensor.Encoded(source.Floats!, _encoder);
}
