using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using Espalier.Planning;

namespace Espalier.Kernels;

/// <summary>
/// What all layouts of pruned float convolutions share: planes, tiles of pixels, and output channels in the order of their numbers of nonzeros. The shape's slots are the
/// pixels of a tile.
/// </summary>
public abstract class PackedSparseFloatConvolution : PackedFloatConvolution
{
    private readonly PlaneGeometry _planes;
    private readonly PlaneTile _tiles;
    private readonly AlignedMemory _nonzeros;
    private readonly AlignedMemory _members;

    private protected PackedSparseFloatConvolution(FloatLayerWeights weights, InstructionTier tier, KernelShape shape, in ConvolutionPlace place, Func<int, float, int[]> words)
        : base(weights, tier, shape, place)
    {
        _planes = PlaneGeometry.Of(Layer.ToDefinition(), shape.Slots, sizeof(float));
        _tiles = new PlaneTile(_planes);
        var rows = Enumerable.Range(0, Geometry.PaddedOutputs)
            .Select(channel => (Channel: channel, Nonzeros: NonzerosOf(weights, channel)))
            .OrderBy(row => row.Nonzeros.Count).ToArray();
        _members = AlignedMemory.Of<int>(rows.SelectMany(row => new[] { row.Channel, row.Nonzeros.Count }).ToArray());
        _nonzeros = AlignedMemory.Of<int>(rows.SelectMany(row => row.Nonzeros).SelectMany(nonzero => words(nonzero.Offset, nonzero.Value)).ToArray());
    }

    /// <inheritdoc/>
    public override long TableBytes => _nonzeros.Length + _members.Length;

    /// <summary>The nonzeros, output channel by output channel.</summary>
    public ref int Nonzeros
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.As<byte, int>(ref _nonzeros.Start);
    }

    /// <summary>Output channels in the order of their nonzeros, each with how many it has.</summary>
    public ref int Members
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.As<byte, int>(ref _members.Start);
    }

    /// <summary>Turns the input into planes, at the start of scratch. In a part they are what enters.</summary>
    public ref byte EnterPlanes(ref byte input, ref byte scratch)
    {
        FillMap(ref input, ref scratch);
        return ref IsWhole ? ref scratch : ref input;
    }

    /// <summary>Where a tile's results lie, and behind them what is added: behind the planes, or in the scratch of a part, which is its thread's own.</summary>
    public ref byte Room(ref byte scratch) => ref Unsafe.Add(ref scratch, IsWhole ? _planes.PlaneBytes : 0);

    /// <summary>Turns what is added to a tile of pixels, if anything, channel by channel.</summary>
    public void EnterTile(nuint tile, ref byte added, ref byte numbers)
    {
        if (Adds)
        {
            _tiles.Take((int)tile, sizeof(float), ref added, Place.AddedStride, ref numbers);
        }
    }

    /// <summary>Turns the results of a tile of pixels back.</summary>
    public void LeaveTile(nuint tile, ref byte results, ref byte output) => _tiles.Give((int)tile, sizeof(float), ref results, ref output, Place.OutputStride);

    /// <inheritdoc/>
    // By tiles of pixels: all parts read the planes and the nonzeros, and each thread has room for a tile's results.
    internal override PackedConvolution[][] Parts(int most) => [Cut((Math.Min(_planes.Tiles, most), 1))];

    /// <inheritdoc/>
    internal override int EntryBands => _planes.ChannelBlocks;

    /// <inheritdoc/>
    internal override long EntryBytes => _planes.PlaneBytes;

    /// <inheritdoc/>
    internal override int RoomBytes => _planes.RoomBytes;

    /// <inheritdoc/>
    internal override double MultiplyAdds => (double)_nonzeros.Length / (Words * sizeof(int)) * _planes.Positions;

    /// <inheritdoc/>
    internal override void EnterBands(ref byte input, ref byte scratch, int first, int end) => PlaneMap.Fill(ref input, Place.InputStride, ref scratch, _planes, 0, first, end);

    /// <inheritdoc/>
    public override void RunScalar(ref byte input, ref byte added, ref byte output, ref byte scratch)
    {
        EnterPlanes(ref input, ref scratch);
        ref var map = ref Unsafe.As<byte, float>(ref scratch);
        ref var nonzero = ref Nonzeros;
        for (var row = 0; row < Geometry.PaddedOutputs; row++)
        {
            var (channel, count) = (Unsafe.Add(ref Members, 2 * row), Unsafe.Add(ref Members, (2 * row) + 1));
            for (var pixel = 0; pixel < Geometry.OutputPixels; pixel++)
            {
                var place = (pixel / Geometry.OutputWidth * _planes.Width) + (pixel % Geometry.OutputWidth);
                var sum = Unsafe.Add(ref Bias, channel);
                for (var i = 0; i < count; i++)
                {
                    var (offset, value) = Read(ref Unsafe.Add(ref nonzero, i * Words));
                    sum += value * Unsafe.Add(ref map, place + offset);
                }

                Finish(pixel, channel, sum, ref added, ref output);
            }

            nonzero = ref Unsafe.Add(ref nonzero, count * Words);
        }

        Leave(ref output);
    }

    /// <summary>Words of a nonzero.</summary>
    private protected abstract int Words { get; }

    /// <summary>A nonzero out of its words.</summary>
    private protected abstract (int Offset, float Value) Read(ref int words);

    private List<(int Offset, float Value)> NonzerosOf(FloatLayerWeights weights, int channel)
    {
        var nonzeros = new List<(int Offset, float Value)>();
        var columns = Geometry.GroupChannels * Geometry.Window.Height * Geometry.Window.Width;
        for (var column = 0; column < columns && channel < Geometry.Outputs; column++)
        {
            if (weights.Values[(channel * columns) + column] is var value && value != 0)
            {
                nonzeros.Add((_planes.Offset(Geometry.FirstOfGroup(channel), column), value));
            }
        }

        return nonzeros;
    }
}
