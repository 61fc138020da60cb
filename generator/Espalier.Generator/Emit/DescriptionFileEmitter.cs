using System.Globalization;
using System.Linq;
using System.Text;
using Espalier.Generator.Annotations;
using Espalier.Planning;

namespace Espalier.Generator.Emit;

/// <summary>Writes the other half of a model that has no kernels: its description, for training, reports and tools.</summary>
internal static class DescriptionFileEmitter
{
    public static GeneratedFile Emit(ModelAnnotation model)
    {
        var writer = new IndentedWriter();
        FileHeader.Emit(writer, Title(model), Prose(model));
        using (PartialClass.Begin(writer, model.Type, null))
        {
            writer.Line("/// <summary>The whole graph with its precisions.</summary>");
            DescriptionEmitter.EmitModel(writer, model);
        }

        return new GeneratedFile(HintName.Of(model.Type), writer.ToString());
    }

    private static string Title(ModelAnnotation model) => string.Format(
        CultureInfo.InvariantCulture,
        "The model {0}, described from its attributes: {1:N0} layers, {2:N0} weights, {3:N0} multiply-adds.",
        model.Type.FullName,
        model.Layers.Count,
        model.Layers.Sum(layer => Kind(layer).WeightCount(layer.Definition)),
        model.Layers.Sum(layer => Kind(layer).MultiplyAdds(layer.Definition)));

    private static string Prose(ModelAnnotation model)
    {
        var text = new StringBuilder();
        foreach (var layer in model.Layers)
        {
            text.Append(string.Format(
                CultureInfo.InvariantCulture,
                "{0}: {1}, {2} to {3}{4}{5}.\n",
                layer.Path,
                layer.Definition.Kind,
                layer.Definition.InputShape,
                layer.Definition.OutputShape,
                layer.Definition.HasWeights ? string.Format(CultureInfo.InvariantCulture, ", {0:N0} weights", Kind(layer).WeightCount(layer.Definition)) : "",
                layer.Definition.Activation == ActivationKind.None ? "" : ", " + layer.Definition.Activation));
        }

        return text.ToString();
    }

    private static LayerKind Kind(OccurrenceAnnotation layer) => LayerKinds.Find(layer.Definition.Kind)!;
}
