using Espalier;

namespace Zoo.VggNets;

[Conv2D(3, 64, 3, Padding = 1), Relu]
internal sealed class Conv1A;

[Conv2D(64, 64, 3, Padding = 1), Relu, MaxPool(2)]
internal sealed class Conv1B;

[Conv2D(64, 128, 3, Padding = 1), Relu]
internal sealed class Conv2A;

[Conv2D(128, 128, 3, Padding = 1), Relu, MaxPool(2)]
internal sealed class Conv2B;

[Conv2D(128, 256, 3, Padding = 1), Relu]
internal sealed class Conv3A;

[Conv2D(256, 256, 3, Padding = 1), Relu]
internal sealed class Conv3B;

[Conv2D(256, 256, 3, Padding = 1), Relu, MaxPool(2)]
internal sealed class Conv3C;

[Conv2D(256, 512, 3, Padding = 1), Relu]
internal sealed class Conv4A;

[Conv2D(512, 512, 3, Padding = 1), Relu]
internal sealed class Conv512;

[Conv2D(512, 512, 3, Padding = 1), Relu, MaxPool(2)]
internal sealed class Conv512Last;

[Dense(25088, 4096), Relu, Dropout(0.5)]
public partial class Full6;

[Dense(4096, 4096), Relu, Dropout(0.5)]
public partial class Full7;

[Dense(4096, 1000)]
public partial class Logits;

/// <summary>VGG-16 of Simonyan and Zisserman 2014 (configuration D).</summary>
[Image(3, 224, 224)]
[Sequential(
    typeof(Conv1A), typeof(Conv1B), typeof(Conv2A), typeof(Conv2B), typeof(Conv3A), typeof(Conv3B), typeof(Conv3C),
    typeof(Conv4A), typeof(Conv512), typeof(Conv512Last), typeof(Conv512), typeof(Conv512), typeof(Conv512Last),
    typeof(Full6), typeof(Full7), typeof(Logits))]
public partial class Vgg16;
