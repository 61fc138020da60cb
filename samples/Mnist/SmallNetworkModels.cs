namespace Mnist;

using Espalier;
using static Espalier.Precision;

// The shape that integer-only training is compared on: 784-100-50-10.

/// <summary>784 pixels to 100 features in fp32.</summary>
[Dense(784, 100), Relu]
public partial class DenseSmall100;

/// <summary>100 features to 50 in fp32.</summary>
[Dense(100, 50), Relu]
public partial class DenseSmall50;

/// <summary>50 features to ten scores in fp32.</summary>
[Dense(50, 10)]
public partial class DenseSmallLogits;

/// <summary>784-100-50-10 in fp32.</summary>
[Sequential(typeof(DenseSmall100), typeof(DenseSmall50), typeof(DenseSmallLogits))]
public partial class DenseSmall;

/// <summary>784 pixels to 100 features with integer weights.</summary>
[Dense(784, 100), Relu, Quantize(Int8, MasterWeights = false)]
public partial class ByteSmall100;

/// <summary>100 features to 50 with integer weights.</summary>
[Dense(100, 50), Relu, Quantize(Int8, MasterWeights = false)]
public partial class ByteSmall50;

/// <summary>50 features to ten scores with integer weights.</summary>
[Dense(50, 10), Quantize(Int8, MasterWeights = false)]
public partial class ByteSmallLogits;

/// <summary>784-100-50-10 with 8-bit integer weights and no other copy of them.</summary>
[Sequential(typeof(ByteSmall100), typeof(ByteSmall50), typeof(ByteSmallLogits))]
public partial class ByteSmall;

/// <summary>784 pixels to 100 features, every product of training one of integers.</summary>
[Dense(784, 100), Relu, Quantize(Int8, MasterWeights = false, Gradients = Int8)]
public partial class IntegerSmall100;

/// <summary>100 features to 50, every product of training one of integers.</summary>
[Dense(100, 50), Relu, Quantize(Int8, MasterWeights = false, Gradients = Int8)]
public partial class IntegerSmall50;

/// <summary>50 features to ten scores, every product of training one of integers.</summary>
[Dense(50, 10), Quantize(Int8, MasterWeights = false, Gradients = Int8)]
public partial class IntegerSmallLogits;

/// <summary>784-100-50-10 whose products are those of 8-bit integers in all three operations of training.</summary>
[Sequential(typeof(IntegerSmall100), typeof(IntegerSmall50), typeof(IntegerSmallLogits))]
public partial class IntegerSmall;
