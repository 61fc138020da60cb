using System.Runtime.CompilerServices;
using Espalier.Integration.Tests.Weights;
using Espalier.Kernels;
using Espalier.Planning;

namespace Espalier.Integration.Tests.Images;

/// <summary>Random weights and maps for a case, the maps as they lie between kernels, and what a convolution of them is by definition.</summary>
internal sealed class ConvolutionSample
{
    private const byte Untouched = 0xA5;
    private readonly ConvolutionCase _case;
    private readonly Random _random;
    private readonly float[] _input;
    private readonly float[] _added;
    private readonly Lazy<(double[] Values, double[] Magnitudes)> _expected;

    /// <param name="given">The case.</param>
    /// <param name="round">Draws other numbers, and extreme ones in some rounds.</param>
    /// <param name="density">The share of weights that are not 0.</param>
    public ConvolutionSample(ConvolutionCase given, int round, double density = 1)
    {
        _case = given;
        _random = new Random(HashCode.Combine(given.Channels, given.Outputs, given.Height, round));
        var random = new RandomWeights(_random.Next()) { Extreme = round % 3 == 2, Density = density };

        // Also steps so small that sums come to more of them than 32 bits hold: they must end at the grid's ends all the same.
        OutputGrid = given.Codes ? new ActivationGrid(random.Extreme ? 1e-12f : 0.05f + _random.NextSingle(), (ushort)_random.Next(128), 127) : null;
        AddedGrid = given.Codes && given.Adds ? new ActivationGrid(0.05f + _random.NextSingle(), (ushort)_random.Next(128), 127) : null;
        Weights = random.For(given.Layer, given.Adds ? null : OutputGrid);
        _input = Numbers(given.Channels * given.Height * given.Width, given.IsInteger, extreme: round % 2 == 1);
        _added = Numbers(given.Outputs * given.OutputHeight * given.OutputWidth, given.Codes, extreme: false);
        Input = Lay(_input, given.Channels, given.Height * given.Width, given.InputStride, given.IsInteger);
        Added = Lay(_added, given.Outputs, given.OutputHeight * given.OutputWidth, AddedStride, given.Codes);
        _expected = new(ByDefinition);
    }

    public LayerWeights Weights { get; }

    public ActivationGrid? OutputGrid { get; }

    public ActivationGrid? AddedGrid { get; }

    public AlignedMemory Input { get; }

    public AlignedMemory Added { get; }

    public ConvolutionPlace Place => new(_case.InputStride, _case.OutputStride, _case.Adds ? AddedStride : 0)
    {
        Activation = _case.Activation,
        OutputGrid = OutputGrid,
        AddedGrid = AddedGrid,
    };

    private int AddedStride => (_case.Outputs + 15) / 16 * 16;

    /// <summary>Room for the result. Every byte is one that no kernel writes by chance, so that a test sees what was left alone.</summary>
    public AlignedMemory NewOutput()
    {
        var output = new AlignedMemory(_case.OutputHeight * _case.OutputWidth * _case.OutputStride * (_case.Codes ? 1 : sizeof(float)));
        output.Bytes.Fill(Untouched);
        return output;
    }

    /// <summary>Whether the numbers between the layer's own, padding included, are as they were.</summary>
    public bool IsUntouchedBeyond(AlignedMemory output)
    {
        var bytes = _case.Codes ? 1 : sizeof(float);
        for (var pixel = 0; pixel < _case.OutputHeight * _case.OutputWidth; pixel++)
        {
            var beyond = output.Bytes.Slice(((pixel * _case.OutputStride) + (_case.OutputStride - _case.Wider)) * bytes, _case.Wider * bytes);
            if (beyond.ContainsAnyExcept(Untouched))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The result, channel by channel; codes as floats.</summary>
    public float[] Read(AlignedMemory output)
    {
        var pixels = _case.OutputHeight * _case.OutputWidth;
        var result = new float[_case.Outputs * pixels];
        for (var i = 0; i < result.Length; i++)
        {
            var at = (i % pixels * _case.OutputStride) + (i / pixels);
            result[i] = _case.Codes ? output.Bytes[at] : output.As<float>()[at];
        }

        return result;
    }

    /// <summary>
    /// By definition: window by window over channels, rows and columns, and the sum of all magnitudes that a float result may be off by a share of. Computed once,
    /// for all tiers and forms of packing that are held against it; nobody writes to it.
    /// </summary>
    public (double[] Values, double[] Magnitudes) Expected() => _expected.Value;

    private (double[] Values, double[] Magnitudes) ByDefinition()
    {
        var weights = WeightNumbers();
        var pixels = _case.OutputHeight * _case.OutputWidth;
        var (values, magnitudes) = (new double[_case.Outputs * pixels], new double[_case.Outputs * pixels]);
        for (var i = 0; i < values.Length; i++)
        {
            var (output, y, x) = (i / pixels, i % pixels / _case.OutputWidth, i % _case.OutputWidth);
            var (sum, magnitude) = Window(weights.AsSpan(output * _case.Layer.WeightColumns, _case.Layer.WeightColumns), output, y, x);
            var bias = (double)Weights.Bias[output];
            if (Weights is IntegerLayerWeights integer)
            {
                values[i] = Finish(integer, output, (int)sum, i);
                continue;
            }

            var added = _case.Adds ? _added[i] : 0;
            values[i] = Activate((float)(sum + bias + added));
            magnitudes[i] = magnitude + Math.Abs(bias) + Math.Abs(added);
        }

        return (values, magnitudes);
    }

    /// <summary>All weights, row by row; asked for one by one, they took longer than the products.</summary>
    private double[] WeightNumbers()
    {
        var columns = _case.Layer.WeightColumns;
        return [.. Enumerable.Range(0, _case.Outputs * columns).Select(i => Weights is IntegerLayerWeights integer ? integer.Codes[i] : (double)Weights.Weight(i / columns, i % columns))];
    }

    private (double Sum, double Magnitude) Window(ReadOnlySpan<double> weights, int output, int y, int x)
    {
        var (groupChannels, group) = (_case.Channels / _case.Groups, output / (_case.Outputs / _case.Groups));
        var (top, left) = ((y * _case.Stride.Height) - _case.Padding.Height, (x * _case.Stride.Width) - _case.Padding.Width);
        var ((rows, columns), (down, right)) = (_case.Kernel, _case.Dilation);
        var (height, width) = (_case.Height, _case.Width);
        var zeroPoint = Weights is IntegerLayerWeights { InputGrid: var grid } ? grid.ZeroPoint : 0;
        var input = _input.AsSpan(group * groupChannels * height * width);
        var (sum, magnitude, place) = (0.0, 0.0, 0);
        for (var channel = 0; channel < groupChannels; channel++)
        {
            for (var row = 0; row < rows; row++)
            {
                for (var column = 0; column < columns; column++, place++)
                {
                    var (fromY, fromX) = (top + (row * down), left + (column * right));
                    if (fromY < 0 || fromY >= height || fromX < 0 || fromX >= width)
                    {
                        continue;
                    }

                    var product = weights[place] * (input[(((channel * height) + fromY) * width) + fromX] - zeroPoint);
                    sum += product;
                    magnitude += Math.Abs(product);
                }
            }
        }

        return (sum, magnitude);
    }

    private float Finish(IntegerLayerWeights weights, int output, int sum, int place)
    {
        var step = (double)weights.InputGrid.Scale * weights.Scale(output);
        sum += (int)Math.Round(weights.Bias[output] / step, MidpointRounding.ToEven);
        if (OutputGrid is not { } grid)
        {
            var value = sum * (float)step;
            return Activate(_case.Adds ? value + _added[place] : value);
        }

        if (weights.Table is { } table)
        {
            return table.Codes[table.Sums.EncodeSteps(sum * (float)(step / table.Sums.Scale))];
        }

        var steps = sum * (float)(step / grid.Scale);
        if (AddedGrid is { } added)
        {
            var other = (_added[place] - added.ZeroPoint) * (float)((double)added.Scale / grid.Scale);
            steps += other;
        }

        return grid.EncodeSteps(Activate(steps));
    }

    private float Activate(float value)
    {
        Span<float> one = [value];
        Activations.Apply(_case.Activation, one);
        return one[0];
    }

    private float[] Numbers(int count, bool codes, bool extreme)
    {
        var numbers = new float[count];
        foreach (ref var number in numbers.AsSpan())
        {
            number = !codes ? (_random.NextSingle() * 4) - 2 : extreme ? 127 : _random.Next(128);
        }

        return numbers;
    }

    /// <summary>Channels last; padding channels hold whatever is finite.</summary>
    private AlignedMemory Lay(float[] numbers, int channels, int pixels, int stride, bool codes)
    {
        var memory = new AlignedMemory((pixels * stride * (codes ? 1 : sizeof(float))) + ConvolutionScratch.Slack);
        for (var i = 0; i < pixels * stride; i++)
        {
            var (pixel, channel) = (i / stride, i % stride);
            var number = channel < channels ? numbers[(channel * pixels) + pixel] : _random.Next(128);
            if (codes)
            {
                memory.Bytes[i] = (byte)number;
            }
            else
            {
                memory.As<float>()[i] = number;
            }
        }

        return memory;
    }
}
