namespace Espalier.Generator.Annotations.Checks;

/// <summary>A block that stands several times in a row gives the shape that it takes.</summary>
internal sealed class RepeatedBlockCheck() : GraphCheck(GraphFaultKind.Repeat);
