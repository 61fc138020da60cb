using Espalier;

namespace Zoo.SqueezeNets;

[Conv2D(3, 64, 3, Stride = 2), Relu, MaxPool(3, Stride = 2, CeilingMode = true)]
internal sealed class Conv1;

[Conv2D(64, 16, 1), Relu]
internal sealed class Squeeze2;

[Conv2D(16, 64, 1), Relu]
internal sealed class Narrow64;

[Conv2D(16, 64, 3, Padding = 1), Relu]
internal sealed class Wide64;

[Concat(typeof(Narrow64), typeof(Wide64))]
internal sealed class Expand64;

[Sequential(typeof(Squeeze2), typeof(Expand64))]
internal sealed class Fire2;

[Conv2D(128, 16, 1), Relu]
internal sealed class Squeeze3;

[Sequential(typeof(Squeeze3), typeof(Expand64)), MaxPool(3, Stride = 2, CeilingMode = true)]
internal sealed class Fire3;

[Conv2D(128, 32, 1), Relu]
internal sealed class Squeeze4;

[Conv2D(32, 128, 1), Relu]
internal sealed class Narrow128;

[Conv2D(32, 128, 3, Padding = 1), Relu]
internal sealed class Wide128;

[Concat(typeof(Narrow128), typeof(Wide128))]
internal sealed class Expand128;

[Sequential(typeof(Squeeze4), typeof(Expand128))]
internal sealed class Fire4;

[Conv2D(256, 32, 1), Relu]
internal sealed class Squeeze5;

[Sequential(typeof(Squeeze5), typeof(Expand128)), MaxPool(3, Stride = 2, CeilingMode = true)]
internal sealed class Fire5;

[Conv2D(256, 48, 1), Relu]
internal sealed class Squeeze6;

[Conv2D(48, 192, 1), Relu]
internal sealed class Narrow192;

[Conv2D(48, 192, 3, Padding = 1), Relu]
internal sealed class Wide192;

[Concat(typeof(Narrow192), typeof(Wide192))]
internal sealed class Expand192;

[Sequential(typeof(Squeeze6), typeof(Expand192))]
internal sealed class Fire6;

[Conv2D(384, 48, 1), Relu]
internal sealed class Squeeze7;

[Sequential(typeof(Squeeze7), typeof(Expand192))]
internal sealed class Fire7;

[Conv2D(384, 64, 1), Relu]
internal sealed class Squeeze8;

[Conv2D(64, 256, 1), Relu]
internal sealed class Narrow256;

[Conv2D(64, 256, 3, Padding = 1), Relu]
internal sealed class Wide256;

[Concat(typeof(Narrow256), typeof(Wide256))]
internal sealed class Expand256;

[Sequential(typeof(Squeeze8), typeof(Expand256))]
internal sealed class Fire8;

[Conv2D(512, 64, 1), Relu]
internal sealed class Squeeze9;

[Sequential(typeof(Squeeze9), typeof(Expand256)), Dropout(0.5)]
internal sealed class Fire9;

[Conv2D(512, 1000, 1), Relu, GlobalAveragePool]
internal sealed class Scores;

/// <summary>SqueezeNet 1.1 of Iandola et al. 2016: half of AlexNet's multiply-adds and a fiftieth of its parameters.</summary>
[Image(3, 224, 224)]
[Sequential(
    typeof(Conv1), typeof(Fire2), typeof(Fire3), typeof(Fire4), typeof(Fire5), typeof(Fire6), typeof(Fire7), typeof(Fire8), typeof(Fire9), typeof(Scores))]
public partial class SqueezeNet11;
