namespace Espalier.Generator.Annotations.Checks;

/// <summary>The body of a residual block gives the shape that is added to it.</summary>
internal sealed class SumCheck() : GraphCheck(GraphFaultKind.Sum);
