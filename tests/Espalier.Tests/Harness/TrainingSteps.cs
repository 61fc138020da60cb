using Espalier.Numerics;

namespace Espalier.Tests.Harness;

/// <summary>Single training steps on whole batches, without the trainer around them.</summary>
internal static class TrainingSteps
{
    /// <summary>A fresh network for raw inputs, with room for a batch.</summary>
    public static NetworkTraining Begin(ModelDescription model, int batch, Optimizer optimizer, ulong seed = 3) =>
        new(model, Normalisation.None, batch, optimizer, new RandomNumbers(seed));

    /// <summary>Forward and backward over all samples as one batch; gives the mean loss.</summary>
    public static double Gradients(NetworkTraining network, LabelledSamples samples, float lossScaling = 1)
    {
        for (var i = 0; i < samples.Count; i++)
        {
            network.LoadInput(samples.Input(i), i);
        }

        network.Forward(samples.Count, learns: true);
        return network.Backward(samples.Labels, lossScaling);
    }

    /// <summary>One step along the gradients of all samples; gives the mean loss before it.</summary>
    public static double Step(NetworkTraining network, LabelledSamples samples, float rate, float lossScaling = 1)
    {
        var loss = Gradients(network, samples, lossScaling);
        foreach (var layer in network.Layers)
        {
            layer.Update(rate, 0, lossScaling);
        }

        return loss;
    }
}
