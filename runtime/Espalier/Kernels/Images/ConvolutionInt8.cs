using System;
using System.Runtime.CompilerServices;

namespace Espalier.Kernels;

/// <summary>An integer convolution whose windows are multiplied as they lie in the map: tiles of pixels × output channels, four codes at a time.</summary>
public static class ConvolutionInt8
{
    /// <summary>Products of one step.</summary>
    private const int StepInputs = 4;

    /// <summary>
    /// The first published layout: by tile of output channels, by run of the window, by step of four codes, by channel of the tile, four weights. The last
    /// tile has as many channels as are left of the padded ones; weights that a layer has not are 0.
    /// </summary>
    public sealed class V1 : PackedIntegerConvolution
    {
        private readonly AlignedMemory _weights;
        private readonly AlignedMemory _firstChannels;
        private readonly int _runSteps;
        private readonly int _runs;

        private V1(IntegerLayerWeights weights, InstructionTier tier, KernelShape shape, in ConvolutionPlace place)
            : base(weights, tier, shape, place)
        {
            _runSteps = (Geometry.RunLength(shape.Rows) + StepInputs - 1) / StepInputs;
            _runs = Geometry.Window.Height * Geometry.RunsOfRow;
            _firstChannels = AlignedMemory.Of<int>(Geometry.FirstChannels(shape.Rows));
            var places = Geometry.PackedPlaces(_runSteps * StepInputs);
            var packed = new sbyte[checked(Steps * StepInputs * Geometry.PaddedOutputs)];
            for (var output = 0; output < Geometry.Outputs; output++)
            {
                var (first, columns) = Lane(output);
                var shift = Geometry.FirstOfGroup(output) - Unsafe.Add(ref FirstChannels, output / shape.Rows);
                var codes = weights.Codes.AsSpan(output * places.Length, places.Length);
                for (var column = 0; column < codes.Length; column++)
                {
                    var product = places[column] + shift;
                    packed[first + (product / StepInputs * columns * StepInputs) + (product % StepInputs)] = codes[column];
                }
            }

            _weights = AlignedMemory.Of<sbyte>(packed);
            DepthHolds = shape.Depth <= 1 || DepthFits(shape.Depth, weights.InputGrid.PartTop);
        }

        /// <inheritdoc/>
        public override long TableBytes => _weights.Length;

        /// <summary>The weights.</summary>
        public ref byte Weights
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => ref _weights.Start;
        }

        /// <summary>By tile: the first channel of the map that it takes from.</summary>
        public ref int FirstChannels
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => ref Unsafe.As<byte, int>(ref _firstChannels.Start);
        }

        /// <summary>Steps of one sum.</summary>
        private int Steps => _runs * _runSteps;

        /// <summary>Packs a layer.</summary>
        /// <param name="weights">The weights.</param>
        /// <param name="tier">The tier that will run them.</param>
        /// <param name="shape">The variant that the kernel was generated for.</param>
        /// <param name="place">Where the layer stands.</param>
        /// <exception cref="ArgumentException">The weights or the place do not fit the kernel.</exception>
        public static V1 Pack(LayerWeights weights, InstructionTier tier, KernelShape shape, in ConvolutionPlace place) =>
            new(IntegerWeights.Of(weights), tier, shape, place);

        /// <summary>The largest depth up to a limit that the weights keep, for tiles that most instruction sets have.</summary>
        internal static int Prove(IntegerLayerWeights weights, int limit)
        {
            var geometry = Planning.ConvolutionGeometry.Of(weights.Layer.ToDefinition());
            var packed = new V1(weights, InstructionTier.Scalar, new KernelShape(16, 1, 0, 1), new ConvolutionPlace(geometry.Pitch, geometry.PaddedOutputs));
            var depth = limit;
            while (depth > 1 && !packed.DepthFits(depth, weights.InputGrid.PartTop))
            {
                depth--;
            }

            return depth;
        }

        private bool DepthFits(int depth, int top) =>
            WindowDepth.Holds(_weights.As<sbyte>(), Geometry.PaddedOutputs, _runs, _runSteps, Lane, top, depth);

        /// <inheritdoc/>
        internal override PackedConvolution[][] Parts(int most) => [Cut(DirectParts.Of(this, Geometry.MapNumbers * NumberBytes, most))];

        /// <inheritdoc/>
        public override void RunScalar(ref byte input, ref byte added, ref byte output, ref byte scratch)
        {
            ref var map = ref Enter(ref input, ref scratch);
            for (var pixel = 0; pixel < Geometry.OutputPixels; pixel++)
            {
                for (var channel = 0; channel < Geometry.PaddedOutputs; channel++)
                {
                    var start = Unsafe.Add(ref WindowStarts, pixel) + Unsafe.Add(ref FirstChannels, channel / Shape.Rows);
                    Finish(pixel, channel, Sum(channel, ref Unsafe.Add(ref map, start)), ref added, ref output);
                }
            }

            Leave(ref output);
        }

        private int Sum(int channel, ref byte window)
        {
            var sum = Unsafe.Add(ref Bias, channel);
            var (first, columns) = Lane(channel);
            ref var four = ref Unsafe.Add(ref Weights, first);
            for (var run = 0; run < _runs; run++)
            {
                ref var codes = ref Unsafe.Add(ref window, Geometry.RunStart(run));
                for (var i = 0; i < _runSteps * StepInputs; i++)
                {
                    sum += (sbyte)Unsafe.Add(ref four, i % StepInputs) * Unsafe.Add(ref codes, i);
                    four = ref Unsafe.Add(ref four, i % StepInputs == StepInputs - 1 ? columns * StepInputs : 0);
                }
            }

            return sum;
        }

        /// <summary>Where an output channel's weights begin, and how many channels its tile has.</summary>
        private (int First, int Columns) Lane(int channel)
        {
            var (first, columns) = Lane(channel, Steps);
            return (first * StepInputs, columns);
        }
    }
}
