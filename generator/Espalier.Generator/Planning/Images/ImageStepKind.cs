namespace Espalier.Planning;

/// <summary>What a step of a network of images does.</summary>
internal enum ImageStepKind
{
    /// <summary>Raw inputs become the first image.</summary>
    Enter,

    /// <summary>Floats become codes on the grid of the layer that takes them.</summary>
    Encode,

    /// <summary>An image moves to a place of another stride.</summary>
    Copy,

    /// <summary>A convolution, with an addition where one is fused.</summary>
    Convolution,

    /// <summary>A fully connected layer.</summary>
    Dense,

    /// <summary>The outputs of a fully connected layer go back into their own order.</summary>
    Unpack,

    /// <summary>The largest of each window.</summary>
    MaxPool,

    /// <summary>The mean of each window, or of the whole image.</summary>
    AveragePool,

    /// <summary>Local response normalisation.</summary>
    ResponseNorm,

    /// <summary>A sum that no convolution takes along.</summary>
    Add,

    /// <summary>An activation that no kernel takes along, in place.</summary>
    Activate,
}
