using System;
using System.Runtime.InteropServices;
using Espalier.Planning;

namespace Espalier.Kernels;

/// <summary>
/// An integer layer by training's product of bytes, which is exact: the same sums as <see cref="WeightedSums"/>, some twenty times faster. A convolution's
/// windows are gathered as rows of a matrix, one group of channels after the other. Keeps its buffers, so it belongs to one thread.
/// </summary>
internal sealed class ProductLayer
{
    private readonly SimulatedStep _step;
    private readonly IntegerLayerWeights _weights;
    private readonly int[][] _quads;
    private readonly int[][] _starts;
    private readonly int _stride;
    private readonly int _rows;
    private readonly int _rowStride;
    private readonly byte[] _windows;
    private readonly int[] _sums;

    /// <param name="step">A layer that computes in integers and takes codes of a byte.</param>
    public ProductLayer(SimulatedStep step)
    {
        (_step, _weights) = (step, (IntegerLayerWeights)step.Weights);
        var groups = IsConvolution ? Conv2DKind.Groups(step.Definition.Arguments) : 1;
        _rows = _weights.Rows / groups;
        (_stride, _rowStride) = (MatrixProduct.Padded(_weights.Columns), MatrixProduct.Padded(_rows));
        (_quads, _starts) = (new int[groups][], new int[groups][]);
        for (var group = 0; group < groups; group++)
        {
            (_quads[group], _starts[group]) = (new int[_stride / ByteQuads.Depth * _rowStride], new int[_rowStride]);
            step.Constants!.Bias.AsSpan(group * _rows, _rows).CopyTo(_starts[group]);
            var bytes = MemoryMarshal.Cast<int, sbyte>(_quads[group].AsSpan());
            for (var row = 0; row < _rows; row++)
            {
                for (var column = 0; column < _weights.Columns; column++)
                {
                    bytes[(((column / ByteQuads.Depth * _rowStride) + row) * ByteQuads.Depth) + (column % ByteQuads.Depth)] = _weights.Codes[(((group * _rows) + row) * _weights.Columns) + column];
                }
            }
        }

        Pixels = IsConvolution ? step.Definition.OutputShape.Pixels : 1;
        (_windows, _sums) = (new byte[Pixels * _stride], new int[Pixels * _rowStride]);
    }

    private bool IsConvolution => _step.Definition.Kind == LayerKinds.Convolution;

    private int Pixels { get; }

    /// <summary>Whether a layer can be computed so.</summary>
    public static bool Takes(LayerWeights weights) => weights is IntegerLayerWeights { InputGrid.HasPlanes: false } && weights.Layer.Kind is LayerKinds.Dense or LayerKinds.Convolution;

    /// <summary>The layer's result.</summary>
    public SimulatedTensor Run(SimulatedTensor source)
    {
        source = _step.Entering(source);
        var codes = Array.ConvertAll(source.Codes!, code => (byte)code);
        var scaled = new float[_weights.Rows * Pixels];
        for (var group = 0; group < _quads.Length; group++)
        {
            Gather(codes, group);
            ByteProduct.Run(Pixels, _stride / ByteQuads.Depth, _rowStride, MemoryMarshal.Cast<byte, int>(_windows.AsSpan()), _stride / ByteQuads.Depth, 1, _quads[group], _starts[group], _sums);
            for (var row = 0; row < _rows; row++)
            {
                var multiplier = _step.Constants!.Multipliers[(group * _rows) + row];
                var target = scaled.AsSpan(((group * _rows) + row) * Pixels, Pixels);
                for (var pixel = 0; pixel < target.Length; pixel++)
                {
                    target[pixel] = _sums[(pixel * _rowStride) + row] * multiplier;
                }
            }
        }

        return WeightedSums.End(_step, scaled);
    }

    private void Gather(byte[] codes, int group)
    {
        if (!IsConvolution)
        {
            codes.CopyTo(_windows, 0);
            return;
        }

        var (input, output, window) = (_step.SourceShape, _step.Definition.OutputShape, Conv2DKind.Window(_step.Definition.Arguments));
        for (var pixel = 0; pixel < Pixels; pixel++)
        {
            ImageWindows.Gather(
                codes, input, window, group * (input.Channels / _quads.Length), (pixel / output.Width, pixel % output.Width), (byte)_weights.InputGrid.ZeroPoint, _windows.AsSpan(pixel * _stride, _weights.Columns));
        }
    }
}
