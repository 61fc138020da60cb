namespace Espalier.Corpus.Tests;

/// <summary>Roles of precisions in a layer, and how models of such layers are trained.</summary>
internal static class LowPrecisionSeeders
{
    private const string Nearest = "MasterWeights = false, Rounding = Rounding.Nearest";

    public static readonly Seeder[] All =
    [
        new("ESP0305", "16-bit sums of Int8 products", spot => Alone(spot, "Quantize(Int8, «Accumulators = Int16»)")),
        new("ESP0305", "8-bit sums of Int4 products", spot => Alone(spot, "Quantize(Int4, «Accumulators = Int8», PerChannel = false)")),
        new("ESP0305", "ternary sums of 14-bit inputs", spot => Alone(spot, "Quantize(Int8, Inputs = Int16, «Accumulators = Ternary»)")),
        new("ESP0305", "integer sums of Int16 weights", spot => Alone(spot, "Quantize(Int16, «Accumulators = Int32»)")),
        new("ESP0305", "integer sums of floats", spot => Alone(spot, "Quantize(Bf16, «Accumulators = Int32»)", "Codebook(4)")),
        new("ESP0305", "sums of a precision that does not exist", spot => Alone(spot, "Quantize(weights: Int8, «Accumulators = (Espalier.Precision)42»)")),

        new("ESP0306", "Int8 weights at the default rate", spot => Train(spot, spot.First, $"Quantize(Int8, {Nearest})", null)),
        new("ESP0306", "Int4 weights at a rate of its own", spot => Train(spot, spot.First, $"Quantize(Int4, {Nearest})", "LearningRate = 0.01")),
        new("ESP0306", "ternary weights of the last layer", spot => Train(spot, spot.Last, $"Quantize(Ternary, {Nearest})", "Epochs = 2, LearningRate = 1e-3")) { Layers = 2 },
        new("ESP0306", "Int16 weights at a tiny rate", spot => Train(spot, spot.First, $"Quantize(Int16, {Nearest})", "LearningRate = 1e-7")),
        new("ESP0306", "bf16 weights", spot => Train(spot, spot.Last, $"Quantize(Bf16, {Nearest})", "LearningRate = 1e-5")),
        new("ESP0306", "fp16 weights, a rounding without a name", spot => Train(spot, spot.First, "Quantize(Fp16, Rounding = default, MasterWeights = false)", "LearningRate = 1e-6, BatchSize = 4")),

        new("ESP0307", "fp16 gradients without [Train]", spot => Train(spot, spot.First, "Quantize(Fp16, Gradients = Fp16)", null)),
        new("ESP0307", "fp16 gradients of the last layer", spot => Train(spot, spot.Last, "Quantize(Int8, Gradients = Fp16)", "Epochs = 2")) { Layers = 2 },
        new("ESP0307", "sums in fp16", spot => Train(spot, spot.Last, "Quantize(Bf16, Accumulators = Fp16)", "BatchSize = 4")),
        new("ESP0307", "dynamic scaling switched off", spot => Train(spot, null, "Quantize(Fp16, Gradients = Fp16)", "Epochs = 2, «DynamicLossScaling = false»")),
        new("ESP0307", "a factor of one", spot => Train(spot, null, "Quantize(Fp32, Gradients = Fp16)", "«LossScaling = 1»")),

        new("ESP0308", "a thousand million", spot => Train(spot, null, "Quantize(Fp16, Gradients = Fp16)", "«LossScaling = 1e9»")),
        new("ESP0308", "fp16's end for batches of one", spot => Train(spot, null, "Quantize(Fp16, Gradients = Fp16)", "«LossScaling = 65505», BatchSize = 1")),
        new("ESP0308", "a shift", spot => Train(spot, null, "Quantize(Bf16, Gradients = Fp16)", "BatchSize = 16, «LossScaling = 1 << 21»")),
        new("ESP0308", "a factor that shrinks the loss", spot => Train(spot, null, "Quantize(Fp16, Gradients = Fp16)", "«LossScaling = 1e-6», DynamicLossScaling = false")),
        new("ESP0308", "a small factor of sums in fp16", spot => Train(spot, null, "Quantize(Fp16, Accumulators = Fp16)", "«LossScaling = 0.0001», BatchSize = 4")),

        new("ESP0310", "no master weights of fp32", spot => Alone(spot, "Quantize(Fp32, «MasterWeights = false»)")),
        new("ESP0310", "rounding beside master weights", spot => Alone(spot, "Quantize(Int8, «Rounding = Rounding.Stochastic»)")),
        new("ESP0310", "nearest rounding beside master weights", spot => Alone(spot, "Quantize(weights: Bf16, MasterWeights = true, «Rounding = Rounding.Nearest»)", "Prune(0.75)")),
        new("ESP0310", "scales for each output of a codebook", spot => Alone(spot, "Quantize(Int8, «PerChannel = true»)", "Codebook(4)")),
        new("ESP0310", "scales for each output of Int16 weights", spot => Alone(spot, "Quantize(Int16, «PerChannel = true»)")),
        new("ESP0310", "scales for each output of one grid", spot => Alone(spot, "Quantize(Int4, MasterWeights = false, «PerChannel = true»)")),
        new("ESP0310", "integer inputs of fp16 weights", spot => Alone(spot, "Quantize(Fp16, «Inputs = Int8»)")),
        new("ESP0310", "fp32 sums of integers", spot => Alone(spot, "Quantize(Int8, «Accumulators = Fp32»)")),
        new("ESP0310", "Int8 weights of a float layer", spot => Alone(spot, "Quantize(«Int8», Inputs = Fp32)")),
        new("ESP0310", "outputs in 32 bits", spot => Alone(spot, "Quantize(Int8, «Outputs = Int32»)")),
        new("ESP0310", "fp16 centroids on an integer grid", spot => Alone(spot, "Quantize(Int8)", "Codebook(4, «CentroidPrecision = Fp16»)")),
        new("ESP0310", "Int8 centroids of floats", spot => Alone(spot, "Codebook(8, «CentroidPrecision = Int8»)")),

        new("ESP0311", "Int4 outputs before Int8 inputs", spot => Pass(spot, "Quantize(Int8, Outputs = Int4)", "Quantize(Int8)")) { Layers = 2 },
        new("ESP0311", "Int8 outputs before floats", spot => Pass(spot, "Quantize(Int8, Outputs = Int8)", null)) { Layers = 2 },
        new("ESP0311", "floats before Int8 inputs", spot => Pass(spot, "Quantize(Int8, Outputs = Fp32)", "Quantize(Int4)")) { Layers = 2 },
        new("ESP0311", "14-bit outputs before 7-bit inputs", spot => Pass(spot, "Quantize(Int8, Inputs = Int16, Outputs = Int16)", "Quantize(Int8)")) { Layers = 2 },
        new("ESP0311", "bf16 outputs before fp16 inputs", spot => Pass(spot, "Quantize(Bf16, Outputs = Bf16)", "Quantize(Fp16, Inputs = Fp16)")) { Layers = 3 },

        new("ESP0312", "gradients in 32 bits", spot => Alone(spot, "Quantize(Int8, «Gradients = Int32»)")),
        new("ESP0312", "ternary gradients", spot => Alone(spot, "Quantize(Fp32, «Gradients = Ternary»)")),
        new("ESP0312", "binary gradients", spot => Alone(spot, "Quantize(Binary, «Gradients = Binary»)", "Prune(0.5)")),
        new("ESP0312", "gradients of a precision that does not exist", spot => Alone(spot, "Quantize(Int8, «Gradients = (Espalier.Precision)9»)")),
        new("ESP0312", "outputs of a precision that does not exist", spot => Alone(spot, "Quantize(Int8, «Outputs = (Espalier.Precision)(-1)»)")),
        new("ESP0312", "centroids of a precision that does not exist", spot => Alone(spot, "Quantize(Int8)", "Codebook(4, «CentroidPrecision = (Espalier.Precision)100»)")),
    ];

    /// <summary>On a layer without other compression, so that nothing else is wrong with it.</summary>
    private static void Alone(Spot spot, params string[] attributes)
    {
        spot.Layer.Remove("Quantize", "Prune", "Codebook");
        spot.Layer.Attributes.AddRange(attributes);
    }

    /// <summary>Gives one layer its precisions and the model its training; all other layers are plain. Where no place is named, the fault is in the training.</summary>
    private static void Train(Spot spot, Place? place, string quantize, string? train)
    {
        MakePlain(spot);
        (place ?? spot.First).Layer.Attributes.Add(quantize);
        spot.Model["Train"] = train is null ? null : $"Train({train})";
        if (place is not null)
        {
            place.IsMarked = true;
        }
    }

    /// <summary>Two layers of which the second takes something else than the first says.</summary>
    private static void Pass(Spot spot, string first, string? second)
    {
        MakePlain(spot);
        spot.First.Layer.Attributes.Add(first);
        spot.First.IsMarked = true;
        if (second is not null)
        {
            spot.Model.Places[1].Layer.Attributes.Add(second);
        }
    }

    private static void MakePlain(Spot spot)
    {
        foreach (var place in spot.Model.Places)
        {
            place.Layer.Remove("Quantize", "Prune", "Codebook");
        }

        spot.Model["Train"] = null;
    }
}
