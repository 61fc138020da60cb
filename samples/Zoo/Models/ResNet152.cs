using Espalier;

namespace Zoo.ResNets;

[Conv2D(64, 64, 1), BatchNorm, Relu]
internal sealed class Narrow64;

[Conv2D(64, 256, 1), BatchNorm]
internal sealed class Widen64;

[Residual(typeof(Narrow64), typeof(Middle64), typeof(Expand64), Projection = typeof(Widen64)), Relu]
internal sealed class Bottleneck64First;

[Conv2D(256, 128, 1), BatchNorm, Relu]
internal sealed class Narrow128;

[Conv2D(128, 128, 3, Stride = 2, Padding = 1), BatchNorm, Relu]
internal sealed class Halve128Middle;

[Conv2D(256, 512, 1, Stride = 2), BatchNorm]
internal sealed class Widen128;

[Residual(typeof(Narrow128), typeof(Halve128Middle), typeof(Expand128), Projection = typeof(Widen128)), Relu]
internal sealed class Bottleneck128First;

[Conv2D(512, 256, 1), BatchNorm, Relu]
internal sealed class Narrow256;

[Conv2D(256, 256, 3, Stride = 2, Padding = 1), BatchNorm, Relu]
internal sealed class Halve256Middle;

[Conv2D(512, 1024, 1, Stride = 2), BatchNorm]
internal sealed class Widen256;

[Residual(typeof(Narrow256), typeof(Halve256Middle), typeof(Expand256), Projection = typeof(Widen256)), Relu]
internal sealed class Bottleneck256First;

[Conv2D(1024, 512, 1), BatchNorm, Relu]
internal sealed class Narrow512;

[Conv2D(512, 512, 3, Stride = 2, Padding = 1), BatchNorm, Relu]
internal sealed class Halve512Middle;

[Conv2D(1024, 2048, 1, Stride = 2), BatchNorm]
internal sealed class Widen512;

[Residual(typeof(Narrow512), typeof(Halve512Middle), typeof(Expand512), Projection = typeof(Widen512)), Relu]
internal sealed class Bottleneck512First;

[Dense(2048, 1000)]
public partial class Logits2048;

/// <summary>ResNet-152 as torchvision has it: a stage halves its image in the 3×3 convolution of its first block.</summary>
[Image(3, 224, 224)]
[Sequential(
    typeof(Stem), typeof(Bottleneck64First), typeof(Rest64), typeof(Bottleneck128First), typeof(Rest128),
    typeof(Bottleneck256First), typeof(Rest256), typeof(Bottleneck512First), typeof(Rest512), typeof(Average), typeof(Logits2048))]
public partial class ResNet152;
