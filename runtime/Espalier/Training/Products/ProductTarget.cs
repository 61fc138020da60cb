using System.Runtime.CompilerServices;

namespace Espalier;

/// <summary>Stores sums as what C is made of: floats, or bf16 as <see cref="ushort"/>.</summary>
internal static class ProductTarget<TVector, TLanes>
    where TVector : struct
    where TLanes : IHalfLanes<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TNumber>(TVector sums, ref TNumber target, nuint offset)
        where TNumber : unmanaged
    {
        if (typeof(TNumber) == typeof(ushort))
        {
            TLanes.StoreHalves(sums, ref Unsafe.Add(ref Unsafe.As<TNumber, ushort>(ref target), offset));
        }
        else
        {
            TLanes.Store(sums, ref Unsafe.As<TNumber, float>(ref target), offset);
        }
    }
}
