using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;

namespace Espalier.Kernels;

/// <summary>Memory for the numbers between layers: on the stack up to <see cref="StackLimit"/>, from a model's own pool beyond.</summary>
public static class Scratch
{
    /// <summary>Bytes that generated code takes from the stack at most.</summary>
    public const int StackLimit = 16 * 1024;

    /// <summary>What has to be added to a size so that a 64-byte boundary surely lies inside.</summary>
    public const int Slack = 64;

    /// <summary>The first 64-byte boundary in a block on the stack (which does not move).</summary>
    /// <param name="block">A stack block with <see cref="Slack"/> bytes to spare.</param>
    public static unsafe ref byte Align(Span<byte> block)
    {
        ref var start = ref MemoryMarshal.GetReference(block);
        var address = (nuint)Unsafe.AsPointer(ref start);
        return ref Unsafe.AddByteOffset(ref start, (nuint)(-(nint)address & (Slack - 1)));
    }
}

/// <summary>A lock-free pool of equal blocks: the first call at each level of concurrency allocates, none after.</summary>
/// <param name="length">Bytes of a block.</param>
public sealed class ScratchPool(int length)
{
    private readonly AlignedMemory?[] _slots = new AlignedMemory?[Math.Max(16, 2 * Environment.ProcessorCount)];

    /// <summary>Takes a block, new ones zeroed and used ones as they were left.</summary>
    public AlignedMemory Rent()
    {
        foreach (ref var slot in _slots.AsSpan())
        {
            if (slot is not null && Interlocked.Exchange(ref slot, null) is { } block)
            {
                return block;
            }
        }

        return new AlignedMemory(length);
    }

    /// <summary>Gives a block back; when every slot is taken the garbage collector gets it.</summary>
    public void Return(AlignedMemory block)
    {
        foreach (ref var slot in _slots.AsSpan())
        {
            if (slot is null && Interlocked.CompareExchange(ref slot, block, null) is null)
            {
                return;
            }
        }
    }
}
