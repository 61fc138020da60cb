using Espalier;

namespace Zoo.AlexNets;

[Conv2D(3, 64, 11, Stride = 4, Padding = 2), Relu, MaxPool(3, Stride = 2)]
internal sealed class Conv1;

[Conv2D(64, 192, 5, Padding = 2), Relu, MaxPool(3, Stride = 2)]
internal sealed class Conv2;

[Conv2D(192, 384, 3, Padding = 1), Relu]
internal sealed class Conv3;

[Conv2D(384, 256, 3, Padding = 1), Relu]
internal sealed class Conv4;

[Conv2D(256, 256, 3, Padding = 1), Relu, MaxPool(3, Stride = 2), Dropout(0.5)]
internal sealed class Conv5;

[Dense(9216, 4096), Relu, Dropout(0.5)]
public partial class Full6;

[Dense(4096, 4096), Relu]
public partial class Full7;

[Dense(4096, 1000)]
public partial class Logits;

/// <summary>AlexNet in the single-tower form of Krizhevsky 2014, as torchvision has it: no response normalisation.</summary>
[Image(3, 224, 224)]
[Sequential(typeof(Conv1), typeof(Conv2), typeof(Conv3), typeof(Conv4), typeof(Conv5), typeof(Full6), typeof(Full7), typeof(Logits))]
public partial class AlexNet;
