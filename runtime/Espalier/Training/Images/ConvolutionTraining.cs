using System;
using Espalier.Kernels;
using Espalier.Planning;

namespace Espalier;

/// <summary>
/// A convolution while it is trained: products with the windows of an image side by side (<see cref="WindowColumns"/>). Weights are read by scalars and pixels by vectors, so channels need
/// no padding. Windows are laid out sample by sample, so that they stay in the second-level cache, and again for the gradient, which takes less time than to keep those of a batch.
/// </summary>
internal sealed class ConvolutionTraining : WeightedTraining
{
    /// <summary>Pixels that fill a tile's vectors: smaller images are taken several at a time.</summary>
    private const int FewestPixels = 48;

    /// <summary>Output channels of a group, from which a product of matrices is worth its padding; below, each weight's gradient is a sum of its own.</summary>
    private const int FewestForProduct = 6;

    private readonly WindowGeometry _window;
    private readonly WindowColumns _windows;
    private readonly int _groups;
    private readonly int _inputs;
    private readonly int _outputs;
    private readonly int _inputPixels;
    private readonly int _pixels;
    private readonly int _together;
    private readonly int _stride;
    private readonly int _gradientStride;
    private readonly AlignedMemory _columns;
    private readonly AlignedMemory _results;
    private readonly AlignedMemory _turned;
    private readonly AlignedMemory _groupGradient;
    private WinnerProducts? _winners;
    private ConvolutionParts? _parts;

    public ConvolutionTraining(TrainingStart start)
        : base(start, start.Layer.WeightRows / Conv2DKind.Groups(start.Layer.ToDefinition().Arguments) * start.Layer.Arguments[2] * start.Layer.Arguments[3])
    {
        var arguments = Layer.ToDefinition().Arguments;
        _window = Conv2DKind.Window(arguments);
        _windows = new WindowColumns(_window, Layer.InputShape, Layer.OutputShape);
        _groups = Conv2DKind.Groups(arguments);
        (Groups, NumbersOfBlock, ColumnsOfBlock, AddsZeros) = (_groups, Layer.InputShape.Pixels, arguments[2] * arguments[3], arguments[6] > 0 || arguments[7] > 0);
        (_inputs, _outputs) = (Conv2DKind.InputChannels(arguments) / _groups, Conv2DKind.OutputChannels(arguments) / _groups);
        (_inputPixels, _pixels) = (Layer.InputShape.Pixels, Layer.OutputShape.Pixels);
        _together = Math.Clamp((FewestPixels + _pixels - 1) / _pixels, 1, start.Batch);
        _stride = MatrixProduct.Padded(_together * _pixels);
        _gradientStride = _groups == 1 ? WeightStride : MatrixProduct.Padded(_outputs);
        _columns = Floats(Columns * _stride);
        _results = Floats(_outputs * _stride);
        _turned = Floats(_together * _pixels * _gradientStride);
        _groupGradient = Floats(_groups == 1 ? 0 : Columns * _gradientStride);
    }

    /// <summary>Whether gradients can come from a max pool as they are, see <see cref="BackwardOfWinners"/>: numbers in between would have to be looked at one by one.</summary>
    public bool TakesWinners =>
        _groups == 1 && ChannelLines.Fits(_window) && BatchNorm is null && !Roles.RoundsGradients && !RoundedProduct.Takes(Sums) && Layer.Dropout == 0;

    /// <summary>The backward pass from the few numbers of each channel that the largest of a window were, all other gradients being 0.</summary>
    /// <param name="batch">Rows.</param>
    /// <param name="input">What entered the last forward pass.</param>
    /// <param name="gradients">The gradients of sums.</param>
    /// <param name="inputGradient">Takes the gradient of what entered; empty where it is not wanted.</param>
    public void BackwardOfWinners(int batch, ReadOnlySpan<float> input, WinnerGradients gradients, Span<float> inputGradient)
    {
        _winners ??= new WinnerProducts(_window, Layer.InputShape, Layer.OutputShape);
        _winners.Threads = Products.Threads;
        _winners.Run(batch, input, InputStride, gradients, ProductWeights, WeightStride, WeightGradient, inputGradient);
        gradients.SumChannels(batch, BiasGradient[..Rows]);
    }

    /// <summary>Whether results can be left in the image at once.</summary>
    private bool IsDirect => _together == 1 && _stride == _pixels;

    protected override void Multiply(int batch, ReadOnlySpan<float> input, ReadOnlySpan<float> bias, Span<float> sums)
    {
        if (batch > _together && Products.IsWorthSharing((long)batch * Rows * Columns * _pixels))
        {
            _parts ??= new ConvolutionParts(this, _together, _columns.Length, _results.Length);
            _parts.Run(batch, Products.Threads, input, bias, sums);
        }
        else
        {
            MultiplyRows(0, batch, input, bias, sums, _columns.As<float>(), _results.As<float>(), Products);
        }
    }

    /// <summary>Sums of some rows of a batch.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="end">The row after the last.</param>
    /// <param name="input">What enters, all rows.</param>
    /// <param name="bias">The biases; empty for none.</param>
    /// <param name="sums">Takes what leaves, all rows.</param>
    /// <param name="columns">Memory for windows side by side.</param>
    /// <param name="side">Memory for results.</param>
    /// <param name="products">Runs the products.</param>
    internal void MultiplyRows(int first, int end, ReadOnlySpan<float> input, ReadOnlySpan<float> bias, Span<float> sums, Span<float> columns, Span<float> side, ThreadedProduct products)
    {
        for (var row = first; row < end; row += _together)
        {
            var rows = Math.Min(_together, end - row);
            for (var group = 0; group < _groups; group++)
            {
                ReadWindows(input, row, rows, group, columns);
                var results = IsDirect ? sums.Slice(OutputAt(row, group), _outputs * _pixels) : side;
                Product(products, _outputs, Columns, ProductWeights[(group * _outputs)..], 1, WeightStride, columns, results);
                for (var sample = 0; sample < rows; sample++)
                {
                    Finish(results[(sample * _pixels)..], sums.Slice(OutputAt(row + sample, group), _outputs * _pixels), bias.IsEmpty ? default : bias.Slice(group * _outputs, _outputs));
                }
            }
        }
    }

    protected override void WeightSums(int batch, ReadOnlySpan<float> input, ReadOnlySpan<float> sumsGradient)
    {
        WeightGradient.Clear();
        for (var group = 0; group < _groups; group++)
        {
            _groupGradient.As<float>().Clear();
            for (var row = 0; row < batch; row += _together)
            {
                var rows = Math.Min(_together, batch - row);
                ReadWindows(input, row, rows, group, _columns.As<float>());
                if (_outputs < FewestForProduct)
                {
                    SumOneByOne(row, rows, group, sumsGradient);
                    continue;
                }

                for (var sample = 0; sample < rows; sample++)
                {
                    var gradient = sumsGradient.Slice(OutputAt(row + sample, group), _outputs * _pixels);
                    Transposition.Floats(gradient, _outputs, _pixels, _pixels, _turned.As<float>()[(sample * _pixels * _gradientStride)..], _gradientStride);
                }

                var target = _groups == 1 ? WeightGradient : _groupGradient.As<float>();
                AddProduct(Columns, rows * _pixels, _columns.As<float>(), _turned.As<float>(), target);
            }

            for (var column = 0; column < Columns && _groups > 1 && _outputs >= FewestForProduct; column++)
            {
                _groupGradient.As<float>().Slice(column * _gradientStride, _outputs).CopyTo(WeightGradient[((column * WeightStride) + (group * _outputs))..]);
            }
        }
    }

    protected override void BiasSums(int batch, ReadOnlySpan<float> sumsGradient, Span<float> biasGradient)
    {
        for (var channel = 0; channel < Rows; channel++)
        {
            var sum = 0f;
            for (var row = 0; row < batch; row++)
            {
                sum += PixelSums.Of(sumsGradient.Slice((row * OutputStride) + (channel * _pixels), _pixels));
            }

            biasGradient[channel] = sum;
        }
    }

    protected override void InputGradient(int batch, ReadOnlySpan<float> sumsGradient, Span<float> inputGradient)
    {
        inputGradient[..(batch * InputStride)].Clear();
        for (var row = 0; row < batch; row += _together)
        {
            var rows = Math.Min(_together, batch - row);
            for (var group = 0; group < _groups; group++)
            {
                var gradient = IsDirect ? sumsGradient.Slice(OutputAt(row, group), _outputs * _pixels) : Gathered(sumsGradient, row, rows, group);
                Product(Products, Columns, _outputs, ProductWeights[(group * _outputs)..], WeightStride, 1, gradient, _columns.As<float>());
                for (var sample = 0; sample < rows; sample++)
                {
                    _windows.Add(_columns.As<float>()[(sample * _pixels)..], _stride, inputGradient.Slice(InputAt(row + sample, group), _inputs * _inputPixels), _inputs);
                }
            }
        }
    }

    private void ReadWindows(ReadOnlySpan<float> input, int row, int rows, int group, Span<float> columns)
    {
        for (var sample = 0; sample < rows; sample++)
        {
            _windows.Read(input.Slice(InputAt(row + sample, group), _inputs * _inputPixels), _inputs, columns[(sample * _pixels)..], _stride);
        }
    }

    /// <summary>Results of one sample into its image, with biases.</summary>
    private void Finish(ReadOnlySpan<float> results, Span<float> image, ReadOnlySpan<float> bias)
    {
        for (var channel = 0; channel < _outputs && !(IsDirect && bias.IsEmpty); channel++)
        {
            var plane = image.Slice(channel * _pixels, _pixels);
            var source = IsDirect ? plane : results.Slice(channel * _stride, _pixels);
            if (bias.IsEmpty)
            {
                source.CopyTo(plane);
            }
            else
            {
                PixelSums.Scale(source, 1, bias[channel], plane);
            }
        }
    }

    /// <summary>The gradients of several samples side by side.</summary>
    private ReadOnlySpan<float> Gathered(ReadOnlySpan<float> sumsGradient, int row, int rows, int group)
    {
        var gathered = _results.As<float>();
        for (var sample = 0; sample < rows; sample++)
        {
            for (var channel = 0; channel < _outputs; channel++)
            {
                sumsGradient.Slice(OutputAt(row + sample, group) + (channel * _pixels), _pixels).CopyTo(gathered[((channel * _stride) + (sample * _pixels))..]);
            }
        }

        return gathered;
    }

    /// <summary>For groups of a few channels, depthwise convolutions above all.</summary>
    private void SumOneByOne(int row, int rows, int group, ReadOnlySpan<float> sumsGradient)
    {
        var columns = _columns.As<float>();
        var gradients = WeightGradient;
        for (var sample = 0; sample < rows; sample++)
        {
            for (var output = 0; output < _outputs; output++)
            {
                var plane = sumsGradient.Slice(OutputAt(row + sample, group) + (output * _pixels), _pixels);
                for (var column = 0; column < Columns; column++)
                {
                    gradients[(column * WeightStride) + (group * _outputs) + output] += PixelSums.OfProducts(plane, columns[((column * _stride) + (sample * _pixels))..]);
                }
            }
        }
    }

    private void Product(ThreadedProduct products, int rows, int depth, ReadOnlySpan<float> a, int rowStride, int depthStride, ReadOnlySpan<float> b, Span<float> c)
    {
        if (RoundedProduct.Takes(Sums))
        {
            RoundedProduct.Run(Sums, rows, depth, _stride, a, rowStride, depthStride, b, default, c);
        }
        else
        {
            products.Dense(rows, depth, _stride, a, rowStride, depthStride, b, default, c);
        }
    }

    private void AddProduct(int rows, int depth, ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> c)
    {
        if (RoundedProduct.Takes(Sums))
        {
            // Within a sample sums are rounded at every step, from sample to sample they are added in fp32.
            var sums = new float[rows * _gradientStride];
            RoundedProduct.Run(Sums, rows, depth, _gradientStride, a, _stride, 1, b, default, sums);
            Scaling.Add(sums, c);
        }
        else
        {
            Products.Dense(rows, depth, _gradientStride, a, _stride, 1, b, default, c, adds: true);
        }
    }

    private int InputAt(int row, int group) => (row * InputStride) + (group * _inputs * _inputPixels);

    private int OutputAt(int row, int group) => (row * OutputStride) + (group * _outputs * _pixels);

    private static AlignedMemory Floats(int count) => new(checked(count * sizeof(float)));
}
