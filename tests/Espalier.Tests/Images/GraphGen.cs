using CsCheck;
using Espalier.Tests.Harness;

namespace Espalier.Tests.Images;

/// <summary>Random small networks of images: every kind, odd shapes, branches, residual blocks.</summary>
internal static class GraphGen
{
    /// <summary>Networks whose layers with weights compute in one of some precisions each.</summary>
    public static Gen<ModelDescription> Model(params Precision[] precisions) => Gen.Select(Gen.Int[1, 6], Gen.Int[1, 9], Gen.Int[1, 9], Gen.Int[0, int.MaxValue], Gen.Int[1, 6], (channels, height, width, seed, steps) =>
    {
        var random = new Random(seed);
        var graph = new GraphModels(new ImageShape(channels, height, width));
        Precision Any() => precisions[random.Next(precisions.Length)];
        for (var step = 0; step < steps; step++)
        {
            Step(graph, random, Any, random.Next(9));
        }

        if (random.Next(3) > 0)
        {
            graph.Dense(random.Next(1, 6), precision: Any());
        }
        else
        {
            graph.Conv(random.Next(1, 6), 1, precision: Any());
        }

        return graph.Model();
    });

    private static void Step(GraphModels graph, Random random, Func<Precision> any, int kind)
    {
        var shape = graph.ShapeOf(graph.Last);
        Activation Act() => (Activation)random.Next(4);
        switch (kind)
        {
            case 0 or 1 or 2:
                Window(graph, random, any(), Act(), shape);
                break;
            case 3 when shape.Height > 1 && shape.Width > 1:
                graph.MaxPool(2, random.Next(1, 3), random.Next(2), random.Next(2) == 0);
                break;
            case 4 when shape.Height > 2 && shape.Width > 2:
                graph.AveragePool(3, random.Next(1, 4), random.Next(2), random.Next(2) == 0, random.Next(2) == 0);
                break;
            case 5:
                graph.GlobalAverage();
                break;
            case 6:
                graph.ResponseNorm(random.Next(1, 5));
                break;
            case 7:
                var entry = graph.Last;
                var body = graph.Conv(random.Next(2) == 0 ? shape.Channels : 4, 3, padding: 1, sources: [entry], precision: any(), activation: Act());
                body = graph.Conv(graph.ShapeOf(body).Channels, 1, precision: any());
                var other = graph.ShapeOf(body) == graph.ShapeOf(entry) ? entry : graph.Conv(4, 1, sources: [entry], precision: any());
                graph.Sum(random.Next(2) == 0 ? body : other, random.Next(2) == 0 ? other : body, random.Next(2) == 0 ? Activation.Relu : Activation.None);
                break;
            default:
                var from = graph.Last;
                var one = graph.Conv(random.Next(1, 4), 1, sources: [from], precision: any(), activation: Activation.Relu);
                var three = graph.Conv(random.Next(1, 4), 3, padding: 1, sources: [from], precision: any(), activation: Activation.Relu);
                graph.Concat(one, three);
                break;
        }
    }

    private static void Window(GraphModels graph, Random random, Precision precision, Activation activation, ImageShape shape)
    {
        var (kernel, padding, dilation) = (random.Next(1, 5), random.Next(3), random.Next(1, 3));
        if ((dilation * (kernel - 1)) + 1 > Math.Min(shape.Height, shape.Width) + (2 * padding))
        {
            (kernel, dilation) = (1, 1);
        }

        var groups = random.Next(3) == 0 ? shape.Channels : random.Next(3) == 0 && shape.Channels % 2 == 0 ? 2 : 1;
        graph.Conv(groups * random.Next(1, 5), kernel, random.Next(1, 4), padding, groups, dilation, precision: precision, activation: activation);
    }
}
