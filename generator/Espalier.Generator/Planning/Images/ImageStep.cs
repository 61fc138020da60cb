using System;

namespace Espalier.Planning;

/// <summary>One step of a network of images.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Layer">The layer that it belongs to; −1 for what brings the inputs in.</param>
/// <param name="Inputs">The tensors that it reads.</param>
/// <param name="Output">The tensor that it writes.</param>
internal sealed record ImageStep(ImageStepKind Kind, int Layer, EquatableArray<int> Inputs, int Output)
{
    /// <summary>The addition that a convolution takes along; −1 where there is none.</summary>
    public int Addition { get; init; } = -1;

    /// <summary>The tensor that is added to a convolution's sums; −1 where none is.</summary>
    public int Added { get; init; } = -1;

    /// <summary>Bytes of scratch that the step needs for itself.</summary>
    public int ScratchBytes { get; init; }

    /// <summary>Bytes of scratch besides, for each thread of an instance that runs on several.</summary>
    public int ThreadBytes { get; init; }

    /// <summary>Where that scratch lies in the network's block of memory.</summary>
    public int ScratchOffset { get; init; }

    /// <summary>Numbers after each pixel's channels that a copy sets to 0.</summary>
    public int Cleared { get; init; }

    /// <summary>The activation that the step applies last.</summary>
    public ActivationKind Activation { get; init; }
}
