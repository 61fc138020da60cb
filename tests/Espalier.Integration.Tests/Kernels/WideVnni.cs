namespace Espalier.Integration.Tests.Kernels;

/// <summary>
/// Stands in for .NET 11's 512-bit VNNI, which the framework of these tests has not: the same sums by other instructions, so that
/// the kernels written for it can be held against their twins.
/// </summary>
internal static class WideVnni
{
    public const string Source = """
        #nullable enable
        namespace System.Runtime.Intrinsics.X86;

        internal abstract class AvxVnni
        {
            public static bool IsSupported => false;

            public static Vector256<int> MultiplyWideningAndAdd(Vector256<int> addend, Vector256<byte> left, Vector256<sbyte> right) =>
                V512.MultiplyWideningAndAdd(addend.ToVector512(), left.ToVector512(), right.ToVector512()).GetLower();

            internal abstract class V512
            {
                public static bool IsSupported => true;

                public static Vector512<int> MultiplyWideningAndAdd(Vector512<int> addend, Vector512<byte> left, Vector512<sbyte> right)
                {
                    Span<int> sums = stackalloc int[16];
                    for (var i = 0; i < 64; i++)
                    {
                        sums[i / 4] += left[i] * right[i];
                    }

                    return addend + Vector512.Create<int>(sums);
                }
            }
        }
        """;
}
