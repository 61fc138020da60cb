namespace Espalier.Generator.Annotations.Checks;

/// <summary>Dropout follows a layer, and one whose results no other branch takes.</summary>
internal sealed class DropoutPlaceCheck() : GraphCheck(GraphFaultKind.Dropout);
