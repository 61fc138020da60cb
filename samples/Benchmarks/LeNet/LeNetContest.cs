using Benchmarks.Models;
using Benchmarks.Onnx;
using Benchmarks.Timing;
using Espalier;
using Espalier.Samples;

namespace Benchmarks.LeNet;

/// <summary>LeNet-300-100 compressed, in dense int8 and in dense fp32, beside the same network in ONNX Runtime.</summary>
internal sealed class LeNetContest
{
    private readonly CompiledModel _int8 = CompiledModel.Create<LeNet300Int8>(SyntheticWeights.For(LeNet300Int8.Description));
    private readonly CompiledModel _fp32 = CompiledModel.Create<LeNet300Fp32>(SyntheticWeights.For(LeNet300Fp32.Description));
    private readonly ModelWeights _weights = SyntheticWeights.For(LeNet300.Description);
    private readonly DenseNetwork _network;

    public LeNetContest() => _network = DenseNetwork.From(_weights);

    /// <summary>The compressed network on a tier.</summary>
    public CompiledModel Compressed(InstructionTier? tier = null) => CompiledModel.Create<LeNet300>(_weights, tier);

    /// <summary>Microseconds of one call by subject.</summary>
    public IReadOnlyDictionary<string, double> Micros(CompiledModel compressed, int batch, int rounds)
    {
        using var contest = new Contest(_network.Inputs, _network.Outputs, batch);
        contest.Add(Subjects.Espalier, compressed);
        contest.Add(Subjects.DenseInt8, _int8);
        contest.Add(Subjects.DenseFp32, _fp32);
        contest.AddOnnx(Subjects.OrtFp32, OnnxNetworks.Fp32(_network, batch), 0.99);
        contest.AddOnnx(Subjects.OrtStaticInt8, OnnxNetworks.StaticInt8(_network, batch), 0.99);
        contest.AddOnnx(Subjects.OrtDynamicInt8, OnnxNetworks.DynamicInt8(_network, batch), 0.99);
        return contest.Micros(rounds);
    }

    /// <summary>What ONNX Runtime takes for a call that computes next to nothing; null where it cannot run.</summary>
    public static double? OrtCallMicros(int rounds)
    {
        using var peer = OnnxPeer.TryCreate(Subjects.OrtCall, OnnxNetworks.Nothing(), [1f], 1, 1);
        return peer is null ? null : SideBySide.Micros([peer.Predict], rounds)[0];
    }
}
