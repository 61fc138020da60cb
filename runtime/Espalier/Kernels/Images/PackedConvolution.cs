using System;
using System.Runtime.CompilerServices;
using Espalier.Planning;

namespace Espalier.Kernels;

/// <summary>
/// A convolution's weights laid out for one tier and one place in a network. Generated code reads them, possibly code that was generated against an
/// older runtime, so a published layout (<c>V1</c>) never changes; a better one gets a new name.
/// </summary>
public abstract partial class PackedConvolution
{
    private readonly AlignedMemory _windowStarts;

    private protected PackedConvolution(LayerWeights weights, InstructionTier tier, KernelShape shape, in ConvolutionPlace place)
    {
        Layer = weights.Layer;
        Tier = tier;
        Shape = shape;
        Place = place;
        Geometry = ConvolutionGeometry.Of(Layer.ToDefinition());
        Check(Layer, Geometry, place);
        (Adds, Rectifies) = (place.AddedStride > 0, place.Activation == Activation.Relu);
        (OutputStride, AddedStride) = ((nuint)place.OutputStride, (nuint)place.AddedStride);
        var starts = new int[Geometry.OutputPixels];
        for (var pixel = 0; pixel < starts.Length; pixel++)
        {
            starts[pixel] = Geometry.WindowStart(pixel);
        }

        _windowStarts = AlignedMemory.Of<int>(starts);
    }

    /// <summary>The place whose weights these are.</summary>
    public LayerDescription Layer { get; }

    /// <summary>The tier that the layout is for.</summary>
    public InstructionTier Tier { get; }

    /// <summary>The variant of the layout: rows are output channels of a tile, slots its pixels.</summary>
    public KernelShape Shape { get; }

    /// <summary>Where the convolution stands.</summary>
    public ConvolutionPlace Place { get; }

    /// <summary>Bytes of the packed tables: what a prediction reads.</summary>
    public abstract long TableBytes { get; }

    /// <summary>Whether a map is added to the sums.</summary>
    // Fields, as what follows: where a kernel calls a method between its products and the end, the JIT keeps all sums in memory (measured: four times slower).
    public bool Adds { get; }

    /// <summary>Whether negative sums become 0.</summary>
    public bool Rectifies { get; }

    /// <summary>Numbers from one pixel of the result to the next.</summary>
    public nuint OutputStride { get; }

    /// <summary>Numbers from one pixel of the map that is added to the next.</summary>
    public nuint AddedStride { get; }

    /// <summary>By output pixel: where its window begins in the map that <see cref="Enter"/> gives, in numbers.</summary>
    public ref int WindowStarts
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.As<byte, int>(ref _windowStarts.Start);
    }

    internal ConvolutionGeometry Geometry { get; }

    /// <summary>Bytes of a number of the maps.</summary>
    private protected abstract int NumberBytes { get; }

    /// <summary>The byte that a border is filled with: 0, or the code that stands for it.</summary>
    private protected virtual byte BorderByte => 0;

    /// <summary>The map that windows are taken from: the input itself, or its copy in scratch: with a border and without gaps, or as the layout has it.</summary>
    public ref byte Enter(ref byte input, ref byte scratch)
    {
        if (EntryBands == 0)
        {
            return ref input;
        }

        FillMap(ref input, ref scratch);
        return ref scratch;
    }

    /// <summary>The rows of a window that lie inside of the map: the first, and the one behind the last.</summary>
    /// <param name="y">The row of the result.</param>
    public (nuint First, nuint End) RowsInside(nuint y)
    {
        var (first, end) = Geometry.RowsInside((int)y);
        return ((nuint)first, (nuint)end);
    }

    /// <summary>The scalar twin: the same numbers as the compiled kernels, read from the same tables.</summary>
    /// <param name="input">The map that enters.</param>
    /// <param name="added">The map that is added; anything where none is.</param>
    /// <param name="output">The result.</param>
    /// <param name="scratch">What the plan asks for.</param>
    public abstract void RunScalar(ref byte input, ref byte added, ref byte output, ref byte scratch);

    /// <summary>Where an output channel's weights begin in tiles of so many steps, and how far each step is from the next: the channels of its tile.</summary>
    private protected (int First, int Columns) Lane(int channel, int steps)
    {
        var first = channel / Shape.Rows * Shape.Rows;
        return ((first * steps) + (channel - first), Math.Min(Shape.Rows, Geometry.PaddedOutputs - first));
    }

    private static void Check(LayerDescription layer, ConvolutionGeometry geometry, in ConvolutionPlace place)
    {
        if (place.InputStride < geometry.Channels)
        {
            throw new ArgumentException($"Layer {layer.Path} takes {geometry.Channels} channels, but {place.InputStride} numbers a pixel were given.", nameof(place));
        }

        if (place.OutputStride < geometry.PaddedOutputs)
        {
            throw new ArgumentException($"Layer {layer.Path} gives {geometry.PaddedOutputs} numbers a pixel, padding included, but its result has {place.OutputStride}.", nameof(place));
        }

        if (place.AddedStride != 0 && place.AddedStride < geometry.PaddedOutputs)
        {
            throw new ArgumentException($"Layer {layer.Path} adds a map of {geometry.PaddedOutputs} numbers a pixel, padding included, but was given {place.AddedStride}.", nameof(place));
        }

        // Scratch is planned without knowing where the layer stands: for strides that networks have.
        if (geometry.Channels > ConvolutionGeometry.FewChannels && !geometry.HasBorder && place.InputStride != geometry.Pitch)
        {
            throw new ArgumentException($"Layer {layer.Path} takes {geometry.Pitch} numbers a pixel, padding included, but was given {place.InputStride}.", nameof(place));
        }
    }
}
