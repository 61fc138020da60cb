namespace Benchmarks.Models;

using Espalier;
using static Espalier.Precision;

// Float layers of one shape whose weights are stored in different ways; SquareFp32 stands in SquareModels.cs, LeNet300Fp32 in LeNet300Models.cs.

[Dense(1024, 1024), Quantize(Bf16)] public partial class SquareBf16Layer;
[Sequential(typeof(SquareBf16Layer))] public partial class SquareBf16;

[Dense(1024, 1024), Quantize(Fp16)] public partial class SquareFp16Layer;
[Sequential(typeof(SquareFp16Layer))] public partial class SquareFp16;

[Dense(1024, 1024), Codebook(16)] public partial class SquareSharedLayer;
[Sequential(typeof(SquareSharedLayer))] public partial class SquareShared;

[Dense(1024, 1024), Prune(0.90)] public partial class SquareSparseLayer;
[Sequential(typeof(SquareSparseLayer))] public partial class SquareSparse;

[Dense(1024, 1024), Prune(0.90), Codebook(16)] public partial class SquareSparseSharedLayer;
[Sequential(typeof(SquareSparseSharedLayer))] public partial class SquareSparseShared;

[Dense(4096, 4096)] public partial class LargeFp32Layer;
[Sequential(typeof(LargeFp32Layer))] public partial class LargeFp32;

[Dense(4096, 4096), Quantize(Bf16)] public partial class LargeBf16Layer;
[Sequential(typeof(LargeBf16Layer))] public partial class LargeBf16;

[Dense(4096, 4096), Quantize(Fp16)] public partial class LargeFp16Layer;
[Sequential(typeof(LargeFp16Layer))] public partial class LargeFp16;

[Dense(4096, 4096), Codebook(16)] public partial class LargeSharedLayer;
[Sequential(typeof(LargeSharedLayer))] public partial class LargeShared;

[Dense(4096, 4096), Prune(0.90)] public partial class LargeSparseLayer;
[Sequential(typeof(LargeSparseLayer))] public partial class LargeSparse;

[Dense(4096, 4096), Prune(0.90), Codebook(16)] public partial class LargeSparseSharedLayer;
[Sequential(typeof(LargeSparseSharedLayer))] public partial class LargeSparseShared;

[Dense(784, 300), Relu, Quantize(Bf16)] public partial class Bf16Hidden300;
[Dense(300, 100), Relu, Quantize(Bf16)] public partial class Bf16Hidden100;
[Dense(100, 10), Quantize(Bf16)] public partial class Bf16Logits;
[Sequential(typeof(Bf16Hidden300), typeof(Bf16Hidden100), typeof(Bf16Logits))] public partial class LeNet300Bf16;

[Dense(784, 300), Relu, Quantize(Fp16)] public partial class Fp16Hidden300;
[Dense(300, 100), Relu, Quantize(Fp16)] public partial class Fp16Hidden100;
[Dense(100, 10), Quantize(Fp16)] public partial class Fp16Logits;
[Sequential(typeof(Fp16Hidden300), typeof(Fp16Hidden100), typeof(Fp16Logits))] public partial class LeNet300Fp16;

[Dense(784, 300), Relu, Codebook(16)] public partial class SharedHidden300;
[Dense(300, 100), Relu, Codebook(16)] public partial class SharedHidden100;
[Dense(100, 10), Codebook(16)] public partial class SharedLogits;
[Sequential(typeof(SharedHidden300), typeof(SharedHidden100), typeof(SharedLogits))] public partial class LeNet300Shared;

[Dense(784, 300), Relu, Prune(0.92)] public partial class SparseHidden300;
[Dense(300, 100), Relu, Prune(0.91)] public partial class SparseHidden100;
[Dense(100, 10), Prune(0.74)] public partial class SparseLogits;
[Sequential(typeof(SparseHidden300), typeof(SparseHidden100), typeof(SparseLogits))] public partial class LeNet300Sparse;

[Dense(784, 300), Relu, Prune(0.92), Codebook(16)] public partial class SparseSharedHidden300;
[Dense(300, 100), Relu, Prune(0.91), Codebook(16)] public partial class SparseSharedHidden100;
[Dense(100, 10), Prune(0.74), Codebook(16)] public partial class SparseSharedLogits;
[Sequential(typeof(SparseSharedHidden300), typeof(SparseSharedHidden100), typeof(SparseSharedLogits))] public partial class LeNet300SparseShared;

// The codes that ONNX Runtime's fp32 weights are made from.
[Dense(4096, 4096), Quantize(Int8)] public partial class LargeInt8Layer;
[Sequential(typeof(LargeInt8Layer))] public partial class LargeInt8;
