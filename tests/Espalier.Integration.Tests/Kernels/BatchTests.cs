using Espalier.Integration.Tests.Models;
using Espalier.Integration.Tests.Weights;
using Xunit;

namespace Espalier.Integration.Tests.Kernels;

/// <summary>Batches of known models: all mixtures of forms, sizes around every vector's width.</summary>
public class BatchTests
{
    private static readonly int[] Sizes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 15, 16, 17, 20, 31, 32, 33, 63, 64, 65, 84, 127, 128, 130];

    public static TheoryData<int> Seeds => [1, 2];

    [Theory, MemberData(nameof(Seeds))]
    public void Combinations(int seed)
    {
        BatchAgreement.Check<PlainNet>(new RandomWeights(seed), Sizes);
        BatchAgreement.Check<QuantizedNet>(new RandomWeights(seed), Sizes);
        BatchAgreement.Check<PrunedNet>(new RandomWeights(seed), Sizes);
        BatchAgreement.Check<SharedNet>(new RandomWeights(seed), Sizes);
        BatchAgreement.Check<QuantizedPrunedNet>(new RandomWeights(seed), Sizes);
        BatchAgreement.Check<QuantizedSharedNet>(new RandomWeights(seed), Sizes);
        BatchAgreement.Check<AllThreeNet>(new RandomWeights(seed), Sizes);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Mixtures(int seed)
    {
        BatchAgreement.Check<GridNet>(new RandomWeights(seed), Sizes);
        BatchAgreement.Check<MixedNet>(new RandomWeights(seed), Sizes);
        BatchAgreement.Check<ThinNet>(new RandomWeights(seed), Sizes);
        BatchAgreement.Check<TwiceNet>(new RandomWeights(seed), Sizes);
        BatchAgreement.Check<Enclosing.InnerNet>(new RandomWeights(seed), Sizes);
        BatchAgreement.Check<FewBitsNet>(new RandomWeights(seed) { Extreme = seed == 2 }, 7, 64);
        BatchAgreement.Check<FourteenNet>(new RandomWeights(seed), Sizes);
        BatchAgreement.Check<FourteenMixedNet>(new RandomWeights(seed), 2, 7, 64, 70);
        BatchAgreement.Check<WideNet>(new RandomWeights(seed), 2, 7, 70);
        BatchAgreement.Check<WideFloatNet>(new RandomWeights(seed), 21);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void EmptyRowsFullRowsAndWeightsAtTheEndOfTheirGrid(int seed)
    {
        foreach (var density in new double?[] { 0, 0.02, 1 })
        {
            BatchAgreement.Check<AllThreeNet>(new RandomWeights(seed) { Density = density, Extreme = true }, 20, 64, 75);
            BatchAgreement.Check<QuantizedPrunedNet>(new RandomWeights(seed) { Density = density, Extreme = true }, 20, 64, 75);
            BatchAgreement.Check<QuantizedNet>(new RandomWeights(seed) { Density = density, Extreme = true }, 20, 64, 75);
            BatchAgreement.Check<WideNet>(new RandomWeights(seed) { Density = density, Extreme = true }, 33);
        }
    }
}
