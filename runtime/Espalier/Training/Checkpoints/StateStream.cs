using System;
using System.IO;
using System.Runtime.InteropServices;

namespace Espalier;

/// <summary>Everything that training remembers passes through here in one order, into a checkpoint or out of one: what is written is what is read.</summary>
internal abstract class StateStream
{
    /// <summary>Writes the bytes, or replaces them with what was written.</summary>
    public abstract void Bytes(Span<byte> bytes);

    public void Numbers<T>(Span<T> numbers)
        where T : unmanaged => Bytes(MemoryMarshal.AsBytes(numbers));

    public void Number<T>(ref T number)
        where T : unmanaged => Numbers(new Span<T>(ref number));

    /// <summary>An array that may be missing, and whose length is not known before.</summary>
    public void Array<T>(ref T[]? array)
        where T : unmanaged
    {
        var length = array?.Length ?? -1;
        Number(ref length);
        if (length < 0)
        {
            array = null;
            return;
        }

        if (array?.Length != length)
        {
            array = new T[length];
        }

        Numbers(array.AsSpan());
    }
}

/// <summary>Into a checkpoint.</summary>
internal sealed class StateWriter(Stream stream) : StateStream
{
    public override void Bytes(Span<byte> bytes) => stream.Write(bytes);
}

/// <summary>Out of a checkpoint.</summary>
internal sealed class StateReader(Stream stream) : StateStream
{
    public override void Bytes(Span<byte> bytes) => stream.ReadExactly(bytes);
}
