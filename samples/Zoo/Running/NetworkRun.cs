using Benchmarks.Onnx;
using Espalier;
using Espalier.Kernels;
using Espalier.Samples;

namespace Zoo.Running;

/// <summary>One network in all its forms, ours and ONNX Runtime's, over the same weights and the same image, timed in turn.</summary>
internal sealed class NetworkRun : IDisposable
{
    private const double SecondsForAll = 20;
    private const double MillisecondsOnOne = 4;
    private const double MillisecondsOnThreads = 40;

    private readonly ZooModel _model;
    private readonly RunOptions _options;
    private readonly float[] _image;
    private readonly List<(string Subject, Action Run)> _subjects = [];
    private readonly List<OnnxPeer> _peers = [];
    private readonly Dictionary<string, double> _deviations = [];
    private readonly Dictionary<string, double> _scratch = [];
    private float[]? _expected;

    public NetworkRun(ZooModel model, RunOptions options)
    {
        (_model, _options) = (model, options);
        _image = SeededWeights.Image(model.Description);
        var floats = SeededWeights.For(model.Description);
        var ranges = new Ranges(floats, _image);
        AddPeers("ort-fp32", OnnxForms.Fp32(floats));
        AddOurs("espalier-fp32", VariantCompiler.Compile(model, VariantForm.Fp32), variant => Rebase(floats, variant.Description));

        var int8 = VariantCompiler.Compile(model, VariantForm.Int8);
        var integers = IntegerNetwork.Of(int8.Description, floats, ranges);
        AddOurs("espalier-int8", int8, _ => integers);
        AddPeers("ort-int8", OnnxForms.Int8(integers, ranges));

        var sparse = SeededWeights.For(model.Description, model.SparsityOf);
        var sparseRanges = new Ranges(sparse, _image);
        AddOurs("espalier-pruned", VariantCompiler.Compile(model, VariantForm.Pruned), variant => IntegerNetwork.Of(variant.Description, sparse, sparseRanges), compares: false);
    }

    /// <summary>Times everything.</summary>
    public RunResult Measure()
    {
        // Beside other threads: several calls, as one alone would also time how threads wake up, and none while those of others still spin.
        var several = _options.Threads.Any(threads => threads > 1);
        var times = SideBySide.Micros(
            [.. _subjects.Select(subject => subject.Run)],
            _options.Rounds,
            several ? MillisecondsOnThreads : MillisecondsOnOne,
            secondsForAll: SecondsForAll,
            before: several ? QuietProcess.Await : null);
        return new RunResult(_model, _subjects.Select((subject, i) => (subject.Subject, times[i])).ToDictionary(), _deviations, _scratch);
    }

    public void Dispose() => _peers.ForEach(peer => peer.Dispose());

    /// <summary>The same weights under a description that was compiled anew.</summary>
    private static ModelWeights Rebase(ModelWeights weights, ModelDescription model) => new(model, weights.Normalisation, weights.Layers);

    private void AddPeers(string subject, byte[] onnx)
    {
        foreach (var threads in _options.Threads)
        {
            var shape = _model.Description.InputShape;
            if (OnnxPeer.TryCreate(subject, onnx, _image, _model.Description.Outputs, 1, threads, [1, shape.Channels, shape.Height, shape.Width]) is not { } peer)
            {
                return;
            }

            _peers.Add(peer);
            peer.Predict();
            _expected ??= [.. peer.Outputs];
            Deviate(subject, threads, peer.Outputs);
            _subjects.Add((On(subject, threads), peer.Predict));
        }
    }

    private void AddOurs(string subject, CompiledVariant variant, Func<CompiledVariant, ModelWeights> weightsOf, bool compares = true)
    {
        var weights = weightsOf(variant);
        foreach (var threads in _options.Threads)
        {
            var predictor = variant.Create(weights, threads);
            var output = new float[variant.Description.Outputs];
            predictor.Predict(_image, output);
            if (compares)
            {
                Deviate(subject, threads, output);
            }

            _subjects.Add((On(subject, threads), () => predictor.Predict(_image, output)));
            if (threads == _options.Threads[0] && _options.Check && weights.Layers.Any(layer => layer is IntegerLayerWeights))
            {
                Check(subject, weights, output);
            }
        }

        if (variant.ScratchBytes is { } bytes)
        {
            _scratch[subject] = bytes;
        }
    }

    private void Deviate(string subject, int threads, float[] output)
    {
        if (_expected is not null && !ReferenceEquals(output, _expected))
        {
            _deviations[On(subject, threads)] = Deviation.Relative(output, _expected);
        }
    }

    private void Check(string subject, ModelWeights weights, float[] output)
    {
        var expected = new float[output.Length];
        new Simulation(weights).Predict(_image, expected);
        for (var i = 0; i < output.Length; i++)
        {
            if (BitConverter.SingleToInt32Bits(expected[i]) != BitConverter.SingleToInt32Bits(output[i]))
            {
                throw new InvalidOperationException($"{_model.Title}, {subject}: output {i} is {output[i]:R}, but {expected[i]:R} in the simulation. They should agree bit for bit.");
            }
        }

        Console.WriteLine($"{_model.Title}, {subject}: {output.Length} outputs are those of the simulation, bit for bit.");
    }

    private static string On(string subject, int threads) => threads == 1 ? subject : $"{subject}-{threads}threads";
}
