using System.Reflection;

namespace Espalier.Integration.Tests.Kernels;

/// <summary>Reaches <c>PredictBatch</c> of generated classes, which no interface has.</summary>
internal sealed class BatchPredictor
{
    private readonly Floats _floats;
    private readonly Bytes _bytes;

    public BatchPredictor(IPredictor model)
    {
        _floats = Method<Floats>(model, typeof(ReadOnlySpan<float>));
        _bytes = Method<Bytes>(model, typeof(ReadOnlySpan<byte>));
    }

    private delegate void Floats(ReadOnlySpan<float> inputs, Span<float> outputs);

    private delegate void Bytes(ReadOnlySpan<byte> inputs, Span<float> outputs);

    public void Predict(float[] inputs, float[] outputs) => _floats(inputs, outputs);

    public void Predict(byte[] inputs, float[] outputs) => _bytes(inputs, outputs);

    private static T Method<T>(IPredictor model, Type inputs)
        where T : Delegate =>
        model.GetType().GetMethod("PredictBatch", BindingFlags.Instance | BindingFlags.Public, [inputs, typeof(Span<float>)])!.CreateDelegate<T>(model);
}
