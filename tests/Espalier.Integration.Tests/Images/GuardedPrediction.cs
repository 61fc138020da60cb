using System.Reflection;
using Espalier.Kernels;
using Xunit;

namespace Espalier.Integration.Tests.Images;

/// <summary>A prediction in a block of exactly the planned bytes, with guards before and behind: what a network needs beyond its weights is what its plan says.</summary>
internal static class GuardedPrediction
{
    private const int Guard = 4096;
    private const byte Pattern = 0xA5;

    private delegate void Prediction(ref byte scratch, ReadOnlySpan<float> input, Span<float> output, ThreadedLayers? threaded);

    /// <param name="predictor">The generated network of images.</param>
    /// <param name="scratchBytes">What its plan says.</param>
    /// <param name="input">A sample.</param>
    /// <param name="expected">What it predicts elsewhere.</param>
    /// <param name="what">The network, for messages.</param>
    public static void Check(IPredictor predictor, int scratchBytes, float[] input, float[] expected, string what)
    {
        var packed = predictor.GetType().GetField("_packed", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(predictor)!;
        var predict = packed.GetType().GetMethods(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)
            .First(method => method.Name == "Predict" && method.GetParameters() is [var first, var second, ..] && first.ParameterType == typeof(byte).MakeByRefType() && second.ParameterType == typeof(ReadOnlySpan<float>))
            .CreateDelegate<Prediction>(packed);
        var block = new AlignedMemory(scratchBytes + (2 * Guard));
        block.Bytes.Fill(Pattern);
        var output = new float[expected.Length];
        predict(ref block.Bytes[Guard], input, output, null);
        Assert.Equal(expected, output);
        Assert.True(
            !block.Bytes[..Guard].ContainsAnyExcept(Pattern) && !block.Bytes[(Guard + scratchBytes)..].ContainsAnyExcept(Pattern),
            $"{what}: wrote beyond the {scratchBytes} bytes of its plan");
    }
}
