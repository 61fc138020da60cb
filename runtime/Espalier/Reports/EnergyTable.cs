using System;

namespace Espalier;

/// <summary>Energy of operations on a 45 nm chip at 0.9 V, in picojoules: M. Horowitz, "Computing's energy problem", ISSCC 2014.</summary>
/// <remarks>
/// An estimate for comparing networks, not a prediction for the processor at hand. The table has no 16-bit multiplication of integers;
/// EIE (Han et al., 2016) gives it as a fifth of the 32-bit one.
/// </remarks>
public static class EnergyTable
{
    /// <summary>Reading 32 bits from DRAM.</summary>
    public const double DramRead = 640;

    /// <summary>Reading 32 bits from 8 KB of SRAM.</summary>
    public const double SramRead = 5;

    /// <summary>Reading bytes, 32 bits at a time.</summary>
    /// <param name="bytes">How many; a rest counts as 32 bits.</param>
    /// <param name="store">From where.</param>
    public static double Read(long bytes, WeightStore store)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        var word = store switch
        {
            WeightStore.Sram => SramRead,
            WeightStore.Dram => DramRead,
            _ => throw new ArgumentOutOfRangeException(nameof(store), store, $"There is no store {(int)store}."),
        };
        return (bytes + 3) / 4 * word;
    }

    /// <summary>One multiplication and one addition.</summary>
    /// <param name="precision">What is multiplied. Products of integers of 8 bits or fewer are added in 32 bits.</param>
    public static double MultiplyAdd(Precision precision) => precision switch
    {
        Precision.Fp32 => 3.7 + 0.9,

        // Formats of 16 bits are stored; the arithmetic is that of fp32.
        Precision.Fp16 or Precision.Bf16 => 3.7 + 0.9,
        Precision.Int32 => 3.1 + 0.1,
        Precision.Int16 => (3.1 / 5) + 0.1,
        Precision.Int8 or Precision.Int4 or Precision.Ternary or Precision.Binary => 0.2 + 0.1,
        _ => throw new ArgumentOutOfRangeException(nameof(precision), precision, $"There is no precision {(int)precision}."),
    };
}

/// <summary>Where weights live while they are used.</summary>
public enum WeightStore
{
    /// <summary>On the chip, in blocks of 8 KB.</summary>
    Sram,

    /// <summary>In memory of its own.</summary>
    Dram,
}
