using System.Collections.Generic;
using System.Linq;

namespace Espalier.Planning;

/// <summary>
/// A way to lay a layer's weights out and to run it. A layout is one class in three parts: which candidates it offers and what
/// they cost (here), its emitter (the generator), its packer and scalar twin (the runtime).
/// </summary>
internal abstract partial class KernelLayout
{
    /// <summary>The name in manifests and reports, e.g. <c>WindowedLaneSlices</c>. Never renamed: manifests carry it.</summary>
    public abstract string Name { get; }

    /// <summary>The layout in a sentence, for generated files.</summary>
    public abstract string Sentence(LayerFacts facts, KernelPlan plan);

    /// <summary>The plans that this layout offers for a layer on a tier, priced; none when it does not fit.</summary>
    public IEnumerable<KernelPlan> Candidates(LayerFacts facts, Tier tier) => facts.Definition.Kind == Kind ? Offers(facts, tier) : Enumerable.Empty<KernelPlan>();

    /// <summary>The layer kind whose weights it lays out.</summary>
    public virtual string Kind => "Dense";

    /// <summary>Whether its kernels leave weights out that are 0.</summary>
    public virtual bool SkipsZeros => false;

    /// <summary>Whether real weights are scheduled when they are saved, so that candidates are priced by what that came to.</summary>
    public virtual bool IsScheduledBeforehand => false;

    /// <summary>The candidates for a layer of its kind.</summary>
    private protected abstract IEnumerable<KernelPlan> Offers(LayerFacts facts, Tier tier);
}
