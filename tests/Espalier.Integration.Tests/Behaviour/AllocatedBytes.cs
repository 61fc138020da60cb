namespace Espalier.Integration.Tests.Behaviour;

/// <summary>What a thread allocates.</summary>
internal static class AllocatedBytes
{
    /// <summary>The least that so many calls together allocated in a few rounds: a collection that another thread starts adds what was left of this thread's allocation buffer.</summary>
    /// <param name="call">What to measure.</param>
    /// <param name="calls">Calls of a round: none of them may allocate, so what allocates now and then is found too.</param>
    /// <param name="rounds">Rounds until one is clean.</param>
    public static long Least(Action call, int calls = 10, int rounds = 5)
    {
        var least = long.MaxValue;
        for (var round = 0; round < rounds && least > 0; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < calls; i++)
            {
                call();
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
