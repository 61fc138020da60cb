using Benchmarks.Models;

namespace Benchmarks.Kernels;

/// <summary>600 × 4096 integer weights, one in ten kept.</summary>
public class WindowedLaneSlicesKernel() : KernelBenchmark<NtWe>("WindowedLaneSlices");

/// <summary>1000 × 4096 integer weights, one in four kept: more than the second-level cache would hold otherwise.</summary>
public class DeltaLaneSlicesKernel() : KernelBenchmark<Alex8>("DeltaLaneSlices");

/// <summary>1024 × 1024 floats, one in ten kept.</summary>
public class SparseFp32Kernel() : KernelBenchmark<SquareSparse>("SparseFp32");

/// <summary>1024 × 1024 of 16 floats, one in ten kept.</summary>
public class SparseSharedKernel() : KernelBenchmark<SquareSparseShared>("SparseShared");
