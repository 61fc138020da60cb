using Espalier;

namespace Zoo.LeNets;

[Conv2D(1, 20, 5), MaxPool(2)]
internal sealed class Conv1;

[Conv2D(20, 50, 5), MaxPool(2)]
internal sealed class Conv2;

[Dense(800, 500), Relu]
public partial class Features;

[Dense(500, 10)]
public partial class Digits;

/// <summary>LeNet-5 in Caffe's form, which pruning and weight sharing have been measured on since: 431,080 parameters.</summary>
[Image(1, 28, 28)]
[Sequential(typeof(Conv1), typeof(Conv2), typeof(Features), typeof(Digits))]
public partial class LeNet5;
