using System;

namespace Espalier;

/// <summary>Weight sharing: a layer stores a few centroids and, for each weight, the index of one.</summary>
/// <param name="clusters">The number of centroids, the reserved zero included: 2 to 256. Powers of two waste no index bit.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class CodebookAttribute(int clusters) : Attribute
{
    /// <summary>The number of centroids, the reserved zero included.</summary>
    public int Clusters { get; } = clusters;

    /// <summary>The precision of the centroids. That of the weights unless set, Fp16 for layers that compute in fp32.</summary>
    public Precision CentroidPrecision { get; set; }
}
