namespace Benchmarks.Models;

using Espalier;
using static Espalier.Precision;

// One square layer at eleven densities: layouts are chosen when the program is built, so every density has a class of its own.

[Dense(1024, 1024), Quantize(Int8), Prune(0.99), Codebook(16)] public partial class Square1PercentLayer;
[Sequential(typeof(Square1PercentLayer))] public partial class Square1Percent;

[Dense(1024, 1024), Quantize(Int8), Prune(0.98), Codebook(16)] public partial class Square2PercentLayer;
[Sequential(typeof(Square2PercentLayer))] public partial class Square2Percent;

[Dense(1024, 1024), Quantize(Int8), Prune(0.96), Codebook(16)] public partial class Square4PercentLayer;
[Sequential(typeof(Square4PercentLayer))] public partial class Square4Percent;

[Dense(1024, 1024), Quantize(Int8), Prune(0.92), Codebook(16)] public partial class Square8PercentLayer;
[Sequential(typeof(Square8PercentLayer))] public partial class Square8Percent;

[Dense(1024, 1024), Quantize(Int8), Prune(0.88), Codebook(16)] public partial class Square12PercentLayer;
[Sequential(typeof(Square12PercentLayer))] public partial class Square12Percent;

[Dense(1024, 1024), Quantize(Int8), Prune(0.84), Codebook(16)] public partial class Square16PercentLayer;
[Sequential(typeof(Square16PercentLayer))] public partial class Square16Percent;

[Dense(1024, 1024), Quantize(Int8), Prune(0.75), Codebook(16)] public partial class Square25PercentLayer;
[Sequential(typeof(Square25PercentLayer))] public partial class Square25Percent;

[Dense(1024, 1024), Quantize(Int8), Prune(0.65), Codebook(16)] public partial class Square35PercentLayer;
[Sequential(typeof(Square35PercentLayer))] public partial class Square35Percent;

[Dense(1024, 1024), Quantize(Int8), Prune(0.50), Codebook(16)] public partial class Square50PercentLayer;
[Sequential(typeof(Square50PercentLayer))] public partial class Square50Percent;

[Dense(1024, 1024), Quantize(Int8), Prune(0.25), Codebook(16)] public partial class Square75PercentLayer;
[Sequential(typeof(Square75PercentLayer))] public partial class Square75Percent;

[Dense(1024, 1024), Quantize(Int8), Codebook(16)] public partial class Square100PercentLayer;
[Sequential(typeof(Square100PercentLayer))] public partial class Square100Percent;

[Dense(1024, 1024), Quantize(Int8)] public partial class SquareInt8Layer;
[Sequential(typeof(SquareInt8Layer))] public partial class SquareInt8;

[Dense(1024, 1024)] public partial class SquareFp32Layer;
[Sequential(typeof(SquareFp32Layer))] public partial class SquareFp32;
