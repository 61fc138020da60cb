using Espalier;

namespace Zoo.ResNets;

[Conv2D(64, 64, 3, Padding = 1), BatchNorm, Relu]
internal sealed class Conv64;

[Conv2D(64, 64, 3, Padding = 1), BatchNorm]
internal sealed class Last64;

[Residual(typeof(Conv64), typeof(Last64)), Relu]
internal sealed class Basic64;

[Conv2D(128, 128, 3, Padding = 1), BatchNorm, Relu]
internal sealed class Conv128;

[Conv2D(128, 128, 3, Padding = 1), BatchNorm]
internal sealed class Last128;

[Residual(typeof(Conv128), typeof(Last128)), Relu]
internal sealed class Basic128;

[Conv2D(64, 128, 3, Stride = 2, Padding = 1), BatchNorm, Relu]
internal sealed class Halve128;

[Conv2D(64, 128, 1, Stride = 2), BatchNorm]
internal sealed class Skip128;

[Residual(typeof(Halve128), typeof(Last128), Projection = typeof(Skip128)), Relu]
internal sealed class Basic128First;

[Conv2D(256, 256, 3, Padding = 1), BatchNorm, Relu]
internal sealed class Conv256;

[Conv2D(256, 256, 3, Padding = 1), BatchNorm]
internal sealed class Last256;

[Residual(typeof(Conv256), typeof(Last256)), Relu]
internal sealed class Basic256;

[Conv2D(128, 256, 3, Stride = 2, Padding = 1), BatchNorm, Relu]
internal sealed class Halve256;

[Conv2D(128, 256, 1, Stride = 2), BatchNorm]
internal sealed class Skip256;

[Residual(typeof(Halve256), typeof(Last256), Projection = typeof(Skip256)), Relu]
internal sealed class Basic256First;

[Conv2D(512, 512, 3, Padding = 1), BatchNorm, Relu]
internal sealed class Conv512;

[Conv2D(512, 512, 3, Padding = 1), BatchNorm]
internal sealed class Last512;

[Residual(typeof(Conv512), typeof(Last512)), Relu]
internal sealed class Basic512;

[Conv2D(256, 512, 3, Stride = 2, Padding = 1), BatchNorm, Relu]
internal sealed class Halve512;

[Conv2D(256, 512, 1, Stride = 2), BatchNorm]
internal sealed class Skip512;

[Residual(typeof(Halve512), typeof(Last512), Projection = typeof(Skip512)), Relu]
internal sealed class Basic512First;

[Dense(512, 1000)]
public partial class Logits512;

/// <summary>ResNet-18 of He et al. 2015: two blocks of two 3×3 convolutions in each of four stages.</summary>
[Image(3, 224, 224)]
[Sequential(
    typeof(Stem), typeof(Basic64), typeof(Basic64), typeof(Basic128First), typeof(Basic128),
    typeof(Basic256First), typeof(Basic256), typeof(Basic512First), typeof(Basic512), typeof(Average), typeof(Logits512))]
public partial class ResNet18;
