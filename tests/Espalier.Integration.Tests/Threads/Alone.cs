using Xunit;

namespace Espalier.Integration.Tests.Threads;

/// <summary>
/// Tests that ask what the whole process does: they run when all others have ended. A caller that finds the shared pool busy works alone, so
/// whether it was used says something only while nobody else has it.
/// </summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
