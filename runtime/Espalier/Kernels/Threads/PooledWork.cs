namespace Espalier.Kernels;

/// <summary>Something that falls into parts which any thread may run, in any order.</summary>
internal abstract class PooledWork
{
    /// <summary>Runs one part.</summary>
    /// <param name="part">From 0 on.</param>
    /// <param name="call">What the caller passed: valid until the last part has ended.</param>
    public abstract void Run(int part, in PooledCall call);
}

/// <summary>The arguments of one call, as addresses: references cannot be kept where another thread finds them. What they point to must not move.</summary>
internal readonly unsafe struct PooledCall(void* input, void* output, int samples = 1, bool bytes = false)
{
    /// <summary>The arguments of a convolution.</summary>
    public PooledCall(void* input, void* added, void* output, void* scratch, void* rooms)
        : this(input, output)
    {
        Added = added;
        Scratch = scratch;
        Rooms = rooms;
    }

    public void* Input => input;

    public void* Output => output;

    /// <summary>The map that a convolution adds.</summary>
    public void* Added { get; }

    /// <summary>The scratch of a step.</summary>
    public void* Scratch { get; }

    /// <summary>Scratch that is each thread's own, one after the other.</summary>
    public void* Rooms { get; }

    /// <summary>Who runs the part: 0 for the caller, below the number of threads for others.</summary>
    public int Participant { get; private init; }

    /// <summary>Samples of a batch.</summary>
    public int Samples => samples;

    /// <summary>Samples that a part predicts for.</summary>
    public int SamplesOfAPart { get; init; }

    /// <summary>Whether a batch's inputs are raw bytes; floats otherwise.</summary>
    public bool Bytes => bytes;

    /// <summary>The same call for a participant.</summary>
    public PooledCall On(int participant) => this with { Participant = participant };
}
