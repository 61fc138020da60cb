using System.Linq;

namespace Espalier.Planning;

/// <summary>The one ordered list of kernel layouts: planner, emitter, packers, twins and tests walk it.</summary>
internal static class KernelLayouts
{
    public static readonly KernelLayout[] All =
    {
        new DenseFp32Layout(),
        new DenseInt8Layout(),
        new DenseCodesLayout("DenseNibbles", 4),
        new DenseCodesLayout("DenseTwoBit", 2),
        new SparseFp32Layout(),
        new WindowedLaneSlicesLayout(),
        new DeltaLaneSlicesLayout(),
    };

    public static KernelLayout Find(string name) => All.First(layout => layout.Name == name);
}
