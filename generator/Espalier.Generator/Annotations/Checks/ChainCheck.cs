namespace Espalier.Generator.Annotations.Checks;

/// <summary>Each layer takes as many numbers as the one before it gives.</summary>
internal sealed class ChainCheck() : GraphCheck(GraphFaultKind.Numbers);
