namespace Espalier.Generator.Annotations.Checks;

/// <summary>No composition contains itself.</summary>
internal sealed class CycleCheck() : GraphCheck(GraphFaultKind.Cycle);
