namespace Zoo.Running;

/// <summary>In which form a network of the zoo runs.</summary>
internal enum VariantForm
{
    /// <summary>As it is declared.</summary>
    Fp32,

    /// <summary>Every layer with weights computes in integers of eight bits.</summary>
    Int8,

    /// <summary>The same, and each layer has lost the share of its weights that <see cref="ZooModel.SparsityOf"/> says.</summary>
    Pruned,
}
