using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;
using Startup;

// The same network in ONNX Runtime at its best: one thread, all optimisations, values bound once. The benchmark puts the model beside the program.
var main = Stopwatch.GetTimestamp();
using var options = new SessionOptions
{
    GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
    ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
    IntraOpNumThreads = 1,
    InterOpNumThreads = 1,
};
using var session = new InferenceSession(Path.Combine(AppContext.BaseDirectory, "lenet300.onnx"), options);
var opened = Stopwatch.GetTimestamp();
var scores = new float[FirstPrediction.Outputs];
using var input = OrtValue.CreateTensorValueFromMemory(FirstPrediction.Pixels(), [1, FirstPrediction.Inputs]);
using var output = OrtValue.CreateTensorValueFromMemory(scores, [1, FirstPrediction.Outputs]);
using var binding = session.CreateIoBinding();
using var run = new RunOptions();
binding.BindInput("input", input);
binding.BindOutput("output", output);
session.RunWithBinding(run, binding);
var predicted = Stopwatch.GetTimestamp();
return FirstPrediction.Report(
    args, () => "OnnxRuntime", [("main", main), ("decode", opened), ("predict", predicted)], () => session.RunWithBinding(run, binding), scores);
