using BenchmarkDotNet.Attributes;
using Benchmarks.Models;
using Espalier;

namespace Benchmarks.Stages;

/// <summary>Decoded weights to packed tables for the processor at hand: once a process and model.</summary>
[MemoryDiagnoser]
public class PackingStage
{
    private readonly ModelWeights _network = SyntheticWeights.For(LeNet300.Description);
    private readonly ModelWeights _sparse = SyntheticWeights.For(NtWe.Description);
    private readonly ModelWeights _integers = SyntheticWeights.For(SquareInt8.Description);
    private readonly ModelWeights _floats = SyntheticWeights.For(SquareFp32.Description);

    /// <summary>LeNet-300-100, pruned.</summary>
    [Benchmark]
    public object LeNet300Pruned() => LeNet300.Create(_network);

    /// <summary>600 × 4096 integer weights, one in ten kept.</summary>
    [Benchmark]
    public object Pruned600x4096() => NtWe.Create(_sparse);

    /// <summary>1024 × 1024 weights of eight bits.</summary>
    [Benchmark]
    public object Int8Square() => SquareInt8.Create(_integers);

    /// <summary>1024 × 1024 floats.</summary>
    [Benchmark]
    public object Fp32Square() => SquareFp32.Create(_floats);
}
