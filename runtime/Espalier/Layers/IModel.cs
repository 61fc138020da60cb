using System;

namespace Espalier;

/// <summary>Something that maps a vector of inputs to a vector of outputs: every generated model and layer, and the references in the runtime.</summary>
public interface IPredictor
{
    /// <summary>Predicts from raw floats. Thread-safe.</summary>
    /// <param name="input">As many numbers as the model has inputs, in the units of the training data.</param>
    /// <param name="output">As many numbers as the model has outputs.</param>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    void Predict(ReadOnlySpan<float> input, Span<float> output);
}

/// <summary>What the generator makes of a class with <c>[Sequential]</c>.</summary>
/// <typeparam name="TSelf">The model's class.</typeparam>
public interface IModel<TSelf> : IPredictor
    where TSelf : IModel<TSelf>
{
    /// <summary>The whole graph with its precisions.</summary>
    static abstract ModelDescription Description { get; }

    /// <summary>Packs weights given at run time for the processor at hand.</summary>
    /// <param name="weights">Weights of this model.</param>
    /// <param name="tier">The instruction tier to run on; the best that the processor has unless said.</param>
    /// <param name="threads">Threads of one prediction, the caller's among them: 1 unless said.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1.</exception>
    static abstract TSelf Create(ModelWeights weights, InstructionTier? tier = null, int threads = 1);

    /// <summary>Predicts from raw bytes, in the same units as floats. Thread-safe.</summary>
    /// <param name="input">As many bytes as the model has inputs.</param>
    /// <param name="output">As many numbers as the model has outputs.</param>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    void Predict(ReadOnlySpan<byte> input, Span<float> output);
}
