namespace Mnist;

using Espalier;
using static Espalier.Precision;

/// <summary>784 pixels to 300 features.</summary>
[Dense(784, 300), Relu]
public partial class DenseHidden300;

/// <summary>300 features to 100.</summary>
[Dense(300, 100), Relu]
public partial class DenseHidden100;

/// <summary>100 features to ten scores.</summary>
[Dense(100, 10)]
public partial class DenseLogits;

/// <summary>LeNet-300-100 (LeCun et al., 1998), dense in fp32: 266,610 parameters, 1,066,440 bytes.</summary>
[Sequential(typeof(DenseHidden300), typeof(DenseHidden100), typeof(DenseLogits))]
public partial class DenseLeNet300;

/// <summary>784 pixels to 800 features.</summary>
[Dense(784, 800), Relu]
public partial class TeacherHidden800;

/// <summary>800 features to 300.</summary>
[Dense(800, 300), Relu]
public partial class TeacherHidden300;

/// <summary>300 features to ten scores.</summary>
[Dense(300, 10)]
public partial class TeacherLogits;

/// <summary>A wider network that the compressed ones learn from; it is trained first and never stored.</summary>
[Sequential(typeof(TeacherHidden800), typeof(TeacherHidden300), typeof(TeacherLogits))]
public partial class TeacherNet;

/// <summary>784 pixels to 300 features. The sparsities of the three layers only add up: the smallest weights are looked for in all of them together.</summary>
[Dense(784, 300), Relu]
[Quantize(Int8), Prune(0.984), Codebook(8)]
public partial class SmallHidden300;

/// <summary>300 features to 100.</summary>
[Dense(300, 100), Relu]
[Quantize(Int8), Prune(0.984), Codebook(8)]
public partial class SmallHidden100;

/// <summary>100 features to ten scores.</summary>
[Dense(100, 10)]
[Quantize(Int8), Prune(0.984), Codebook(8)]
public partial class SmallLogits;

/// <summary>LeNet-300-100 compressed to what an error of 1.64 % leaves room for: that of Deep Compression's dense network (Han et al., 2016).</summary>
[Sequential(typeof(SmallHidden300), typeof(SmallHidden100), typeof(SmallLogits))]
[Coding(CodingGoal.Smallest)]
public partial class SmallLeNet300;

/// <summary>784 pixels to 300 features, fewer weights.</summary>
[Dense(784, 300), Relu]
[Quantize(Int8), Prune(0.9885), Codebook(8)]
public partial class TinyHidden300;

/// <summary>300 features to 100, fewer weights.</summary>
[Dense(300, 100), Relu]
[Quantize(Int8), Prune(0.9885), Codebook(8)]
public partial class TinyHidden100;

/// <summary>100 features to ten scores, fewer weights.</summary>
[Dense(100, 10)]
[Quantize(Int8), Prune(0.9885), Codebook(8)]
public partial class TinyLogits;

/// <summary>LeNet-300-100 compressed to what an error of 1.9 % leaves room for: that of the smallest published one (Oktay et al., 2020).</summary>
[Sequential(typeof(TinyHidden300), typeof(TinyHidden100), typeof(TinyLogits))]
[Coding(CodingGoal.Smallest)]
public partial class TinyLeNet300;
