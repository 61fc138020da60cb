namespace Mnist;

using Espalier;
using static Espalier.Precision;

// Without master weights training keeps nothing of a weight but its 8-bit point, and activations are integers while training as they are in the kernels.

/// <summary>784 pixels to 300 features in bytes, updates rounded by chance.</summary>
[Dense(784, 300), Relu, Quantize(Int8, MasterWeights = false)]
public partial class ByteHidden300;

/// <summary>300 features to 100 in bytes, updates rounded by chance.</summary>
[Dense(300, 100), Relu, Quantize(Int8, MasterWeights = false)]
public partial class ByteHidden100;

/// <summary>100 features to ten scores in bytes, updates rounded by chance.</summary>
[Dense(100, 10), Quantize(Int8, MasterWeights = false)]
public partial class ByteLogits;

/// <summary>LeNet-300-100 with 8-bit weights and no full-precision copy of them.</summary>
[Sequential(typeof(ByteHidden300), typeof(ByteHidden100), typeof(ByteLogits))]
public partial class ByteLeNet300;

/// <summary>784 pixels to 300 features in bytes, updates rounded to nearest.</summary>
[Dense(784, 300), Relu, Quantize(Int8, MasterWeights = false, Rounding = Rounding.Nearest)]
public partial class NearestHidden300;

/// <summary>300 features to 100 in bytes, updates rounded to nearest.</summary>
[Dense(300, 100), Relu, Quantize(Int8, MasterWeights = false, Rounding = Rounding.Nearest)]
public partial class NearestHidden100;

/// <summary>100 features to ten scores in bytes, updates rounded to nearest.</summary>
[Dense(100, 10), Quantize(Int8, MasterWeights = false, Rounding = Rounding.Nearest)]
public partial class NearestLogits;

// ESP0306 says that these updates are lost, and that is what this network is for.
#pragma warning disable ESP0306
/// <summary>The same with updates rounded to nearest, which loses nearly all of them.</summary>
[Sequential(typeof(NearestHidden300), typeof(NearestHidden100), typeof(NearestLogits))]
public partial class NearestLeNet300;
#pragma warning restore ESP0306

/// <summary>784 pixels to 300 features, every product of training one of integers.</summary>
[Dense(784, 300), Relu, Quantize(Int8, MasterWeights = false, Gradients = Int8)]
public partial class IntegerHidden300;

/// <summary>300 features to 100, every product of training one of integers.</summary>
[Dense(300, 100), Relu, Quantize(Int8, MasterWeights = false, Gradients = Int8)]
public partial class IntegerHidden100;

/// <summary>100 features to ten scores, every product of training one of integers.</summary>
[Dense(100, 10), Quantize(Int8, MasterWeights = false, Gradients = Int8)]
public partial class IntegerLogits;

/// <summary>The same with 8-bit gradients besides: the products of all three operations are those of 8-bit integers.</summary>
[Sequential(typeof(IntegerHidden300), typeof(IntegerHidden100), typeof(IntegerLogits))]
public partial class IntegerLeNet300;

/// <summary>784 pixels to 300 features: fp16 throughout beside master weights.</summary>
[Dense(784, 300), Relu, Quantize(Fp16, Inputs = Fp16, Outputs = Fp16, Gradients = Fp16)]
public partial class HalfHidden300;

/// <summary>300 features to 100: fp16 throughout beside master weights.</summary>
[Dense(300, 100), Relu, Quantize(Fp16, Inputs = Fp16, Outputs = Fp16, Gradients = Fp16)]
public partial class HalfHidden100;

/// <summary>100 features to ten scores: fp16 throughout beside master weights.</summary>
[Dense(100, 10), Quantize(Fp16, Inputs = Fp16, Outputs = Fp16, Gradients = Fp16)]
public partial class HalfLogits;

/// <summary>Mixed precision as in Micikevicius et al. (2018): 16-bit weights, activations and gradients, master weights in fp32, a loss scale that follows overflows.</summary>
[Sequential(typeof(HalfHidden300), typeof(HalfHidden100), typeof(HalfLogits)), Train(DynamicLossScaling = true)]
public partial class HalfLeNet300;

/// <summary>784 pixels to 300 features: bf16 throughout, and nothing else kept.</summary>
[Dense(784, 300), Relu, Quantize(Bf16, Inputs = Bf16, Outputs = Bf16, Gradients = Bf16, MasterWeights = false)]
public partial class BrainHidden300;

/// <summary>300 features to 100: bf16 throughout, and nothing else kept.</summary>
[Dense(300, 100), Relu, Quantize(Bf16, Inputs = Bf16, Outputs = Bf16, Gradients = Bf16, MasterWeights = false)]
public partial class BrainHidden100;

/// <summary>100 features to ten scores: bf16 throughout, and nothing else kept.</summary>
[Dense(100, 10), Quantize(Bf16, Inputs = Bf16, Outputs = Bf16, Gradients = Bf16, MasterWeights = false)]
public partial class BrainLogits;

/// <summary>bf16 without master weights: updates are rounded by chance to a grid that is not uniform.</summary>
[Sequential(typeof(BrainHidden300), typeof(BrainHidden100), typeof(BrainLogits))]
public partial class BrainLeNet300;
