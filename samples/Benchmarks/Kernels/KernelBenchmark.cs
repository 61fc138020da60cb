using BenchmarkDotNet.Attributes;
using Benchmarks.Models;
using Espalier;
using Espalier.Planning;

namespace Benchmarks.Kernels;

/// <summary>
/// Time and memory of one layer's kernel, from floats to floats. The planner is asked beforehand on which tiers the layer gets the layout, and
/// the packed layer afterwards: a table that names a layout measured that one.
/// </summary>
/// <typeparam name="TModel">A model of one layer.</typeparam>
/// <param name="layout">The planner's name of the layout, e.g. <c>DenseBf16</c>.</param>
/// <param name="packed">The name of its packed layers, e.g. <c>Dense16BitFloats</c>; the same unless given.</param>
[MemoryDiagnoser]
public abstract class KernelBenchmark<TModel>(string layout, string? packed = null)
    where TModel : IModel<TModel>
{
    private const int Samples = 64;

    private readonly float[] _inputs = SyntheticWeights.Inputs(Samples * TModel.Description.Inputs);
    private readonly float[] _outputs = new float[Samples * TModel.Description.Outputs];
    private CompiledModel _model = null!;

    /// <summary>The instruction tier that the kernel runs on.</summary>
    [ParamsSource(nameof(Tiers))]
    public InstructionTier Tier { get; set; }

    /// <summary>The best tier, and one for each narrower vector, where they have the layout: all tiers of a processor would take an hour.</summary>
    public IEnumerable<InstructionTier> Tiers
    {
        get
        {
            var plan = Planner.Plan(TModel.Description.ToFacts().Single());
            return new[] { InstructionTiers.Best, InstructionTier.Avx2, InstructionTier.Ssse3 }
                .Distinct()
                .Where(tier => InstructionTiers.IsSupported(tier) && plan.For((Tier)tier).Layout == layout);
        }
    }

    [GlobalSetup]
    public void Setup()
    {
        _model = CompiledModel.Create<TModel>(SyntheticWeights.For(TModel.Description), Tier);
        if (!_model.Layouts.StartsWith((packed ?? layout) + " ", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"{typeof(TModel).Name} runs as {_model.Layouts} on {Tier}, not as {layout}: the benchmark would measure another kernel.");
        }
    }

    /// <summary>One sample.</summary>
    [Benchmark]
    public void Single() => _model.One(_inputs.AsSpan(0, TModel.Description.Inputs), _outputs.AsSpan(0, TModel.Description.Outputs));

    /// <summary>64 samples: the time is that of all.</summary>
    [Benchmark]
    public void BatchOf64() => _model.Batch(_inputs, _outputs);
}
