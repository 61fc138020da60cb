using System.Linq;
using Espalier.Planning;

namespace Espalier.Generator.Emit;

/// <summary>Names the class of a plan's kernels: shape, activation and form in words, and a hash of the whole plan.</summary>
internal static class KernelName
{
    public static string Of(LayerPlan key)
    {
        var definition = key.Facts.Definition;
        var form = !definition.IsInteger ? "Fp32" : key.Facts.Input == EdgeForm.Planes ? "Int14" : "Int8";
        var to = key.Facts.Output switch { EdgeForm.Codes => "ToCodes", EdgeForm.Planes => "ToPlanes", _ => "" };

        // Equal arguments make other kernels for other maps: the shapes tell them apart.
        return definition.Kind == "Dense"
            ? $"{definition.Kind}{definition.Inputs}x{definition.Outputs}{definition.Activation}{form}{to}_{Hash(key)}"
            : $"{definition.Kind}{Shape(definition.InputShape)}To{Shape(definition.OutputShape)}{form}_{Hash(key)}";
    }

    private static string Shape(TensorShape shape) => $"{shape.Channels}x{shape.Height}x{shape.Width}";

    private static string Hash(LayerPlan key) => StableHash.Of(
        DefinitionText.Of(key.Facts.Definition) + key.Facts.Output + string.Concat(key.Kernels.Select(kernel => PlanText.Of(kernel))));
}
