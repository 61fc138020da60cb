using System;

namespace Espalier;

/// <summary>The base of the attributes that make a partial class a layer.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public abstract class LayerAttribute : Attribute;
