namespace Mnist;

using Espalier;

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
