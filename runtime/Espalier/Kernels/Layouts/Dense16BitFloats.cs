using System;
using System.Runtime.CompilerServices;
using Espalier.Numerics;

namespace Espalier.Kernels;

/// <summary>All weights of a float layer in 16 bits each: half of the bytes of fp32, and the same numbers after widening.</summary>
public static class Dense16BitFloats
{
    /// <summary>
    /// The first published layout: by tile, by pair of inputs, a word for each of the tile's outputs with the first input's weight in
    /// its lower half. A bf16 weight is the upper half of its fp32 bits. An fp16 weight is its sign and the lowest 15 of the bits 13 to
    /// 30 of weight ⁄ <see cref="Scale"/>: exponents are moved so that the largest weight has the highest of 32, which keeps all
    /// weights of at least 2^-30 times the largest normal numbers; slow processors take long for the others. Outputs and inputs are
    /// padded with zero weights.
    /// </summary>
    public sealed class V1 : PackedFloatLayer
    {
        /// <summary>From the exponent of the largest weight to that of the scale: fp32's bias of 127 less 31.</summary>
        private const int ScaleExponent = 96;

        private readonly AlignedMemory _words;

        private V1(FloatLayerWeights weights, InstructionTier tier, KernelShape shape, ReadOnlyMemory<int> inputs, Precision format)
            : base(weights, tier, shape, [])
        {
            Format = format;
            Scale = format == Precision.Fp16 ? ScaleOf(weights.Values) : 1;
            var columns = weights.Layer.Inputs;
            var packed = new ushort[checked(Tiles * Pairs * shape.Rows * 2)];
            for (var output = 0; output < weights.Layer.Outputs; output++)
            {
                var (tile, row) = (output / shape.Rows, output % shape.Rows);
                for (var column = 0; column < columns; column++)
                {
                    var position = Position(inputs, column);
                    var word = (((tile * Pairs) + (position / 2)) * shape.Rows) + row;
                    packed[(2 * word) + (position % 2)] = Encode(weights.Values[(output * columns) + column]);
                }
            }

            _words = AlignedMemory.Of<ushort>(packed);
        }

        private V1(V1 whole, int firstTile, int tiles)
            : base(whole, firstTile, tiles)
        {
            (Format, Scale) = (whole.Format, whole.Scale);
            var bytes = Pairs * Shape.Rows * sizeof(int);
            _words = whole._words.Part(firstTile * bytes, tiles * bytes);
        }

        /// <summary>What weights are kept in: fp16 or bf16.</summary>
        public Precision Format { get; }

        /// <summary>A power of two between 2^72 and 2^111 for fp16, 1 for bf16.</summary>
        public float Scale { get; }

        /// <inheritdoc/>
        public override long TableBytes => _words.Length;

        /// <summary>The weights of two inputs in each word.</summary>
        public ref int Words
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => ref Unsafe.As<byte, int>(ref _words.Start);
        }

        private int Pairs => (Layer.Inputs + 1) / 2;

        /// <summary>Packs a layer.</summary>
        /// <param name="weights">The weights, each one a number that the format has.</param>
        /// <param name="tier">The tier that will run them.</param>
        /// <param name="shape">The variant that the kernel was generated for.</param>
        /// <param name="inputs">Where the layer before put each input; empty when nothing moved.</param>
        /// <param name="format">What to keep weights in: fp16 or bf16.</param>
        /// <exception cref="ArgumentException">The weights do not fit the kernel.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The format is neither of the two.</exception>
        public static V1 Pack(LayerWeights weights, InstructionTier tier, KernelShape shape, ReadOnlyMemory<int> inputs, Precision format)
        {
            var floats = IntegerWeights.FloatsOf(weights);
            CheckInputs(weights, inputs);
            if (format is not (Precision.Fp16 or Precision.Bf16))
            {
                throw new ArgumentOutOfRangeException(nameof(format), format, "Weights of 16 bits are Fp16 or Bf16.");
            }

            foreach (var value in floats.Values)
            {
                if (value != (format == Precision.Fp16 ? StoredFormats.ToFp16(value) : StoredFormats.ToBf16(value)))
                {
                    throw new ArgumentException(
                        $"Layer {weights.Layer.Path} keeps its weights in {format}, but was given {value:R}, which {format} does not have. Round weights to {format} before you make FloatLayerWeights of them.", nameof(weights));
                }
            }

            return new V1(floats, tier, shape, inputs, format);
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
                    var word = Unsafe.Add(ref Words, (((tile * Pairs) + (column / 2)) * Shape.Rows) + row);
                    sum += Decode(column % 2 == 0 ? word << 16 : word) * Unsafe.Add(ref values, column);
                }

                Finish(position, sum, ref output);
            }
        }

        private ushort Encode(float value)
        {
            if (Format == Precision.Bf16)
            {
                return (ushort)(BitConverter.SingleToUInt32Bits(value) >> 16);
            }

            // Exact: a quotient below fp32's normal numbers is 2^-135 times a whole number, and fp32 goes down to 2^-149.
            var bits = BitConverter.SingleToUInt32Bits(value / Scale);
            return (ushort)(((bits >> 16) & 0x8000) | (bits >> 13 & 0x7FFF));
        }

        /// <summary>The weight in the upper half of a word.</summary>
        private float Decode(int word) => Format == Precision.Bf16
            ? BitConverter.Int32BitsToSingle(word & unchecked((int)0xFFFF0000))
            : BitConverter.Int32BitsToSingle((word >> 3) & unchecked((int)0x8FFFE000)) * Scale;

        private static float ScaleOf(ReadOnlySpan<float> values)
        {
            var largest = 0f;
            foreach (var value in values)
            {
                largest = Math.Max(largest, Math.Abs(value));
            }

            return MathF.ScaleB(1, ScaleExponent + (largest == 0 ? 0 : MathF.ILogB(largest)));
        }
    }
}
