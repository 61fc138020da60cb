using System;
using System.Linq;
using System.Runtime.CompilerServices;

namespace Espalier.Kernels;

/// <summary>All integer weights of a layer as codes of four or two bits that name entries of a table of signed bytes.</summary>
public static class DenseCodes
{
    /// <summary>Products of one step.</summary>
    private const int StepInputs = 4;

    /// <summary>
    /// The first published layout: by tile, by group of as many steps as a byte has codes, by output of the tile, four bytes, one for
    /// each input of a step. The lowest bits belong to the group's first step. Inputs, steps and outputs are padded with code 0, which means weight 0.
    /// </summary>
    public sealed class V1 : PackedIntegerLayer
    {
        private readonly AlignedMemory _weights;
        private readonly AlignedMemory _centroids;

        private V1(IntegerLayerWeights weights, InstructionTier tier, KernelShape shape, ReadOnlyMemory<int> inputs, int bits, sbyte[] centroids, bool floats)
            : base(weights, tier, shape, [], floats)
        {
            Bits = bits;
            Steps = (weights.Layer.Inputs + StepInputs - 1) / StepInputs;
            GroupSteps = 8 / bits;
            Groups = (Steps + GroupSteps - 1) / GroupSteps;
            Span<byte> codes = stackalloc byte[256];
            for (var code = 0; code < centroids.Length; code++)
            {
                codes[(byte)centroids[code]] = (byte)code;
            }

            var packed = new byte[checked(Tiles * Groups * shape.Rows * StepInputs)];
            for (var output = 0; output < weights.Layer.Outputs; output++)
            {
                var (tile, row) = (output / shape.Rows, output % shape.Rows);
                for (var column = 0; column < weights.Layer.Inputs; column++)
                {
                    var position = Position(inputs, column);
                    var (step, k) = (position / StepInputs, position % StepInputs);
                    var at = (((((tile * Groups) + (step / GroupSteps)) * shape.Rows) + row) * StepInputs) + k;
                    packed[at] |= (byte)(codes[(byte)weights.Codes[(output * weights.Layer.Inputs) + column]] << (bits * (step % GroupSteps)));
                }
            }

            _weights = AlignedMemory.Of<byte>(packed);
            _centroids = AlignedMemory.Of<sbyte>(Replicated(centroids, 1 << bits));
            DepthHolds = shape.Depth <= 1 || DenseDepth.Holds(weights, inputs, shape.Depth);
        }

        private V1(V1 whole, int firstTile, int tiles)
            : base(whole, firstTile, tiles)
        {
            (Bits, Steps, GroupSteps, Groups) = (whole.Bits, whole.Steps, whole.GroupSteps, whole.Groups);
            var bytes = Groups * Shape.Rows * StepInputs;
            _weights = whole._weights.Part(firstTile * bytes, tiles * bytes);
            _centroids = whole._centroids;
        }

        /// <summary>Bits of a code: 4 or 2.</summary>
        public int Bits { get; }

        /// <summary>Steps of four inputs.</summary>
        public int Steps { get; }

        /// <summary>Steps whose codes share bytes.</summary>
        public int GroupSteps { get; }

        /// <summary>Groups of steps in a tile; the last may hold fewer.</summary>
        public int Groups { get; }

        /// <inheritdoc/>
        public override long TableBytes => _weights.Length;

        /// <summary>The codes.</summary>
        public ref byte Weights
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => ref _weights.Start;
        }

        /// <summary>The table that codes name entries of, repeated up to 64 bytes: look-ups of 16 or 64 entries need not mask what stands above a code.</summary>
        public ref sbyte Centroids
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => ref Unsafe.As<byte, sbyte>(ref _centroids.Start);
        }

        /// <summary>Packs a layer.</summary>
        /// <param name="weights">The weights.</param>
        /// <param name="tier">The tier that will run them.</param>
        /// <param name="shape">The variant that the kernel was generated for.</param>
        /// <param name="inputs">Where the layer before put each input; empty when nothing moved.</param>
        /// <param name="bits">Bits of a code: 4 or 2.</param>
        /// <param name="floats">Whether floats leave the layer.</param>
        /// <exception cref="ArgumentException">The weights do not fit the kernel.</exception>
        public static V1 Pack(LayerWeights weights, InstructionTier tier, KernelShape shape, ReadOnlyMemory<int> inputs, int bits, bool floats)
        {
            var integer = IntegerWeights.Of(weights);
            CheckInputs(weights, inputs);
            if (bits is not (4 or 2))
            {
                throw new ArgumentOutOfRangeException(nameof(bits), bits, "Codes have 4 or 2 bits.");
            }

            var centroids = Values(integer.Codes);
            if (centroids.Length > 1 << bits)
            {
                throw new ArgumentException(
                    $"Layer {weights.Layer.Path} runs a kernel for weights of up to {1 << bits} values with 0 among them, but was given weights of {centroids.Length} values. Train the annotated model again.", nameof(weights));
            }

            return new V1(integer, tier, shape, inputs, bits, centroids, floats);
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
                    ref var four = ref Unsafe.Add(ref Weights, ((((tile * Groups) + (step / GroupSteps)) * Shape.Rows) + row) * StepInputs);
                    for (var k = 0; k < StepInputs; k++)
                    {
                        var code = (Unsafe.Add(ref four, k) >> (Bits * (step % GroupSteps))) & ((1 << Bits) - 1);
                        sum += Unsafe.Add(ref Centroids, code) * Unsafe.Add(ref input, (step * StepInputs) + k);
                        highSum += TakesPlanes ? Unsafe.Add(ref Centroids, code) * Unsafe.Add(ref input, InputPlane + (step * StepInputs) + k) : 0;
                    }
                }

                Finish(position, sum, highSum, ref output);
            }
        }

        /// <summary>The distinct weights, ascending after 0: code 0 must mean weight 0, because padding has code 0.</summary>
        private static sbyte[] Values(ReadOnlySpan<sbyte> weights)
        {
            var seen = new bool[256];
            foreach (var weight in weights)
            {
                seen[weight - sbyte.MinValue] = true;
            }

            return [0, .. Enumerable.Range(sbyte.MinValue, 256).Where(weight => weight != 0 && seen[weight - sbyte.MinValue]).Select(weight => (sbyte)weight)];
        }

        private static sbyte[] Replicated(sbyte[] centroids, int period)
        {
            var table = new sbyte[64];
            for (var at = 0; at < table.Length; at++)
            {
                table[at] = at % period < centroids.Length ? centroids[at % period] : (sbyte)0;
            }

            return table;
        }
    }
}
