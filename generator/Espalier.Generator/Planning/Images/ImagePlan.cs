using System.Collections.Generic;
using System.Linq;

namespace Espalier.Planning;

/// <summary>How a network of images runs: its steps in order, what passes between them, and one block of memory that holds it all.</summary>
/// <param name="Steps">The steps, in order.</param>
/// <param name="Tensors">What passes between them.</param>
/// <param name="Memory">The block.</param>
internal sealed record ImagePlan(IReadOnlyList<ImageStep> Steps, IReadOnlyList<ImageTensor> Tensors, MemoryPlan Memory)
{
    /// <summary>Behind the last byte of a tensor, as kernels may read as far as that: what they read there takes no part.</summary>
    public const int Slack = 64;

    /// <summary>The tensor that leaves.</summary>
    public ImageTensor Result => Tensors[Steps[Steps.Count - 1].Output];

    /// <summary>Bytes that a prediction needs beyond the weights.</summary>
    public int ScratchBytes => Memory.Size;

    /// <summary>Bytes that an instance with several threads needs besides, for each of them.</summary>
    public int ThreadBytes => Steps.Max(step => step.ThreadBytes);
}
