namespace Benchmarks.Models;

using Espalier;
using static Espalier.Precision;

// LeNet-300-100 with all three compressions, at the densities of "Deep Compression" (Han et al., 2016).
[Dense(784, 300), Relu, Quantize(Int8), Prune(0.92), Codebook(16)] public partial class Hidden300;
[Dense(300, 100), Relu, Quantize(Int8), Prune(0.91), Codebook(16)] public partial class Hidden100;
[Dense(100, 10), Quantize(Int8), Prune(0.74), Codebook(16)] public partial class Logits;
[Sequential(typeof(Hidden300), typeof(Hidden100), typeof(Logits))] public partial class LeNet300;

// The same in int8 alone.
[Dense(784, 300), Relu, Quantize(Int8)] public partial class Int8Hidden300;
[Dense(300, 100), Relu, Quantize(Int8)] public partial class Int8Hidden100;
[Dense(100, 10), Quantize(Int8)] public partial class Int8Logits;
[Sequential(typeof(Int8Hidden300), typeof(Int8Hidden100), typeof(Int8Logits))] public partial class LeNet300Int8;

// The same uncompressed.
[Dense(784, 300), Relu] public partial class Fp32Hidden300;
[Dense(300, 100), Relu] public partial class Fp32Hidden100;
[Dense(100, 10)] public partial class Fp32Logits;
[Sequential(typeof(Fp32Hidden300), typeof(Fp32Hidden100), typeof(Fp32Logits))] public partial class LeNet300Fp32;
