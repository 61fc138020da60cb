using System;

namespace Espalier;

/// <summary>The runtime's own dense fp32 path.</summary>
public sealed class ReferenceNetwork : IPredictor
{
    /// <inheritdoc/>
    public void Predict(ReadOnlySpan<float> input, Span<float> output) => throw new NotSupportedException();
}
