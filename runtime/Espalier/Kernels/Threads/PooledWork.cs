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
    public void* Input => input;

    public void* Output => output;

    /// <summary>Samples of a batch.</summary>
    public int Samples => samples;

    /// <summary>Whether a batch's inputs are raw bytes; floats otherwise.</summary>
    public bool Bytes => bytes;
}
