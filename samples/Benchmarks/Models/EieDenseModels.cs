namespace Benchmarks.Models;

using Espalier;
using static Espalier.Precision;

// The shapes of the EIE layers in int8 without pruning. Layers of one shape share a model, because dense kernels run equally long
// whatever the weights are.

[Dense(9216, 4096), Quantize(Int8)] public partial class Dense9216x4096Layer;
[Sequential(typeof(Dense9216x4096Layer))] public partial class Dense9216x4096;

[Dense(4096, 4096), Quantize(Int8)] public partial class Dense4096x4096Layer;
[Sequential(typeof(Dense4096x4096Layer))] public partial class Dense4096x4096;

[Dense(4096, 1000), Quantize(Int8)] public partial class Dense4096x1000Layer;
[Sequential(typeof(Dense4096x1000Layer))] public partial class Dense4096x1000;

[Dense(25088, 4096), Quantize(Int8)] public partial class Dense25088x4096Layer;
[Sequential(typeof(Dense25088x4096Layer))] public partial class Dense25088x4096;

[Dense(4096, 600), Quantize(Int8)] public partial class Dense4096x600Layer;
[Sequential(typeof(Dense4096x600Layer))] public partial class Dense4096x600;

[Dense(600, 8791), Quantize(Int8)] public partial class Dense600x8791Layer;
[Sequential(typeof(Dense600x8791Layer))] public partial class Dense600x8791;

[Dense(1201, 2400), Quantize(Int8)] public partial class Dense1201x2400Layer;
[Sequential(typeof(Dense1201x2400Layer))] public partial class Dense1201x2400;
