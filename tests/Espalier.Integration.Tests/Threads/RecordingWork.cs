using Espalier.Kernels;

namespace Espalier.Integration.Tests.Threads;

/// <summary>Counts who ran which part.</summary>
/// <param name="parts">Parts that there are.</param>
/// <param name="also">What a part does besides.</param>
internal sealed unsafe class RecordingWork(int parts, Action<int>? also = null) : PooledWork
{
    private readonly int[] _runs = new int[parts];

    public IReadOnlyList<int> Runs => _runs;

    public int Foreground;

    public override void Run(int part, in PooledCall call)
    {
        Interlocked.Increment(ref _runs[part]);
        if (!Thread.CurrentThread.IsBackground)
        {
            Interlocked.Increment(ref Foreground);
        }

        if (call.Input != null)
        {
            ((int*)call.Output)[part] = ((int*)call.Input)[part] + 1;
        }

        also?.Invoke(part);
    }
}
