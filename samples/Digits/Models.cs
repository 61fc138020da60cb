namespace Digits;

using Espalier;
using static Espalier.Precision;

/// <summary>64 pixels to 128 features: one weight in eight remains, taken from 16 shared values.</summary>
[Dense(64, 128), Relu]
[Quantize(Int8), Prune(0.88), Codebook(16)]
public partial class Hidden;

/// <summary>128 features to ten scores.</summary>
[Dense(128, 10)]
[Quantize(Int8), Prune(0.75), Codebook(16)]
public partial class Logits;

/// <summary>The compressed network: what an application ships.</summary>
[Sequential(typeof(Hidden), typeof(Logits))]
[AccuracyFloor(0.95)]
public partial class DigitsNet;

/// <summary>The same hidden layer, uncompressed.</summary>
[Dense(64, 128), Relu]
public partial class DenseHidden;

/// <summary>The same last layer, uncompressed.</summary>
[Dense(128, 10)]
public partial class DenseLogits;

/// <summary>The dense fp32 network that the compressed one is held against.</summary>
[Sequential(typeof(DenseHidden), typeof(DenseLogits))]
public partial class DigitsReference;
