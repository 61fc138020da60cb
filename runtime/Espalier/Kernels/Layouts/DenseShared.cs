using System;
using System.Runtime.CompilerServices;

namespace Espalier.Kernels;

/// <summary>All weights of a float layer as 4-bit indices of the values that they share.</summary>
public static class DenseShared
{
    /// <summary>Inputs whose indices one word holds.</summary>
    private const int WordInputs = 8;

    /// <summary>
    /// The first published layout: by tile, by group of eight inputs, a word for each of the tile's outputs. The lowest four bits belong
    /// to the group's first input. Inputs and outputs are padded with index 0, which means weight 0.
    /// </summary>
    public sealed class V1 : PackedFloatLayer
    {
        private readonly AlignedMemory _words;
        private readonly AlignedMemory _centroids;

        private V1(FloatLayerWeights weights, InstructionTier tier, KernelShape shape, ReadOnlyMemory<int> inputs, SharedFloats shared)
            : base(weights, tier, shape, [])
        {
            var columns = weights.Layer.Inputs;
            var packed = new uint[checked(Tiles * Groups * shape.Rows)];
            for (var output = 0; output < weights.Layer.Outputs; output++)
            {
                var (tile, row) = (output / shape.Rows, output % shape.Rows);
                for (var column = 0; column < columns; column++)
                {
                    var (group, k) = Math.DivRem(Position(inputs, column), WordInputs);
                    packed[(((tile * Groups) + group) * shape.Rows) + row] |= (uint)shared.IndexOf(weights.Values[(output * columns) + column]) << (4 * k);
                }
            }

            _words = AlignedMemory.Of<uint>(packed);
            _centroids = AlignedMemory.Of<float>(shared.Table);
        }

        private V1(V1 whole, int firstTile, int tiles)
            : base(whole, firstTile, tiles)
        {
            var bytes = Groups * Shape.Rows * sizeof(int);
            _words = whole._words.Part(firstTile * bytes, tiles * bytes);
            _centroids = whole._centroids;
        }

        /// <inheritdoc/>
        public override long TableBytes => _words.Length;

        // Every word of indices takes eight look-ups: measured 32 bytes a nanosecond in AVX-512 where others read 100, 10 of 35 in AVX2.
        internal override long PacedBytes => 3 * TableBytes;

        /// <summary>The indices of eight inputs in each word.</summary>
        public ref int Words
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => ref Unsafe.As<byte, int>(ref _words.Start);
        }

        /// <summary>The 16 floats that indices name; the first is 0.</summary>
        public ref float Centroids
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => ref Unsafe.As<byte, float>(ref _centroids.Start);
        }

        private int Groups => (Layer.Inputs + WordInputs - 1) / WordInputs;

        /// <summary>Packs a layer.</summary>
        /// <param name="weights">The weights, of at most 16 values with 0 among them.</param>
        /// <param name="tier">The tier that will run them.</param>
        /// <param name="shape">The variant that the kernel was generated for.</param>
        /// <param name="inputs">Where the layer before put each input; empty when nothing moved.</param>
        /// <exception cref="ArgumentException">The weights do not fit the kernel.</exception>
        public static V1 Pack(LayerWeights weights, InstructionTier tier, KernelShape shape, ReadOnlyMemory<int> inputs)
        {
            CheckInputs(weights, inputs);
            var floats = IntegerWeights.FloatsOf(weights);
            return new V1(floats, tier, shape, inputs, SharedFloats.Of(floats));
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
                    var word = Unsafe.Add(ref Words, (((tile * Groups) + (column / WordInputs)) * Shape.Rows) + row);
                    sum += Unsafe.Add(ref Centroids, (word >> (4 * (column % WordInputs))) & 15) * Unsafe.Add(ref values, column);
                }

                Finish(position, sum, ref output);
            }
        }
    }
}
