namespace Espalier.Planning;

/// <summary>The kernel chosen for one layer on one tier.</summary>
/// <param name="Tier">Where it runs.</param>
/// <param name="Layout">The name of a <see cref="KernelLayout"/>.</param>
/// <param name="Rows">Outputs that one tile or slice computes together.</param>
/// <param name="Slots">Products that one step adds per output.</param>
/// <param name="Window">Activations that one step can reach; 0 where a kernel reads all.</param>
/// <param name="Depth">Steps whose products are added in 16 bits before widening; 0 where nothing is added in 16 bits: in float kernels and where one instruction adds products to 32-bit sums.</param>
internal sealed record KernelPlan(Tier Tier, string Layout, int Rows, int Slots, int Window, int Depth)
{
    /// <summary>Windows of a pair of vectors: 1 shared, or 2, one for each; matters to windowed layouts alone.</summary>
    public int Windows { get; init; } = 1;

    /// <summary>Steps of a pair of vectors: 2 of the same rows, or 1 of twice the rows; matters to windowed integer layouts alone.</summary>
    public int PairSteps { get; init; } = 2;

    /// <summary>Whether a last slice that is half empty or more spreads its rows over both vectors of a pair: wherever a pair is one step of twice the rows.</summary>
    public bool Folds => PairSteps == 1;

    /// <summary>Estimated cycles per prediction: what the choice was made by.</summary>
    public int Cycles { get; init; }

    /// <summary>One sentence for the generated file, the manifest and the report: why this kernel.</summary>
    public string Why { get; init; } = "";

    /// <summary>The plan without its reasons: two layers with equal shapes of kernel share one emitted method.</summary>
    public KernelPlan Shape => this with { Cycles = 0, Why = "" };
}

/// <summary>The kernels of one layer, one for each tier in the order of <see cref="Planner.Tiers"/>.</summary>
internal sealed record LayerPlan(LayerFacts Facts, EquatableArray<KernelPlan> Kernels)
{
    public KernelPlan For(Tier tier)
    {
        foreach (var kernel in Kernels)
        {
            if (kernel.Tier == tier)
            {
                return kernel;
            }
        }

        return Kernels[0];
    }
}
