using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Espalier.Kernels;

/// <summary>Zeroed managed memory that never moves and starts at a multiple of 64 bytes: no split loads, nothing to dispose.</summary>
public sealed class AlignedMemory
{
    private const int Alignment = 64;

    // Buffers that all start on a page boundary alias each other in the first-level cache (up to 3x slower for small layers), so
    // each new block starts 128 bytes further into its page than the one before.
    private const int Stagger = 128;
    private const int StaggerSteps = 16;
    private static int s_next;

    private readonly byte[] _pinned;
    private readonly nuint _offset;

    /// <param name="length">Usable bytes, at least 0.</param>
    public unsafe AlignedMemory(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Length = length;
        var stagger = (uint)System.Threading.Interlocked.Increment(ref s_next) % StaggerSteps * Stagger;
        _pinned = GC.AllocateArray<byte>(checked(length + Alignment + (StaggerSteps * Stagger)), pinned: true);
        var address = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_pinned));
        _offset = ((address + stagger + Alignment - 1) & ~(nuint)(Alignment - 1)) - address;
    }

    private AlignedMemory(AlignedMemory whole, int start, int length)
    {
        (_pinned, _offset, Length) = (whole._pinned, whole._offset + (nuint)start, length);
    }

    /// <summary>Usable bytes.</summary>
    public int Length { get; }

    /// <summary>The first byte.</summary>
    public ref byte Start
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.AddByteOffset(ref MemoryMarshal.GetArrayDataReference(_pinned), _offset);
    }

    /// <summary>All of it.</summary>
    public Span<byte> Bytes => MemoryMarshal.CreateSpan(ref Start, Length);

    /// <summary>All of it as numbers of another type.</summary>
    public Span<T> As<T>()
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(Bytes);

    /// <summary>Some of the same memory; it starts at a multiple of 64 bytes only where <paramref name="start"/> is one.</summary>
    internal AlignedMemory Part(int start, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, Length - length);
        return new AlignedMemory(this, start, length);
    }

    internal static AlignedMemory Of<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        var memory = new AlignedMemory(checked(values.Length * Unsafe.SizeOf<T>()));
        values.CopyTo(memory.As<T>());
        return memory;
    }
}
