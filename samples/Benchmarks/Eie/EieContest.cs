using Benchmarks.Models;
using Benchmarks.Onnx;
using Benchmarks.Timing;
using Espalier;

namespace Benchmarks.Eie;

/// <summary>Measures one layer against its peers at several batch sizes.</summary>
internal static class EieContest
{
    public static IEnumerable<EieMeasurement> Measure(EieLayer layer, IReadOnlyList<int> batches, InstructionTier? tier, int rounds)
    {
        var weights = SyntheticWeights.For(layer.Pruned);
        var nonzeros = weights.Layers[0].Nonzeros;
        var pruned = layer.CreatePruned(weights, tier);
        var dense = layer.CreateDense(SyntheticWeights.For(layer.Dense), tier);
        var network = DenseNetwork.From(weights);
        var bandwidth = MachineLimits.ReadBytesPerMicro(nonzeros);
        foreach (var batch in batches)
        {
            using var contest = new Contest(network.Inputs, network.Outputs, batch);
            contest.Add(Subjects.Espalier, pruned);
            contest.Add(Subjects.DenseInt8, dense);
            contest.AddOnnx(Subjects.OrtFp32, OnnxNetworks.Fp32(network, batch), 0.999);
            contest.AddOnnx(Subjects.OrtStaticInt8, OnnxNetworks.StaticInt8(network, batch), 0.999);
            contest.AddOnnx(Subjects.OrtDynamicInt8, OnnxNetworks.DynamicInt8(network, batch), 0.99);
            contest.AddOnnx(Subjects.Ort4Bit, OnnxNetworks.Int4(network, batch), 0.97);
            var micros = contest.Micros(rounds);
            var cycles = MachineLimits.CyclesPerMicro() * micros[Subjects.Espalier];
            var products = (double)nonzeros * batch;
            var bound = Math.Max(nonzeros / bandwidth / micros[Subjects.Espalier], products / VectorBytes(pruned.Tier) / cycles);
            yield return new EieMeasurement(
                layer.Name, batch, micros, batch == 1 ? layer.SparseTorchMicros : null, pruned.Layouts, pruned.TableBytes, products / cycles, bound);
        }
    }

    private static int VectorBytes(InstructionTier tier) => tier switch
    {
        InstructionTier.Avx512 or InstructionTier.Avx512Vbmi or InstructionTier.Avx512VbmiVnni => 64,
        InstructionTier.Avx2 or InstructionTier.AvxVnni => 32,
        _ => 16,
    };
}
