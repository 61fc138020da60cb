namespace Espalier.Integration.Tests.Models;

using static Espalier.Precision;

// Inputs of 14 bits: every edge between them, seven bits and floats, pruned and dense, weights of every size.

[Dense(300, 70), Relu, Quantize(Int8, Inputs = Int16), Prune(0.9), Codebook(16)]
public partial class FourteenPruned;

[Dense(70, 45), Relu, Quantize(Int8)]
public partial class SevenBits;

[Dense(45, 61), Relu, Quantize(Int8, Inputs = Int16)]
public partial class FourteenDense;

[Dense(61, 40), Sigmoid, Quantize(Int8, Inputs = Int16), Prune(0.6)]
public partial class FourteenBytes;

[Dense(40, 33), Tanh, Quantize(Int8, Inputs = Int16), Prune(0.5), Codebook(40)]
public partial class FourteenAfterSigmoid;

[Dense(33, 33), Relu, Quantize(Int4)]
public partial class SevenAfterTanh;

[Dense(33, 20), Quantize(Int4, Inputs = Int16)]
public partial class FourteenFewBits;

[Dense(20, 17), Relu]
public partial class FloatBetween;

[Dense(17, 5), Softmax, Quantize(Ternary, Inputs = Int16)]
public partial class FourteenLast;

[Sequential(typeof(FourteenPruned), typeof(SevenBits), typeof(FourteenDense), typeof(FourteenBytes), typeof(FourteenAfterSigmoid), typeof(SevenAfterTanh), typeof(FourteenFewBits))]
public partial class FourteenNet;

[Sequential(typeof(FourteenFewBits), typeof(FloatBetween), typeof(FourteenLast))]
public partial class FourteenMixedNet;

[Dense(1000, 40), Relu, Quantize(Int8, Inputs = Int16), Prune(0.95), Codebook(16)]
public partial class FourteenWide;

[Dense(40, 9), Quantize(Int8, Inputs = Int16)]
public partial class FourteenWideOut;

[Dense(9000, 1000), Relu, Quantize(Int8), Prune(0.99), Codebook(16)]
public partial class SevenWide;

// Needs more scratch than the stack gives.
[Sequential(typeof(SevenWide), typeof(FourteenWide), typeof(FourteenWideOut))]
public partial class FourteenWideNet;
