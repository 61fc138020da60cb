extern alias generator;

using System.Reflection;
using System.Runtime.Loader;
using Espalier.Integration.Tests.Compilations;
using Espalier.Kernels;
using generator::Espalier.Generator.Emit;
using generator::Espalier.Planning;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Espalier.Integration.Tests.Kernels;

/// <summary>Emits kernels of chosen layouts and tiers, whatever the planner would have preferred, and compiles them in memory.</summary>
internal static class KernelCompiler
{
    public delegate PackedLayer Packer(LayerWeights weights, InstructionTier tier, ReadOnlyMemory<int> inputs);

    public delegate void Runner(PackedLayer layer, ref byte input, ref byte output);

    public delegate BatchStage Batcher(PackedLayer layer, LayerWeights weights, ReadOnlyMemory<int> inputs);

    public static IReadOnlyList<(KernelRequest Request, Packer Pack, Runner Run, Batcher Batch)> Compile(IEnumerable<KernelRequest> requests, bool wideVnni = false)
    {
        var named = requests.Select(request => (Request: request, Key: KernelEmitter.Key(PlanOf(request)))).ToArray();
        var texts = named.Select(pair => pair.Key).Distinct().Select(key => KernelEmitter.Emit(key, wideVnni).Text);
        var assembly = Load(wideVnni ? texts.Append(WideVnni.Source) : texts);
        return [.. named.Select(pair =>
        {
            var type = assembly.GetType("Espalier.Generated." + KernelName.Of(pair.Key), throwOnError: true)!;
            return (pair.Request, type.GetMethod("Pack")!.CreateDelegate<Packer>(), type.GetMethod("Run")!.CreateDelegate<Runner>(), type.GetMethod("Batch")!.CreateDelegate<Batcher>());
        })];
    }

    /// <summary>Compiles sources together, with every warning an error.</summary>
    public static Assembly Load(IEnumerable<string> sources)
    {
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable, warningLevel: 9999)
            .WithGeneralDiagnosticOption(ReportDiagnostic.Error);
        using var image = new MemoryStream();
        var result = CSharpCompilation.Create("Kernels" + Guid.NewGuid().ToString("N"), sources.Select(source => CSharpSyntaxTree.ParseText(source)), RunningReferences.All, options).Emit(image);
        if (!result.Success)
        {
            throw new InvalidOperationException(string.Join(Environment.NewLine, result.Diagnostics.Take(20)));
        }

        image.Position = 0;
        return new AssemblyLoadContext(null, isCollectible: false).LoadFromStream(image);
    }

    /// <summary>The same class's stage for samples that are too few for a block.</summary>
    public static BatchStage Few(Runner run, PackedLayer layer) => (BatchStage)run.Method.DeclaringType!.GetMethod("Few")!.Invoke(null, [layer])!;

    private static LayerPlan PlanOf(KernelRequest request)
    {
        var integer = !request.IsFloat;
        var format = (NumberFormat)request.Weights;
        var definition = new LayerDefinition(
            "Dense",
            new[] { request.Inputs, request.Outputs }.ToEquatableArray(),
            request.Inputs,
            request.Outputs,
            true,
            (ActivationKind)request.Activation,
            integer ? QuantizeDefinition.Resolve(true, format, (NumberFormat)request.InputGrid, null, null, null, null, null, null, request.Clusters > 0) : QuantizeDefinition.Resolve(true, format, NumberFormat.Fp32, null, null, null, null, null, null, false),
            request.Description.Pruning is null ? null : new PruneDefinition(0.7, true),
            request.Clusters > 0 ? new CodebookDefinition(request.Clusters, format) : null);
        var facts = new LayerFacts(definition, !request.Codes ? EdgeForm.Floats : request.WideCodes ? EdgeForm.Planes : EdgeForm.Codes, null);
        var candidates = KernelLayouts.Find(request.Layout).Candidates(facts, (Tier)request.Tier).ToArray();
        var kernel = candidates[request.Variant % candidates.Length];

        // Kernels that add nothing in 16 bits, or only what always fits, have no other depth.
        var depth = kernel.Depth == 0 || kernel.PairSteps == 1 ? kernel.Depth : request.Depth;
        return new LayerPlan(facts, new[] { kernel with { Depth = depth } }.ToEquatableArray());
    }
}
