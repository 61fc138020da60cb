using BenchmarkDotNet.Attributes;
using Benchmarks.Models;
using Espalier;
using Espalier.Kernels;

namespace Benchmarks.Stages;

/// <summary>Raw inputs to codes of seven bits: what an integer model does before its first layer.</summary>
[MemoryDiagnoser]
public class EncodingStage
{
    /// <summary>What the widest vectors may write beyond the codes.</summary>
    private const int Slack = 256;

    private readonly InputEncoder _encoder = new(Normalisation.None, new ActivationGrid(1f / 127, 0, 127));
    private float[] _floats = [];
    private byte[] _bytes = [];
    private AlignedMemory _codes = null!;

    /// <summary>Numbers of one sample: MNIST's, and those of the large EIE layers.</summary>
    [Params(784, 4096)]
    public int Inputs { get; set; }

    /// <summary>The instruction tier.</summary>
    [ParamsSource(nameof(Tiers))]
    public InstructionTier Tier { get; set; }

    /// <summary>Every tier of this process: encoding is quick to measure.</summary>
    public static IEnumerable<InstructionTier> Tiers => Enum.GetValues<InstructionTier>().Where(InstructionTiers.IsSupported);

    [GlobalSetup]
    public void Setup()
    {
        _floats = SyntheticWeights.Inputs(Inputs);
        _bytes = [.. _floats.Select(value => (byte)(value * 255))];
        _codes = new AlignedMemory(Inputs + Slack);
    }

    /// <summary>From floats.</summary>
    [Benchmark]
    public void Floats() => _encoder.Encode(_floats, ref _codes.Start, Tier);

    /// <summary>From bytes.</summary>
    [Benchmark]
    public void Bytes() => _encoder.Encode(_bytes, ref _codes.Start, Tier);
}
