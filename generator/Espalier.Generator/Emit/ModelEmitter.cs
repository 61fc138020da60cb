using System.Globalization;
using System.Linq;
using System.Text;
using Espalier.Generator.Emit.Images;
using Espalier.Planning;

namespace Espalier.Generator.Emit;

/// <summary>Writes the other half of a model's partial class.</summary>
internal static class ModelEmitter
{
    private const string Runtime = "global::Espalier.";

    public static GeneratedFile Emit(ModelTarget target)
    {
        var type = target.Annotation.Type;
        var writer = new IndentedWriter();
        var images = target.IsOfImages ? target.ToImagePlan() : null;
        FileHeader.Emit(writer, Title(target), Prose(target, images));
        using (PartialClass.Begin(writer, type, $"{Runtime}IModel<{type.FullyQualified}>"))
        {
            IModelBody body = images is not null ? new ImageModelEmitter(target, images) : new ChainEmitter(type, target.Plans);
            body.EmitConstants(writer);
            writer.Line();
            writer.Line("/// <summary>The whole graph with its precisions.</summary>");
            DescriptionEmitter.EmitModel(writer, target.Annotation);
            EmitTrained(writer, target, body);
            EmitConstructors(writer, type.Name, body);
            body.EmitPredict(writer);
            body.EmitPacked(writer);
        }

        return new GeneratedFile(HintName.Of(type), writer.ToString());
    }

    private static string Title(ModelTarget target) => target.Artifact is { } artifact
        ? string.Format(
            CultureInfo.InvariantCulture,
            "The model {0}: {1:N0} bytes stored, {2:N0} in fp32 ({3:0.0}x fewer){4}.",
            target.Annotation.Type.FullName,
            artifact.Bytes,
            artifact.DenseBytes,
            (double)artifact.DenseBytes / System.Math.Max(1, artifact.Bytes),
            artifact.ValidationAccuracy is { } accuracy ? string.Format(CultureInfo.InvariantCulture, ", validation accuracy {0:P2}", accuracy) : "")
        : string.Format(
            CultureInfo.InvariantCulture,
            "The model {0}, planned from its attributes: about {1:N0} bytes stored once trained, {2:N0} in fp32. {3}",
            target.Annotation.Type.FullName,
            target.Annotation.Layers.Sum(layer => ExpectedBytes.Stored(layer.Definition)),
            target.Annotation.Layers.Sum(layer => ExpectedBytes.Dense(layer.Definition)),
            target.MissingBecause);

    private static string Prose(ModelTarget target, ImagePlan? images)
    {
        var text = new StringBuilder();
        for (var i = 0; i < target.Plans.Count; i++)
        {
            text.Append(PlanProse.Of(target.Annotation.Layers[i].Path, target.Plans[i], target.Artifact?.Layers[i]));
        }

        if (images is not null)
        {
            text.Append(MemoryProse.Of(images));
        }

        return text.ToString();
    }

    private static void EmitTrained(IndentedWriter writer, ModelTarget target, IModelBody body)
    {
        writer.Line();
        writer.Line("// Decoded and packed once per process, when the first instance asks.");
        var load = target.Artifact is { } artifact
            ? $"{Runtime}EmbeddedArtifact.Load(typeof({target.Annotation.Type.FullyQualified}).Assembly, {DescriptionEmitter.Text(artifact.ResourceName)}, {DescriptionEmitter.Text(artifact.Sha256)}, Description)"
            : $"throw {Runtime}ArtifactException.Missing(Description, {DescriptionEmitter.Text(target.MissingBecause)})";
        writer.Line($"private static readonly global::System.Lazy<{Runtime}ModelWeights> s_trained = new global::System.Lazy<{Runtime}ModelWeights>(() => {load});");
        writer.Line("private static readonly global::System.Lazy<Packed> s_packed = new global::System.Lazy<Packed>(");
        writer.Line($"    () => {body.Pack("s_trained.Value", $"{Runtime}InstructionTiers.Best")});");
        writer.Line();
        writer.Line("private readonly Packed _packed;");
        ThreadsEmitter.EmitField(writer);
        writer.Line();
        writer.Line("/// <summary>The weights of the embedded artifact.</summary>");
        writer.Line($"/// <exception cref=\"{Runtime}ArtifactException\">There is no valid artifact; the message names the command that makes one.</exception>");
        writer.Line($"public static {Runtime}ModelWeights Trained => s_trained.Value;");
        EmitCentroids(writer, target);
    }

    private static void EmitCentroids(IndentedWriter writer, ModelTarget target)
    {
        for (var i = 0; target.Artifact is { } artifact && i < artifact.Layers.Count; i++)
        {
            if (artifact.Layers[i].Centroids.Count > 0)
            {
                writer.Line();
                writer.Line($"/// <summary>The centroids that the weights of {target.Annotation.Layers[i].Path} are taken from, on the signed grid.</summary>");
                writer.Line($"public static global::System.ReadOnlySpan<sbyte> Centroids{i} => new sbyte[] {{ {CentroidLiterals.Text(artifact.Layers[i].Centroids)} }};");
            }
        }
    }

    private static void EmitConstructors(IndentedWriter writer, string name, IModelBody body)
    {
        writer.Line();
        writer.Line("/// <summary>A model with the weights of the embedded artifact, which all instances share. Predicts on the caller's thread.</summary>");
        writer.Line($"/// <exception cref=\"{Runtime}ArtifactException\">There is no valid artifact; the message names the command that makes one.</exception>");
        using (writer.Begin($"public {name}() : this(1)"))
        {
        }

        writer.Line();
        writer.Line("/// <summary>A model with the weights of the embedded artifact, which all instances share.</summary>");
        ThreadsEmitter.EmitParameterText(writer);
        writer.Line($"/// <exception cref=\"{Runtime}ArtifactException\">There is no valid artifact; the message names the command that makes one.</exception>");
        using (writer.Begin($"public {name}(int threads)"))
        {
            ThreadsEmitter.EmitCheck(writer);
            writer.Line("_packed = s_packed.Value;");
            ThreadsEmitter.EmitShare(writer);
        }

        writer.Line();
        writer.Line("/// <summary>A model with weights given at run time, packed for the processor at hand.</summary>");
        writer.Line("/// <param name=\"weights\">Weights of this model.</param>");
        writer.Line("/// <param name=\"tier\">The instruction tier to run on; the best that the processor has unless said.</param>");
        ThreadsEmitter.EmitParameterText(writer);
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">The weights are those of another model.</exception>");
        writer.Line("/// <exception cref=\"global::System.PlatformNotSupportedException\">The processor lacks the tier.</exception>");
        using (writer.Begin($"public {name}({Runtime}ModelWeights weights, {Runtime}InstructionTier? tier = null, {ThreadsEmitter.Parameter})"))
        {
            ThreadsEmitter.EmitCheck(writer);
            writer.Line($"{Runtime}Kernels.Arguments.CheckModel(Description, weights);");
            writer.Line($"_packed = {body.Pack("weights", $"{Runtime}InstructionTiers.Resolve(tier)")};");
            ThreadsEmitter.EmitShare(writer);
        }

        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line($"public static {name} Create({Runtime}ModelWeights weights, {Runtime}InstructionTier? tier = null, {ThreadsEmitter.Parameter}) => new {name}(weights, tier, threads);");
        writer.Line();
        writer.Line("/// <summary>The instruction tier that this instance runs on.</summary>");
        writer.Line($"public {Runtime}InstructionTier Tier => _packed.Tier;");
        ThreadsEmitter.EmitProperty(writer);
    }
}
