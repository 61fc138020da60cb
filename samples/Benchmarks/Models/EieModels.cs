namespace Benchmarks.Models;

using Espalier;
using static Espalier.Precision;

// The nine fully connected layers of "EIE: Efficient Inference Engine on Compressed Deep Neural Network" (Han et al., 2016), each a
// model of its own at the density that the paper gives.

[Dense(9216, 4096), Quantize(Int8), Prune(0.91), Codebook(16)] public partial class Alex6Layer;
[Sequential(typeof(Alex6Layer))] public partial class Alex6;

[Dense(4096, 4096), Quantize(Int8), Prune(0.91), Codebook(16)] public partial class Alex7Layer;
[Sequential(typeof(Alex7Layer))] public partial class Alex7;

[Dense(4096, 1000), Quantize(Int8), Prune(0.75), Codebook(16)] public partial class Alex8Layer;
[Sequential(typeof(Alex8Layer))] public partial class Alex8;

[Dense(25088, 4096), Quantize(Int8), Prune(0.96), Codebook(16)] public partial class Vgg6Layer;
[Sequential(typeof(Vgg6Layer))] public partial class Vgg6;

[Dense(4096, 4096), Quantize(Int8), Prune(0.96), Codebook(16)] public partial class Vgg7Layer;
[Sequential(typeof(Vgg7Layer))] public partial class Vgg7;

[Dense(4096, 1000), Quantize(Int8), Prune(0.77), Codebook(16)] public partial class Vgg8Layer;
[Sequential(typeof(Vgg8Layer))] public partial class Vgg8;

[Dense(4096, 600), Quantize(Int8), Prune(0.90), Codebook(16)] public partial class NtWeLayer;
[Sequential(typeof(NtWeLayer))] public partial class NtWe;

[Dense(600, 8791), Quantize(Int8), Prune(0.89), Codebook(16)] public partial class NtWdLayer;
[Sequential(typeof(NtWdLayer))] public partial class NtWd;

[Dense(1201, 2400), Quantize(Int8), Prune(0.90), Codebook(16)] public partial class NtLstmLayer;
[Sequential(typeof(NtLstmLayer))] public partial class NtLstm;
