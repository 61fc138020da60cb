namespace Mnist;

using Espalier;
using static Espalier.Precision;

/// <summary>20 maps of windows of 5 × 5 pixels, halved.</summary>
[Conv2D(1, 20, 5), MaxPool(2)]
public partial class DenseConv1;

/// <summary>50 maps of windows of 5 × 5, halved.</summary>
[Conv2D(20, 50, 5), MaxPool(2)]
public partial class DenseConv2;

/// <summary>50 maps of 4 × 4 to 500 features.</summary>
[Dense(800, 500), Relu]
public partial class DenseFeatures500;

/// <summary>500 features to ten scores.</summary>
[Dense(500, 10)]
public partial class DenseDigits;

/// <summary>LeNet-5 in Caffe's form, dense in fp32: 431,080 parameters, 1,724,320 bytes. It also teaches the compressed ones.</summary>
[Image(1, 28, 28)]
[Sequential(typeof(DenseConv1), typeof(DenseConv2), typeof(DenseFeatures500), typeof(DenseDigits))]
public partial class DenseLeNet5;

/// <summary>The first convolution. The sparsities of the layers only add up: the smallest weights are looked for in all of them together.</summary>
[Conv2D(1, 20, 5), MaxPool(2)]
[Quantize(Int8), Prune(0.985), Codebook(16)]
public partial class SmallConv1;

/// <summary>The second convolution.</summary>
[Conv2D(20, 50, 5), MaxPool(2)]
[Quantize(Int8), Prune(0.985), Codebook(16)]
public partial class SmallConv2;

/// <summary>50 maps of 4 × 4 to 500 features.</summary>
[Dense(800, 500), Relu]
[Quantize(Int8), Prune(0.985), Codebook(8)]
public partial class SmallFeatures500;

/// <summary>500 features to ten scores.</summary>
[Dense(500, 10)]
[Quantize(Int8), Prune(0.985), Codebook(8)]
public partial class SmallDigits;

/// <summary>LeNet-5 compressed to what an error of 0.8 % leaves room for.</summary>
[Image(1, 28, 28)]
[Sequential(typeof(SmallConv1), typeof(SmallConv2), typeof(SmallFeatures500), typeof(SmallDigits))]
[Coding(CodingGoal.Smallest)]
public partial class SmallLeNet5;

/// <summary>The first convolution, fewer weights.</summary>
[Conv2D(1, 20, 5), MaxPool(2)]
[Quantize(Int8), Prune(0.995), Codebook(16)]
public partial class TinyConv1;

/// <summary>The second convolution, fewer weights.</summary>
[Conv2D(20, 50, 5), MaxPool(2)]
[Quantize(Int8), Prune(0.995), Codebook(16)]
public partial class TinyConv2;

/// <summary>50 maps of 4 × 4 to 500 features, fewer weights.</summary>
[Dense(800, 500), Relu]
[Quantize(Int8), Prune(0.995), Codebook(8)]
public partial class TinyFeatures500;

/// <summary>500 features to ten scores, fewer weights.</summary>
[Dense(500, 10)]
[Quantize(Int8), Prune(0.995), Codebook(8)]
public partial class TinyDigits;

/// <summary>LeNet-5 compressed to what an error of 0.98 % leaves room for.</summary>
[Image(1, 28, 28)]
[Sequential(typeof(TinyConv1), typeof(TinyConv2), typeof(TinyFeatures500), typeof(TinyDigits))]
[Coding(CodingGoal.Smallest)]
public partial class TinyLeNet5;
