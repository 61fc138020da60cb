namespace Espalier.Tests.Harness;

/// <summary>A two-layer network and a task that it learns in a few epochs.</summary>
internal static class TestModels
{
    public static LayerDescription Dense(string path, int inputs, int outputs, Activation activation = Activation.None, Precision precision = Precision.Fp32, double? sparsity = null, int? clusters = null) => new()
    {
        Path = path,
        Kind = "Dense",
        Arguments = [inputs, outputs],
        Inputs = inputs,
        Outputs = outputs,
        Activation = activation,
        Quantization = precision == Precision.Fp32 ? QuantizationDescription.Fp32 : new QuantizationDescription { Weights = precision, Inputs = precision == Precision.Int8 ? Precision.Int8 : Precision.Fp32, PerChannel = clusters is null },
        Pruning = sparsity is { } s ? new PruningDescription(s) : null,
        Codebook = clusters is { } c ? new CodebookDescription(c, precision == Precision.Int8 ? Precision.Int8 : Precision.Fp16) : null,
    };

    public static ModelDescription Model(Activation hidden, Precision precision, double? sparsity, int? clusters) => new()
    {
        Name = "Tests.Model",
        Layers = [Dense("0/Hidden", 9, 24, hidden, precision, sparsity, clusters), Dense("1/Out", 24, 3, Activation.None, precision, sparsity, clusters)],
    };

    /// <summary>Three classes around three centres.</summary>
    public static LabelledSamples Samples(int count, int seed)
    {
        var random = new Random(seed);
        var inputs = new float[count * 9];
        var labels = new int[count];
        for (var i = 0; i < count; i++)
        {
            labels[i] = i % 3;
            for (var k = 0; k < 9; k++)
            {
                inputs[(i * 9) + k] = (k % 3 == labels[i] ? 2 : 0) + random.NextSingle();
            }
        }

        return new LabelledSamples(inputs, labels, 9);
    }
}
