using System;
using System.Diagnostics;
using System.Threading;

namespace Espalier.Kernels;

/// <summary>
/// Waits by spinning for a limited time. A hand-over to a spinning thread takes half a microsecond, to a blocked one many, so it pays to
/// spin for about as long as a layer takes; without an end it costs milliseconds wherever fewer processors are free than threads want.
/// </summary>
internal struct BriefSpin
{
    private const int MicrosAtMost = 50;

    /// <summary>While a caller keeps the pool awake: between the products of a training step its own thread updates weights and reads samples.</summary>
    private const int MicrosKeptAwake = 1000;

    private const int ChecksBetweenClocks = 8;

    private static readonly long s_ticks = Environment.ProcessorCount == 1 ? 0 : Stopwatch.Frequency * MicrosAtMost / 1_000_000;
    private static readonly long s_ticksAwake = Environment.ProcessorCount == 1 ? 0 : Stopwatch.Frequency * MicrosKeptAwake / 1_000_000;

    private long _start;
    private int _checks;

    /// <summary>Waits a moment; false when the time is over.</summary>
    /// <param name="keptAwake">Whether to wait for longer.</param>
    public bool Once(bool keptAwake = false)
    {
        if (_checks++ % ChecksBetweenClocks == 0)
        {
            var now = Stopwatch.GetTimestamp();
            _start = _start == 0 ? now : _start;
            if (now - _start >= (keptAwake ? s_ticksAwake : s_ticks))
            {
                return false;
            }
        }

        Thread.SpinWait(1);
        return true;
    }
}
