using System;
using System.Runtime.CompilerServices;

namespace Espalier.Kernels;

/// <summary>All weights of a float layer, in tiles of outputs.</summary>
public static class DenseFp32
{
    /// <summary>The first published layout: by tile, by input, the weights of the tile's outputs. Outputs are padded with zero weights.</summary>
    public sealed class V1 : PackedFloatLayer
    {
        private readonly AlignedMemory _weights;

        private V1(FloatLayerWeights weights, InstructionTier tier, KernelShape shape, ReadOnlyMemory<int> inputs)
            : base(weights, tier, shape, [])
        {
            var columns = weights.Layer.Inputs;
            var packed = new float[checked(Tiles * columns * shape.Rows)];
            for (var output = 0; output < weights.Layer.Outputs; output++)
            {
                var (tile, row) = (output / shape.Rows, output % shape.Rows);
                for (var column = 0; column < columns; column++)
                {
                    packed[(((tile * columns) + Position(inputs, column)) * shape.Rows) + row] = weights.Values[(output * columns) + column];
                }
            }

            _weights = AlignedMemory.Of<float>(packed);
        }

        private V1(V1 whole, int firstTile, int tiles)
            : base(whole, firstTile, tiles)
        {
            var bytes = Layer.Inputs * Shape.Rows * sizeof(float);
            _weights = whole._weights.Part(firstTile * bytes, tiles * bytes);
        }

        /// <inheritdoc/>
        public override long TableBytes => _weights.Length;

        /// <summary>The weights.</summary>
        public ref float Weights
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => ref Unsafe.As<byte, float>(ref _weights.Start);
        }

        /// <summary>Packs a layer.</summary>
        /// <param name="weights">The weights.</param>
        /// <param name="tier">The tier that will run them.</param>
        /// <param name="shape">The variant that the kernel was generated for.</param>
        /// <param name="inputs">Where the layer before put each input; empty when nothing moved.</param>
        /// <exception cref="ArgumentException">The weights do not fit the kernel.</exception>
        public static V1 Pack(LayerWeights weights, InstructionTier tier, KernelShape shape, ReadOnlyMemory<int> inputs)
        {
            CheckInputs(weights, inputs);
            return new V1(IntegerWeights.FloatsOf(weights), tier, shape, inputs);
        }

        internal override PackedLayer Part(int firstTile, int tiles) => new V1(this, firstTile, tiles);

        internal override int StepsOf(int tile) => Layer.Inputs;

        /// <inheritdoc/>
        public override void Scalar(ref byte input, ref byte output)
        {
            ref var values = ref Unsafe.As<byte, float>(ref input);
            for (var position = 0; position < Tiles * Shape.Rows; position++)
            {
                var (tile, row) = (position / Shape.Rows, position % Shape.Rows);
                var sum = Unsafe.Add(ref Bias, position);
                for (var column = 0; column < Layer.Inputs; column++)
                {
                    sum += Unsafe.Add(ref Weights, (((tile * Layer.Inputs) + column) * Shape.Rows) + row) * Unsafe.Add(ref values, column);
                }

                Finish(position, sum, ref output);
            }
        }
    }
}
