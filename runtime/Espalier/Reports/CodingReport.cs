using System;
using System.Diagnostics;

namespace Espalier;

/// <summary>What one goal of <c>[Coding]</c> makes of a model.</summary>
public sealed class CodingReport
{
    private CodingReport(CodingGoal goal, long bytes, double milliseconds)
    {
        Goal = goal;
        Bytes = bytes;
        DecodeMilliseconds = milliseconds;
    }

    /// <summary>The goal.</summary>
    public CodingGoal Goal { get; }

    /// <summary>Everything that ships, in bytes.</summary>
    public long Bytes { get; }

    /// <summary>How long this process took to decode it on one thread, in milliseconds: the shorter of two runs.</summary>
    public double DecodeMilliseconds { get; }

    internal static CodingReport Of(CodingGoal goal, byte[] blob, ModelDescription model)
    {
        var shortest = double.MaxValue;
        for (var run = 0; run < 2; run++)
        {
            var start = Stopwatch.GetTimestamp();
            Blob.Read(blob, model, model.ShortName);
            shortest = Math.Min(shortest, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return new CodingReport(goal, blob.Length, shortest);
    }
}
