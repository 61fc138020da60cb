using Microsoft.ML.OnnxRuntime;

namespace Benchmarks.Onnx;

/// <summary>A network in ONNX Runtime at its best: all optimisations, one thread unless said, inputs and outputs bound once.</summary>
internal sealed class OnnxPeer : IDisposable
{
    private readonly InferenceSession _session;
    private readonly OrtIoBinding _binding;
    private readonly RunOptions _run = new();
    private readonly OrtValue _input;
    private readonly OrtValue _output;

    private OnnxPeer(byte[] model, float[] inputs, float[] outputs, int batch, int threads, long[]? shape)
    {
        using var options = new SessionOptions
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        _session = new InferenceSession(model, options);
        Outputs = outputs;
        _input = OrtValue.CreateTensorValueFromMemory(inputs, shape ?? [batch, inputs.Length / batch]);
        _output = OrtValue.CreateTensorValueFromMemory(outputs, [batch, outputs.Length / batch]);
        _binding = _session.CreateIoBinding();
        _binding.BindInput(OnnxGraph.Input, _input);
        _binding.BindOutput(OnnxGraph.Output, _output);
    }

    /// <summary>Where <see cref="Predict"/> writes.</summary>
    public float[] Outputs { get; }

    /// <summary>A session for a model; null, with a line for people, where ONNX Runtime cannot run it.</summary>
    /// <param name="subject">The name for people.</param>
    /// <param name="model">The model.</param>
    /// <param name="inputs">What enters, kept by reference.</param>
    /// <param name="outputs">Numbers that leave for each sample.</param>
    /// <param name="batch">Samples.</param>
    /// <param name="threads">Threads of one call.</param>
    /// <param name="shape">The shape of what enters; samples × numbers unless said.</param>
    public static OnnxPeer? TryCreate(string subject, byte[] model, float[] inputs, int outputs, int batch, int threads = 1, long[]? shape = null)
    {
        try
        {
            return new OnnxPeer(model, inputs, new float[batch * outputs], batch, threads, shape);
        }
        catch (Exception error) when (error is TypeInitializationException or DllNotFoundException or EntryPointNotFoundException or BadImageFormatException or OnnxRuntimeException)
        {
            // A library that is not found names every folder on further lines.
            Console.Error.WriteLine($"{subject} is missing: {(error.InnerException ?? error).Message.Split('\n')[0]}");
            return null;
        }
    }

    public void Predict() => _session.RunWithBinding(_run, _binding);

    public void Dispose()
    {
        _binding.Dispose();
        _input.Dispose();
        _output.Dispose();
        _run.Dispose();
        _session.Dispose();
    }
}
