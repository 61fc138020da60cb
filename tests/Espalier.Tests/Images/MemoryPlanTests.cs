using CsCheck;
using Espalier.Planning;
using Xunit;

namespace Espalier.Tests.Images;

/// <summary>One block of memory for everything that a network needs beyond its weights.</summary>
public class MemoryPlanTests
{
    private static readonly Gen<MemoryRequest> s_request =
        Gen.Select(Gen.OneOf(Gen.Int[0, 300], Gen.Int[1, 40_000]), Gen.Int[0, 30], Gen.Int[0, 6], (bytes, first, steps) => new MemoryRequest(bytes, first, first + steps));

    private static readonly Gen<int> s_size = Gen.OneOf(Gen.Int[1, 500], Gen.Int[1, 200_000]);

    [Fact]
    public void NoTwoTensorsThatLiveAtOnceShareAByte() => s_request.Array[0, 30].Sample(
        requests =>
        {
            var plan = MemoryPlan.Of(requests);
            for (var one = 0; one < requests.Length; one++)
            {
                Assert.Equal(0, plan.Offsets[one] % MemoryPlan.Alignment);
                Assert.InRange(plan.Offsets[one] + requests[one].Bytes, 0, plan.Size);
                for (var other = 0; other < one; other++)
                {
                    var apart = plan.Offsets[one] + requests[one].Bytes <= plan.Offsets[other] || plan.Offsets[other] + requests[other].Bytes <= plan.Offsets[one];
                    Assert.True(apart || !requests[one].Meets(requests[other]), $"{requests[one]} at {plan.Offsets[one]} and {requests[other]} at {plan.Offsets[other]} overlap.");
                }
            }

            Assert.InRange(plan.Size, plan.LeastSize, int.MaxValue);
        },
        iter: 2000);

    [Fact]
    public void AChainNeedsNoMoreThanItsBusiestStep() => s_size.Array[1, 60].Sample(
        sizes =>
        {
            // Step i reads tensor i and writes tensor i + 1.
            var plan = MemoryPlan.Of(sizes.Select((bytes, i) => new MemoryRequest(bytes, Math.Max(i - 1, 0), i)).ToArray());
            Assert.Equal(plan.LeastSize, plan.Size);
        },
        iter: 2000);

    /// <summary>Blocks of three convolutions with a bordered copy each, the last with the addition: what enters a block lives until its end.</summary>
    [Fact]
    public void ResidualBlocksNeedNoMoreThanTheirBusiestStep() => Gen.Select(Gen.Int[1, 64], Gen.Int[1, 4], Gen.Int[1, 6], Gen.Int[1, 12]).Sample(
        (unit, narrow, wide, blocks) =>
        {
            var requests = new List<MemoryRequest>();
            var (step, entered) = (0, 0);
            for (var block = 0; block < blocks; block++)
            {
                var (inner, outer) = (unit * 64 * narrow, unit * 64 * narrow * wide);
                requests.Add(new MemoryRequest(outer, entered, step + 2));
                requests.Add(new MemoryRequest(inner, step, step + 1));
                requests.Add(new MemoryRequest(inner + 64, step + 1, step + 1));
                requests.Add(new MemoryRequest(inner, step + 1, step + 2));
                (entered, step) = (step + 2, step + 3);
            }

            requests.Add(new MemoryRequest(unit * 64, entered, step));
            var plan = MemoryPlan.Of(requests);
            Assert.Equal(plan.LeastSize, plan.Size);
        },
        iter: 500);

    [Fact]
    public void TensorsSideBySideBeginAtDifferentPlacesOfAPage() => Gen.Int[4096, 3_000_000].Sample(bytes =>
    {
        var padded = MemoryPlan.Padded(bytes);
        Assert.InRange(padded - bytes, 0, (2 * MemoryPlan.Stagger) + MemoryPlan.Alignment);
        Assert.InRange(padded % MemoryPlan.Page, MemoryPlan.Stagger, MemoryPlan.Page - MemoryPlan.Stagger);
    });
}
