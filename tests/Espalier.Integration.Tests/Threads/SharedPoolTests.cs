using Espalier.Integration.Tests.Behaviour;
using Espalier.Integration.Tests.Images;
using Espalier.Integration.Tests.Kernels;
using Espalier.Integration.Tests.Models;
using Espalier.Kernels;
using Xunit;

namespace Espalier.Integration.Tests.Threads;

/// <summary>Models on several threads do use the pool that all share, and allocate nothing for it.</summary>
[Collection(nameof(Alone))]
public class SharedPoolTests
{
    [Fact]
    public void LargeLayersAreShared()
    {
        foreach (var tier in Tiers.Supported)
        {
            foreach (var threads in new[] { 2, 3, 4, 200 })
            {
                var model = new LargeNet(ThreadedModelTests.Weights, tier, threads);
                Assert.True(IsShared(() => model.Predict(new float[LargeNet.Inputs], new float[LargeNet.Outputs])), $"{tier}, {threads} threads");
            }
        }
    }

    // Whole blocks alone: samples beyond them would be predicted one by one, and their layers shared. 150 are three blocks on most tiers.
    [Theory]
    [InlineData(128)]
    [InlineData(150)]
    public void LargeBatchesAreShared(int samples)
    {
        var model = new LargeNet(ThreadedModelTests.Weights, threads: 2);
        Assert.True(IsShared(() => model.PredictBatch(new float[samples * LargeNet.Inputs], new float[samples * LargeNet.Outputs])));
    }

    [Fact]
    public void LargeBatchesOfImagesAreDealtOut()
    {
        const int Samples = 400;
        var (model, weights, random) = ThreadedGraphs.EveryLayout[0];
        var several = new BatchPredictor(model.CreateOnThreads(weights, InstructionTiers.Best, 2));
        var inputs = random.Inputs(Samples * model.Description.Inputs);
        Assert.True(IsShared(() => several.Predict(inputs, new float[Samples * model.Description.Outputs])));
    }

    [Fact]
    public void LayersAllocateNothing()
    {
        const int Samples = 130;
        var model = new LargeNet(ThreadedModelTests.Weights, threads: 2);
        var (input, output) = (new float[Samples * LargeNet.Inputs], new float[Samples * LargeNet.Outputs]);
        model.PredictBatch(input, output);
        Assert.Equal(0, AllocatedBytes.Least(
            () =>
            {
                model.Predict(input.AsSpan(0, LargeNet.Inputs), output.AsSpan(0, LargeNet.Outputs));
                model.PredictBatch(input, output);
            },
            calls: 5));
    }

    [Fact]
    public void ImagesAllocateNothing()
    {
        foreach (var (model, weights, random) in ThreadedGraphs.EveryLayout)
        {
            var several = ThreadedGraphs.Create(model, weights, InstructionTiers.Best, 2);
            var batches = new BatchPredictor(several);
            var (inputs, outputs) = (random.Inputs(5 * model.Description.Inputs), new float[5 * model.Description.Outputs]);
            Assert.Equal(0, AllocatedBytes.Least(() =>
            {
                several.Predict(inputs.AsSpan(0, model.Description.Inputs), outputs.AsSpan(0, model.Description.Outputs));
                batches.Predict(inputs, outputs);
            }));
        }
    }

    /// <summary>Whether a call published a job.</summary>
    private static bool IsShared(Action call)
    {
        var jobs = WorkerPool.Shared.Job;
        call();
        return WorkerPool.Shared.Job != jobs;
    }
}
