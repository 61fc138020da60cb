using System;

namespace Espalier;

/// <summary>The base of the attributes that name a layer's activation; a layer has one at most.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public abstract class ActivationAttribute : Attribute;

/// <summary>Negative results become 0.</summary>
public sealed class ReluAttribute : ActivationAttribute;

/// <summary>The logistic function, 1 / (1 + e⁻ˣ).</summary>
public sealed class SigmoidAttribute : ActivationAttribute;

/// <summary>The hyperbolic tangent.</summary>
public sealed class TanhAttribute : ActivationAttribute;

/// <summary>Results become probabilities that add up to 1; for the last layer.</summary>
public sealed class SoftmaxAttribute : ActivationAttribute;
