using System.Globalization;
using System.Linq;
using Espalier.Planning;

namespace Espalier.Generator.Emit.Images;

/// <summary>The C# of each step of a network of images: its field, how it is made, how it runs, and what a reader should know of it.</summary>
internal sealed class StepText
{
    private const string Runtime = ImageNames.Runtime;
    private const string Kernels = ImageNames.Kernels;

    private readonly ModelTarget _target;
    private readonly ImagePlan _plan;

    public StepText(ModelTarget target, ImagePlan plan)
    {
        (_target, _plan) = (target, plan);
        Threads = new ImageThreads(target, plan);
    }

    public ImageThreads Threads { get; }

    /// <summary>Type and name of what a step keeps; null where it keeps nothing.</summary>
    public string? Field(int step) => _plan.Steps[step].Kind switch
    {
        ImageStepKind.Convolution => $"{Kernels}PackedConvolution _layer{_plan.Steps[step].Layer}",
        ImageStepKind.Dense => $"{Kernels}PackedLayer _layer{_plan.Steps[step].Layer}",
        ImageStepKind.Unpack => null,
        var kind => $"{Kernels}{Class(kind)} _step{step}",
    };

    /// <summary>A layer's packed weights.</summary>
    public string Packed(int layer) => $"_layer{layer}";

    /// <summary>The statement that makes what a step keeps.</summary>
    public string? Construction(int step)
    {
        var plan = _plan.Steps[step];
        return plan.Kind switch
        {
            ImageStepKind.Convolution => $"_layer{plan.Layer} = {ImageNames.Kernel(_target.Plans[plan.Layer])}.Pack(weights.Layers[{plan.Layer}], tier, {Place(plan)});",
            ImageStepKind.Dense => $"_layer{plan.Layer} = {ImageNames.Kernel(_target.Plans[plan.Layer])}.Pack(weights.Layers[{plan.Layer}], tier, {Order(_plan.Tensors[plan.Inputs[0]])});",
            ImageStepKind.Unpack => null,
            _ => $"_step{step} = new {Kernels}{Class(plan.Kind)}({Arguments(plan)});",
        };
    }

    /// <summary>The statements that run a step.</summary>
    public void EmitRun(IndentedWriter writer, int step)
    {
        var plan = _plan.Steps[step];
        var output = ImageNames.At(ImageNames.Map(plan.Output));
        switch (plan.Kind)
        {
            case ImageStepKind.Convolution:
                var added = plan.Added < 0 ? "scratch" : ImageNames.At(ImageNames.Map(plan.Added));
                var scratch = plan.ScratchBytes == 0 ? "scratch" : ImageNames.At($"Scratch{step}");
                Threads.EmitConvolution(writer, plan.Layer, ImageNames.At(ImageNames.Map(plan.Inputs[0])), added, output, scratch);
                break;
            case ImageStepKind.Dense:
                EmitClear(writer, plan);
                Threads.EmitDense(writer, plan.Layer, ImageNames.At(ImageNames.Map(plan.Inputs[0])), output);
                break;
            case ImageStepKind.Unpack:
                writer.Line($"_layer{plan.Layer}.Reorder(ref {ImageNames.At(ImageNames.Map(plan.Inputs[0]))}, ref {output}, {_plan.Tensors[plan.Output].NumberBytes});");
                break;
            default:
                Threads.EmitStep(writer, step);
                break;
        }
    }

    /// <summary>What a reader should know of a step.</summary>
    public string Comment(int step)
    {
        var plan = _plan.Steps[step];
        var (from, to) = (_plan.Tensors[plan.Inputs[0]], _plan.Tensors[plan.Output]);
        var shapes = $"{from.Shape} {ImageNames.Form(from)} to {to.Shape} {ImageNames.Form(to)}";
        var path = _target.Annotation.Layers[plan.Layer].Path;
        return plan.Kind switch
        {
            ImageStepKind.Convolution => $"{path}: {shapes}"
                + (plan.Addition < 0 ? "" : $", with the addition {_target.Annotation.Layers[plan.Addition].Path}")
                + (plan.Activation == ActivationKind.None ? "" : $", {plan.Activation}") + ".",
            ImageStepKind.Encode => $"{path} takes codes on a grid of its own: {shapes}.",
            ImageStepKind.Copy when to.Holder != plan.Output => $"{path}: a branch that does not begin at a multiple of 16 channels goes to channel {to.Channel}.",
            ImageStepKind.Copy => $"{path} takes pixels {to.Stride} numbers apart: {from.Shape} {ImageNames.Form(from)}.",
            ImageStepKind.Unpack => $"{path}: its outputs go back into their own order.",
            ImageStepKind.Activate => $"{path}: {plan.Activation} of {to.Shape} {ImageNames.Form(to)}.",
            _ => $"{path}: {shapes}{(plan.Activation == ActivationKind.None ? "" : $", {plan.Activation}")}.",
        };
    }

    /// <summary>A tensor as steps of the runtime know it.</summary>
    public string Map(int tensor)
    {
        var map = _plan.Tensors[tensor];
        return $"new {Kernels}ImageMap({ImageNames.Map(tensor)}, {map.Shape.Channels}, {map.Shape.Height}, {map.Shape.Width}, {map.Stride}, {(map.Form == EdgeForm.Floats ? "false" : "true")})";
    }

    private static string Class(ImageStepKind kind) => kind switch
    {
        ImageStepKind.Enter => "ImageEntry",
        ImageStepKind.Encode => "EncodeStep",
        ImageStepKind.Copy => "CopyStep",
        ImageStepKind.MaxPool => "MaxPoolStep",
        ImageStepKind.AveragePool => "AveragePoolStep",
        ImageStepKind.ResponseNorm => "ResponseNormStep",
        ImageStepKind.Add => "AddStep",
        _ => "ActivationStep",
    };

    private string Arguments(ImageStep plan)
    {
        var output = Map(plan.Output);
        if (plan.Kind == ImageStepKind.Enter)
        {
            return $"{output}, weights.Normalisation, {(_plan.Tensors[plan.Output].Form == EdgeForm.Floats ? "null" : "weights.GridOf(-1)")}, tier";
        }

        var definition = _target.Annotation.Layers[plan.Layer].Definition;
        var maps = $"{Map(plan.Inputs[0])}, {output}";
        return plan.Kind switch
        {
            ImageStepKind.Encode => $"{maps}, (({Runtime}IntegerLayerWeights)weights.Layers[{plan.Layer}]).InputGrid, tier",
            ImageStepKind.Copy => $"{maps}, {plan.Cleared}, tier",
            ImageStepKind.MaxPool => $"{maps}, {Window(definition)}, tier",
            ImageStepKind.AveragePool => $"{maps}, {Window(definition)}, {(LayerKinds.Find(definition.Kind) is AveragePoolKind && AveragePoolKind.CountsPadding(definition.Arguments) ? "true" : "false")}, {ZeroPoint(plan.Inputs[0])}, tier",
            ImageStepKind.ResponseNorm => $"{maps}, {definition.Arguments[0]}, {Number(definition.Numbers[0])}, {Number(definition.Numbers[1])}, {Number(definition.Numbers[2])}, tier",
            ImageStepKind.Add => Addition(plan, output),
            _ => $"{output}, {Runtime}Activation.{plan.Activation}, {ZeroPoint(plan.Output)}, tier",
        };
    }

    private string Addition(ImageStep plan, string output)
    {
        var maps = $"new[] {{ {string.Join(", ", plan.Inputs.Select(Map))} }}";
        var activation = $"{Runtime}Activation.{plan.Activation}";
        return _plan.Tensors[plan.Output].Form == EdgeForm.Floats
            ? $"{maps}, {output}, {activation}, tier"
            : $"{maps}, new[] {{ {string.Join(", ", plan.Inputs.Select(Grid))} }}, {output}, {Grid(plan.Output)}, {activation}, tier";
    }

    private string Place(ImageStep plan)
    {
        var (input, output) = (_plan.Tensors[plan.Inputs[0]], _plan.Tensors[plan.Output]);
        var strides = $"{input.Stride}, {output.Stride}{(plan.Added < 0 ? "" : $", {_plan.Tensors[plan.Added].Stride}")}";
        var grids = (output.Form == EdgeForm.Floats ? "" : $", OutputGrid = {Grid(plan.Output)}")
            + (plan.Added < 0 || _plan.Tensors[plan.Added].Form == EdgeForm.Floats ? "" : $", AddedGrid = {Grid(plan.Added)}");
        return $"new {Kernels}ConvolutionPlace({strides}) {{ Activation = {Runtime}Activation.{plan.Activation}{grids} }}";
    }

    /// <summary>The grid that codes are on: of the layer whose result they are.</summary>
    private string Grid(int tensor) => $"weights.GridOf({_plan.Tensors[tensor].Layer})!.Value";

    private string ZeroPoint(int tensor) => _plan.Tensors[tensor].Form == EdgeForm.Floats ? "0" : $"{Grid(tensor)}.ZeroPoint";

    private string Window(LayerDefinition definition)
    {
        if (LayerKinds.Find(definition.Kind) is not PoolKind)
        {
            return $"new {Kernels}PoolWindow({definition.InputShape.Height}, {definition.InputShape.Width}, 1, 1, 0, 0)";
        }

        var window = PoolKind.Window(definition.Arguments);
        return $"new {Kernels}PoolWindow({window.Height}, {window.Width}, {window.StrideHeight}, {window.StrideWidth}, {window.PaddingHeight}, {window.PaddingWidth})";
    }

    /// <summary>Where a dense layer's columns lie.</summary>
    private static string Order(ImageTensor input) =>
        input.OrderOf >= 0 ? $"_layer{input.OrderOf}.Positions"
        : input.Shape.IsImage && input.Shape.Channels > 1 ? $"{Kernels}ImageColumns.Order({input.Shape.Channels}, {input.Shape.Height}, {input.Shape.Width})"
        : "default";

    /// <summary>Windows of sparse float layers reach behind the last number, times weights of 0: nothing may stand there that times 0 is not 0.</summary>
    private void EmitClear(IndentedWriter writer, ImageStep plan)
    {
        var input = _plan.Tensors[plan.Inputs[0]];
        var window = _target.Plans[plan.Layer].Kernels.Max(kernel => kernel.Window);
        if (input.Form == EdgeForm.Floats && window > 0)
        {
            var numbers = _target.Plans[plan.Layer].Facts.Definition.Inputs;
            writer.Line($"global::System.Runtime.CompilerServices.Unsafe.InitBlockUnaligned(ref {ImageNames.At($"{ImageNames.Map(plan.Inputs[0])} + {numbers * sizeof(float)}")}, 0, {window * sizeof(float)});");
        }
    }

    private static string Number(float value) => value.ToString("R", CultureInfo.InvariantCulture) + "f";
}
