using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Espalier.Planning;

namespace Espalier.Kernels;

/// <summary>
/// One layer's weights laid out for one tier. Packed layouts are read by code that was generated against an older runtime, so a
/// published layout (<c>V1</c>) never changes; a better one gets a new name.
/// </summary>
public abstract class PackedLayer
{
    private protected PackedLayer(LayerWeights weights, InstructionTier tier, KernelShape shape, int[] positions)
    {
        Layer = weights.Layer;
        Tier = tier;
        Shape = shape;
        Positions = positions;
        Tiles = (Layer.Outputs + shape.Rows - 1) / shape.Rows;
    }

    private protected PackedLayer(PackedLayer whole, int firstTile, int tiles)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstTile);
        ArgumentOutOfRangeException.ThrowIfLessThan(tiles, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(firstTile, whole.Tiles - tiles);
        (Layer, Tier, Shape, Positions, Tiles) = (whole.Layer, whole.Tier, whole.Shape, whole.Positions, tiles);
    }

    /// <summary>The place whose weights these are.</summary>
    public LayerDescription Layer { get; }

    /// <summary>The tier that the layout is for.</summary>
    public InstructionTier Tier { get; }

    /// <summary>The variant of the layout.</summary>
    public KernelShape Shape { get; }

    /// <summary>Tiles or slices of <see cref="KernelShape.Rows"/> outputs. Kernels ask for them at run time, because a layer may run in parts.</summary>
    public int Tiles { get; }

    /// <summary>
    /// Where each output lies in what the kernel writes. Slices hold rows of similar length, so rows move; the next layer's packer
    /// takes its columns from here, which makes the new order free.
    /// </summary>
    public ReadOnlyMemory<int> Positions { get; }

    /// <summary>Bytes of the packed tables: what a prediction reads.</summary>
    public abstract long TableBytes { get; }

    /// <summary>Bytes that kernels which wait for bytes alone read in the time that this one takes.</summary>
    internal virtual long PacedBytes => TableBytes;

    /// <summary>The scalar twin: the same numbers as the compiled kernels, read from the same tables.</summary>
    /// <param name="input">Codes or floats in the order of the layer before.</param>
    /// <param name="output">Tiles · rows codes or floats, in this layer's order.</param>
    public abstract void Scalar(ref byte input, ref byte output);

    /// <summary>
    /// Some of the tiles as a layer of their own over the same memory, so that several threads can share a layer: the same kernels run it,
    /// from the same inputs, into the outputs of these tiles.
    /// </summary>
    /// <param name="firstTile">The first tile, from 0.</param>
    /// <param name="tiles">How many, at least 1.</param>
    internal abstract PackedLayer Part(int firstTile, int tiles);

    /// <summary>What a tile takes, in steps of the layout: parts are balanced by it.</summary>
    internal abstract int StepsOf(int tile);

    /// <summary>Hands floats out in the order of the model's outputs.</summary>
    /// <param name="packed">What the kernel wrote.</param>
    /// <param name="output">One number per output.</param>
    public void Unpack(ref float packed, Span<float> output)
    {
        if (Positions.IsEmpty)
        {
            MemoryMarshal.CreateReadOnlySpan(ref packed, output.Length).CopyTo(output);
            return;
        }

        ref var position = ref MemoryMarshal.GetReference(Positions.Span[..output.Length]);
        ref var target = ref MemoryMarshal.GetReference(output);
        for (var i = 0; i < output.Length; i++)
        {
            Unsafe.Add(ref target, i) = Unsafe.Add(ref packed, Unsafe.Add(ref position, i));
        }
    }

    /// <summary>Puts what the kernel wrote into the order of the outputs, and zeros behind the last up to a multiple of 16, as in every image.</summary>
    /// <param name="packed">What the kernel wrote.</param>
    /// <param name="ordered">Room for the outputs, rounded up to 16 numbers; apart from <paramref name="packed"/>.</param>
    /// <param name="numberBytes">Bytes of a number: 4 for floats, 1 for codes.</param>
    public void Reorder(ref byte packed, ref byte ordered, int numberBytes)
    {
        var positions = Positions.Span;
        var outputs = Layer.Outputs;
        var padding = ((outputs + MapStrides.Vector - 1) / MapStrides.Vector * MapStrides.Vector) - outputs;
        Unsafe.InitBlockUnaligned(ref Unsafe.Add(ref ordered, outputs * numberBytes), 0, (uint)(padding * numberBytes));
        if (positions.IsEmpty)
        {
            Unsafe.CopyBlockUnaligned(ref ordered, ref packed, (uint)(outputs * numberBytes));
        }
        else if (numberBytes == sizeof(float))
        {
            Unpack(ref Unsafe.As<byte, float>(ref packed), MemoryMarshal.CreateSpan(ref Unsafe.As<byte, float>(ref ordered), outputs));
        }
        else
        {
            for (var i = 0; i < outputs; i++)
            {
                Unsafe.Add(ref ordered, i) = Unsafe.Add(ref packed, positions[i]);
            }
        }
    }

    /// <summary>Where an input column lies in what the layer before wrote.</summary>
    private protected static int Position(ReadOnlyMemory<int> inputs, int column) => inputs.IsEmpty ? column : inputs.Span[column];

    private protected static void CheckInputs(LayerWeights weights, ReadOnlyMemory<int> inputs)
    {
        if (!inputs.IsEmpty && inputs.Length != weights.Layer.Inputs)
        {
            throw new ArgumentException($"Layer {weights.Layer.Path} has {weights.Layer.Inputs} inputs, but the order of {inputs.Length} was given.", nameof(inputs));
        }
    }
}
