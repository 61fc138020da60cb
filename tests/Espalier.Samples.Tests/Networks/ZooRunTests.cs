using Espalier.Kernels;
using Zoo.Running;

namespace Espalier.Samples.Tests;

/// <summary>What <c>run</c> runs is what it says: the network that is declared, in integers and pruned.</summary>
public class ZooRunTests
{
    [Fact]
    public void Int8Form_GivesTheBitsOfTheSimulation()
    {
        var model = Zoo.ZooModel.Find(["lenet5"])[0];
        var floats = SeededWeights.For(model.Description);
        var image = SeededWeights.Image(model.Description);
        var variant = VariantCompiler.Compile(model, VariantForm.Int8);
        Assert.All(variant.Description.Layers.Where(layer => layer.HasWeights), layer => Assert.True(layer.IsInteger));
        var weights = IntegerNetwork.Of(variant.Description, floats, new Ranges(floats, image));
        var (expected, actual) = (new float[10], new float[10]);
        new Simulation(weights).Predict(image, expected);
        variant.Create(weights, 1).Predict(image, actual);
        Assert.Equal(expected, actual);

        // And these are about the numbers of the network in fp32.
        var exact = new float[10];
        new ReferenceNetwork(floats).Predict(image, exact);
        Assert.InRange(Deviation.Relative(actual, exact), 0, 0.1);
    }

    [Fact]
    public void PrunedForm_HasTheZerosThatItSays()
    {
        var model = Zoo.ZooModel.Find(["lenet5"])[0];
        double[] sparsities = [0.34, 0.88, 0.92, 0.81];
        Assert.Equal(sparsities, VariantCompiler.Compile(model, VariantForm.Pruned).Description.Layers.Where(layer => layer.HasWeights).Select(layer => layer.Pruning!.Sparsity));
        var layers = SeededWeights.For(model.Description, model.SparsityOf).Layers.Where(layer => layer.Layer.HasWeights).ToArray();
        Assert.All(sparsities.Zip(layers), pair => Assert.Equal(1 - pair.First, pair.Second.Density, 0.03));
    }

    [Fact]
    public void PrunedForm_TakesTheSameShareOfEveryLayerUnlessTheNetworkSays()
    {
        var model = Zoo.ZooModel.Find(["squeezenet"])[0];
        Assert.All(VariantCompiler.Compile(model, VariantForm.Pruned).Description.Layers.Where(layer => layer.HasWeights), layer => Assert.Equal(0.85, layer.Pruning!.Sparsity));
        Assert.All(SeededWeights.For(model.Description, model.SparsityOf).Layers.Where(layer => layer.Layer.HasWeights), layer => Assert.Equal(0.15, layer.Density, 0.03));
    }

    [Fact]
    public void Threads_AreNumbersWithCommas()
    {
        Assert.Equal([1, 2, 16], Threads.Parse("1,2,16"));
        Assert.Throws<ArgumentException>(() => Threads.Parse("0"));
        Assert.Throws<ArgumentException>(() => Threads.Parse("1,two"));
    }
}
