namespace Espalier.Integration.Tests.Behaviour;

/// <summary>What a thread allocates.</summary>
internal static class AllocatedBytes
{
    private const int Rounds = 50;

    /// <summary>
    /// The least that a call allocated, warm. One call without is proof enough that the code does not need it: a collection that another thread starts adds
    /// what was left of this thread's allocation buffer, and tests beside this one start many.
    /// </summary>
    /// <param name="call">What to measure; called up to so many times as there are rounds, so it should be short.</param>
    public static long Least(Action call)
    {
        var least = long.MaxValue;
        for (var round = 0; round < Rounds && least > 0; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            call();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
