using System;
using System.Linq;

namespace Espalier;

/// <summary>The signatures that there are kernels for.</summary>
internal static class LinearKernels
{
    public delegate LinearKernel Factory(int rows, int width, float inputRange, float weightRange);

    private static readonly (DmgcSignature Signature, Factory Create)[] s_all =
    [
        (DmgcSignature.D8M8, (rows, width, inputRange, weightRange) => new ByteLinearKernel(rows, width, inputRange, weightRange)),
        (DmgcSignature.D16M16, (rows, width, inputRange, weightRange) => new ShortLinearKernel(rows, width, inputRange, weightRange)),
        (DmgcSignature.D32FM32F, (rows, width, _, _) => new FloatLinearKernel(rows, width)),
    ];

    public static Factory Find(DmgcSignature signature)
    {
        var found = Array.FindIndex(s_all, entry => entry.Signature == signature);
        return found >= 0
            ? s_all[found].Create
            : throw new NotSupportedException($"There are no kernels for {signature}; there are for {string.Join(", ", s_all.Select(entry => entry.Signature))}.");
    }
}
