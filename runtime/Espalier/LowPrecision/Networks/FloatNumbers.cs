using System;
using System.Numerics;
using Espalier.Kernels;
using Espalier.Numerics;

namespace Espalier;

/// <summary>Floats of 32 bits: what low precision is measured against.</summary>
internal sealed class FloatNumbers(int length) : StoredNumbers(length)
{
    private readonly AlignedMemory _memory = new(checked(length * sizeof(float)));

    public override ReadOnlySpan<float> View(Span<float> buffer) => _memory.As<float>();

    public override void Decode(int start, Span<float> values) => _memory.As<float>().Slice(start, values.Length).CopyTo(values);

    public override void Encode(int start, ReadOnlySpan<float> values) => values.CopyTo(_memory.As<float>()[start..]);

    public override void Add(ReadOnlySpan<float> changes, float factor, Rounding rounding, RandomLanes random)
    {
        var numbers = _memory.As<float>();
        for (var i = 0; i < numbers.Length; i += Vector<float>.Count)
        {
            (new Vector<float>(numbers[i..]) + (new Vector<float>(changes[i..]) * factor)).CopyTo(numbers[i..]);
        }
    }
}
