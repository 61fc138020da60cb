using Espalier.Integration.Tests.Kernels;
using Espalier.Integration.Tests.Models;
using Espalier.Integration.Tests.Weights;
using Xunit;

namespace Espalier.Integration.Tests.Behaviour;

public class AllocationTests
{
    [Fact]
    public void PredictAllocatesNothing()
    {
        foreach (var tier in Tiers.Supported)
        {
            Check<AllThreeNet>(tier);
            Check<PlainNet>(tier);
            Check<PrunedNet>(tier);
            Check<GridNet>(tier);
            Check<MixedNet>(tier);

            // From the pool: the first call allocates, none after.
            Check<WideNet>(tier);
            Check<WideFloatNet>(tier);
        }
    }

    [Fact]
    public void BatchesAllocateNothing()
    {
        foreach (var tier in Tiers.Supported)
        {
            CheckBatches<AllThreeNet>(tier);
            CheckBatches<QuantizedNet>(tier);
            CheckBatches<PlainNet>(tier);
            CheckBatches<PrunedNet>(tier);
            CheckBatches<MixedNet>(tier);
            CheckBatches<WideNet>(tier);
        }
    }

    private static void CheckBatches<TModel>(InstructionTier tier)
        where TModel : IModel<TModel>
    {
        var batches = new BatchPredictor(TModel.Create(new RandomWeights(1).For(TModel.Description), tier));
        foreach (var samples in new[] { 1, 2, 3, 7, 8, 64, 150 })
        {
            var floats = new float[samples * TModel.Description.Inputs];
            var bytes = new byte[floats.Length];
            var outputs = new float[samples * TModel.Description.Outputs];
            for (var warm = 0; warm < 3; warm++)
            {
                batches.Predict(floats, outputs);
                batches.Predict(bytes, outputs);
            }

            Assert.Equal(0, AllocatedBytes.Least(() =>
            {
                batches.Predict(floats, outputs);
                batches.Predict(bytes, outputs);
            }));
        }
    }

    private static void Check<TModel>(InstructionTier tier)
        where TModel : IModel<TModel>
    {
        var model = TModel.Create(new RandomWeights(1).For(TModel.Description), tier);
        var floats = new float[TModel.Description.Inputs];
        var bytes = new byte[TModel.Description.Inputs];
        var output = new float[TModel.Description.Outputs];
        for (var warm = 0; warm < 3; warm++)
        {
            model.Predict(floats, output);
            model.Predict(bytes, output);
        }

        Assert.Equal(0, AllocatedBytes.Least(() =>
        {
            model.Predict(floats, output);
            model.Predict(bytes, output);
        }));
    }
}
