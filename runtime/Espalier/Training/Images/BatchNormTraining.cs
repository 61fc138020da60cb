using System;
using Espalier.Kernels;
using Espalier.Numerics;

namespace Espalier;

/// <summary>
/// Batch normalisation of the sums of a layer (Ioffe and Szegedy, 2015), in fp32 whatever the layer's precision: γ·(s − μ)/σ + β, with mean and variance of each output or output channel
/// over the batch and all pixels while learning, and their running averages in inference. β is where the layer keeps its biases, so that folding leaves it in its place.
/// </summary>
internal sealed class BatchNormTraining
{
    private readonly BatchNormDescription _description;
    private readonly int _channels;
    private readonly int _pixels;
    private readonly int _stride;
    private readonly AlignedMemory _sums;
    private readonly AlignedMemory _gradient;
    private readonly float[] _factor;
    private readonly float[] _factorGradient;
    private readonly float[] _mean;
    private readonly float[] _variance;
    private readonly float[] _inverse;
    private readonly ParameterSteps _steps;

    public BatchNormTraining(BatchNormDescription description, WeightedTraining layer, int batch, Optimizer optimizer)
    {
        (_description, _channels, _pixels, _stride) = (description, layer.Rows, layer.Layer.Outputs / layer.Rows, layer.OutputStride);
        _sums = new AlignedMemory(checked(batch * _stride * sizeof(float)));
        _gradient = new AlignedMemory(_sums.Length);
        (_factor, _factorGradient, _mean, _variance, _inverse) = (new float[_channels], new float[_channels], new float[_channels], new float[_channels], new float[_channels]);
        Array.Fill(_factor, 1);
        Array.Fill(_variance, 1);
        _steps = optimizer.For(_channels);
    }

    /// <summary>Takes the sums of the layer's products; holds them normalised after a forward pass that learns.</summary>
    public Span<float> Sums => _sums.As<float>();

    /// <summary>The factors γ, one for each channel.</summary>
    public Span<float> Factors => _factor;

    public bool IsFinite => FiniteNumbers.All(_factor) && FiniteNumbers.All(_mean) && FiniteNumbers.All(_variance);

    public bool GradientsAreFinite => FiniteNumbers.All(_factorGradient);

    /// <summary>Of the last backward pass.</summary>
    internal ReadOnlySpan<float> FactorGradients => _factorGradient;

    /// <summary>The running mean of a channel's sums.</summary>
    public float MeanOf(int channel) => _mean[channel];

    /// <summary>The running variance of a channel's sums.</summary>
    public float VarianceOf(int channel) => _variance[channel];

    /// <summary>What inference multiplies a channel's sums by: γ/σ of the running variance.</summary>
    public float FactorOf(int channel) => _factor[channel] / (float)Math.Sqrt(_variance[channel] + _description.Epsilon);

    public void Forward(int batch, ReadOnlySpan<float> shifts, Span<float> results, bool learns)
    {
        for (var channel = 0; channel < _channels; channel++)
        {
            if (learns)
            {
                Measure(batch, channel);
            }

            var (factor, shift) = learns ? (_factor[channel], shifts[channel]) : (FactorOf(channel), shifts[channel] - (MeanOf(channel) * FactorOf(channel)));
            for (var row = 0; row < batch; row++)
            {
                PixelSums.Scale(Plane(_sums, row, channel), factor, shift, results.Slice((row * _stride) + (channel * _pixels), _pixels));
            }
        }
    }

    /// <summary>Gradients of γ and β; gives those of the sums before normalisation.</summary>
    public ReadOnlySpan<float> Backward(int batch, ReadOnlySpan<float> gradients, Span<float> shiftGradients)
    {
        var count = (double)batch * _pixels;
        for (var channel = 0; channel < _channels; channel++)
        {
            var (sum, product) = (0.0, 0.0);
            for (var row = 0; row < batch; row++)
            {
                var plane = gradients.Slice((row * _stride) + (channel * _pixels), _pixels);
                sum += PixelSums.Of(plane);
                product += PixelSums.OfProducts(plane, Plane(_sums, row, channel));
            }

            (shiftGradients[channel], _factorGradient[channel]) = ((float)sum, (float)product);
            var scale = _factor[channel] * _inverse[channel];
            var (meanGradient, meanProduct) = ((float)(sum / count), (float)(product / count));
            for (var row = 0; row < batch; row++)
            {
                var plane = gradients.Slice((row * _stride) + (channel * _pixels), _pixels);
                var normalised = Plane(_sums, row, channel);
                var target = Plane(_gradient, row, channel);
                for (var i = 0; i < plane.Length; i++)
                {
                    target[i] = scale * (plane[i] - meanGradient - (normalised[i] * meanProduct));
                }
            }
        }

        return _gradient.As<float>()[..(batch * _stride)];
    }

    public void Update(float rate, float lossScaling)
    {
        if (lossScaling != 1)
        {
            Scaling.Run(_factorGradient, 1 / lossScaling);
        }

        _steps.Step(_factor, _factorGradient, rate);
    }

    public void Visit(StateStream state)
    {
        VisitParameters(state);
        _steps.Visit(state);
    }

    public void VisitParameters(StateStream state)
    {
        state.Numbers<float>(_factor);
        state.Numbers<float>(_mean);
        state.Numbers<float>(_variance);
    }

    /// <summary>Mean and variance of a channel over the batch; leaves its sums normalised, and moves the running averages.</summary>
    private void Measure(int batch, int channel)
    {
        var (sum, squares, count) = (0.0, 0.0, (double)batch * _pixels);
        for (var row = 0; row < batch; row++)
        {
            sum += PixelSums.Of(Plane(_sums, row, channel));
        }

        var mean = (float)(sum / count);
        for (var row = 0; row < batch; row++)
        {
            squares += PixelSums.OfSquares(Plane(_sums, row, channel), mean);
        }

        // The running variance is the unbiased one, as PyTorch has it.
        var momentum = _description.Momentum;
        _inverse[channel] = (float)(1 / Math.Sqrt((squares / count) + _description.Epsilon));
        _mean[channel] += (float)(momentum * (mean - _mean[channel]));
        _variance[channel] += (float)(momentum * ((squares / Math.Max(1, count - 1)) - _variance[channel]));
        for (var row = 0; row < batch; row++)
        {
            var plane = Plane(_sums, row, channel);
            PixelSums.Scale(plane, _inverse[channel], -mean * _inverse[channel], plane);
        }
    }

    private Span<float> Plane(AlignedMemory memory, int row, int channel) => memory.As<float>().Slice((row * _stride) + (channel * _pixels), _pixels);
}
