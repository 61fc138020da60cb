using Espalier.Integration.Tests.Models;
using Espalier.Integration.Tests.Weights;
using Xunit;

namespace Espalier.Integration.Tests.Kernels;

public class CombinationTests
{
    public static TheoryData<int> Seeds => [1, 2, 3];

    [Theory, MemberData(nameof(Seeds))]
    public void Plain(int seed) => Agreement.Check<PlainNet>(new RandomWeights(seed));

    [Theory, MemberData(nameof(Seeds))]
    public void Quantized(int seed) => Agreement.Check<QuantizedNet>(new RandomWeights(seed));

    [Theory, MemberData(nameof(Seeds))]
    public void Pruned(int seed) => Agreement.Check<PrunedNet>(new RandomWeights(seed));

    [Theory, MemberData(nameof(Seeds))]
    public void Shared(int seed) => Agreement.Check<SharedNet>(new RandomWeights(seed));

    [Theory, MemberData(nameof(Seeds))]
    public void QuantizedPruned(int seed) => Agreement.Check<QuantizedPrunedNet>(new RandomWeights(seed));

    [Theory, MemberData(nameof(Seeds))]
    public void QuantizedShared(int seed) => Agreement.Check<QuantizedSharedNet>(new RandomWeights(seed));

    [Theory, MemberData(nameof(Seeds))]
    public void PrunedShared(int seed) => Agreement.Check<PrunedSharedNet>(new RandomWeights(seed));

    [Theory, MemberData(nameof(Seeds))]
    public void AllThree(int seed) => Agreement.Check<AllThreeNet>(new RandomWeights(seed));

    [Theory, MemberData(nameof(Seeds))]
    public void ActivationsOnTheGridAndSmallGrids(int seed) => Agreement.Check<GridNet>(new RandomWeights(seed));

    [Theory, MemberData(nameof(Seeds))]
    public void OneColumnAndOneRow(int seed) => Agreement.Check<ThinNet>(new RandomWeights(seed));

    [Theory, MemberData(nameof(Seeds))]
    public void MoreScratchThanTheStackGives(int seed) => Agreement.Check<WideNet>(new RandomWeights(seed));

    [Theory, MemberData(nameof(Seeds))]
    public void WideFloats(int seed) => Agreement.Check<WideFloatNet>(new RandomWeights(seed));

    [Theory, MemberData(nameof(Seeds))]
    public void FewBits(int seed) => Agreement.Check<FewBitsNet>(new RandomWeights(seed) { Extreme = seed == 2 });

    [Theory, MemberData(nameof(Seeds))]
    public void InputsOfFourteenBits(int seed)
    {
        foreach (var extreme in new[] { false, true })
        {
            Agreement.Check<FourteenNet>(new RandomWeights(seed) { Extreme = extreme }, samples: 6);
            Agreement.Check<FourteenNet>(new RandomWeights(seed) { Extreme = extreme, Density = 1 }, samples: 6);
            Agreement.Check<FourteenMixedNet>(new RandomWeights(seed) { Extreme = extreme });
            Agreement.Check<FourteenWideNet>(new RandomWeights(seed) { Extreme = extreme });
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public void NestedClasses(int seed) => Agreement.Check<Enclosing.InnerNet>(new RandomWeights(seed));

    [Theory, MemberData(nameof(Seeds))]
    public void EmptyRowsAndAllZeroLayers(int seed)
    {
        Agreement.Check<AllThreeNet>(new RandomWeights(seed) { Density = 0.01 });
        Agreement.Check<AllThreeNet>(new RandomWeights(seed) { Density = 0 });
        Agreement.Check<QuantizedPrunedNet>(new RandomWeights(seed) { Density = 0 });
        Agreement.Check<PrunedNet>(new RandomWeights(seed) { Density = 0 });
    }

    [Theory, MemberData(nameof(Seeds))]
    public void WeightsDenserThanPlanned(int seed)
    {
        Agreement.Check<AllThreeNet>(new RandomWeights(seed) { Density = 1 });
        Agreement.Check<PrunedNet>(new RandomWeights(seed) { Density = 1 });
    }

    [Theory, MemberData(nameof(Seeds))]
    public void WeightsAtTheEndOfTheirGrid(int seed)
    {
        Agreement.Check<QuantizedNet>(new RandomWeights(seed) { Extreme = true });
        Agreement.Check<AllThreeNet>(new RandomWeights(seed) { Extreme = true });
        Agreement.Check<QuantizedPrunedNet>(new RandomWeights(seed) { Extreme = true, Density = 1 });
        Agreement.Check<WideNet>(new RandomWeights(seed) { Extreme = true });
    }
}
