namespace Espalier.Kernels;

/// <summary>One layer's part of a batch: what runs before it, the layer, what runs after it.</summary>
/// <param name="stage">How the layer runs a block.</param>
/// <param name="few">How it runs samples that are too few for a block, each with its numbers side by side.</param>
/// <param name="activation">An activation that follows in a pass of its own; <see cref="Espalier.Activation.None"/> where the kernel has done all.</param>
/// <param name="encoder">Where the layer before gives floats to one that computes in integers: how they become codes; otherwise null.</param>
public sealed class BatchStep(BatchStage stage, BatchStage few, Activation activation = Activation.None, InputEncoder? encoder = null)
{
    internal BatchStage Stage => stage;

    internal Activation Activation => activation;

    internal InputEncoder? Encoder => encoder;

    /// <summary>The same for samples that are too few for a block.</summary>
    internal BatchStep ForFew() => new(few, few, activation, encoder);
}
