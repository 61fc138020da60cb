using Espalier.Tests.Harness;
using Xunit;

namespace Espalier.Tests.Training;

public class GraphCheckTests
{
    private static readonly ModelDescription s_model = new GraphBuilder(2, 6, 6).Conv(3, 3, padding: 1).Conv(3, 3, padding: 1).Join("Add", [0, 1]).MaxPool(2, 2).Dense(4).Model;

    [Fact]
    public void ASoundGraphPasses() => TrainableModels.Check(s_model);

    public static TheoryData<string, string> Faults => new()
    {
        { "later source", "takes from layer 3" },
        { "itself", "it is layer 1 itself" },
        { "unused", "no layer takes what layer 1/Conv2D gives" },
        { "channels", "takes 3×4×9, but 0/Conv2D gives 3×6×6" },
        { "shape", "makes 3×3×3" },
        { "count", "takes 27 inputs, but 3/MaxPool gives" },
        { "one source", "takes from 1 layers" },
        { "two sources", "takes from 2 layers" },
    };

    [Theory, MemberData(nameof(Faults))]
    public void FaultsAreNamed(string fault, string part)
    {
        var layers = s_model.Layers;
        var model = s_model with
        {
            Layers = fault switch
            {
                "later source" => layers.SetItem(2, layers[2] with { Sources = [0, 3] }),
                "itself" => layers.SetItem(1, layers[1] with { Sources = [1] }),
                "unused" => layers.SetItem(2, layers[2] with { Sources = [0, 0] }),
                "channels" => layers.SetItem(1, layers[1] with { InputShape = new(3, 4, 9) }),
                "shape" => layers.SetItem(3, layers[3] with { OutputShape = new(3, 2, 3), Outputs = 18 }),
                "count" => layers.SetItem(3, layers[3] with { Arguments = [3, 3, 3, 3, 0, 0, 0], OutputShape = new(3, 2, 2), Outputs = 12 }),
                "one source" => layers.SetItem(2, layers[2] with { Sources = [1] }),
                _ => layers.SetItem(3, layers[3] with { Sources = [1, 2] }),
            },
        };
        Assert.Contains(part, Assert.Throws<ArgumentException>(() => TrainableModels.Check(model)).Message, StringComparison.Ordinal);
    }
}
