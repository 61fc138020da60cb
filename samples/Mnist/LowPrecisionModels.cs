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

/// <summary>The same with updates rounded to nearest, which loses nearly all of them.</summary>
[Sequential(typeof(NearestHidden300), typeof(NearestHidden100), typeof(NearestLogits))]
public partial class NearestLeNet300;

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
