using Espalier.Generator.Emit;
using Espalier.Planning;
using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Pipeline;

/// <summary>Steps from targets to text, and from text to the compilation.</summary>
internal static class EmitSteps
{
    public static IncrementalValuesProvider<GeneratedFile> EmitLayers(this IncrementalValuesProvider<LayerTarget> layers) =>
        layers.Select(static (layer, _) => LayerEmitter.Emit(layer)).WithTrackingName(TrackingNames.LayerFiles);

    public static IncrementalValuesProvider<GeneratedFile> EmitModels(this IncrementalValuesProvider<ModelTarget> models) =>
        models.Select(static (model, _) => ModelEmitter.Emit(model)).WithTrackingName(TrackingNames.ModelFiles);

    public static IncrementalValuesProvider<GeneratedFile> EmitKernels(this IncrementalValuesProvider<LayerPlan> kernels, IncrementalValueProvider<bool> wideVnni) =>
        kernels.Combine(wideVnni).Select(static (pair, _) => KernelEmitter.Emit(pair.Left, pair.Right)).WithTrackingName(TrackingNames.KernelFiles);

    public static void AddToCompilation(this IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<GeneratedFile> files) =>
        context.RegisterSourceOutput(files, static (output, file) =>
        {
            if (file.Text.Length > 0)
            {
                output.AddSource(file.HintName, file.Text);
            }
        });
}
