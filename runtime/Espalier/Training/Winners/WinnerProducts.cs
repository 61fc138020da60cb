using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Espalier.Kernels;
using Espalier.Planning;

namespace Espalier;

/// <summary>
/// The gradients of a convolution whose results a max pool has read. Behind windows of 2 × 2 three of four gradients are 0: each of the others adds a multiple of the window it came from to its
/// channel's weights, and a multiple of its channel's weights to that window. Samples are dealt to threads in parts of a fixed size, and the parts' sums are added in their order: any number of
/// threads gives the same bits.
/// </summary>
internal sealed unsafe class WinnerProducts(WindowGeometry window, ImageShape input, ImageShape output) : PooledWork
{
    private const int SamplesOfPart = 8;

    /// <summary>16 KB of floats, half of a first-level cache.</summary>
    private const int MostWeightsAtOnce = 4096;

    private readonly ChannelLines _lines = new(window, input, output);

    /// <summary>Zeros where nothing belongs to a place, which is never written.</summary>
    private float[] _weightLines = [];
    private float[] _sums = [];
    private WinnerScratch?[] _scratch = [];
    private int _batch;
    private int _inputStride;
    private int _valueStride;
    private int _windows;
    private float* _input;
    private float* _values;
    private int* _places;
    private float* _inputGradient;

    public int Threads { get; set; } = 1;

    private int Channels => output.Channels;

    private int SegmentOfSums => (_lines.SegmentLength + LineProduct.Slack - 1) / LineProduct.Slack * LineProduct.Slack;

    /// <summary>From one output channel's weights to the next.</summary>
    private int SumStride => _lines.Segments * SegmentOfSums;

    private bool WantsInput => _inputGradient != null;

    /// <param name="batch">Rows.</param>
    /// <param name="images">What entered.</param>
    /// <param name="stride">From one row of that to the next.</param>
    /// <param name="gradients">The gradients of sums.</param>
    /// <param name="weights">The weights by place of the window, then output channel.</param>
    /// <param name="weightStride">From one place to the next.</param>
    /// <param name="weightGradient">Takes the gradient of the weights, in their order.</param>
    /// <param name="inputGradient">Takes the gradient of what entered; empty where it is not wanted.</param>
    public void Run(int batch, ReadOnlySpan<float> images, int stride, WinnerGradients gradients, ReadOnlySpan<float> weights, int weightStride, Span<float> weightGradient, Span<float> inputGradient)
    {
        var parts = (batch + SamplesOfPart - 1) / SamplesOfPart;
        Prepare(Threads > 1 ? parts : 1);
        (_batch, _inputStride, _valueStride, _windows) = (batch, stride, gradients.Stride, gradients.Windows);
        Array.Clear(_sums);
        if (!inputGradient.IsEmpty)
        {
            LayOut(weights, weightStride);
        }

        // Pinned until the last part has ended.
        fixed (float* pi = images, pv = gradients.Values, pg = inputGradient)
        fixed (int* pp = gradients.Places)
        {
            _input = pi;
            _values = pv;
            _places = pp;
            _inputGradient = pg;
            if (Threads > 1)
            {
                WorkerPool.Shared.Run(this, parts, Threads, default);
            }

            for (var part = 0; part < parts; part++)
            {
                var scratch = _scratch[Threads > 1 ? part : 0]!;
                if (Threads == 1)
                {
                    Run(part, scratch);
                }

                Scaling.Add(scratch.Sums.As<float>(), _sums);
            }
        }

        weightGradient.Clear();
        Gather(weightStride, weightGradient);
    }

    /// <inheritdoc/>
    public override void Run(int part, in PooledCall call) => Run(part, _scratch[part]!);

    private void Run(int part, WinnerScratch scratch)
    {
        scratch.Sums.As<float>().Clear();
        for (var row = part * SamplesOfPart; row < Math.Min(_batch, (part + 1) * SamplesOfPart); row++)
        {
            var values = new ReadOnlySpan<float>(_values + (row * _valueStride), Channels * _windows);
            var places = new ReadOnlySpan<int>(_places + (row * Channels * _windows), values.Length);
            AddToWeights(new ReadOnlySpan<float>(_input + (row * _inputStride), input.Count), values, places, scratch);
            if (WantsInput)
            {
                InputGradient(values, places, scratch, new Span<float>(_inputGradient + (row * _inputStride), input.Count));
            }
        }
    }

    private void AddToWeights(ReadOnlySpan<float> image, ReadOnlySpan<float> values, ReadOnlySpan<int> places, WinnerScratch scratch)
    {
        var lines = scratch.Image.As<float>();
        _lines.Read(image, lines);
        ref var sums = ref MemoryMarshal.GetReference(scratch.Sums.As<float>());
        var starts = scratch.Starts(_windows);
        for (var channel = 0; channel < Channels; channel++)
        {
            var first = channel * output.Pixels;
            for (var i = 0; i < starts.Length; i++)
            {
                starts[i] = _lines.Starts[places[(channel * _windows) + i] - first];
            }

            LineProduct.Add(
                starts, values.Slice(channel * _windows, _windows), ref MemoryMarshal.GetReference(lines), _lines.SegmentStride,
                ref Unsafe.Add(ref sums, channel * SumStride), SegmentOfSums, _lines.Segments, _lines.SegmentLength);
        }
    }

    private void InputGradient(ReadOnlySpan<float> values, ReadOnlySpan<int> places, WinnerScratch scratch, Span<float> gradient)
    {
        var lines = scratch.Gradient.As<float>();
        lines.Clear();
        scratch.Lists.Read(values, places, _windows, SumStride);

        // Every pixel takes the weights of many channels: those of one row of the window stay in the first-level cache until all pixels had them.
        var atOnce = _weightLines.Length <= MostWeightsAtOnce ? _lines.Segments : 1;
        for (var segment = 0; segment < _lines.Segments; segment += atOnce)
        {
            ref var weights = ref _weightLines[segment * SegmentOfSums];
            for (var pixel = 0; pixel < output.Pixels; pixel++)
            {
                var positions = scratch.Lists.Positions(pixel, out var terms);
                if (!positions.IsEmpty)
                {
                    ref var line = ref lines[_lines.Starts[pixel] + (segment * _lines.SegmentStride)];
                    LineProduct.Add(positions, terms, ref weights, SegmentOfSums, ref line, _lines.SegmentStride, atOnce, _lines.SegmentLength);
                }
            }
        }

        _lines.Write(lines, gradient);
    }

    private void Prepare(int parts)
    {
        if (_sums.Length == 0)
        {
            (_sums, _weightLines) = (new float[Channels * SumStride], new float[Channels * SumStride]);
        }

        if (_scratch.Length < parts)
        {
            Array.Resize(ref _scratch, parts);
        }

        for (var part = 0; part < parts; part++)
        {
            _scratch[part] ??= new WinnerScratch(_lines, output, _sums.Length);
        }
    }

    private void LayOut(ReadOnlySpan<float> weights, int weightStride)
    {
        var column = 0;
        for (var channel = 0; channel < input.Channels; channel++)
        {
            for (var place = 0; place < window.Height * window.Width; place++, column++)
            {
                var at = At(channel, place);
                var from = weights.Slice(column * weightStride, Channels);
                for (var row = 0; row < from.Length; row++)
                {
                    _weightLines[(row * SumStride) + at] = from[row];
                }
            }
        }
    }

    private void Gather(int weightStride, Span<float> weightGradient)
    {
        var column = 0;
        for (var channel = 0; channel < input.Channels; channel++)
        {
            for (var place = 0; place < window.Height * window.Width; place++, column++)
            {
                var at = At(channel, place);
                var to = weightGradient.Slice(column * weightStride, Channels);
                for (var row = 0; row < to.Length; row++)
                {
                    to[row] = _sums[(row * SumStride) + at];
                }
            }
        }
    }

    /// <summary>Where a place of a window lies within a line.</summary>
    private int At(int channel, int place) => (place / window.Width * SegmentOfSums) + (place % window.Width * _lines.PixelStride) + channel;
}
