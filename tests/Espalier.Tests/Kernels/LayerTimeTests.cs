using Espalier.Kernels;
using Espalier.Tests.Harness;
using Xunit;

namespace Espalier.Tests.Kernels;

/// <summary>Which layers are worth handing to other threads depends on the width of a tier's vectors, not on its number.</summary>
public class LayerTimeTests
{
    [Theory]
    [InlineData(InstructionTier.Ssse3, InstructionTier.AdvSimd)]
    [InlineData(InstructionTier.Ssse3, InstructionTier.AdvSimdDp)]
    [InlineData(InstructionTier.Avx2, InstructionTier.AvxVnni)]
    [InlineData(InstructionTier.Avx512, InstructionTier.Avx512Vbmi)]
    [InlineData(InstructionTier.Avx512, InstructionTier.Avx512VbmiVnni)]
    public void TiersOfOneWidthTakeEquallyLong(InstructionTier one, InstructionTier other) => Assert.Equal(Micros(one), Micros(other));

    [Theory]
    [InlineData(InstructionTier.Scalar, InstructionTier.Portable)]
    [InlineData(InstructionTier.Portable, InstructionTier.Ssse3)]
    [InlineData(InstructionTier.Ssse3, InstructionTier.Avx2)]
    [InlineData(InstructionTier.Avx2, InstructionTier.Avx512)]
    public void WiderVectorsTakeLess(InstructionTier narrow, InstructionTier wide) => Assert.True(Micros(narrow) > Micros(wide));

    private static double Micros(InstructionTier tier)
    {
        var model = TestModels.Model(Activation.Relu, Precision.Int8, null, null);
        var weights = TestWeights.Of(model, 3).Layers[^1];
        return LayerTime.Micros(DenseInt8.V1.Pack(weights, tier, new KernelShape(16, 4, 0, 1), default, floats: true));
    }
}
