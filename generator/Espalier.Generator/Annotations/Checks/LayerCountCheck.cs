namespace Espalier.Generator.Annotations.Checks;

/// <summary>A model has no more layers than its parts can reasonably come to: repeats of repeats multiply.</summary>
internal sealed class LayerCountCheck() : GraphCheck(GraphFaultKind.TooMany);
