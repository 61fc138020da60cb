using Espalier;

namespace Zoo.ResNets;

[Conv2D(256, 128, 1, Stride = 2), BatchNorm, Relu]
internal sealed class Narrow128Original;

[Residual(typeof(Narrow128Original), typeof(Middle128), typeof(Expand128), Projection = typeof(Widen128)), Relu]
internal sealed class Bottleneck128FirstOriginal;

[Conv2D(512, 256, 1, Stride = 2), BatchNorm, Relu]
internal sealed class Narrow256Original;

[Residual(typeof(Narrow256Original), typeof(Middle256), typeof(Expand256), Projection = typeof(Widen256)), Relu]
internal sealed class Bottleneck256FirstOriginal;

[Conv2D(1024, 512, 1, Stride = 2), BatchNorm, Relu]
internal sealed class Narrow512Original;

[Residual(typeof(Narrow512Original), typeof(Middle512), typeof(Expand512), Projection = typeof(Widen512)), Relu]
internal sealed class Bottleneck512FirstOriginal;

/// <summary>ResNet-152 of He et al. 2015: a stage halves its image in the first 1×1 convolution, so that the 3×3 one works on a quarter of it.</summary>
[Image(3, 224, 224)]
[Sequential(
    typeof(Stem), typeof(Bottleneck64First), typeof(Rest64), typeof(Bottleneck128FirstOriginal), typeof(Rest128),
    typeof(Bottleneck256FirstOriginal), typeof(Rest256), typeof(Bottleneck512FirstOriginal), typeof(Rest512), typeof(Average), typeof(Logits2048))]
public partial class ResNet152Original;
