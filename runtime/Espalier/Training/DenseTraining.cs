using System;
using Espalier.Kernels;

namespace Espalier;

/// <summary>A fully connected layer while it is trained. Weights lie as [inputs][padded outputs]: the forward product reads them as they are.</summary>
internal sealed class DenseTraining : WeightedTraining
{
    private readonly AlignedMemory _transposedMemory;
    private readonly float[] _zeros;
    private readonly NonzeroLists _inputNonzeros;
    private readonly NonzeroLists _inputNonzerosTransposed;
    private readonly NonzeroLists _gradientNonzeros;

    public DenseTraining(TrainingStart start)
        : base(start, start.Layer.Outputs)
    {
        _transposedMemory = new AlignedMemory(checked(Layer.Outputs * InputStride * sizeof(float)));
        _zeros = new float[OutputStride + InputStride];
        _inputNonzeros = new NonzeroLists(start.Batch, Layer.Inputs);
        _inputNonzerosTransposed = new NonzeroLists(Layer.Inputs, start.Batch);
        _gradientNonzeros = new NonzeroLists(start.Batch, Layer.Outputs);
    }

    protected override void Multiply(int batch, ReadOnlySpan<float> input, ReadOnlySpan<float> bias, Span<float> sums)
    {
        if (RoundedProduct.Takes(Sums))
        {
            RoundedProduct.Run(Sums, batch, Layer.Inputs, OutputStride, input, InputStride, 1, ProductWeights, bias, sums);
            return;
        }

        _inputNonzeros.Read(input, batch, Layer.Inputs, InputStride, SparseProduct.MostNonzeros);
        if (SparseProduct.Pays(_inputNonzeros, OutputStride))
        {
            Products.Sparse(_inputNonzeros, OutputStride, ProductWeights, bias.IsEmpty ? _zeros : bias, sums);
        }
        else
        {
            Products.Dense(batch, Layer.Inputs, OutputStride, input, InputStride, 1, ProductWeights, bias, sums);
        }
    }

    /// <summary>dW = Xᵀ·dY: for the dense product the transpose is a matter of strides.</summary>
    protected override void WeightSums(int batch, ReadOnlySpan<float> input, ReadOnlySpan<float> sumsGradient)
    {
        if (RoundedProduct.Takes(Sums))
        {
            RoundedProduct.Run(Sums, Layer.Inputs, batch, OutputStride, input, 1, InputStride, sumsGradient, default, WeightGradient);
        }
        else if (SparseProduct.PaysTransposed(_inputNonzeros, OutputStride))
        {
            _inputNonzerosTransposed.ReadTransposed(_inputNonzeros);
            Products.Sparse(_inputNonzerosTransposed, OutputStride, sumsGradient, _zeros, WeightGradient);
        }
        else
        {
            Products.Dense(Layer.Inputs, batch, OutputStride, input, 1, InputStride, sumsGradient, default, WeightGradient);
        }
    }

    protected override void BiasSums(int batch, ReadOnlySpan<float> sumsGradient, Span<float> biasGradient) =>
        ColumnSums.Run(sumsGradient[..(batch * OutputStride)], biasGradient);

    /// <summary>dX = dY·Wᵀ; where ReLU stopped a sum, dY is 0.</summary>
    protected override void InputGradient(int batch, ReadOnlySpan<float> sumsGradient, Span<float> inputGradient)
    {
        var transposed = _transposedMemory.As<float>();
        Transposition.Floats(ProductWeights, Layer.Inputs, Layer.Outputs, OutputStride, transposed, InputStride);
        if (RoundedProduct.Takes(Sums))
        {
            RoundedProduct.Run(Sums, batch, Layer.Outputs, InputStride, sumsGradient, OutputStride, 1, transposed, default, inputGradient);
            return;
        }

        _gradientNonzeros.Read(sumsGradient, batch, Layer.Outputs, OutputStride, SparseProduct.MostNonzeros);
        if (SparseProduct.Pays(_gradientNonzeros, InputStride))
        {
            Products.Sparse(_gradientNonzeros, InputStride, transposed, _zeros, inputGradient);
        }
        else
        {
            Products.Dense(batch, Layer.Outputs, InputStride, sumsGradient, OutputStride, 1, transposed, default, inputGradient);
        }
    }
}
