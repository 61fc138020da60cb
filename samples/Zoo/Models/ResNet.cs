using Espalier;

namespace Zoo.ResNets;

[Conv2D(3, 64, 7, Stride = 2, Padding = 3), BatchNorm, Relu, MaxPool(3, Stride = 2, Padding = 1)]
internal sealed class Stem;

[GlobalAveragePool]
internal sealed class Average;
