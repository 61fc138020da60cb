using Espalier.Planning;

namespace Espalier.Generator.Emit;

/// <summary>Writes the other half of a layer's partial class: a layer predicts by itself too, from weights given at run time.</summary>
internal static class LayerEmitter
{
    private const string Runtime = "global::Espalier.";

    public static GeneratedFile Emit(LayerTarget target)
    {
        var type = target.Annotation.Type;
        var definition = target.Annotation.Definition;
        var writer = new IndentedWriter();
        FileHeader.Emit(writer, $"The layer {type.FullName}, planned from its attributes.", PlanProse.Of(type.Name, target.Plan, null));
        using (PartialClass.Begin(writer, type, Runtime + "IPredictor"))
        {
            var chain = new ChainEmitter(type, new[] { target.Plan });
            chain.EmitConstants(writer);
            writer.Line();
            writer.Line("/// <summary>The layer with its precisions; in a model every place has a description of its own.</summary>");
            DescriptionEmitter.EmitLayer(writer, type.Name, definition, $"public static {Runtime}LayerDescription Description {{ get; }} = ", "};");
            writer.Line();
            writer.Line("private readonly Packed _packed;");
            ThreadsEmitter.EmitField(writer);
            writer.Line();
            writer.Line("/// <summary>Runs this layer alone, with weights given at run time.</summary>");
            writer.Line("/// <param name=\"weights\">The weights, e.g. one place of a trained model.</param>");
            writer.Line("/// <param name=\"tier\">The instruction tier to run on; the best that the processor has unless said.</param>");
            ThreadsEmitter.EmitParameterText(writer);
            writer.Line("/// <exception cref=\"global::System.ArgumentException\">The weights are those of another shape or precision.</exception>");
            using (writer.Begin($"public {type.Name}({Runtime}LayerWeights weights, {Runtime}InstructionTier? tier = null, {ThreadsEmitter.Parameter})"))
            {
                ThreadsEmitter.EmitCheck(writer);
                writer.Line($"{Runtime}Kernels.Arguments.CheckLayer(Description, weights);");
                writer.Line($"_packed = new Packed({Runtime}Normalisation.None, global::System.Collections.Immutable.ImmutableArray.Create(weights), {Runtime}InstructionTiers.Resolve(tier));");
                ThreadsEmitter.EmitShare(writer);
            }

            writer.Line();
            writer.Line("/// <summary>Runs this layer alone, with the weights that it has at one place of a model, e.g. of a model's embedded artifact.</summary>");
            writer.Line("/// <param name=\"model\">The weights of the model.</param>");
            writer.Line($"/// <param name=\"path\">The place, e.g. <c>0/{type.Name}</c>.</param>");
            writer.Line("/// <param name=\"tier\">The instruction tier to run on; the best that the processor has unless said.</param>");
            ThreadsEmitter.EmitParameterText(writer);
            writer.Line("/// <exception cref=\"global::System.ArgumentException\">The model has no such place, or another layer there.</exception>");
            using (writer.Begin($"public {type.Name}({Runtime}ModelWeights model, string path, {Runtime}InstructionTier? tier = null, {ThreadsEmitter.Parameter}) : this(model[path], tier, threads)"))
            {
            }

            writer.Line();
            writer.Line("/// <summary>The instruction tier that this instance runs on.</summary>");
            writer.Line($"public {Runtime}InstructionTier Tier => _packed.Tier;");
            ThreadsEmitter.EmitProperty(writer);
            chain.EmitPredict(writer);
            chain.EmitPacked(writer);
        }

        return new GeneratedFile(HintName.Of(type), writer.ToString());
    }
}
