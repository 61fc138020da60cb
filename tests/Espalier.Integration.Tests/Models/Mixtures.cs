namespace Espalier.Integration.Tests.Models;

using Espalier;
using static Espalier.Precision;

// Edges between arithmetics, activations on the grid, small grids, one class in several places.

[Dense(21, 40), Sigmoid, Quantize(Int8), Prune(0.6)]
public partial class SigmoidLayer;

[Dense(40, 33), Tanh, Quantize(Int8)]
public partial class TanhLayer;

[Dense(33, 33), Relu, Quantize(Int4, Inputs = Int4), Prune(0.5), Codebook(8)]
public partial class SmallGrid;

[Dense(33, 33), Relu]
public partial class FloatMiddle;

[Dense(33, 5), Softmax, Quantize(Ternary)]
public partial class Probabilities;

[Sequential(typeof(SigmoidLayer), typeof(TanhLayer), typeof(SmallGrid), typeof(SmallGrid), typeof(Probabilities))]
public partial class GridNet;

[Sequential(typeof(SigmoidLayer), typeof(TanhLayer), typeof(FloatMiddle), typeof(SmallGrid), typeof(FloatMiddle), typeof(Probabilities))]
public partial class MixedNet;

[Dense(1, 1)]
public partial class Single;

[Dense(1, 70), Relu, Quantize(Int8), Prune(0.5), Codebook(4), ]
public partial class OneColumn;

[Dense(70, 1), Quantize(Int8, PerChannel = false), Prune(0.9)]
public partial class OneRow;

[Sequential(typeof(Single), typeof(OneColumn), typeof(OneRow))]
public partial class ThinNet;

[Dense(17000, 40, Bias = false), Relu, Quantize(Int8), Prune(0.95), Codebook(16)]
public partial class Wide;

[Dense(40, 3), Quantize(Binary)]
public partial class WideOut;

// Needs more scratch than the stack gives.
[Sequential(typeof(Wide), typeof(WideOut))]
public partial class WideNet;

[Dense(5000, 40), Tanh, Prune(0.9)]
public partial class WideFloat;

[Dense(40, 2), Softmax]
public partial class WideFloatOut;

[Sequential(typeof(WideFloat), typeof(WideFloatOut))]
public partial class WideFloatNet;

// Large enough for codes of few bits where wide vectors run.
[Dense(70, 1000), Relu, Quantize(Int4)]
public partial class FourBits;

[Dense(1000, 90), Relu, Quantize(Int8), Codebook(16)]
public partial class SharedFourBits;

[Dense(90, 1500), Tanh, Quantize(Ternary)]
public partial class TwoBits;

[Dense(1500, 101), Quantize(Binary)]
public partial class Signs;

[Sequential(typeof(FourBits), typeof(SharedFourBits), typeof(TwoBits), typeof(Signs))]
public partial class FewBitsNet;

public partial class Enclosing
{
    [Dense(4, 3)]
    public partial class Inner;

    [Sequential(typeof(Inner))]
    public partial class InnerNet;
}

[Sequential(typeof(SmallGrid), typeof(SmallGrid))]
public partial class TwiceNet;

[Sequential(typeof(SmallGrid))]
public partial class OnceNet;
