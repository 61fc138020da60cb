using Espalier.Planning;
using Espalier.Tests.Harness;
using Xunit;

namespace Espalier.Tests.Images;

/// <summary>Which steps a network becomes, on graphs small enough to say so by hand.</summary>
public class ImagePlannerTests
{
    private const Precision Int8 = Precision.Int8;

    [Fact]
    public void AChainIsItsLayersInOrder()
    {
        var graph = new GraphModels(new ImageShape(1, 28, 28));
        graph.Conv(20, 5, activation: Activation.Relu);
        graph.MaxPool(2);
        graph.Conv(50, 5);
        graph.MaxPool(2);
        graph.Dense(10, activation: Activation.Softmax);
        var plan = Plan(graph);
        Assert.Equal("Enter Convolution MaxPool Convolution MaxPool Dense Unpack Activate", Steps(plan));

        // Pixels of what a dense layer alone takes have no gaps: its columns are permuted instead.
        Assert.Equal([1, 32, 32, 64, 50, 16, 16], plan.Tensors.Select(tensor => tensor.Stride));
        Assert.Equal(plan.Memory.LeastSize, plan.Memory.Size);
    }

    [Theory, InlineData(Precision.Fp32), InlineData(Int8)]
    public void AResidualBlockAddsInItsLastConvolution(Precision precision)
    {
        var graph = new GraphModels(new ImageShape(16, 8, 8));
        var entry = graph.Conv(32, 3, padding: 1, precision: precision, activation: Activation.Relu);
        graph.Conv(32, 3, padding: 1, precision: precision, activation: Activation.Relu);
        var last = graph.Conv(32, 3, padding: 1, precision: precision);
        graph.Sum(last, entry, Activation.Relu);
        graph.GlobalAverage();
        graph.Dense(5, precision: precision);
        var plan = Plan(graph);
        Assert.Equal("Enter Convolution Convolution Convolution AveragePool Dense", Steps(plan));
        Assert.Equal((3, ActivationKind.Relu), (plan.Steps[3].Addition, plan.Steps[3].Activation));
        Assert.Equal(plan.Steps[1].Output, plan.Steps[3].Added);
    }

    [Fact]
    public void AnAdditionWhoseConvolutionIsReadElsewhereStandsByItself()
    {
        var graph = new GraphModels(new ImageShape(16, 8, 8));
        var entry = graph.Conv(16, 3, padding: 1);
        var body = graph.Conv(16, 3, padding: 1);
        var sum = graph.Sum(entry, body);
        graph.Sum(sum, body);
        Assert.Equal("Enter Convolution Convolution Add Add", Steps(Plan(graph)));
    }

    [Fact]
    public void BranchesLieInTheirConcatenation()
    {
        var graph = new GraphModels(new ImageShape(3, 8, 8));
        var squeeze = graph.Conv(16, 1, activation: Activation.Relu);
        var one = graph.Conv(64, 1, sources: [squeeze], activation: Activation.Relu);
        var three = graph.Conv(60, 3, padding: 1, sources: [squeeze], activation: Activation.Relu);
        graph.Concat(one, three);
        graph.Conv(10, 1);
        graph.GlobalAverage();
        var plan = Plan(graph);
        Assert.Equal("Enter Convolution Convolution Convolution Convolution AveragePool", Steps(plan));
        var (first, second) = (plan.Tensors[plan.Steps[2].Output], plan.Tensors[plan.Steps[3].Output]);
        Assert.Equal((128, 128, first.Offset + (64 * 4)), (first.Stride, second.Stride, second.Offset));
    }

    [Fact]
    public void BranchesThatDoNotBeginAtAVectorAreCopied()
    {
        var graph = new GraphModels(new ImageShape(3, 8, 8));
        var squeeze = graph.Conv(16, 1);
        var one = graph.Conv(20, 1, sources: [squeeze]);
        var two = graph.Conv(12, 1, sources: [squeeze]);
        var three = graph.Conv(16, 1, sources: [squeeze]);
        graph.Concat(one, two, three, one);
        graph.Conv(10, 1);
        var plan = Plan(graph);
        Assert.Equal("Enter Convolution Convolution Convolution Convolution Copy Copy Copy Convolution", Steps(plan));
        Assert.Equal([0, 0, 12], plan.Steps.Where(step => step.Kind == ImageStepKind.Copy).Select(step => step.Cleared));
    }

    [Fact]
    public void AFloatTensorIsEncodedForEachIntegerLayerThatTakesIt()
    {
        var graph = new GraphModels(new ImageShape(3, 8, 8));
        var entry = graph.Conv(16, 3);
        graph.Conv(16, 1, sources: [entry], precision: Int8);
        graph.Dense(4, precision: Int8);
        var plan = Plan(graph);
        Assert.Equal("Enter Convolution Encode Convolution Dense", Steps(plan));
        Assert.Equal(1, plan.Tensors[plan.Steps[2].Output].EncodedFor);
    }

    [Fact]
    public void TensorsThatLiveAtOnceDoNotOverlap()
    {
        var graph = new GraphModels(new ImageShape(3, 32, 32));
        var entry = graph.Conv(24, 3, stride: 2, padding: 1, activation: Activation.Relu);
        var left = graph.Conv(40, 1, sources: [entry]);
        var right = graph.Conv(33, 3, padding: 1, sources: [entry]);
        var joined = graph.Concat(left, right);
        var projected = graph.Conv(40, 1, sources: [joined]);
        graph.Sum(left, projected, Activation.Relu);
        graph.AveragePool(2);
        graph.Dense(7);
        var plan = Plan(graph);
        for (var step = 0; step < plan.Steps.Count; step++)
        {
            var written = plan.Tensors[plan.Steps[step].Output];
            foreach (var other in Enumerable.Range(0, plan.Tensors.Count).Where(other => Lives(plan, other, step) && plan.Tensors[other].Holder != written.Holder))
            {
                var tensor = plan.Tensors[other];
                var (one, two) = (plan.Tensors[written.Holder], plan.Tensors[tensor.Holder]);
                Assert.True(one.Offset + one.Bytes <= two.Offset || two.Offset + two.Bytes <= one.Offset, $"step {step}: {one} and {two}");
            }
        }
    }

    private static bool Lives(ImagePlan plan, int tensor, int step) =>
        plan.Steps.Take(step + 1).Any(earlier => earlier.Output == tensor) && plan.Steps.Skip(step).Any(later => later.Inputs.Contains(tensor));

    private static string Steps(ImagePlan plan) => string.Join(' ', plan.Steps.Select(step => step.Kind));

    private static ImagePlan Plan(GraphModels graph)
    {
        var forms = graph.Model().ToForms();
        return ImagePlanner.Plan(forms, [.. graph.Model().ToFacts().Select(Planner.Plan)]);
    }
}
