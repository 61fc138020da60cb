using System.Collections.Generic;
using System.Linq;
using Espalier.Generator.Emit.Batches;
using Espalier.Generator.Emit.Images;
using Espalier.Planning;

namespace Espalier.Generator.Emit;

/// <summary>Writes the kernels of one distinct plan: one static class that every layer with that plan shares.</summary>
internal static class KernelEmitter
{
    /// <summary>The plan without what differs between layers that can share the class: two equal keys get one file.</summary>
    public static LayerPlan Key(LayerPlan plan)
    {
        var definition = plan.Facts.Definition;
        if (ConvolutionEmitter.Emits(plan))
        {
            return ConvolutionEmitter.Key(plan);
        }

        var nibbles = plan.Facts.NibbleClusters > 0;
        var canonical = definition with
        {
            Bias = true,
            InputShape = LayerKinds.Find(definition.Kind) is { HasOwnShape: true } ? TensorShape.Vector(definition.Inputs) : definition.InputShape,
            Activation = plan.Facts.Output == EdgeForm.Floats && definition.Activation != ActivationKind.Relu ? ActivationKind.None : definition.Activation,
            Quantize = definition.IsInteger
                ? QuantizeDefinition.Resolve(true, NumberFormat.Int8, plan.Facts.Input == EdgeForm.Planes ? NumberFormat.Int16 : NumberFormat.Int8, null, null, null, null, null, null, false)
                : QuantizeDefinition.Fp32,
            Prune = nibbles ? new PruneDefinition(0, true) : null,
            Codebook = nibbles ? new CodebookDefinition(16, NumberFormat.Int8) : null,
            BatchNorm = null,
            Dropout = 0,
        };
        return new LayerPlan(
            new LayerFacts(canonical, plan.Facts.Output, null),
            plan.Kernels.Select(kernel => kernel.Shape).ToEquatableArray());
    }

    /// <summary>Writes the class.</summary>
    /// <param name="key">The plan, as <see cref="Key"/> gives it.</param>
    /// <param name="wideVnni">Whether the framework has 512-bit VNNI.</param>
    public static GeneratedFile Emit(LayerPlan key, bool wideVnni = false)
    {
        if (ConvolutionEmitter.Emits(key))
        {
            return ConvolutionEmitter.Emit(key);
        }

        var name = KernelName.Of(key);
        var writer = new IndentedWriter();
        var facts = key.Facts;
        var variants = KernelVariant.Of(key, wideVnni);
        FileHeader.Emit(writer, $"The kernels of one plan: {facts.Definition.Kind} of {facts.Definition.Inputs} inputs and {facts.Definition.Outputs} outputs.", KernelProse.Of(key));
        writer.Line("namespace Espalier.Generated;");
        writer.Line();
        FileHeader.EmitUsings(writer);
        writer.Line();
        writer.Line($"/// <summary>{Summary(facts)}</summary>");
        writer.Line("[System.CodeDom.Compiler.GeneratedCode(\"Espalier\", null)]");
        using (writer.Begin($"internal static class {name}"))
        {
            EmitPack(writer, facts, key);
            writer.Line();
            EmitRun(writer, variants);
            foreach (var variant in variants)
            {
                variant.Emit(writer, facts);
            }

            BatchEmitter.Emit(writer, key, variants);
            var methods = variants.SelectMany(variant => variant.Methods).Concat(BatchEmitter.Methods(key));
            foreach (var text in methods.Where(text => text.Length > 0).Distinct())
            {
                writer.Line();
                writer.Line(text);
            }
        }

        return new GeneratedFile($"Espalier.Kernels.{name}.g.cs", writer.ToString());
    }

    private static string Summary(LayerFacts facts)
    {
        var (from, to) = (Numbers(facts.Input), Numbers(facts.Output));
        var activation = facts.Definition.Activation == ActivationKind.None ? "no activation of its own" : facts.Definition.Activation.ToString();
        return $"{facts.Definition.Kind} ({facts.Definition.Inputs}, {facts.Definition.Outputs}), {from} in, {to} out, {activation}.";
    }

    private static string Numbers(EdgeForm form) => form switch
    {
        EdgeForm.Codes => "8-bit codes",
        EdgeForm.Planes => "14-bit codes in two planes",
        _ => "floats",
    };

    private static void EmitPack(IndentedWriter writer, LayerFacts facts, LayerPlan key)
    {
        writer.Line("/// <summary>Lays weights out for a tier.</summary>");
        writer.Line("public static PackedLayer Pack(LayerWeights weights, InstructionTier tier, ReadOnlyMemory<int> inputs) => tier switch");
        using (writer.Begin("", "};"))
        {
            foreach (var kernel in key.Kernels)
            {
                var layout = KernelLayouts.Find(kernel.Layout);
                var more = layout.PackArguments(facts);
                writer.Line(
                    $"InstructionTier.{kernel.Tier} => {layout.PackedClass}.Pack(weights, tier, new KernelShape({kernel.Rows}, {kernel.Slots}, {kernel.Window}, {kernel.Depth}{(kernel.Windows == 1 && kernel.PairSteps == 2 ? "" : $", {kernel.Windows}")}{(kernel.PairSteps == 2 ? "" : $", {kernel.PairSteps}")}){(kernel.Folds ? " { Folds = true }" : "")}, inputs{(more.Length > 0 ? ", " + more : "")}),");
            }

            writer.Line("_ => throw Arguments.UnknownTier(tier),");
        }
    }

    private static void EmitRun(IndentedWriter writer, IReadOnlyList<KernelVariant> variants)
    {
        writer.Line("/// <summary>Runs the layer on the tier that its weights were packed for.</summary>");
        using (writer.Begin("public static void Run(PackedLayer layer, ref byte input, ref byte output)"))
        {
            using (writer.Begin("switch (layer.Tier)"))
            {
                foreach (var variant in variants)
                {
                    variant.EmitCases(writer);
                    variant.EmitCall(writer);
                }

                writer.Line("default:");
                writer.Line("    // Without vectors the scalar twin in the runtime gives the same numbers.");
                writer.Line("    layer.Scalar(ref input, ref output);");
                writer.Line("    break;");
            }
        }
    }
}
