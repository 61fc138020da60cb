using System.Globalization;
using System.Linq;
using Espalier.Generator.Annotations;
using Espalier.Planning;

namespace Espalier.Generator.Emit;

/// <summary>Writes descriptions as C#: the graph with every default resolved, for all that does not run kernels.</summary>
internal static class DescriptionEmitter
{
    private const string Runtime = "global::Espalier.";

    public static void EmitLayer(IndentedWriter writer, string path, LayerDefinition layer, string start, string end, EquatableArray<int> sources = default)
    {
        using (writer.Begin($"{start}new {Runtime}LayerDescription", end))
        {
            writer.Line($"Path = {Text(path)},");
            writer.Line($"Kind = {Text(layer.Kind)},");
            writer.Line($"Arguments = global::System.Collections.Immutable.ImmutableArray.Create{(layer.Arguments.Count == 0 ? "<int>" : "")}({string.Join(", ", layer.Arguments.Select(Number))}),");
            writer.Line($"Inputs = {Number(layer.Inputs)},");
            writer.Line($"Outputs = {Number(layer.Outputs)},");
            writer.Line($"Bias = {Word(layer.Bias)},");
            writer.Line($"Activation = {Runtime}Activation.{layer.Activation},");
            if (layer.Quantize.Explicit)
            {
                EmitQuantization(writer, layer.Quantize);
            }

            if (layer.Prune is { } prune)
            {
                writer.Line($"Pruning = new {Runtime}PruningDescription({Number(prune.Sparsity)}, {Runtime}PruningSchedule.{(prune.Gradual ? "Gradual" : "OneShot")}){(prune.GroupSize == 0 ? "" : $" {{ GroupSize = {Number(prune.GroupSize)} }}")},");
            }

            if (layer.Codebook is { } codebook)
            {
                writer.Line($"Codebook = new {Runtime}CodebookDescription({Number(codebook.Clusters)}, {Format(codebook.CentroidFormat)}),");
            }

            EmitGraph(writer, layer, sources);
        }
    }

    /// <summary>What chains of dense layers have none of.</summary>
    private static void EmitGraph(IndentedWriter writer, LayerDefinition layer, EquatableArray<int> sources)
    {
        const string Array = "global::System.Collections.Immutable.ImmutableArray.Create";
        EmitIfSet(writer, "Sources", sources.Count > 0 ? $"{Array}({string.Join(", ", sources.Select(Number))})" : null);
        EmitIfSet(writer, "InputShape", layer.InputShape == TensorShape.Vector(layer.Inputs) ? null : Shape(layer.InputShape));
        EmitIfSet(writer, "OutputShape", layer.OutputShape == TensorShape.Vector(layer.Outputs) ? null : Shape(layer.OutputShape));
        EmitIfSet(writer, "Numbers", layer.Numbers.Count > 0 ? $"{Array}({string.Join(", ", layer.Numbers.Select(Number))})" : null);
        EmitIfSet(writer, "BatchNorm", layer.BatchNorm is { } normalisation ? $"new {Runtime}BatchNormDescription({Number(normalisation.Epsilon)}, {Number(normalisation.Momentum)})" : null);
        EmitIfSet(writer, "Dropout", layer.Dropout.Equals(0.0) ? null : Number(layer.Dropout));
    }

    private static string Shape(TensorShape shape) => $"new {Runtime}ImageShape({Number(shape.Channels)}, {Number(shape.Height)}, {Number(shape.Width)})";

    public static void EmitModel(IndentedWriter writer, ModelAnnotation model)
    {
        using (writer.Begin($"public static {Runtime}ModelDescription Description {{ get; }} = new {Runtime}ModelDescription", "};"))
        {
            writer.Line($"Name = {Text(model.Type.FullName)},");
            writer.Line($"Layers = global::System.Collections.Immutable.ImmutableArray.Create(new {Runtime}LayerDescription[]");
            using (writer.Begin("", "}),"))
            {
                foreach (var place in model.Layers)
                {
                    EmitLayer(writer, place.Path, place.Definition, "", "},", place.Sources);
                }
            }

            var train = model.Train;
            if (train != new TrainAnnotation(null, null, null, null))
            {
                using (writer.Begin($"Training = new {Runtime}TrainingDescription", "},"))
                {
                    EmitIfSet(writer, "LearningRate", train.LearningRate is { } rate ? Number(rate) : null);
                    EmitIfSet(writer, "BatchSize", train.BatchSize is { } size ? Number(size) : null);
                    EmitIfSet(writer, "Epochs", train.Epochs is { } epochs ? Number(epochs) : null);
                    EmitIfSet(writer, "LossScaling", train.LossScaling is { } scaling ? Number(scaling) : null);
                    EmitIfSet(writer, "DynamicLossScaling", train.DynamicLossScaling is { } dynamic ? Word(dynamic) : null);
                    EmitIfSet(writer, "PruningScope", train.PruningScope is { } scope ? PruningScope(scope) : null);
                }
            }

            EmitIfSet(writer, "AccuracyFloor", model.AccuracyFloor is { } floor ? Number(floor) : null);
            writer.Line($"Coding = {Runtime}CodingGoal.{(model.FastStart ? "FastStart" : "Smallest")},");
        }
    }

    private static void EmitQuantization(IndentedWriter writer, QuantizeDefinition quantize)
    {
        using (writer.Begin($"Quantization = new {Runtime}QuantizationDescription", "},"))
        {
            writer.Line($"Weights = {Format(quantize.Weights)},");
            writer.Line($"Inputs = {Format(quantize.Inputs)},");
            writer.Line($"Outputs = {Format(quantize.Outputs)},");
            writer.Line($"Accumulators = {Format(quantize.Accumulators)},");
            writer.Line($"Gradients = {Format(quantize.Gradients)},");
            writer.Line($"Rounding = {Runtime}Rounding.{(quantize.StochasticRounding ? "Stochastic" : "Nearest")},");
            writer.Line($"MasterWeights = {Word(quantize.MasterWeights)},");
            writer.Line($"PerChannel = {Word(quantize.PerChannel)},");
        }
    }

    private static void EmitIfSet(IndentedWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.Line($"{name} = {value},");
        }
    }

    public static string Text(string value) => Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(value, quote: true);

    /// <summary>A value without a name is handed on as it is, so that training can name it.</summary>
    private static string PruningScope(int value) => value switch
    {
        0 => $"{Runtime}PruningScope.PerLayer",
        1 => $"{Runtime}PruningScope.Global",
        _ => $"({Runtime}PruningScope)({Number(value)})",
    };

    private static string Word(bool value) => value ? "true" : "false";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Number(float value) =>
        float.IsNaN(value) ? "float.NaN"
        : float.IsInfinity(value) ? value > 0 ? "float.PositiveInfinity" : "float.NegativeInfinity"
        : value.ToString("R", CultureInfo.InvariantCulture) + "F";

    /// <summary>As one expression: what is no number or infinite has no literal.</summary>
    private static string Number(double value) =>
        double.IsNaN(value) ? "double.NaN"
        : double.IsInfinity(value) ? value > 0 ? "double.PositiveInfinity" : "double.NegativeInfinity"
        : value.ToString("R", CultureInfo.InvariantCulture) + "D";

    /// <summary>A value without a name is handed on as it is: rules and training can name it.</summary>
    private static string Format(NumberFormat format) =>
        System.Enum.IsDefined(typeof(NumberFormat), format) ? $"{Runtime}Precision.{format}" : $"({Runtime}Precision)({Number((int)format)})";
}
