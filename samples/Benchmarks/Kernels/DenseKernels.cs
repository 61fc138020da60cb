using Benchmarks.Models;

namespace Benchmarks.Kernels;

/// <summary>1024 × 1024 weights of eight bits.</summary>
public class DenseInt8Kernel() : KernelBenchmark<SquareInt8>("DenseInt8");

/// <summary>1024 × 1024 of 16 integer values, four bits each.</summary>
public class DenseNibblesKernel() : KernelBenchmark<Square100Percent>("DenseNibbles", "DenseCodes");

/// <summary>1024 × 1024 floats.</summary>
public class DenseFp32Kernel() : KernelBenchmark<SquareFp32>("DenseFp32");

/// <summary>1024 × 1024 floats in bf16.</summary>
public class DenseBf16Kernel() : KernelBenchmark<SquareBf16>("DenseBf16", "Dense16BitFloats");

/// <summary>1024 × 1024 floats in fp16.</summary>
public class DenseFp16Kernel() : KernelBenchmark<SquareFp16>("DenseFp16", "Dense16BitFloats");

/// <summary>1024 × 1024 of 16 floats, four bits each.</summary>
public class DenseSharedKernel() : KernelBenchmark<SquareShared>("DenseShared");
