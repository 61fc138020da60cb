using System;
using System.Runtime.CompilerServices;

namespace Espalier.Kernels;

/// <summary>All integer weights of a layer as bytes, in tiles of outputs and steps of four inputs.</summary>
public static class DenseInt8
{
    /// <summary>Products of one step.</summary>
    private const int StepInputs = 4;

    /// <summary>The first published layout: by tile, by step of four inputs, by output of the tile, four weights. Inputs and outputs are padded with zero weights.</summary>
    public sealed class V1 : PackedIntegerLayer
    {
        private readonly AlignedMemory _weights;

        private V1(IntegerLayerWeights weights, InstructionTier tier, KernelShape shape, ReadOnlyMemory<int> inputs, bool floats)
            : base(weights, tier, shape, [], floats)
        {
            Steps = (weights.Layer.Inputs + StepInputs - 1) / StepInputs;
            var packed = new sbyte[checked(Tiles * Steps * shape.Rows * StepInputs)];
            for (var output = 0; output < weights.Layer.Outputs; output++)
            {
                var (tile, row) = (output / shape.Rows, output % shape.Rows);
                for (var column = 0; column < weights.Layer.Inputs; column++)
                {
                    var position = Position(inputs, column);
                    var step = (tile * Steps) + (position / StepInputs);
                    packed[(((step * shape.Rows) + row) * StepInputs) + (position % StepInputs)] = weights.Codes[(output * weights.Layer.Inputs) + column];
                }
            }

            _weights = AlignedMemory.Of<sbyte>(packed);
            DepthHolds = shape.Depth <= 1 || DenseDepth.Holds(weights, inputs, shape.Depth);
        }

        private V1(V1 whole, int firstTile, int tiles)
            : base(whole, firstTile, tiles)
        {
            Steps = whole.Steps;
            var bytes = Steps * Shape.Rows * StepInputs;
            _weights = whole._weights.Part(firstTile * bytes, tiles * bytes);
        }

        /// <summary>Steps of four inputs.</summary>
        public int Steps { get; }

        /// <inheritdoc/>
        public override long TableBytes => _weights.Length;

        /// <summary>The weights.</summary>
        public ref byte Weights
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => ref _weights.Start;
        }

        /// <summary>Packs a layer.</summary>
        /// <param name="weights">The weights.</param>
        /// <param name="tier">The tier that will run them.</param>
        /// <param name="shape">The variant that the kernel was generated for.</param>
        /// <param name="inputs">Where the layer before put each input; empty when nothing moved.</param>
        /// <param name="floats">Whether floats leave the layer.</param>
        /// <exception cref="ArgumentException">The weights do not fit the kernel.</exception>
        public static V1 Pack(LayerWeights weights, InstructionTier tier, KernelShape shape, ReadOnlyMemory<int> inputs, bool floats)
        {
            CheckInputs(weights, inputs);
            return new V1(IntegerWeights.Of(weights), tier, shape, inputs, floats);
        }

        internal override PackedLayer Part(int firstTile, int tiles) => new V1(this, firstTile, tiles);

        internal override int StepsOf(int tile) => Steps;

        /// <inheritdoc/>
        public override void Scalar(ref byte input, ref byte output)
        {
            for (var position = 0; position < Tiles * Shape.Rows; position++)
            {
                var (tile, row) = (position / Shape.Rows, position % Shape.Rows);
                var (sum, highSum) = (Unsafe.Add(ref Bias, position), Unsafe.Add(ref HighBias, position));
                for (var step = 0; step < Steps; step++)
                {
                    ref var four = ref Unsafe.Add(ref Weights, ((((tile * Steps) + step) * Shape.Rows) + row) * StepInputs);
                    for (var k = 0; k < StepInputs; k++)
                    {
                        var weight = (sbyte)Unsafe.Add(ref four, k);
                        sum += weight * Unsafe.Add(ref input, (step * StepInputs) + k);
                        highSum += TakesPlanes ? weight * Unsafe.Add(ref input, InputPlane + (step * StepInputs) + k) : 0;
                    }
                }

                Finish(position, sum, highSum, ref output);
            }
        }
    }
}
