namespace Espalier.Generator.Annotations;

/// <summary>Full metadata names of the runtime's attributes that no layer kind owns.</summary>
internal static class AttributeNames
{
    public const string Sequential = "Espalier.SequentialAttribute";
    public const string Residual = "Espalier.ResidualAttribute";
    public const string Concat = "Espalier.ConcatAttribute";
    public const string Repeat = "Espalier.RepeatAttribute";
    public const string Image = "Espalier.ImageAttribute";
    public const string BatchNorm = "Espalier.BatchNormAttribute";
    public const string Dropout = "Espalier.DropoutAttribute";
    public const string Flatten = "Espalier.FlattenAttribute";
    public const string Quantize = "Espalier.QuantizeAttribute";
    public const string Prune = "Espalier.PruneAttribute";
    public const string Codebook = "Espalier.CodebookAttribute";
    public const string Train = "Espalier.TrainAttribute";
    public const string AccuracyFloor = "Espalier.AccuracyFloorAttribute";
    public const string Coding = "Espalier.CodingAttribute";
    public const string Relu = "Espalier.ReluAttribute";
    public const string Sigmoid = "Espalier.SigmoidAttribute";
    public const string Tanh = "Espalier.TanhAttribute";
    public const string Softmax = "Espalier.SoftmaxAttribute";
}
