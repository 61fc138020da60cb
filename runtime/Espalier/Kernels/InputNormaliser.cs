using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Espalier.Kernels;

/// <summary>How raw inputs become what a float layer sees. Bytes go through a table of 256.</summary>
public sealed class InputNormaliser
{
    private readonly Normalisation _normalisation;
    private readonly float[] _table = new float[256];

    /// <param name="normalisation">Offset and factor.</param>
    public InputNormaliser(Normalisation normalisation)
    {
        _normalisation = normalisation;
        for (var raw = 0; raw < 256; raw++)
        {
            _table[raw] = normalisation.Apply(raw);
        }
    }

    /// <summary>Normalised values of raw floats; the same bits on every tier.</summary>
    /// <param name="raw">The inputs.</param>
    /// <param name="values">Room for as many floats.</param>
    /// <param name="tier">The tier to run on.</param>
    public void Encode(ReadOnlySpan<float> raw, ref byte values, InstructionTier tier)
    {
        ref var target = ref Unsafe.As<byte, float>(ref values);
        ref var source = ref MemoryMarshal.GetReference(raw);
        var i = 0;
        if (tier != InstructionTier.Scalar)
        {
            var offset = Vector128.Create(_normalisation.Offset);
            var factor = Vector128.Create(_normalisation.Factor);
            for (; i <= raw.Length - 4; i += 4)
            {
                ((Vector128.LoadUnsafe(ref source, (nuint)i) - offset) * factor).StoreUnsafe(ref target, (nuint)i);
            }
        }

        for (; i < raw.Length; i++)
        {
            Unsafe.Add(ref target, i) = _normalisation.Apply(raw[i]);
        }
    }

    /// <summary>Normalised values of raw bytes, by table.</summary>
    /// <param name="raw">The inputs.</param>
    /// <param name="values">Room for as many floats.</param>
    /// <param name="tier">The tier to run on.</param>
    public void Encode(ReadOnlySpan<byte> raw, ref byte values, InstructionTier tier)
    {
        ref var target = ref Unsafe.As<byte, float>(ref values);
        for (var i = 0; i < raw.Length; i++)
        {
            Unsafe.Add(ref target, i) = _table[raw[i]];
        }
    }
}
