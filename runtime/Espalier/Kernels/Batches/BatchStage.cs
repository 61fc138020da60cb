using Espalier.Planning;

namespace Espalier.Kernels;

/// <summary>How one layer runs a block of samples at once.</summary>
public abstract class BatchStage
{
    /// <summary>Samples of a block: 64 bytes of codes for each feature, one vector of the widest kind.</summary>
    public const int BlockSamples = 64;

    private protected BatchStage(PackedLayer layer) => Layer = layer;

    /// <summary>The layer as single predictions run it: its biases, its scales and the order of its outputs serve batches too.</summary>
    public PackedLayer Layer { get; }

    /// <summary>Whether vectors lie across the samples of one feature; otherwise every sample has its numbers side by side.</summary>
    public abstract bool AcrossSamples { get; }

    /// <summary>Whether codes leave with the samples of one output side by side; otherwise every sample has its numbers side by side, floats always.</summary>
    internal bool LeavesAcross => AcrossSamples && GivesCodes;

    /// <summary>Whether the numbers of a sample leave in the order of the model's outputs, with nothing between two samples.</summary>
    public virtual bool LeavesInOrder => false;

    /// <summary>The fewest samples for which a block is faster than one prediction after the other; <see cref="int.MaxValue"/> when it never is.</summary>
    public abstract int LeastSamples { get; }

    /// <summary>Numbers that a sample leaves, those of the last tile's empty rows included; bytes of two planes where codes of 14 bits leave.</summary>
    public int PaddedOutputs => Layer is PackedIntegerLayer { GivesPlanes: true } ? ActivationPlanes.Size(Layer.Layer.Outputs) : Layer.Tiles * Layer.Shape.Rows;

    /// <summary>Numbers from a sample to the next, where each leaves with its numbers side by side.</summary>
    public int OutputStride => AcrossSamples && !GivesCodes ? Layer.Layer.Outputs : PaddedOutputs;

    /// <summary>Whether codes leave; floats otherwise.</summary>
    public bool GivesCodes => Layer is PackedIntegerLayer { GivesFloats: false };

    /// <summary>Whether codes of 14 bits enter, each sample with its two planes side by side.</summary>
    internal bool TakesPlanes => Layer is PackedIntegerLayer { TakesPlanes: true };

    /// <summary>Whether codes enter; floats otherwise.</summary>
    public bool TakesCodes => Layer is PackedIntegerLayer;

    /// <summary>
    /// Says, before the first block, that nothing follows this layer: no other has taken its columns from the positions of this one.
    /// </summary>
    internal virtual void EndModel()
    {
    }

    /// <summary>Runs the block.</summary>
    /// <param name="input">Features by <see cref="BlockSamples"/>, or samples by <paramref name="inputStride"/> numbers.</param>
    /// <param name="inputStride">Numbers from a sample to the next, where samples lie one after the other.</param>
    /// <param name="output">Outputs by <see cref="BlockSamples"/>, or samples by <see cref="OutputStride"/> numbers.</param>
    /// <param name="samples">Samples in the block.</param>
    public abstract void Run(ref byte input, int inputStride, ref byte output, int samples);
}
