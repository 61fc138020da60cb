namespace Espalier.Generator.Annotations.Checks;

/// <summary>What passes between two layers fits an array.</summary>
internal sealed class TensorSizeCheck() : GraphCheck(GraphFaultKind.TooLarge);
