namespace Benchmarks.Models;

using Espalier;
using static Espalier.Precision;

// Layers with inputs of 14 bits beside the same ones with seven.

[Dense(784, 300), Relu, Quantize(Int8, Inputs = Int16), Prune(0.92), Codebook(16)] public partial class Wide300;
[Dense(300, 100), Relu, Quantize(Int8, Inputs = Int16), Prune(0.91), Codebook(16)] public partial class Wide100;
[Dense(100, 10), Quantize(Int8, Inputs = Int16), Prune(0.74), Codebook(16)] public partial class WideLogits;
[Sequential(typeof(Wide300), typeof(Wide100), typeof(WideLogits))] public partial class WideLeNet300;

[Dense(4096, 4096), Relu, Quantize(Int8, Inputs = Int16), Prune(0.91), Codebook(16)] public partial class WideAlex7Layer;
[Sequential(typeof(WideAlex7Layer))] public partial class WideAlex7;

[Dense(1024, 512), Relu, Quantize(Int8), Prune(0.85)] public partial class BytesLayer;
[Sequential(typeof(BytesLayer))] public partial class Bytes1024;

[Dense(1024, 512), Relu, Quantize(Int8, Inputs = Int16), Prune(0.85)] public partial class WideBytesLayer;
[Sequential(typeof(WideBytesLayer))] public partial class WideBytes1024;

[Dense(256, 256), Relu, Quantize(Int8)] public partial class Dense256Layer;
[Sequential(typeof(Dense256Layer))] public partial class Dense256;

[Dense(256, 256), Relu, Quantize(Int8, Inputs = Int16)] public partial class WideDense256Layer;
[Sequential(typeof(WideDense256Layer))] public partial class WideDense256;

[Dense(1024, 1024), Quantize(Int8, Inputs = Int16)] public partial class WideSquareLayer;
[Sequential(typeof(WideSquareLayer))] public partial class WideSquare;
