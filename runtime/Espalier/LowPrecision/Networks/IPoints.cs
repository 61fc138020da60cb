using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Espalier;

/// <summary>How points of a grid lie in memory; a type, so that each gets code of its own.</summary>
internal interface IPoints<T>
    where T : unmanaged
{
    /// <summary>The last point, in steps.</summary>
    static abstract int Top { get; }

    static abstract Vector512<float> Load(ref T source, nuint offset);

    /// <summary>Stores whole numbers from −top to top.</summary>
    static abstract void Store(Vector512<float> points, ref T target, nuint offset);
}

/// <summary>Signed bytes.</summary>
internal readonly struct ByteStore : IPoints<sbyte>
{
    public static int Top => sbyte.MaxValue;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(ref sbyte source, nuint offset)
    {
        var bytes = Vector128.LoadUnsafe(ref source, offset);
        var (low, high) = (Vector128.WidenLower(bytes), Vector128.WidenUpper(bytes));
        return Vector512.ConvertToSingle(Vector512.Create(
            Vector256.Create(Vector128.WidenLower(low), Vector128.WidenUpper(low)), Vector256.Create(Vector128.WidenLower(high), Vector128.WidenUpper(high))));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> points, ref sbyte target, nuint offset)
    {
        var codes = Vector512.ConvertToInt32Native(points);
        Vector128.Narrow(Vector128.Narrow(codes.GetLower().GetLower(), codes.GetLower().GetUpper()), Vector128.Narrow(codes.GetUpper().GetLower(), codes.GetUpper().GetUpper()))
            .StoreUnsafe(ref target, offset);
    }
}

/// <summary>Signed numbers of 16 bits.</summary>
internal readonly struct ShortStore : IPoints<short>
{
    public static int Top => short.MaxValue;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(ref short source, nuint offset)
    {
        var points = Vector256.LoadUnsafe(ref source, offset);
        return Vector512.ConvertToSingle(Vector512.Create(Vector256.WidenLower(points), Vector256.WidenUpper(points)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> points, ref short target, nuint offset)
    {
        var codes = Vector512.ConvertToInt32Native(points);
        Vector256.Narrow(codes.GetLower(), codes.GetUpper()).StoreUnsafe(ref target, offset);
    }
}
