namespace Startup;

using Espalier;
using static Espalier.Precision;

// LeNet-300-100 with all three compressions, at the densities of "Deep Compression" (Han et al., 2016).
[Dense(784, 300), Relu, Quantize(Int8), Prune(0.92), Codebook(16)] public partial class Hidden300;
[Dense(300, 100), Relu, Quantize(Int8), Prune(0.91), Codebook(16)] public partial class Hidden100;
[Dense(100, 10), Quantize(Int8), Prune(0.74), Codebook(16)] public partial class Logits;
[Sequential(typeof(Hidden300), typeof(Hidden100), typeof(Logits)), Coding(CodingGoal.FastStart)] public partial class LeNet300;
