using BenchmarkDotNet.Running;

// For example: dotnet run -c Release --project samples/Benchmarks -- --filter '*Generator*'
BenchmarkSwitcher.FromAssembly(typeof(Benchmarks.GeneratorBenchmark).Assembly).Run(args);
