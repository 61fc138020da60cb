using System.Diagnostics;
using Startup;

var main = Stopwatch.GetTimestamp();
var weights = LeNet300.Trained;
var decoded = Stopwatch.GetTimestamp();
var net = new LeNet300();
var packed = Stopwatch.GetTimestamp();
var pixels = new byte[LeNet300.Inputs];
var scores = new float[LeNet300.Outputs];
net.Predict(pixels, scores);
var predicted = Stopwatch.GetTimestamp();
Console.WriteLine($"{net.Tier} {main} {decoded} {packed} {predicted}");
