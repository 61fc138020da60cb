using System;

namespace Espalier.Kernels;

/// <summary>The blocks of a batch on several threads: each takes some of them, with scratch of its own, from the first layer to the last.</summary>
/// <param name="chain">What runs blocks.</param>
/// <param name="blockMicros">About how long one takes.</param>
internal sealed unsafe class SharedBlocks(BatchChain chain, double blockMicros) : PooledWork
{
    /// <summary>As many blocks to a part as make it worth being taken.</summary>
    private readonly int _blocksPerPart = (int)Math.Clamp(LeastMicrosOfAPart / blockMicros, 1, 1024);

    private const double LeastMicrosOfAPart = 10;

    /// <summary>Shares a batch's blocks, or says that the caller should run them alone: there is one only, or all of them take too short.</summary>
    public bool TryRun<T>(ReadOnlySpan<T> inputs, Span<float> outputs, int blocks, int threads)
        where T : unmanaged
    {
        var parts = (blocks + _blocksPerPart - 1) / _blocksPerPart;
        if (parts < 2 || parts > PartQueue.MostParts || blocks * blockMicros < ThreadedLayers.LeastMicros)
        {
            return false;
        }

        // Pinned until the last part has ended: others must not lose what the caller passed.
        fixed (T* input = inputs)
        fixed (float* output = outputs)
        {
            WorkerPool.Shared.Run(this, parts, threads, new PooledCall(input, output, inputs.Length / chain.Inputs, sizeof(T) == 1));
        }

        return true;
    }

    /// <inheritdoc/>
    public override void Run(int part, in PooledCall call)
    {
        var outputs = new Span<float>(call.Output, checked(call.Samples * chain.Outputs));
        if (call.Bytes)
        {
            Run(new ReadOnlySpan<byte>(call.Input, call.Samples * chain.Inputs), outputs, part);
        }
        else
        {
            Run(new ReadOnlySpan<float>(call.Input, call.Samples * chain.Inputs), outputs, part);
        }
    }

    private void Run<T>(ReadOnlySpan<T> inputs, Span<float> outputs, int part)
        where T : unmanaged
    {
        var first = part * _blocksPerPart;
        chain.RunBlocks(inputs, outputs, first, Math.Min(_blocksPerPart, chain.Blocks(inputs.Length / chain.Inputs) - first));
    }
}
