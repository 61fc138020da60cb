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

    /// <summary>Among which weights a layer's smallest are looked for. Unstructured unless set.</summary>
    public SparsityStructure Structure { get; set; } = SparsityStructure.Unstructured;

    /// <summary>
    /// Inputs of a group where <see cref="Structure"/> is <see cref="SparsityStructure.Grouped"/>, 2 or more: M of N:M. It divides the layer's
    /// inputs, and N = (1 - sparsity) · M is whole. 4 unless set, so that <c>[Prune(0.5, Structure = SparsityStructure.Grouped)]</c> is 2:4.
    /// </summary>
    public int GroupSize { get; set; } = 4;
}

/// <summary>How sparsity rises while training.</summary>
public enum PruningSchedule
{
    /// <summary>Along a cubic curve, with retraining in between (Zhu and Gupta, 2017).</summary>
    Gradual = 0,

    /// <summary>All at once, followed by retraining (Han et al., 2015).</summary>
    OneShot = 1,
}

/// <summary>Among which weights the smallest are looked for.</summary>
public enum SparsityStructure
{
    /// <summary>Each weight by itself.</summary>
    Unstructured = 0,

    /// <summary>N:M: of every M inputs that follow each other, an output keeps its N largest weights (Mishra et al., 2021). Every output ends with as many.</summary>
    Grouped = 1,
}
