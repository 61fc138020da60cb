using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Espalier.Kernels;

/// <summary>How raw inputs become codes: one subtraction and one multiplication, then the grid. Bytes go through a table of 256.</summary>
public sealed class InputEncoder
{
    private readonly byte[] _table = new byte[256];

    /// <summary>Normalisation and grid become one subtraction and one multiplication.</summary>
    public InputEncoder(Normalisation normalisation, ActivationGrid grid)
    {
        Offset = normalisation.Offset;
        StepsPerUnit = (float)((double)normalisation.Factor / grid.Scale);
        Grid = grid;
        for (var raw = 0; raw < 256; raw++)
        {
            _table[raw] = Encode(raw);
        }
    }

    /// <summary>What is subtracted from a raw input.</summary>
    public float Offset { get; }

    /// <summary>What the difference is multiplied by.</summary>
    public float StepsPerUnit { get; }

    /// <summary>The grid of the codes.</summary>
    public ActivationGrid Grid { get; }

    /// <summary>The code of every raw byte.</summary>
    public ReadOnlySpan<byte> Table => _table;

    /// <summary>The code of a raw input.</summary>
    public byte Encode(float raw) => Grid.EncodeSteps((raw - Offset) * StepsPerUnit);

    /// <summary>Codes of raw floats; the same bits on every tier.</summary>
    /// <param name="raw">The inputs.</param>
    /// <param name="codes">Room for as many codes.</param>
    /// <param name="tier">The tier to run on.</param>
    public void Encode(ReadOnlySpan<float> raw, ref byte codes, InstructionTier tier)
    {
        var done = tier >= InstructionTier.Avx512 ? EncodeBy64(raw, ref codes)
            : tier >= InstructionTier.Portable ? EncodeBy16(raw, ref codes)
            : 0;
        for (var i = done; i < raw.Length; i++)
        {
            Unsafe.Add(ref codes, i) = Encode(raw[i]);
        }
    }

    /// <summary>Codes of raw bytes, by table.</summary>
    /// <param name="raw">The inputs.</param>
    /// <param name="codes">Room for as many codes.</param>
    /// <param name="tier">The tier to run on.</param>
    public void Encode(ReadOnlySpan<byte> raw, ref byte codes, InstructionTier tier)
    {
        ref var table = ref MemoryMarshal.GetArrayDataReference(_table);
        for (var i = 0; i < raw.Length; i++)
        {
            Unsafe.Add(ref codes, i) = Unsafe.Add(ref table, raw[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int EncodeBy64(ReadOnlySpan<float> raw, ref byte codes)
    {
        ref var source = ref MemoryMarshal.GetReference(raw);
        var constants = new Constants512(this);
        var i = 0;
        for (; i <= raw.Length - 64; i += 64)
        {
            ref var block = ref Unsafe.Add(ref source, i);
            var low = Vector512.Narrow(constants.Steps(ref block, 0), constants.Steps(ref block, 16));
            var high = Vector512.Narrow(constants.Steps(ref block, 32), constants.Steps(ref block, 48));
            Vector512.Narrow(low.AsUInt16(), high.AsUInt16()).StoreUnsafe(ref Unsafe.Add(ref codes, i));
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int EncodeBy16(ReadOnlySpan<float> raw, ref byte codes)
    {
        ref var source = ref MemoryMarshal.GetReference(raw);
        var constants = new Constants128(this);
        var i = 0;
        for (; i <= raw.Length - 16; i += 16)
        {
            ref var block = ref Unsafe.Add(ref source, i);
            var low = Vector128.Narrow(constants.Steps(ref block, 0), constants.Steps(ref block, 4));
            var high = Vector128.Narrow(constants.Steps(ref block, 8), constants.Steps(ref block, 12));
            Vector128.Narrow(low.AsUInt16(), high.AsUInt16()).StoreUnsafe(ref Unsafe.Add(ref codes, i));
        }

        return i;
    }

    private readonly ref struct Constants512(InputEncoder encoder)
    {
        private readonly Vector512<float> _offset = Vector512.Create(encoder.Offset);
        private readonly Vector512<float> _factor = Vector512.Create(encoder.StepsPerUnit);
        private readonly Vector512<float> _lowest = Vector512.Create((float)-encoder.Grid.ZeroPoint);
        private readonly Vector512<float> _highest = Vector512.Create((float)(encoder.Grid.Top - encoder.Grid.ZeroPoint));
        private readonly Vector512<int> _zero = Vector512.Create((int)encoder.Grid.ZeroPoint);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<int> Steps(ref float block, nuint at)
        {
            var steps = (Vector512.LoadUnsafe(ref block, at) - _offset) * _factor;

            // NaN is unequal to itself and becomes 0; after that the native minimum and maximum agree everywhere.
            steps = Vector512.ConditionalSelect(Vector512.Equals(steps, steps), steps, Vector512<float>.Zero);
            steps = Vector512.MinNative(Vector512.MaxNative(steps, _lowest), _highest);
            return Vector512.ConvertToInt32Native(Vector512.Round(steps)) + _zero;
        }
    }

    private readonly ref struct Constants128(InputEncoder encoder)
    {
        private readonly Vector128<float> _offset = Vector128.Create(encoder.Offset);
        private readonly Vector128<float> _factor = Vector128.Create(encoder.StepsPerUnit);
        private readonly Vector128<float> _lowest = Vector128.Create((float)-encoder.Grid.ZeroPoint);
        private readonly Vector128<float> _highest = Vector128.Create((float)(encoder.Grid.Top - encoder.Grid.ZeroPoint));
        private readonly Vector128<int> _zero = Vector128.Create((int)encoder.Grid.ZeroPoint);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector128<int> Steps(ref float block, nuint at)
        {
            var steps = (Vector128.LoadUnsafe(ref block, at) - _offset) * _factor;
            steps = Vector128.ConditionalSelect(Vector128.Equals(steps, steps), steps, Vector128<float>.Zero);
            steps = Vector128.MinNative(Vector128.MaxNative(steps, _lowest), _highest);
            return Vector128.ConvertToInt32Native(Vector128.Round(steps)) + _zero;
        }
    }
}
