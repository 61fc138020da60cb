namespace Benchmarks.Startup;

/// <summary>What was measured of one published program: medians.</summary>
/// <param name="Program">The program.</param>
/// <param name="Tier">What its network runs on.</param>
/// <param name="Milliseconds">From the start of the process to its end, one prediction in between.</param>
/// <param name="Micros">What the program measures itself: <c>main</c> until its first line runs, <c>decode</c>, <c>pack</c>, <c>predict</c>, and <c>first</c>, their sum.</param>
/// <param name="WarmMicros">Microseconds of a prediction in a loop inside of the program.</param>
internal sealed record StartupMeasurement(PublishedProgram Program, string Tier, double Milliseconds, IReadOnlyDictionary<string, double> Micros, double WarmMicros);
