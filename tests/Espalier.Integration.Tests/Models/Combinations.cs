namespace Espalier.Integration.Tests.Models;

using Espalier;
using static Espalier.Precision;

// Every combination of the three compressions, in widths that are no multiple of any vector.

[Dense(37, 29), Relu]
public partial class Plain;

[Dense(29, 11)]
public partial class PlainOut;

[Dense(37, 29), Relu, Quantize(Int8)]
public partial class Quantized;

[Dense(29, 11), Quantize(Int8)]
public partial class QuantizedOut;

[Dense(37, 29), Relu, Prune(0.8)]
public partial class Pruned;

[Dense(29, 11), Prune(0.7)]
public partial class PrunedOut;

[Dense(37, 29), Relu, Codebook(16)]
public partial class Shared;

[Dense(29, 11), Codebook(8)]
public partial class SharedOut;

[Dense(37, 29), Relu, Quantize(Int8), Prune(0.8)]
public partial class QuantizedPruned;

[Dense(29, 11), Quantize(Int8), Prune(0.7)]
public partial class QuantizedPrunedOut;

[Dense(37, 29), Relu, Quantize(Int8), Codebook(16)]
public partial class QuantizedShared;

[Dense(29, 11), Quantize(Int8), Codebook(32)]
public partial class QuantizedSharedOut;

[Dense(37, 29), Relu, Prune(0.8), Codebook(16)]
public partial class PrunedShared;

[Dense(29, 11), Prune(0.7), Codebook(16)]
public partial class PrunedSharedOut;

[Dense(37, 29), Relu, Quantize(Int8), Prune(0.8), Codebook(16)]
public partial class AllThree;

[Dense(29, 11), Quantize(Int8), Prune(0.7), Codebook(16)]
public partial class AllThreeOut;

[Sequential(typeof(Plain), typeof(PlainOut))]
public partial class PlainNet;

[Sequential(typeof(Quantized), typeof(QuantizedOut))]
public partial class QuantizedNet;

[Sequential(typeof(Pruned), typeof(PrunedOut))]
public partial class PrunedNet;

[Sequential(typeof(Shared), typeof(SharedOut))]
public partial class SharedNet;

[Sequential(typeof(QuantizedPruned), typeof(QuantizedPrunedOut))]
public partial class QuantizedPrunedNet;

[Sequential(typeof(QuantizedShared), typeof(QuantizedSharedOut))]
public partial class QuantizedSharedNet;

[Sequential(typeof(PrunedShared), typeof(PrunedSharedOut))]
public partial class PrunedSharedNet;

[Sequential(typeof(AllThree), typeof(AllThreeOut))]
public partial class AllThreeNet;
