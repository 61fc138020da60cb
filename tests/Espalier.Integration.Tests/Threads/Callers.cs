namespace Espalier.Integration.Tests.Threads;

/// <summary>Threads that call the same thing at once.</summary>
internal static class Callers
{
    /// <summary>The rounds in which a caller found something wrong.</summary>
    /// <param name="count">Callers.</param>
    /// <param name="rounds">Rounds of each.</param>
    /// <param name="isRight">What a caller, from 0, does in a round, from 0.</param>
    public static int CountWrong(int count, int rounds, Func<int, int, bool> isRight)
    {
        var wrong = 0;
        var callers = Enumerable.Range(0, count).Select(caller => new Thread(() =>
        {
            for (var round = 0; round < rounds; round++)
            {
                if (!isRight(caller, round))
                {
                    Interlocked.Increment(ref wrong);
                }
            }
        })).ToArray();
        Array.ForEach(callers, caller => caller.Start());
        Array.ForEach(callers, caller => caller.Join());
        return wrong;
    }
}
