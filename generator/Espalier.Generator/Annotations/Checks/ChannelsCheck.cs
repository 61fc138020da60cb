namespace Espalier.Generator.Annotations.Checks;

/// <summary>A convolution takes as many channels as the layer before it gives.</summary>
internal sealed class ChannelsCheck() : GraphCheck(GraphFaultKind.Channels);
