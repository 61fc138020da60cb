using System.Threading;

namespace Espalier.Kernels;

/// <summary>
/// Who runs which part of a job. Every participant has a range of its own, in the same order call after call, so that its processor's
/// caches keep that part of the tables; who has finished takes from the others. A participant that wakes up late, or never, so holds
/// nobody up. A range is one word of job number, next part and end, which makes taking one atomic and bars those who are still at an earlier job.
/// </summary>
internal sealed class PartQueue
{
    private const int PartBits = 16;
    private const long PartMask = (1L << PartBits) - 1;

    /// <summary>Parts of a job at most.</summary>
    public const int MostParts = 1 << (PartBits - 1);

    /// <summary>Words from one range to the next: two cache lines, as processors fetch them in pairs.</summary>
    private const int Stride = 16;

    private readonly long[] _ranges;

    /// <param name="participants">Participants of a job at most.</param>
    public PartQueue(int participants) => _ranges = new long[(participants + 1) * Stride];

    /// <summary>Deals a job's parts out. No job may be running.</summary>
    public void Deal(int job, int parts, int participants)
    {
        for (var i = 0; i < participants; i++)
        {
            long first = (long)parts * i / participants;
            long end = (long)parts * (i + 1) / participants;
            Volatile.Write(ref Range(i), ((long)job << (2 * PartBits)) | (first << PartBits) | end);
        }
    }

    /// <summary>Takes a part of the job; -1 when there is none left, or when another job runs by now.</summary>
    public int Take(int job, int participant, int participants)
    {
        for (var i = 0; i < participants; i++)
        {
            ref var range = ref Range((participant + i) % participants);
            while (true)
            {
                var seen = Volatile.Read(ref range);
                var (first, end) = ((int)((seen >> PartBits) & PartMask), (int)(seen & PartMask));
                if ((int)(seen >> (2 * PartBits)) != job || first >= end)
                {
                    break;
                }

                if (Interlocked.CompareExchange(ref range, seen + (1L << PartBits), seen) == seen)
                {
                    return first;
                }
            }
        }

        return -1;
    }

    // The first line is left to the array's header.
    private ref long Range(int participant) => ref _ranges[(participant + 1) * Stride];
}
