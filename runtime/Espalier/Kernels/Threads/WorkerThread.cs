using System.Threading;

namespace Espalier.Kernels;

/// <summary>One thread of the pool: spins briefly for the next job, then blocks until it is called. A background thread, so that it keeps no process alive.</summary>
internal sealed class WorkerThread
{
    private readonly WorkerPool _pool;
    private readonly int _participant;
    private readonly SemaphoreSlim _called = new(0);
    private int _asleep;

    /// <param name="pool">Where jobs come from.</param>
    /// <param name="participant">Its number in every job, from 1 on; 0 is the caller.</param>
    /// <param name="job">The number of the last job that is none of its concern.</param>
    public WorkerThread(WorkerPool pool, int participant, int job)
    {
        (_pool, _participant) = (pool, participant);

        // Without the creator's execution context: the thread serves everyone.
        new Thread(() => Loop(job)) { IsBackground = true, Name = $"Espalier {participant}" }.UnsafeStart();
    }

    /// <summary>Wakes it if it blocks; a job must have been published before.</summary>
    public void Call()
    {
        if (Volatile.Read(ref _asleep) == 1 && Interlocked.Exchange(ref _asleep, 0) == 1)
        {
            _called.Release();
        }
    }

    private void Loop(int job)
    {
        while (true)
        {
            job = Next(job);
            _pool.TakePart(job, _participant);
        }
    }

    private int Next(int last)
    {
        var spin = default(BriefSpin);
        while (true)
        {
            if (_pool.Job is var job && job != last)
            {
                return job;
            }

            if (!spin.Once(_pool.IsKeptAwake))
            {
                // First the word that it sleeps, then a last look: the caller does the two in the other order, so one sees the other.
                Interlocked.Exchange(ref _asleep, 1);
                if (_pool.Job == last || Interlocked.Exchange(ref _asleep, 0) == 0)
                {
                    _called.Wait();
                }

                // Woken for a job, or because one is about to come.
                spin = default;
            }
        }
    }
}
