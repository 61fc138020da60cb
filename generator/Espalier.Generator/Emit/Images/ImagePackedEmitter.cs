using System.Globalization;
using System.Linq;
using Espalier.Planning;

namespace Espalier.Generator.Emit.Images;

/// <summary>Writes the class that holds a network's packed layers and steps, and runs them over one block of memory.</summary>
internal sealed class ImagePackedEmitter
{
    private readonly ModelTarget _target;
    private readonly ImagePlan _plan;
    private readonly StepText _text;

    public ImagePackedEmitter(ModelTarget target, ImagePlan plan)
    {
        (_target, _plan) = (target, plan);
        _text = new StepText(target, plan);
    }

    public void Emit(IndentedWriter writer)
    {
        writer.Line();
        writer.Line("/// <summary>Weights laid out for one tier: immutable, shared between instances and threads.</summary>");
        using (writer.Begin($"private sealed class Packed : {ImageNames.Kernels}PackedImages"))
        {
            EmitMemory(writer);
            writer.Line();
            for (var step = 0; step < _plan.Steps.Count; step++)
            {
                if (_text.Field(step) is { } field)
                {
                    writer.Line($"private readonly {field};");
                }
            }

            writer.Line($"private readonly {ImageNames.Kernels}ImageMap _result;");
            writer.Line();
            EmitConstructor(writer);
            writer.Line();
            writer.Line($"public {ImageNames.Runtime}InstructionTier Tier {{ get; }}");
            _text.Threads.EmitShare(writer);
            foreach (var type in new[] { "float", "byte" })
            {
                writer.Line();
                using (writer.Begin($"protected override void Predict(ref byte scratch, global::System.ReadOnlySpan<{type}> input, global::System.Span<float> output, {ImageNames.Kernels}ThreadedLayers? threaded)"))
                {
                    writer.Line("_step0.Run(input, ref scratch);");
                    writer.Line("Run(ref scratch, output, threaded);");
                }
            }

            EmitRun(writer);
        }
    }

    private void EmitMemory(IndentedWriter writer)
    {
        writer.Line("// Where everything lies in the block, in bytes. What is over makes room for what comes.");
        for (var i = 0; i < _plan.Tensors.Count; i++)
        {
            var tensor = _plan.Tensors[i];
            var users = Enumerable.Range(0, _plan.Steps.Count).Where(step => _plan.Steps[step].Output == i || _plan.Steps[step].Inputs.Contains(i)).ToArray();
            var place = tensor.Holder == i ? "" : $", inside {ImageNames.Map(tensor.Holder)} from channel {tensor.Channel} on";
            writer.Line(string.Format(
                CultureInfo.InvariantCulture,
                "private const int {0} = {1}; // {2} {3}, {4:N0} bytes{5}, steps {6} to {7}",
                ImageNames.Map(i),
                tensor.Offset,
                tensor.Shape,
                ImageNames.Form(tensor),
                tensor.Bytes,
                place,
                users[0],
                users[users.Length - 1]));
        }

        for (var step = 0; step < _plan.Steps.Count; step++)
        {
            if (_plan.Steps[step].ScratchBytes > 0)
            {
                writer.Line(string.Format(CultureInfo.InvariantCulture, "private const int Scratch{0} = {1}; // {2:N0} bytes for step {0}", step, _plan.Steps[step].ScratchOffset, _plan.Steps[step].ScratchBytes));
            }
        }
    }

    private void EmitConstructor(IndentedWriter writer)
    {
        writer.Line($"public Packed({ImageNames.Runtime}ModelWeights weights, {ImageNames.Runtime}InstructionTier tier)");
        writer.Line("    : base(ScratchBytes, Inputs, Outputs)");
        using (writer.Begin())
        {
            writer.Line("Tier = tier;");
            for (var step = 0; step < _plan.Steps.Count; step++)
            {
                if (_text.Construction(step) is { } statement)
                {
                    writer.Line(statement);
                }
            }

            writer.Line($"_result = {_text.Map(_plan.Steps[_plan.Steps.Count - 1].Output)};");
        }
    }

    private void EmitRun(IndentedWriter writer)
    {
        writer.Line();
        using (writer.Begin($"private void Run(ref byte scratch, global::System.Span<float> output, {ImageNames.Kernels}ThreadedLayers? threaded)"))
        {
            for (var step = 1; step < _plan.Steps.Count; step++)
            {
                writer.Line($"// {step}. {_text.Comment(step)}");
                _text.EmitRun(writer, step);
                writer.Line();
            }

            if (_plan.Result.OrderOf is >= 0 and var layer)
            {
                writer.Line($"{_text.Packed(layer)}.Unpack(ref global::System.Runtime.CompilerServices.Unsafe.As<byte, float>(ref {ImageNames.At(ImageNames.Map(_plan.Steps[_plan.Steps.Count - 1].Output))}), output);");
            }
            else
            {
                writer.Line($"{ImageNames.Kernels}ImageExit.Run(_result, ref scratch, output);");
            }
        }
    }
}
