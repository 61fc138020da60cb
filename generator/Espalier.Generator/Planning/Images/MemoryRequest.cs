using System;

namespace Espalier.Planning;

/// <summary>Memory that some steps of a network need.</summary>
/// <param name="Bytes">How much, at least 0.</param>
/// <param name="First">The first step that touches it.</param>
/// <param name="Last">The last step that touches it.</param>
internal readonly record struct MemoryRequest(int Bytes, int First, int Last) : IEquatable<MemoryRequest>
{
    /// <summary>Whether both are needed in some step, so that they must not share a byte.</summary>
    public bool Meets(MemoryRequest other) => First <= other.Last && other.First <= Last;
}
