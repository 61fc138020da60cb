using System;

namespace Espalier.Coding;

/// <summary>Coded bytes that nobody wrote: cut short or changed. Never leaves the runtime; it becomes an <see cref="ArtifactException"/>.</summary>
internal sealed class CodingException(string message) : Exception(message);
