using BenchmarkDotNet.Attributes;
using Benchmarks.Models;
using Espalier;
using FastNetwork = Startup.LeNet300;

namespace Benchmarks.Stages;

/// <summary>A blob of pruned LeNet-300-100 to weights, its check value included: once a process and model.</summary>
[MemoryDiagnoser]
public class DecodingStage
{
    private readonly ReadOnlyMemory<byte> _smallest = Artifact.From(SyntheticWeights.For(LeNet300.Description)).Blob;
    private readonly ReadOnlyMemory<byte> _fastStart = Artifact.From(SyntheticWeights.For(FastNetwork.Description)).Blob;

    /// <summary>Adaptive coding.</summary>
    [Benchmark]
    public object Smallest() => Artifact.Decode(_smallest.Span, LeNet300.Description, "the adaptive blob");

    /// <summary>Huffman codes.</summary>
    [Benchmark]
    public object FastStart() => Artifact.Decode(_fastStart.Span, FastNetwork.Description, "the Huffman blob");
}
