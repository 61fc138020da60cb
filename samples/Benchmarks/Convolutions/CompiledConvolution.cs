extern alias generator;

using System.Runtime.Loader;
using Espalier;
using Espalier.Kernels;
using generator::Espalier.Generator.Emit;
using generator::Espalier.Planning;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Benchmarks.Convolutions;

/// <summary>One convolution, emitted as in a generated network, compiled and packed for a tier.</summary>
internal sealed class CompiledConvolution
{
    private delegate PackedConvolution Packer(LayerWeights weights, InstructionTier tier, in ConvolutionPlace place);

    private delegate void Runner(PackedConvolution layer, ref byte input, ref byte added, ref byte output, ref byte scratch);

    private static readonly ActivationGrid s_output = new(8 / 127f, 0, 127);

    private readonly ConvolutionShape _shape;
    private readonly PackedConvolution _packed;
    private readonly Runner _run;
    private readonly AlignedMemory _input;
    private readonly AlignedMemory _output;
    private readonly AlignedMemory _scratch;

    private CompiledConvolution(ConvolutionShape shape, ConvolutionValues values, KernelPlan plan, Packer pack, Runner run, LayerDefinition definition)
    {
        var integer = definition.IsInteger;
        var layer = shape.Layer(integer ? Precision.Int8 : Precision.Fp32);
        var place = new ConvolutionPlace(shape.InputStride, shape.OutputStride) { Activation = Activation.Relu, OutputGrid = integer ? s_output : null };
        LayerWeights weights = integer
            ? new IntegerLayerWeights(layer, values.Codes, [values.WeightScale], new float[shape.Outputs], new ActivationGrid(ConvolutionValues.InputScale, 0, 127), s_output)
            : new FloatLayerWeights(layer, values.Floats, new float[shape.Outputs]);
        (_shape, _run, Plan) = (shape, run, plan);
        _packed = pack(weights, (InstructionTier)plan.Tier, place);
        var bytes = integer ? 1 : sizeof(float);
        _input = new AlignedMemory((shape.Size * shape.Size * shape.InputStride * bytes) + 64);
        _output = new AlignedMemory(shape.OutputSize * shape.OutputSize * shape.OutputStride * bytes);
        _scratch = new AlignedMemory(ConvolutionScratch.Bytes(definition, plan));
        for (var i = 0; i < values.Inputs.Length; i++)
        {
            var at = (i % (shape.Size * shape.Size) * shape.InputStride) + (i / (shape.Size * shape.Size));
            if (integer)
            {
                _input.Bytes[at] = values.Inputs[i];
            }
            else
            {
                _input.As<float>()[at] = values.Inputs[i] * ConvolutionValues.InputScale;
            }
        }
    }

    /// <summary>The plan.</summary>
    public KernelPlan Plan { get; }

    /// <summary>Codes as the floats that they stand for, channel by channel.</summary>
    public float[] Outputs
    {
        get
        {
            var pixels = _shape.OutputSize * _shape.OutputSize;
            return [.. Enumerable.Range(0, _shape.Outputs * pixels).Select(i =>
            {
                var at = (i % pixels * _shape.OutputStride) + (i / pixels);
                return _packed.Place.OutputGrid is { } grid ? grid.Decode(_output.Bytes[at]) : _output.As<float>()[at];
            })];
        }
    }

    public void Run()
    {
        for (var copy = 0; copy < _shape.Copies; copy++)
        {
            _run(_packed, ref _input.Start, ref _input.Start, ref _output.Start, ref _scratch.Start);
        }
    }

    /// <summary>Every layout's kernel for a shape on a tier, compiled together.</summary>
    /// <param name="shape">The layer.</param>
    /// <param name="values">Its numbers.</param>
    /// <param name="precision">fp32 or int8.</param>
    /// <param name="tier">The tier.</param>
    /// <param name="tiles">Tiles of output channels and pixels to try besides the planned ones.</param>
    public static IReadOnlyList<CompiledConvolution> Candidates(ConvolutionShape shape, ConvolutionValues values, Precision precision, InstructionTier tier, IReadOnlyList<(int Rows, int Slots)> tiles)
    {
        var facts = new LayerFacts(Definition(shape.Layer(precision)), EdgeForm.Floats, new WeightEvidence(1, Depth(shape, values, precision), EquatableArray<ScheduleEvidence>.Empty));
        var plans = KernelLayouts.All.SelectMany(layout => layout.Candidates(facts, (Tier)tier)).OrderBy(plan => plan.Cycles).ToArray();
        plans = [.. plans.Concat(plans.SelectMany(plan => tiles.Where(tile => plan.Layout != "DepthwiseFp32" || tile.Rows == plan.Rows).Select(tile => plan with { Rows = tile.Rows, Slots = tile.Slots }))).Where(plan => plan.Rows <= shape.OutputStride).Distinct()];
        var keys = plans.Select(plan => KernelEmitter.Key(new LayerPlan(facts, new[] { plan }.ToEquatableArray()))).ToArray();
        var assembly = Load(keys.Select(key => KernelEmitter.Emit(key).Text));
        return [.. keys.Select((key, i) =>
        {
            var type = assembly.GetType("Espalier.Generated." + KernelName.Of(key), throwOnError: true)!;
            return new CompiledConvolution(shape, values, plans[i], type.GetMethod("Pack")!.CreateDelegate<Packer>(), type.GetMethod("Run")!.CreateDelegate<Runner>(), facts.Definition);
        })];
    }

    private static int Depth(ConvolutionShape shape, ConvolutionValues values, Precision precision) => precision != Precision.Int8 ? 1 : WeightEvidenceFactory.Measure(
        new IntegerLayerWeights(shape.Layer(precision), values.Codes, [values.WeightScale], new float[shape.Outputs], new ActivationGrid(ConvolutionValues.InputScale, 0, 127))).DenseDepth;

    private static LayerDefinition Definition(LayerDescription layer) => new(
        layer.Kind, layer.Arguments.ToEquatableArray(), layer.Inputs, layer.Outputs, true, ActivationKind.Relu,
        layer.IsInteger ? QuantizeDefinition.Resolve(true, NumberFormat.Int8, NumberFormat.Int8, null, null, null, null, null, null, false) : QuantizeDefinition.Fp32,
        null, null)
    {
        InputShape = new TensorShape(layer.InputShape.Channels, layer.InputShape.Height, layer.InputShape.Width),
        OutputShape = new TensorShape(layer.OutputShape.Channels, layer.OutputShape.Height, layer.OutputShape.Width),
    };

    private static System.Reflection.Assembly Load(IEnumerable<string> sources)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path));
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release);
        using var image = new MemoryStream();
        var result = CSharpCompilation.Create("Convolutions" + Guid.NewGuid().ToString("N"), sources.Select(source => CSharpSyntaxTree.ParseText(source)), references, options).Emit(image);
        if (!result.Success)
        {
            throw new InvalidOperationException(string.Join(Environment.NewLine, result.Diagnostics.Take(20)));
        }

        image.Position = 0;
        return new AssemblyLoadContext(null, isCollectible: false).LoadFromStream(image);
    }
}
