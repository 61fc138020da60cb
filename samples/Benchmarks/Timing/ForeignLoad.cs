using System.Diagnostics;

namespace Benchmarks.Timing;

/// <summary>How long this process was kept from running since it was made: timings on a busy machine mean little.</summary>
internal sealed class ForeignLoad
{
    /// <summary>A share of the time that is lost on a quiet machine, too.</summary>
    private const double Usual = 0.1;

    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly TimeSpan _used = Environment.CpuUsage.TotalTime;

    /// <summary>Says so when other programs took a good part of the time: what is timed here never waits by itself.</summary>
    public void Warn()
    {
        var lost = 1 - ((Environment.CpuUsage.TotalTime - _used) / Stopwatch.GetElapsedTime(_start));
        if (lost > Usual)
        {
            Console.Error.WriteLine($"Other programs took {Numbers.Percent(lost)} of the time: measure again when the machine is quiet.");
        }
    }
}
