using Espalier;

namespace Zoo.ResNets;

[Conv2D(256, 64, 1), BatchNorm, Relu]
internal sealed class Reduce64;

[Conv2D(64, 64, 3, Padding = 1), BatchNorm, Relu]
internal sealed class Middle64;

[Conv2D(64, 256, 1), BatchNorm]
internal sealed class Expand64;

[Residual(typeof(Reduce64), typeof(Middle64), typeof(Expand64)), Relu]
internal sealed class Bottleneck64;

[Repeat(typeof(Bottleneck64), 2)]
internal sealed class Rest64;

[Conv2D(512, 128, 1), BatchNorm, Relu]
internal sealed class Reduce128;

[Conv2D(128, 128, 3, Padding = 1), BatchNorm, Relu]
internal sealed class Middle128;

[Conv2D(128, 512, 1), BatchNorm]
internal sealed class Expand128;

[Residual(typeof(Reduce128), typeof(Middle128), typeof(Expand128)), Relu]
internal sealed class Bottleneck128;

[Repeat(typeof(Bottleneck128), 7)]
internal sealed class Rest128;

[Conv2D(1024, 256, 1), BatchNorm, Relu]
internal sealed class Reduce256;

[Conv2D(256, 256, 3, Padding = 1), BatchNorm, Relu]
internal sealed class Middle256;

[Conv2D(256, 1024, 1), BatchNorm]
internal sealed class Expand256;

[Residual(typeof(Reduce256), typeof(Middle256), typeof(Expand256)), Relu]
internal sealed class Bottleneck256;

[Repeat(typeof(Bottleneck256), 35)]
internal sealed class Rest256;

[Conv2D(2048, 512, 1), BatchNorm, Relu]
internal sealed class Reduce512;

[Conv2D(512, 512, 3, Padding = 1), BatchNorm, Relu]
internal sealed class Middle512;

[Conv2D(512, 2048, 1), BatchNorm]
internal sealed class Expand512;

[Residual(typeof(Reduce512), typeof(Middle512), typeof(Expand512)), Relu]
internal sealed class Bottleneck512;

[Repeat(typeof(Bottleneck512), 2)]
internal sealed class Rest512;
