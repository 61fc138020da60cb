using Espalier;

namespace Benchmarks.Operations;

/// <summary>One step of training LeNet-300-100 on one batch, cut into its three operations; each can be timed alone, over and over.</summary>
/// <param name="name">The subject in tables.</param>
internal abstract class TrainingStep(string name)
{
    public string Name { get; } = name;

    /// <summary>Whether its gradients are those of the whole network.</summary>
    public virtual bool IsComparable => true;

    /// <summary>Whether it has gradients and updates.</summary>
    public virtual bool Trains => true;

    /// <summary>Scores of the batch.</summary>
    public abstract void Forward();

    /// <summary>The gradient of the loss with respect to the scores: the same scalar code in every form, so it is timed in none.</summary>
    public abstract void Loss();

    /// <summary>Gradients of all weights and of the activations between layers; the forward pass has run.</summary>
    public abstract void Gradients();

    /// <summary>Momentum and update of all weights; gradients are there.</summary>
    public abstract void Update();

    /// <summary>What the three operations touch and compute.</summary>
    public abstract OperationCosts Costs { get; }

    /// <summary>Gradients of the weights of a layer as numbers, by input, then output: a kernel that is fast and wrong would show.</summary>
    public abstract double[] WeightGradient(int layer);
}
