using System;

namespace Espalier;

/// <summary>Inputs that are the same in every training sample, e.g. an image's border: their weights never learn anything.</summary>
internal static class ConstantInputs
{
    /// <summary>For each input its normalised value if it has one only, NaN otherwise.</summary>
    public static float[] Of(LabelledSamples samples, Normalisation normalisation)
    {
        var constants = new float[samples.Width];
        normalisation.Apply(samples.Input(0), constants);
        var first = samples.Input(0);
        for (var sample = 1; sample < samples.Count; sample++)
        {
            var input = samples.Input(sample);
            for (var i = 0; i < constants.Length; i++)
            {
                constants[i] = input[i] == first[i] ? constants[i] : float.NaN;
            }
        }

        return constants;
    }
}
