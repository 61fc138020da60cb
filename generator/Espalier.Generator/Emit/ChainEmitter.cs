using System.Collections.Generic;
using System.Linq;
using Espalier.Generator.Annotations;
using Espalier.Generator.Emit.Batches;
using Espalier.Planning;

namespace Espalier.Generator.Emit;

/// <summary>Writes what layers and models share: a chain of packed layers, and the methods that predict with it. A layer by itself is a chain of one.</summary>
internal sealed class ChainEmitter : IModelBody
{
    private const string Runtime = "global::Espalier.";
    private const string Kernels = "global::Espalier.Kernels.";
    private const string Generated = "global::Espalier.Generated.";

    /// <summary>As <c>Scratch.StackLimit</c> in the runtime: beyond it, scratch comes from a pool.</summary>
    private const int StackLimit = 16 * 1024;

    private readonly string _name;
    private readonly IReadOnlyList<LayerPlan> _plans;
    private readonly EdgeBuffers _buffers;

    public ChainEmitter(TypeIdentity type, IReadOnlyList<LayerPlan> plans)
    {
        _name = type.Name;
        _plans = plans;
        _buffers = EdgeBuffers.Of(plans);
    }

    /// <summary>Whether scratch may hold anything: integers times weights that are 0 stay 0, floats may not.</summary>
    private bool TakesAnyScratch => OnStack && _plans.All(plan => plan.Facts.Input != EdgeForm.Floats);

    private bool OnStack => _buffers.Size + 64 <= StackLimit;

    public string Pack(string weights, string tier) => $"new Packed({weights}.Normalisation, {weights}.Layers, {tier})";

    public void EmitConstants(IndentedWriter writer)
    {
        writer.Line("/// <summary>Numbers that enter.</summary>");
        writer.Line($"public const int Inputs = {_plans[0].Facts.Definition.Inputs};");
        writer.Line();
        writer.Line("/// <summary>Numbers that leave.</summary>");
        writer.Line($"public const int Outputs = {_plans[_plans.Count - 1].Facts.Definition.Outputs};");
    }

    public void EmitPredict(IndentedWriter writer)
    {
        string[] types = ["float", "byte"];
        foreach (var type in types)
        {
            PredictEmitter.EmitPredict(writer, _name, type, "Allocates nothing", () => EmitBody(writer));
        }

        foreach (var type in types)
        {
            PredictEmitter.EmitBatch(
                writer,
                _name,
                type,
                "Predicts for several samples, in blocks that read the weights once, from {0}. Gives the numbers that single predictions give; allocates only the first time.",
                "_packed.Batches.Predict(inputs, outputs, Threads)",
                "// Blocks of samples while there are enough for one; what is left, one after the other.");
        }
    }

    private void EmitBody(IndentedWriter writer)
    {
        if (TakesAnyScratch)
        {
            writer.Line($"_packed.Predict({_buffers.Size}, input, output, _threaded);");
        }
        else if (OnStack)
        {
            writer.Line($"global::System.Span<byte> block = stackalloc byte[{_buffers.Size} + {Kernels}Scratch.Slack];");
            writer.Line($"ref var scratch = ref {Kernels}Scratch.Align(block);");
            writer.Line("_packed.Encode(input, ref scratch);");
            writer.Line("_packed.Run(ref scratch, output, _threaded);");
        }
        else
        {
            writer.Line("// Too much for the stack: the first call at each level of concurrency allocates, none after.");
            PredictEmitter.EmitInRentedBlock(writer, "Encode");
        }
    }

    /// <summary>The class that holds the packed layers and runs them.</summary>
    public void EmitPacked(IndentedWriter writer)
    {
        var first = _plans[0].Facts.Input != EdgeForm.Floats;
        writer.Line();
        writer.Line("/// <summary>Weights laid out for one tier: immutable, shared between instances and threads.</summary>");
        using (writer.Begin($"private sealed class Packed{(TakesAnyScratch ? $" : {Kernels}PackedChain" : "")}"))
        {
            writer.Line($"private readonly {Kernels}{(first ? "InputEncoder" : "InputNormaliser")} _input;");
            for (var i = 0; i < _plans.Count; i++)
            {
                writer.Line($"private readonly {Kernels}PackedLayer _layer{i};");
                if (ReEncodes(i))
                {
                    writer.Line($"private readonly {Kernels}InputEncoder _encoder{i};");
                }
            }

            writer.Line($"private readonly global::System.Lazy<{Kernels}BatchChain> _batches;");
            writer.Line();
            EmitPackedConstructor(writer, first);
            writer.Line();
            writer.Line($"public {Runtime}InstructionTier Tier {{ get; }}");
            writer.Line();
            writer.Line("/// <summary>What runs blocks of samples: made when the first batch comes.</summary>");
            writer.Line($"public {Kernels}BatchChain Batches => _batches.Value;");
            if (!OnStack)
            {
                writer.Line();
                writer.Line($"public {Kernels}ScratchPool Blocks {{ get; }} = new {Kernels}ScratchPool({_buffers.Size});");
            }

            foreach (var type in new[] { "float", "byte" })
            {
                writer.Line();
                writer.Line($"public void Encode(global::System.ReadOnlySpan<{type}> input, ref byte scratch) => _input.Encode(input, ref scratch, Tier);");
                if (TakesAnyScratch)
                {
                    EmitWithScratch(writer, type);
                }
            }

            ThreadsEmitter.EmitParts(writer, _plans.Count, i => Generated + Kernel(i));
            EmitRun(writer);
        }
    }

    private static void EmitWithScratch(IndentedWriter writer, string type)
    {
        writer.Line();
        using (writer.Begin($"protected override void Predict(ref byte scratch, global::System.ReadOnlySpan<{type}> input, global::System.Span<float> output, {Kernels}ThreadedLayers? threaded)"))
        {
            writer.Line("Encode(input, ref scratch);");
            writer.Line("Run(ref scratch, output, threaded);");
        }
    }

    /// <summary>Whether layer i takes codes although the layer before gives floats.</summary>
    private bool ReEncodes(int i) => i > 0 && _plans[i - 1].Facts.Output != _plans[i].Facts.Input;

    private void EmitPackedConstructor(IndentedWriter writer, bool first)
    {
        using (writer.Begin($"public Packed({Runtime}Normalisation normalisation, global::System.Collections.Immutable.ImmutableArray<{Runtime}LayerWeights> weights, {Runtime}InstructionTier tier)"))
        {
            writer.Line("Tier = tier;");
            for (var i = 0; i < _plans.Count; i++)
            {
                var order = i == 0 ? "default" : $"_layer{i - 1}.Positions";
                writer.Line($"_layer{i} = {Generated}{Kernel(i)}.Pack(weights[{i}], tier, {order});");
                if (ReEncodes(i))
                {
                    writer.Line($"_encoder{i} = new {Kernels}InputEncoder({Runtime}Normalisation.None, (({Runtime}IntegerLayerWeights)weights[{i}]).InputGrid);");
                }
            }

            writer.Line(first
                ? $"_input = new {Kernels}InputEncoder(normalisation, (({Runtime}IntegerLayerWeights)weights[0]).InputGrid);"
                : $"_input = new {Kernels}InputNormaliser(normalisation);");
            BatchSteps.Emit(writer, _plans, i => Generated + Kernel(i), SeparateActivation, ReEncodes);
        }
    }

    private void EmitRun(IndentedWriter writer)
    {
        writer.Line();
        using (writer.Begin($"public void Run(ref byte scratch, global::System.Span<float> output, {Kernels}ThreadedLayers? threaded)"))
        {
            for (var i = 0; i < _plans.Count; i++)
            {
                var definition = _plans[i].Facts.Definition;
                if (ReEncodes(i))
                {
                    writer.Line("// Floats become codes on the next layer's grid.");
                    writer.Line($"_encoder{i}.Encode({Floats(_buffers.Outputs[i - 1], definition.Inputs)}, ref {At(_buffers.Inputs[i])}, Tier);");
                }

                var arguments = $"ref {At(_buffers.Inputs[i])}, ref {At(_buffers.Outputs[i])}";
                ThreadsEmitter.EmitRun(writer, i, arguments, $"{Generated}{Kernel(i)}.Run(_layer{i}, {arguments});");
                writer.Line();
                if (i + 1 < _plans.Count && SeparateActivation(i))
                {
                    writer.Line($"{Runtime}Activations.Apply({Runtime}Activation.{definition.Activation}, {Floats(_buffers.Outputs[i], definition.Outputs)});");
                }
            }

            var last = _plans.Count - 1;
            writer.Line($"_layer{last}.Unpack(ref global::System.Runtime.CompilerServices.Unsafe.As<byte, float>(ref {At(_buffers.Outputs[last])}), output);");
            if (SeparateActivation(last))
            {
                writer.Line($"{Runtime}Activations.Apply({Runtime}Activation.{_plans[last].Facts.Definition.Activation}, output);");
            }
        }
    }

    /// <summary>Kernels clamp for ReLU and look codes up; other activations on floats follow in a pass of their own.</summary>
    private bool SeparateActivation(int i) =>
        _plans[i].Facts.Output == EdgeForm.Floats && _plans[i].Facts.Definition.Activation is not (ActivationKind.None or ActivationKind.Relu);

    private string Kernel(int i) => KernelName.Of(KernelEmitter.Key(_plans[i]));

    private static string At(int offset) => offset == 0 ? "scratch" : $"global::System.Runtime.CompilerServices.Unsafe.Add(ref scratch, {offset})";

    private static string Floats(int offset, int count) =>
        $"global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref global::System.Runtime.CompilerServices.Unsafe.As<byte, float>(ref {At(offset)}), {count})";
}
