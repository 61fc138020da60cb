using Benchmarks.Models;
using Benchmarks.Onnx;
using Espalier.Samples;

namespace Benchmarks.Timing;

/// <summary>
/// One case: the same inputs for several subjects, which are timed in turn. The first one added is right by definition; a network in
/// ONNX Runtime that gives other answers would be the wrong network, so it is turned away.
/// </summary>
internal sealed class Contest(int inputs, int outputs, int batch) : IDisposable
{
    private readonly float[] _inputs = SyntheticWeights.Inputs(batch * inputs);
    private readonly List<(string Subject, Action Run)> _subjects = [];
    private readonly List<OnnxPeer> _peers = [];
    private float[]? _expected;

    public void Add(string subject, CompiledModel model)
    {
        var answers = new float[batch * outputs];
        var predict = batch == 1 ? model.One : model.Batch;
        Action run = () => predict(_inputs, answers);
        run();
        _expected ??= [.. answers];
        _subjects.Add((subject, run));
    }

    /// <param name="subject">Its name.</param>
    /// <param name="model">The ONNX model.</param>
    /// <param name="similarity">The cosine between its answers and the first subject's, at least.</param>
    public void AddOnnx(string subject, byte[] model, double similarity)
    {
        if (OnnxPeer.TryCreate(subject, model, _inputs, outputs, batch) is not { } peer)
        {
            return;
        }

        _peers.Add(peer);
        peer.Predict();
        var cosine = Cosine(peer.Outputs, _expected!);
        if (!(cosine >= similarity))
        {
            throw new InvalidOperationException($"{subject} gives other answers (cosine {cosine:0.0000}, at least {similarity} expected): the comparison would mean nothing.");
        }

        _subjects.Add((subject, peer.Predict));
    }

    /// <summary>Microseconds of one call by subject. Subjects that cannot run are not in it; <c>ort-int8</c> is the faster of its forms.</summary>
    public IReadOnlyDictionary<string, double> Micros(int rounds)
    {
        var load = new ForeignLoad();
        var times = SideBySide.Micros([.. _subjects.Select(subject => subject.Run)], rounds, secondsForAll: 12);
        load.Warn();
        var micros = _subjects.Select((subject, i) => (subject.Subject, times[i])).ToDictionary();
        var int8 = micros.Where(entry => entry.Key is Subjects.OrtStaticInt8 or Subjects.OrtDynamicInt8).Select(entry => entry.Value).ToArray();
        if (int8.Length > 0)
        {
            micros[Subjects.OrtInt8] = int8.Min();
        }

        return micros;
    }

    public void Dispose() => _peers.ForEach(peer => peer.Dispose());

    private static double Cosine(float[] left, float[] right)
    {
        double product = 0, leftSquare = 0, rightSquare = 0;
        for (var i = 0; i < left.Length; i++)
        {
            product += (double)left[i] * right[i];
            leftSquare += (double)left[i] * left[i];
            rightSquare += (double)right[i] * right[i];
        }

        return product / Math.Sqrt(leftSquare * rightSquare);
    }
}
