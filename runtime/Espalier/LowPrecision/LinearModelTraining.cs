using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using Espalier.Numerics;

namespace Espalier;

/// <summary>
/// Linear and logistic regression by asynchronous stochastic gradient descent in low precision ("Buckwild!": De Sa et al., 2015 and 2017). Has no intercept: give
/// the samples a column of ones. Samples are taken in the order given, so shuffle them first.
/// </summary>
/// <remarks>
/// Threads share one model without locks, as in Hogwild! (Niu, Recht, Ré, Wright, 2011). The races are the method: a thread may read a model that is half
/// updated, and may overwrite another's update with its own; both papers prove that it converges all the same where each update is small.
/// </remarks>
public sealed class LinearModelTraining
{
    private readonly LinearTrainingOptions _options;
    private readonly float[] _targets;
    private readonly LinearKernel _kernel;
    private readonly RandomNumbers[] _chance;
    private readonly RandomLanes[] _lanes;
    private readonly float[][] _sums;
    private readonly int _width;

    /// <summary>Takes the samples over in the dataset's precision; all weights start at 0.</summary>
    /// <param name="inputs">All finite, sample after sample.</param>
    /// <param name="targets">One for each sample: any finite number, or 0 and 1 for logistic regression.</param>
    /// <param name="width">Inputs of a sample, from 1 to 131072.</param>
    /// <param name="options">How.</param>
    /// <exception cref="ArgumentException">Lengths do not fit, a number is not finite, or a logistic target is neither 0 nor 1.</exception>
    /// <exception cref="NotSupportedException">There are no kernels for the signature.</exception>
    public LinearModelTraining(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, int width, LinearTrainingOptions? options = null)
    {
        _options = (options ?? new LinearTrainingOptions()).Checked();
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, LinearKernel.LargestWidth);
        if (inputs.Length != (long)targets.Length * width || targets.IsEmpty)
        {
            throw new ArgumentException($"{targets.Length} samples of {width} inputs were expected, one at least, but {inputs.Length} numbers were given.", nameof(inputs));
        }

        var largest = 0f;
        foreach (var value in inputs)
        {
            // Written so that NaN fails.
            if (!(Math.Abs(value) <= float.MaxValue))
            {
                throw new ArgumentException($"An input is {value}; training needs finite numbers.", nameof(inputs));
            }

            largest = Math.Max(largest, Math.Abs(value));
        }

        foreach (var target in targets)
        {
            if (!float.IsFinite(target) || (_options.Loss == LinearLoss.Logistic && target is not (0 or 1)))
            {
                throw new ArgumentException($"A target is {target}; they are finite, and 0 or 1 for logistic regression.", nameof(targets));
            }
        }

        _width = width;
        _targets = targets.ToArray();
        _kernel = LinearKernels.Find(_options.Signature)(targets.Length, width, _options.InputRange ?? (largest > 0 ? largest : 1), _options.WeightRange);
        for (var row = 0; row < targets.Length; row++)
        {
            _kernel.Load(row, inputs.Slice(row * width, width));
        }

        var seeds = new RandomNumbers((ulong)_options.Seed);
        _chance = new RandomNumbers[_options.Threads];
        _lanes = new RandomLanes[_options.Threads];
        _sums = new float[_options.Threads][];
        for (var thread = 0; thread < _options.Threads; thread++)
        {
            _sums[thread] = _options.BatchSize > 1 ? new float[_kernel.Stride] : [];
            _lanes[thread] = new RandomLanes(seeds);
            _chance[thread] = new RandomNumbers(((ulong)seeds.Next() << 32) | seeds.Next());
        }
    }

    /// <summary>Precisions of data and model.</summary>
    public DmgcSignature Signature => _options.Signature;

    /// <summary>One pass over all samples.</summary>
    public LinearEpoch Epoch(CancellationToken cancellation = default)
    {
        var start = Stopwatch.GetTimestamp();
        if (_options.Threads == 1)
        {
            Pass(0, cancellation);
        }
        else
        {
            var tasks = new Task[_options.Threads];
            for (var i = 0; i < tasks.Length; i++)
            {
                var thread = i;
                tasks[i] = Task.Factory.StartNew(() => Pass(thread, cancellation), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            }

            Task.WhenAll(tasks).GetAwaiter().GetResult();
        }

        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new LinearEpoch(seconds, (double)_targets.Length * _width / seconds);
    }

    /// <summary>The mean loss over all samples, in the precision that they are kept in.</summary>
    public double MeanLoss()
    {
        var total = 0.0;
        for (var row = 0; row < _targets.Length; row++)
        {
            var (sum, target) = (_kernel.Dot(row), _targets[row]);

            // ln(1 + e^sum) − target·sum, so written that nothing overflows.
            total += _options.Loss == LinearLoss.Squared
                ? 0.5 * (sum - target) * (sum - target)
                : Math.Max(sum, 0) - (target * sum) + Math.Log(1 + DeterministicMath.Exp(-Math.Abs((double)sum)));
        }

        return total / _targets.Length;
    }

    /// <summary>A copy of the weights as floats.</summary>
    public float[] CopyWeights()
    {
        var weights = new float[_width];
        _kernel.CopyWeights(weights);
        return weights;
    }

    /// <summary>A thread's share of the samples, one stretch of them: it is read in order.</summary>
    private void Pass(int thread, CancellationToken cancellation)
    {
        var first = (int)((long)_targets.Length * thread / _options.Threads);
        var end = (int)((long)_targets.Length * (thread + 1) / _options.Threads);
        var (rate, size) = ((float)_options.LearningRate, _options.BatchSize);
        for (var row = first; row < end; row++)
        {
            if ((row & 255) == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            var sum = _kernel.Dot(row);
            var error = (_options.Loss == LinearLoss.Logistic ? DeterministicMath.Sigmoid(sum) : sum) - _targets[row];
            if (size > 1)
            {
                _kernel.Gather(row, -rate * error / size, _sums[thread]);
                if ((row - first) % size == size - 1 || row == end - 1)
                {
                    _kernel.AddGathered(_sums[thread], _options.Rounding, _lanes[thread]);
                    _sums[thread].AsSpan().Clear();
                }

                continue;
            }

            _kernel.Add(row, -rate * error, _options.Rounding, _options.Draw, _lanes[thread], _chance[thread]);
        }
    }
}

/// <summary>What one pass over the samples took.</summary>
/// <param name="Seconds">Wall-clock time.</param>
/// <param name="NumbersPerSecond">Numbers of the dataset that were learned from in a second, of all threads together.</param>
public sealed record LinearEpoch(double Seconds, double NumbersPerSecond);
