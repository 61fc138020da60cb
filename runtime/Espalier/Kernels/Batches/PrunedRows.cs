using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using System.Threading;

namespace Espalier.Kernels;

/// <summary>Pruned integer weights row by row, for blocks of samples: every nonzero multiplies one feature of all samples.</summary>
public static class PrunedRows
{
    /// <summary>
    /// The first published layout. Runs of rows with equally many pairs in equally many groups, by tile of rows and block of
    /// features; a pair is 64 bits: 16 of where the first feature starts in its block, 16 of the second, and 32 of
    /// their weights as bytes, both twice over. Built when the first batch comes.
    /// </summary>
    public sealed class V1 : BatchStage
    {
        /// <summary>Features of a block, at most, where there are several: 40 KB of codes. All blocks of a layer are equally long.</summary>
        public const int BlockFeatures = 640;

        // A layer with no more inputs is one block: a few of its features wait for the second-level cache, but no sum ever leaves its
        // registers (784 x 300 at 8 % of 64 samples on Zen 5: 4 % less than with two blocks).
        private const int LoneBlockFeatures = 800;

        /// <summary>Rows of a tile: 256 KB of sums.</summary>
        public const int TileRows = 1024;

        private readonly Kernel _kernel;
        private readonly Lazy<PrunedRowsTable> _table;
        private readonly ScratchPool _sums;
        private bool _endsModel;

        private V1(PackedIntegerLayer layer, IntegerLayerWeights weights, ReadOnlyMemory<int> inputs, Kernel kernel)
            : base(layer)
        {
            Integer = layer;
            _kernel = kernel;
            _table = new(() => PrunedRowsTable.Build(layer, weights, inputs, inOrder: _endsModel), LazyThreadSafetyMode.ExecutionAndPublication);

            // Sums wait in memory between blocks of features; with one block they never leave their registers. Floats leave from there.
            _sums = new ScratchPool(Blocks(layer.Layer.Inputs) == 1 && !layer.GivesFloats ? 0 : Math.Min(TileRows, layer.Layer.Outputs) * BlockSamples * sizeof(int));
        }

        /// <summary>A kernel that runs a tile of rows for a block of samples. Codes go to the tile's rows of the output, floats to its places among the sums.</summary>
        public delegate void Kernel(V1 stage, in PrunedTile tile, ref byte input, ref byte output, ref int sums, int samples);

        /// <summary>The layer as single predictions run it.</summary>
        public PackedIntegerLayer Integer { get; }

        /// <summary>The pairs, run by run and row by row.</summary>
        public ref ulong Pairs => ref Unsafe.As<byte, ulong>(ref _table.Value.Pairs.Start);

        /// <summary>The rows of all runs.</summary>
        public ref int Rows => ref Unsafe.As<byte, int>(ref _table.Value.Rows.Start);

        /// <summary>The place of each member of <see cref="Rows"/> in its tile.</summary>
        public ref int Places => ref Unsafe.As<byte, int>(ref _table.Value.Places.Start);

        /// <summary>The runs.</summary>
        public ref PrunedRun Runs => ref Unsafe.As<byte, PrunedRun>(ref _table.Value.Runs.Start);

        /// <inheritdoc/>
        public override bool AcrossSamples => true;

        /// <inheritdoc/>
        public override bool LeavesInOrder => _endsModel;

        // Tiles may take any rows, so the last layer's take them in the order of the outputs.
        internal override void EndModel() => _endsModel = Integer.GivesFloats;

        // Where a padded block begins to cost less than samples by twos and fours, which are quickest where vectors are widest: 30 to 50
        // samples with VBMI. Measured on x86; Arm, which has no kernels for few samples, is taken to be like SSSE3 against single ones.
        /// <inheritdoc/>
        public override int LeastSamples => Layer.Tier switch
        {
            InstructionTier.Scalar => int.MaxValue,
            InstructionTier.Avx512Vbmi or InstructionTier.Avx512VbmiVnni => 44,
            InstructionTier.Avx2 or InstructionTier.AvxVnni or InstructionTier.Avx512 => 10,
            InstructionTier.Ssse3 => 7,
            _ => 5,
        };

        /// <summary>Lists a layer's weights for batches.</summary>
        /// <param name="layer">The layer as single predictions run it.</param>
        /// <param name="weights">Its weights.</param>
        /// <param name="inputs">Where the layer before put each input; empty when nothing moved.</param>
        /// <param name="kernel">The generated kernel.</param>
        public static V1 Pack(PackedLayer layer, LayerWeights weights, ReadOnlyMemory<int> inputs, Kernel kernel) =>
            new((PackedIntegerLayer)layer, IntegerWeights.Of(weights), inputs, kernel);

        internal static int Blocks(int inputs) => inputs <= LoneBlockFeatures ? 1 : (inputs + BlockFeatures - 1) / BlockFeatures;

        /// <summary>
        /// Asks for the pairs that a kernel comes to a page later; a group of pairs is one cache line at most. Fetching by the processor's own guess
        /// stops at the end of a page: tables that others had driven out of the caches took 25 % longer (9216 x 4096 at 9 %, Zen 5).
        /// </summary>
        /// <param name="pair">The first pair of a group.</param>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static unsafe void FetchAhead(ref ulong pair)
        {
            const int Page = 4096;
            if (Sse.IsSupported)
            {
                // The table never moves, so its address may leave the reference; one past the table is no error: nothing is read.
                Sse.Prefetch0((byte*)Unsafe.AsPointer(ref pair) + Page);
            }
        }

        /// <inheritdoc/>
        public override void Run(ref byte input, int inputStride, ref byte output, int samples) => Run(_kernel, ref input, ref output, samples);

        // Floats are turned tile by tile, while the second-level cache still holds them: turned all at once, 64 samples of 4096 outputs came
        // back from the third.
        internal void Run(Kernel kernel, ref byte input, ref byte output, int samples)
        {
            var memory = _sums.Rent();
            ref var sums = ref Unsafe.As<byte, int>(ref memory.Start);
            foreach (ref readonly var tile in _table.Value.Tiles.AsSpan())
            {
                kernel(this, in tile, ref input, ref output, ref sums, samples);
                if (Integer.GivesFloats)
                {
                    ref var floats = ref Unsafe.Add(ref Unsafe.As<byte, float>(ref output), tile.Start);
                    Transposition.Floats(ref Unsafe.As<int, float>(ref sums), BlockSamples, ref floats, Layer.Layer.Outputs, tile.Rows, samples);
                }
            }

            _sums.Return(memory);
        }

        /// <summary>The scalar twin of the kernels.</summary>
        /// <param name="tile">The rows.</param>
        /// <param name="input">Features by samples.</param>
        /// <param name="output">Outputs by samples, where codes leave.</param>
        /// <param name="sums">Room for the sums of a tile of rows, where there is more than one block of features or floats leave.</param>
        /// <param name="samples">Samples in the block.</param>
        public void Scalar(in PrunedTile tile, ref byte input, ref byte output, ref int sums, int samples)
        {
            ref var pair = ref Unsafe.Add(ref Pairs, tile.FirstPair);
            var member = tile.FirstMember;
            Span<int> kept = stackalloc int[samples];
            for (var i = 0; i < tile.Runs; i++)
            {
                var run = Unsafe.Add(ref Runs, tile.FirstRun + i);
                ref var block = ref Unsafe.Add(ref input, run.Start);
                for (var left = run.Rows; left > 0; left--, member++)
                {
                    var row = Unsafe.Add(ref Rows, member);
                    ref var place = ref Unsafe.Add(ref sums, Unsafe.Add(ref Places, member) * BlockSamples);
                    for (var sample = 0; sample < samples; sample++)
                    {
                        kept[sample] = run.Begins ? Unsafe.Add(ref Integer.Bias, row) : Unsafe.Add(ref place, sample);
                    }

                    for (var pairs = run.Pairs; pairs > 0; pairs--, pair = ref Unsafe.Add(ref pair, 1))
                    {
                        AddProducts(ref block, pair, kept);
                    }

                    for (var sample = 0; sample < samples; sample++)
                    {
                        if (!run.Ends)
                        {
                            Unsafe.Add(ref place, sample) = kept[sample];
                        }
                        else if (Integer.GivesFloats)
                        {
                            Integer.Finish(row, kept[sample], ref Unsafe.As<int, byte>(ref place), sample);
                        }
                        else
                        {
                            Integer.Finish(row, kept[sample], ref output, (row * BlockSamples) + sample);
                        }
                    }
                }
            }
        }

        private static void AddProducts(ref byte block, ulong pair, Span<int> sums)
        {
            ref var first = ref Unsafe.Add(ref block, (int)(ushort)pair);
            ref var second = ref Unsafe.Add(ref block, (int)(ushort)(pair >> 16));
            for (var sample = 0; sample < sums.Length; sample++)
            {
                sums[sample] += (Unsafe.Add(ref first, sample) * (sbyte)(pair >> 32)) + (Unsafe.Add(ref second, sample) * (sbyte)(pair >> 40));
            }
        }
    }
}
