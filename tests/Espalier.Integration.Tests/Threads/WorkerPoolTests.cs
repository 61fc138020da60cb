using Espalier.Integration.Tests.Behaviour;
using Espalier.Integration.Tests.Kernels;
using Espalier.Kernels;
using Xunit;

namespace Espalier.Integration.Tests.Threads;

/// <summary>The pool itself, each test with one of its own, as the shared one may be busy with another test.</summary>
[Trait(Tiers.Trait, Tiers.Once)]
public class WorkerPoolTests
{
    /// <summary>Only so that a broken pool fails instead of hanging.</summary>
    private static readonly TimeSpan Guard = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 2)]
    [InlineData(7, 2)]
    [InlineData(3, 8)]
    [InlineData(100, 4)]
    [InlineData(500, 1000)]
    [InlineData(9, 1)]
    public void EveryPartRunsOnceHoweverManyThreadsThereAre(int parts, int threads)
    {
        var pool = new WorkerPool();
        for (var round = 0; round < 200; round++)
        {
            var work = new RecordingWork(parts);
            pool.Run(work, parts, threads, default);
            Assert.All(work.Runs, runs => Assert.Equal(1, runs));
        }
    }

    [Fact]
    public unsafe void ArgumentsReachEveryPartAndResultsTheCaller()
    {
        const int Parts = 24;
        var pool = new WorkerPool();
        var (input, output) = (new int[Parts], new int[Parts]);
        for (var round = 0; round < 5000; round++)
        {
            for (var i = 0; i < Parts; i++)
            {
                input[i] = (round * Parts) + i;
            }

            fixed (int* from = input, to = output)
            {
                pool.Run(new RecordingWork(Parts), Parts, 3, new PooledCall(from, to));
            }

            for (var i = 0; i < Parts; i++)
            {
                Assert.Equal((round * Parts) + i + 1, output[i]);
            }
        }
    }

    [Fact]
    public void WorkersTakePartAlsoAfterTheyHaveGoneToSleep()
    {
        const int Threads = 4;
        var pool = new WorkerPool();
        for (var round = 0; round < 3; round++)
        {
            // Each thread waits for the others in its first part, so all of them must come.
            using var meeting = new Barrier(Threads);
            pool.Run(new RecordingWork(Threads, _ => Assert.True(meeting.SignalAndWait(Guard))), Threads, Threads, default);
            Thread.Sleep(1000);
        }
    }

    [Fact]
    public void CallersThatBlockAreWokenByTheLastWorker()
    {
        var pool = new WorkerPool();
        for (var round = 0; round < 30; round++)
        {
            using var meeting = new Barrier(2);
            var caller = Environment.CurrentManagedThreadId;
            var work = new RecordingWork(2, _ =>
            {
                Assert.True(meeting.SignalAndWait(Guard));
                if (Environment.CurrentManagedThreadId != caller)
                {
                    // Much longer than the caller spins.
                    Thread.Sleep(5);
                }
            });
            pool.Run(work, 2, 2, default);
            Assert.Equal([1, 1], work.Runs);
        }
    }

    [Fact]
    public void WorkersKeepNoProcessAlive()
    {
        var pool = new WorkerPool();
        using var meeting = new Barrier(2);
        var caller = Environment.CurrentManagedThreadId;
        var background = 0;
        pool.Run(
            new RecordingWork(2, _ =>
            {
                Assert.True(meeting.SignalAndWait(Guard));
                if (Environment.CurrentManagedThreadId != caller && Thread.CurrentThread.IsBackground)
                {
                    Interlocked.Increment(ref background);
                }
            }),
            2,
            2,
            default);
        Assert.Equal(1, background);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ExceptionsOfAnyThreadReachTheCallerAndThePoolGoesOn(bool ofWorker)
    {
        var pool = new WorkerPool();
        for (var round = 0; round < 20; round++)
        {
            using var meeting = new Barrier(2);
            var caller = Environment.CurrentManagedThreadId;
            var work = new RecordingWork(6, part =>
            {
                // Parts 0 and 3 start the ranges of the caller and of the worker.
                if (part is 0 or 3 && !meeting.SignalAndWait(Guard))
                {
                    throw new TimeoutException();
                }

                if (part is 0 or 3 && Environment.CurrentManagedThreadId != caller == ofWorker)
                {
                    throw new InvalidTimeZoneException($"part {part}");
                }
            });
            Assert.Equal(ofWorker ? "part 3" : "part 0", Assert.Throws<InvalidTimeZoneException>(() => pool.Run(work, 6, 2, default)).Message);
            Assert.All(work.Runs, runs => Assert.Equal(1, runs));
        }

        var last = new RecordingWork(6);
        pool.Run(last, 6, 2, default);
        Assert.All(last.Runs, runs => Assert.Equal(1, runs));
    }

    [Fact]
    public void SeveralCallersAtOnceAllGetAllOfTheirParts()
    {
        var pool = new WorkerPool();
        Assert.Equal(0, Callers.CountWrong(6, 3000, (caller, _) =>
        {
            var work = new RecordingWork(5 + caller);
            pool.Run(work, 5 + caller, 3, default);
            return work.Runs.All(runs => runs == 1);
        }));
    }

    [Fact]
    public void APartMayCallThePoolAgain()
    {
        var pool = new WorkerPool();
        var inner = new RecordingWork(4);
        pool.Run(new RecordingWork(3, part => pool.Run(inner, 4, 2, default)), 3, 2, default);
        Assert.All(inner.Runs, runs => Assert.Equal(3, runs));
    }

    [Fact]
    public void AnInterruptedCallerStillWaitsForItsParts()
    {
        var pool = new WorkerPool();
        using var meeting = new Barrier(2);
        var ended = 0;
        var (endedAtReturn, interrupted) = (0, false);
        Thread? caller = null;
        caller = new Thread(() =>
        {
            pool.Run(
                new RecordingWork(2, _ =>
                {
                    meeting.SignalAndWait(Guard);
                    if (Thread.CurrentThread != caller)
                    {
                        Thread.Sleep(50);
                        caller!.Interrupt();
                        Thread.Sleep(50);
                    }

                    Interlocked.Increment(ref ended);
                }),
                2,
                2,
                default);
            endedAtReturn = Volatile.Read(ref ended);
            try
            {
                Thread.Sleep(Guard);
            }
            catch (ThreadInterruptedException)
            {
                interrupted = true;
            }
        });
        caller.Start();
        caller.Join();
        Assert.Equal(2, endedAtReturn);
        Assert.True(interrupted);
    }

    [Fact]
    public void CallsAllocateNothing()
    {
        var pool = new WorkerPool();
        var work = new RecordingWork(8);
        for (var warm = 0; warm < 1000; warm++)
        {
            pool.Run(work, 8, 2, default);
        }

        Assert.Equal(0, AllocatedBytes.Least(() => pool.Run(work, 8, 2, default), calls: 100, rounds: 50));
    }
}
