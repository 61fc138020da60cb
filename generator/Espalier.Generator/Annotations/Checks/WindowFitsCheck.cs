namespace Espalier.Generator.Annotations.Checks;

/// <summary>A window fits the image around which it moves, padding included.</summary>
internal sealed class WindowFitsCheck() : GraphCheck(GraphFaultKind.Window);
