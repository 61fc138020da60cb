namespace Espalier.Integration.Tests.Models;

using Espalier;
using static Espalier.Precision;

// Layers that are worth several threads: the first on tiers below AVX2, the others on all. Codes leave the first, by table, and floats the second.

[Dense(4000, 1000), Tanh, Quantize(Int8), Prune(0.8), Codebook(16)]
public partial class LargePruned;

[Dense(1000, 4700), Relu, Quantize(Int8)]
public partial class LargeInt8;

[Dense(4700, 300), Softmax]
public partial class LargeFloat;

[Sequential(typeof(LargePruned), typeof(LargeInt8), typeof(LargeFloat))]
public partial class LargeNet;
