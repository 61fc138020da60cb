using Espalier.Kernels;

namespace Espalier.Planning;

/// <summary>The runtime's part of a layer kind: what it computes, in scalars, exactly as every kernel does in integers.</summary>
internal abstract partial class LayerKind
{
    /// <summary>The layer's result.</summary>
    /// <param name="step">The layer.</param>
    /// <param name="sources">What each source gave: floats or codes, codes where the layer computes in integers.</param>
    public abstract SimulatedTensor Simulate(SimulatedStep step, SimulatedTensor[] sources);
}
