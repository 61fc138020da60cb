namespace Espalier.Planning;

/// <summary>Activations, with the values of the runtime's public <c>Activation</c>; a test holds the two together.</summary>
internal enum ActivationKind
{
    None = 0,
    Relu = 1,
    Sigmoid = 2,
    Tanh = 3,
    Softmax = 4,
}
