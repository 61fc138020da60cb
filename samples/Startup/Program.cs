using System.Diagnostics;
using Startup;

var main = Stopwatch.GetTimestamp();
_ = LeNet300.Trained;
var decoded = Stopwatch.GetTimestamp();
var network = new LeNet300();
var packed = Stopwatch.GetTimestamp();
var pixels = FirstPrediction.Pixels();
var scores = new float[FirstPrediction.Outputs];
network.Predict(pixels, scores);
var predicted = Stopwatch.GetTimestamp();
return FirstPrediction.Report(
    args, () => network.Tier.ToString(), [("main", main), ("decode", decoded), ("pack", packed), ("predict", predicted)], () => network.Predict(pixels, scores), scores);
