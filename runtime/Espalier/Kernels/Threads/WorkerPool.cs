using System;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Threading;

namespace Espalier.Kernels;

/// <summary>
/// The threads that all models of a process share. One job runs at a time, and the thread that brings it works too; who finds the pool
/// busy runs its own parts alone, so no number of callers needs more threads or waits for another. Nothing is allocated for a call.
/// </summary>
internal sealed class WorkerPool
{
    /// <summary>Threads of one job at most, the caller's among them.</summary>
    public const int MostThreads = 128;

    private readonly PartQueue _queue = new(MostThreads);
    private readonly SemaphoreSlim _ended = new(0);
    private readonly Lock _growing = new();
    private volatile WorkerThread[] _workers = [];
    private PooledWork? _work;
    private PooledCall _call;
    private ExceptionDispatchInfo? _error;
    private int _participants;
    private int _busy;
    private int _awake;
    private int _callerWaits;
    private Counter _left;
    private Counter _job;

    public static WorkerPool Shared { get; } = new();

    /// <summary>The number of the job that was published last.</summary>
    public int Job => Volatile.Read(ref _job.Value);

    /// <summary>Whether some caller brings one job after the other, so that threads should spin for longer between them.</summary>
    public bool IsKeptAwake => Volatile.Read(ref _awake) > 0;

    /// <summary>From now until it is disposed, once, jobs come so densely that blocking in between costs more than it saves: waking a thread took longer than the products of a small network.</summary>
    /// <param name="threads">Threads that a job will want, the caller's among them: those of the others that sleep are woken now, and wait for it by spinning.</param>
    public Wakefulness KeepAwake(int threads = 1)
    {
        var awake = new Wakefulness(this);
        var workers = _workers;
        for (var i = 0; i < Math.Min(threads - 1, workers.Length); i++)
        {
            workers[i].Call();
        }

        return awake;
    }

    /// <summary>Runs all parts of a work and returns when the last has ended, whoever ran it.</summary>
    /// <param name="work">What to run.</param>
    /// <param name="parts">Its parts, <see cref="PartQueue.MostParts"/> at most.</param>
    /// <param name="threads">Threads that may take part, the caller's among them.</param>
    /// <param name="call">The arguments.</param>
    /// <exception cref="Exception">The first that a part threw; no part runs any more.</exception>
    public void Run(PooledWork work, int parts, int threads, in PooledCall call)
    {
        var workers = _workers.Length < Math.Min(threads, MostThreads) - 1 ? Grow(threads) : _workers;
        var participants = Math.Min(Math.Min(threads, parts), workers.Length + 1);
        if (participants <= 1 || Volatile.Read(ref _busy) != 0 || Interlocked.CompareExchange(ref _busy, 1, 0) != 0)
        {
            RunAlone(work, parts, call);
            return;
        }

        (_work, _call, _participants) = (work, call, participants);
        Volatile.Write(ref _left.Value, parts);
        var job = _job.Value + 1;
        _queue.Deal(job, parts, participants);

        // Published; a full fence, so that workers that go to sleep now either see the job or are seen.
        Interlocked.Exchange(ref _job.Value, job);
        for (var i = 0; i < participants - 1; i++)
        {
            workers[i].Call();
        }

        TakePart(job, 0);
        WaitForOthers();

        // The pool outlives models: it must not keep the last one alive.
        var error = _error;
        (_work, _call, _error) = (null, default, null);
        Volatile.Write(ref _busy, 0);
        error?.Throw();
    }

    /// <summary>Runs parts of a job until none is left to take.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void TakePart(int job, int participant)
    {
        // May be a later job's number; then there is nothing to take.
        var participants = Volatile.Read(ref _participants);
        if (participant >= participants)
        {
            return;
        }

        for (var part = _queue.Take(job, participant, participants); part >= 0; part = _queue.Take(job, participant, participants))
        {
            // The job cannot end before this part does, so work and arguments are still its own.
            try
            {
                _work!.Run(part, _call.On(participant));
            }
            catch (Exception error)
            {
                Interlocked.CompareExchange(ref _error, ExceptionDispatchInfo.Capture(error), null);
            }

            if (Interlocked.Decrement(ref _left.Value) == 0 && Interlocked.Exchange(ref _callerWaits, 0) == 1)
            {
                _ended.Release();
            }
        }
    }

    /// <summary>Makes as many threads as a job wants; where none can be made, callers work alone.</summary>
    private WorkerThread[] Grow(int threads)
    {
        if (OperatingSystem.IsBrowser() || OperatingSystem.IsWasi())
        {
            return [];
        }

        lock (_growing)
        {
            var workers = _workers;
            while (workers.Length < Math.Min(threads, MostThreads) - 1)
            {
                workers = [.. workers, new WorkerThread(this, workers.Length + 1, Job)];
            }

            return _workers = workers;
        }
    }

    private static void RunAlone(PooledWork work, int parts, in PooledCall call)
    {
        for (var part = 0; part < parts; part++)
        {
            work.Run(part, call);
        }
    }

    private void WaitForOthers()
    {
        var spin = default(BriefSpin);
        var interrupted = false;
        while (Volatile.Read(ref _left.Value) > 0)
        {
            if (spin.Once())
            {
                continue;
            }

            // As in the worker: the word first, then a last look. A release that comes late wakes a later call once too often, no more.
            Interlocked.Exchange(ref _callerWaits, 1);
            if (Volatile.Read(ref _left.Value) > 0)
            {
                interrupted |= BlockUntilReleased();
            }
        }

        Volatile.Write(ref _callerWaits, 0);
        if (interrupted)
        {
            Thread.CurrentThread.Interrupt();
        }
    }

    /// <summary>True when the thread was interrupted instead: others still write to its stack, so that has to wait for them.</summary>
    private bool BlockUntilReleased()
    {
        try
        {
            _ended.Wait();
            return false;
        }
        catch (ThreadInterruptedException)
        {
            return true;
        }
    }

    /// <summary>See <see cref="KeepAwake"/>.</summary>
    public readonly struct Wakefulness : IDisposable
    {
        private readonly WorkerPool _pool;

        public Wakefulness(WorkerPool pool)
        {
            _pool = pool;
            Interlocked.Increment(ref pool._awake);
        }

        public void Dispose() => Interlocked.Decrement(ref _pool._awake);
    }

    /// <summary>A number that several threads watch, on cache lines of its own.</summary>
    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Explicit, Size = 256)]
    private struct Counter
    {
        [System.Runtime.InteropServices.FieldOffset(128)]
        public int Value;
    }
}
