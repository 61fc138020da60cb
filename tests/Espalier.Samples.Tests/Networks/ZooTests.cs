namespace Espalier.Samples.Tests;

/// <summary>The networks of the zoo are those that were published: their totals to the last parameter and multiply-add.</summary>
public class ZooTests
{
    [Theory]
    [InlineData("lenet300", 266_610, 266_200)]
    [InlineData("lenet5", 431_080, 2_293_000)]
    [InlineData("alexnet", 61_100_840, 714_188_480)]
    [InlineData("vgg16", 138_357_544, 15_470_264_320)]
    [InlineData("resnet18", 11_689_512, 1_814_073_344)]
    [InlineData("resnet152", 60_192_808, 11_513_626_624)]
    [InlineData("resnet152-original", 60_192_808, 11_282_415_616)]
    [InlineData("squeezenet", 1_235_496, 349_151_936)]
    public void Network_HasThePublishedTotals(string name, long parameters, long multiplyAdds)
    {
        var model = Assert.Single(Zoo.ZooModel.Find([name])).Description;
        Assert.Equal((parameters, multiplyAdds), (model.Parameters, model.MultiplyAdds));
        Assert.Equal(name.StartsWith("lenet", StringComparison.Ordinal) ? 10 : 1000, model.Outputs);
    }

    [Fact]
    public void LeNet5_TakesTheBytesThatDeepCompressionStartsFrom() =>
        Assert.Equal(1_724_320, Zoo.LayerBytes.Of(Zoo.ZooModel.Find(["lenet5"])[0].Description.Parameters, 32));

    [Fact]
    public void Layers_TakeWhatTheirSourcesGive() => Assert.All(Zoo.ZooModel.All.Select(model => model.Description), model =>
    {
        for (var i = 0; i < model.Layers.Length; i++)
        {
            var sources = model.SourcesOf(i);
            Assert.All(sources, source => Assert.InRange(source, -1, i - 1));
            var first = sources[0] < 0 ? model.InputShape : model.Layers[sources[0]].OutputShape;
            Assert.Equal(first, model.Layers[i].InputShape);
            Assert.Equal(model.Layers[i].OutputShape.Count, model.Layers[i].Outputs);
        }
    });
}
