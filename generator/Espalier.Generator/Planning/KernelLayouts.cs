using System.Linq;

namespace Espalier.Planning;

/// <summary>The one ordered list of kernel layouts: planner, emitter, packers, twins and tests walk it.</summary>
internal static class KernelLayouts
{
    public static readonly KernelLayout[] All =
    {
        new DenseFp32Layout(),
        new Dense16BitFloatsLayout("DenseBf16", NumberFormat.Bf16),
        new Dense16BitFloatsLayout("DenseFp16", NumberFormat.Fp16),
        new DenseSharedLayout(),
        new DenseInt8Layout(),
        new DenseCodesLayout("DenseNibbles", 4),
        new DenseCodesLayout("DenseTwoBit", 2),
        new SparseFp32Layout(),
        new SparseSharedLayout(),
        new WindowedLaneSlicesLayout(),
        new DeltaLaneSlicesLayout(),
        new ConvolutionFp32Layout(),
        new WinogradFp32Layout(),
        new ConvolutionInt8Layout(),
        new WinogradInt8Layout(),
        new SparseConvolutionFp32Layout(),
        new SparseConvolutionSharedLayout(),
        new SparseConvolutionInt8Layout(),
        new DepthwiseFp32Layout(),
        new DepthwiseInt8Layout(),
    };

    public static KernelLayout Find(string name) => All.First(layout => layout.Name == name);
}
