using Espalier.Planning;

namespace Espalier;

/// <summary>One layer of a model: what it is, what it stores and what one prediction costs.</summary>
public sealed record LayerReport
{
    internal LayerReport(LayerWeights weights, long bytes, long fastStart, long smallest, CodingGoal goal, string kernel)
    {
        var layer = weights.Layer;
        var bits = StageBits.Of(weights);
        var stored = goal == CodingGoal.Smallest ? bits.Smallest : bits.FastStart;
        Layer = layer;
        Bytes = bytes;
        Nonzeros = weights.Nonzeros;
        Weights = weights.Count;
        Density = weights.Density;
        BiasBytes = layer.HasWeights ? CodedBiases.Bytes(weights.Bias, goal) : 0;
        WeightBits = stored.Weight;
        IndexBits = stored.Index;
        Bits = bits;
        Kernel = kernel;
        DenseMultiplyAdds = LayerKinds.Find(layer.Kind)?.MultiplyAdds(layer.ToDefinition()) ?? weights.Count;
        DenseBytes = 4 * (weights.Count + (layer.Bias ? weights.Rows : 0));
        Stages = StageBytes.Of(weights, fastStart, smallest);

        // Every weight that is left takes part equally often.
        MultiplyAdds = (long)System.Math.Round(DenseMultiplyAdds * Density);
    }

    /// <summary>The place in the model.</summary>
    public LayerDescription Layer { get; }

    /// <summary>Bytes in the blob, the layer's description included.</summary>
    public long Bytes { get; }

    /// <summary>Bytes of all weights and biases in fp32.</summary>
    public long DenseBytes { get; }

    /// <summary>Bytes after each stage of compression.</summary>
    public StageBytes Stages { get; }

    /// <summary>Weights that are not zero.</summary>
    public int Nonzeros { get; }

    /// <summary>All weights, zero or not; 0 of pools, sums and the like.</summary>
    public long Weights { get; }

    /// <summary>Nonzero weights over all weights, 0 to 1; 1 without weights.</summary>
    public double Density { get; }

    /// <summary>Bits that the value of one kept weight takes in the blob, after coding; 0 without weights.</summary>
    public double WeightBits { get; }

    /// <summary>Bits that the place of one kept weight takes in the blob, after coding.</summary>
    public double IndexBits { get; }

    /// <summary>Bytes of the blob that hold the biases.</summary>
    public long BiasBytes { get; }

    /// <summary>Bits of values and places after each stage of compression.</summary>
    public StageBits Bits { get; }

    /// <summary>Multiply-adds of one prediction that are left.</summary>
    public long MultiplyAdds { get; }

    /// <summary>Multiply-adds of one prediction when no weight is zero.</summary>
    public long DenseMultiplyAdds { get; }

    /// <summary>The kernel layout that is chosen for the instruction tier of this process.</summary>
    public string Kernel { get; }

    /// <summary>Estimated energy of the arithmetic of one prediction in picojoules, see <see cref="EnergyTable"/>.</summary>
    public double Energy => MultiplyAdds * (Layer.TakesPlanes ? 2 : 1) * EnergyTable.MultiplyAdd(Layer.IsInteger ? Layer.Quantization.Weights : Precision.Fp32);

    /// <summary>The same when computed densely in fp32.</summary>
    public double DenseEnergy => DenseMultiplyAdds * EnergyTable.MultiplyAdd(Precision.Fp32);

    /// <summary>Estimated energy in picojoules of reading the weights once, pruned and quantized but not coded (<see cref="StageBytes.Quantized"/>), from where they live.</summary>
    public double WeightEnergy(WeightStore store) => EnergyTable.Read(Stages.Quantized, store);

    /// <summary>The same of dense fp32 weights.</summary>
    public double DenseWeightEnergy(WeightStore store) => EnergyTable.Read(DenseBytes, store);
}
