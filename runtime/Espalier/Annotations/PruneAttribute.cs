using System;

namespace Espalier;

/// <summary>Removes the smallest weights of a layer while training.</summary>
/// <param name="sparsity">The share of weights to remove, in [0, 1): 0.9 keeps one weight in ten.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class PruneAttribute(double sparsity) : Attribute
{
    /// <summary>The share of weights to remove, in [0, 1).</summary>
    public double Sparsity { get; } = sparsity;

    /// <summary>How sparsity rises while training. Gradual unless set.</summary>
    public PruningSchedule Schedule { get; set; } = PruningSchedule.Gradual;

    /// <summary>Which weights may go together. Unstructured unless set.</summary>
    public SparsityStructure Structure { get; set; } = SparsityStructure.Unstructured;
}

/// <summary>How sparsity rises while training.</summary>
public enum PruningSchedule
{
    /// <summary>Along a cubic curve, with retraining in between (Zhu and Gupta, 2017).</summary>
    Gradual = 0,

    /// <summary>All at once, followed by retraining (Han et al., 2015).</summary>
    OneShot = 1,
}

/// <summary>Which weights may be removed together.</summary>
public enum SparsityStructure
{
    /// <summary>Each weight by itself.</summary>
    Unstructured = 0,
}
