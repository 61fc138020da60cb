namespace Espalier.Generator.Annotations.Checks;

/// <summary>Branches that are joined give images of one size, and are two at least.</summary>
internal sealed class BranchesCheck() : GraphCheck(GraphFaultKind.Branches);
