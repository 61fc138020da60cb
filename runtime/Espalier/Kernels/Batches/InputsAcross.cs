using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Espalier.Kernels;

/// <summary>
/// Encodes a whole block of 64 samples so that each feature has its samples side by side. Packing narrows four vectors to one anyway: taken
/// from four samples instead of one, it does two of the six rounds that turning 64 by 64 bytes needs, and the other four move 32 bits at once, as those of floats do.
/// For grids whose code 0 stands for 0: how they are narrowed is said where single samples are.
/// </summary>
internal static class InputsAcross
{
    private const int Samples = BatchStage.BlockSamples;
    private const int Together = 4;
    private const int Groups = Samples / Together;
    private const int Lanes = WideFloatTransposition.Tile;

    /// <summary>Whether a block of such inputs is encoded here.</summary>
    public static bool Serves(InputEncoder? encoder, InstructionTier tier, int width) =>
        tier is InstructionTier.Avx512 or InstructionTier.Avx512Vbmi or InstructionTier.Avx512VbmiVnni
        && encoder is { Grid: { HasPlanes: false, ZeroPoint: 0 } } && width >= Lanes;

    /// <param name="encoder">The grid and what brings inputs to it.</param>
    /// <param name="inputs">64 samples, one after the other.</param>
    /// <param name="width">Numbers of a sample, 16 at least.</param>
    /// <param name="middle">Room for as many codes and 2048 bytes more: the last block and the odd line fill whole lines of 16 groups.</param>
    /// <param name="codes">Where feature i gets its samples' codes, at byte 64·i.</param>
    public static void Run(InputEncoder encoder, ReadOnlySpan<float> inputs, int width, ref byte middle, ref byte codes)
    {
        var blocks = (width + Lanes - 1) / Lanes;

        // An odd number of lines from group to group: powers of two would put a block of all groups into one set of the cache.
        var stride = (blocks | 1) * Samples;
        for (var group = 0; group < Groups; group++)
        {
            EncodeFour(encoder, ref Unsafe.Add(ref MemoryMarshal.GetReference(inputs), group * Together * width), width, ref Unsafe.Add(ref middle, group * stride));
        }

        for (var block = 0; block < blocks; block++)
        {
            // The last block begins early enough to be whole, as it was encoded.
            var first = Math.Min(block * Lanes, width - Lanes);
            ref var from = ref Unsafe.As<byte, float>(ref Unsafe.Add(ref middle, block * Samples));
            WideFloatTransposition.Run(ref from, stride / sizeof(float), ref Unsafe.As<byte, float>(ref Unsafe.Add(ref codes, first * Samples)), Lanes);
        }
    }

    /// <summary>Four samples: each 32 bits hold one feature of all four, each vector 16 features.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EncodeFour(InputEncoder encoder, ref float sample, int width, ref byte to)
    {
        ref var second = ref Unsafe.Add(ref sample, width);
        ref var third = ref Unsafe.Add(ref second, width);
        ref var fourth = ref Unsafe.Add(ref third, width);
        var offset = Vector512.Create(encoder.Offset);
        var factor = Vector512.Create(encoder.StepsPerUnit);
        var highest = Vector512.Create((float)encoder.Grid.Top);

        // Packing leaves, in each quarter, four features of the first sample, then of the second, and so on: by feature instead.
        var byFeature = Vector512.Create(Vector256.Create(
            Vector128.Create((byte)0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15), Vector128.Create((byte)0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15)));
        for (var next = 0; next < width; next += Lanes)
        {
            var at = (nuint)Math.Min(next, width - Lanes);
            var a = Avx512F.ConvertToVector512Int32(Avx512F.Min(highest, (Vector512.LoadUnsafe(ref sample, at) - offset) * factor));
            var b = Avx512F.ConvertToVector512Int32(Avx512F.Min(highest, (Vector512.LoadUnsafe(ref second, at) - offset) * factor));
            var c = Avx512F.ConvertToVector512Int32(Avx512F.Min(highest, (Vector512.LoadUnsafe(ref third, at) - offset) * factor));
            var d = Avx512F.ConvertToVector512Int32(Avx512F.Min(highest, (Vector512.LoadUnsafe(ref fourth, at) - offset) * factor));
            var packed = Avx512BW.PackUnsignedSaturate(Avx512BW.PackSignedSaturate(a, b), Avx512BW.PackSignedSaturate(c, d));
            Avx512BW.Shuffle(packed, byFeature).StoreUnsafe(ref to);
            to = ref Unsafe.Add(ref to, Samples);
        }
    }
}
