using Espalier.Planning;

namespace Espalier.Generator.Annotations;

/// <summary>A class with a layer attribute, as values.</summary>
internal sealed record LayerAnnotation(TypeIdentity Type, LayerDefinition Definition);
