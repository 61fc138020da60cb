using System.Linq;
using Espalier.Planning;

namespace Espalier.Generator.Emit.Images;

/// <summary>Writes the kernels of one distinct plan of a convolution: one static class that every layer with that plan shares, wherever it stands.</summary>
internal static class ConvolutionEmitter
{
    /// <summary>Whether a plan is one of these.</summary>
    public static bool Emits(LayerPlan plan) => plan.Facts.Definition.Kind == "Conv2D";

    /// <summary>
    /// The plan without what differs between layers that can share the class: activations, grids, strides and what is added are fields of the
    /// packed layer.
    /// </summary>
    public static LayerPlan Key(LayerPlan plan)
    {
        var definition = plan.Facts.Definition;
        var canonical = definition with
        {
            Bias = true,
            Activation = ActivationKind.None,
            Quantize = definition.IsInteger
                ? QuantizeDefinition.Resolve(true, NumberFormat.Int8, NumberFormat.Int8, null, null, null, null, null, null, false)
                : QuantizeDefinition.Fp32,
            Prune = null,
            Codebook = null,
            BatchNorm = null,
            Dropout = 0,
        };
        return new LayerPlan(new LayerFacts(canonical, EdgeForm.Floats, null), plan.Kernels.Select(kernel => kernel.Shape).ToEquatableArray());
    }

    public static GeneratedFile Emit(LayerPlan key)
    {
        var name = KernelName.Of(key);
        var writer = new IndentedWriter();
        var definition = key.Facts.Definition;
        FileHeader.Emit(writer, $"The kernels of one plan: a convolution of {definition.InputShape} to {definition.OutputShape}.", KernelProse.Of(key));
        writer.Line("namespace Espalier.Generated;");
        writer.Line();
        FileHeader.EmitUsings(writer);
        writer.Line();
        writer.Line($"/// <summary>A convolution of {definition.InputShape} to {definition.OutputShape}, {(definition.IsInteger ? "8-bit codes" : "floats")} in; the place says what leaves.</summary>");
        writer.Line("[System.CodeDom.Compiler.GeneratedCode(\"Espalier\", null)]");
        using (writer.Begin($"internal static class {name}"))
        {
            EmitPack(writer, key);
            writer.Line();
            var variants = ConvolutionVariant.Of(key);
            EmitRun(writer, variants);
            foreach (var variant in variants)
            {
                variant.Emit(writer, key.Facts);
            }

            foreach (var text in variants.SelectMany(variant => variant.Methods).Where(text => text.Length > 0).Distinct())
            {
                writer.Line();
                writer.Line(text);
            }
        }

        return new GeneratedFile($"Espalier.Kernels.{name}.g.cs", writer.ToString());
    }

    private static void EmitPack(IndentedWriter writer, LayerPlan key)
    {
        writer.Line("/// <summary>Lays weights out for a tier and a place in a network.</summary>");
        writer.Line("public static PackedConvolution Pack(LayerWeights weights, InstructionTier tier, in ConvolutionPlace place) => tier switch");
        using (writer.Begin("", "};"))
        {
            foreach (var kernel in key.Kernels)
            {
                writer.Line($"InstructionTier.{kernel.Tier} => {KernelLayouts.Find(kernel.Layout).PackedClass}.Pack(weights, tier, new KernelShape({kernel.Rows}, {kernel.Slots}, {kernel.Window}, {kernel.Depth}), place),");
            }

            writer.Line("_ => throw Arguments.UnknownTier(tier),");
        }
    }

    private static void EmitRun(IndentedWriter writer, ConvolutionVariant[] variants)
    {
        writer.Line("/// <summary>Runs the layer on the tier that its weights were packed for.</summary>");
        using (writer.Begin("public static void Run(PackedConvolution layer, ref byte input, ref byte added, ref byte output, ref byte scratch)"))
        {
            using (writer.Begin("switch (layer.Tier)"))
            {
                foreach (var variant in variants)
                {
                    variant.EmitCase(writer);
                }

                writer.Line("default:");
                writer.Line("    // Without vectors the scalar twin in the runtime gives the same numbers.");
                writer.Line("    layer.RunScalar(ref input, ref added, ref output, ref scratch);");
                writer.Line("    break;");
            }
        }
    }
}
