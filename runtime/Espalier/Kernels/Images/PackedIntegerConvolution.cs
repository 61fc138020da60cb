using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Espalier.Kernels;

/// <summary>What all layouts of integer convolutions share: what is added to the sums and how they become codes or floats.</summary>
public abstract class PackedIntegerConvolution : PackedConvolution
{
    private readonly AlignedMemory _bias;
    private readonly AlignedMemory _multipliers;
    private readonly byte[]? _table;
    private readonly byte _border;

    private protected PackedIntegerConvolution(IntegerLayerWeights weights, InstructionTier tier, KernelShape shape, in ConvolutionPlace place)
        : base(weights, tier, shape, place)
    {
        Check(weights, place);
        var table = place is { OutputGrid: not null, Activation: Activation.Sigmoid or Activation.Tanh } ? weights.Table : null;
        var grid = table?.Sums ?? place.OutputGrid;
        var constants = new IntegerConstants(weights, grid?.Scale);
        var bias = new int[Geometry.PaddedOutputs];
        var multipliers = new float[bias.Length];
        constants.Bias.CopyTo(bias.AsSpan());
        constants.Multipliers.CopyTo(multipliers.AsSpan());
        _bias = AlignedMemory.Of<int>(bias);
        _multipliers = AlignedMemory.Of<float>(multipliers);
        _table = table?.CodeArray;
        _border = (byte)weights.InputGrid.ZeroPoint;
        GivesFloats = place.OutputGrid is null;
        if (grid is { } codes)
        {
            ZeroPoint = codes.ZeroPoint;
            Lowest = Rectifies ? 0 : -codes.ZeroPoint;
            Highest = codes.Top - codes.ZeroPoint;
        }

        if (place.AddedGrid is { } added)
        {
            AddsCodes = true;
            AddedZeroPoint = added.ZeroPoint;
            AddedMultiplier = grid is { } target ? (float)((double)added.Scale / target.Scale) : added.Scale;
        }
    }

    /// <summary>Whether floats leave the layer; codes otherwise.</summary>
    public bool GivesFloats { get; }

    /// <summary>Whether codes are added; floats otherwise, if anything.</summary>
    public bool AddsCodes { get; }

    /// <summary>By output channel: what is added to the sums.</summary>
    public ref int Bias
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.As<byte, int>(ref _bias.Start);
    }

    /// <summary>By output channel: from sums to floats or to steps of the grid. Padding channels have 0.</summary>
    public ref float Multipliers
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.As<byte, float>(ref _multipliers.Start);
    }

    /// <summary>The lowest step on the grid that leaves: 0 after ReLU.</summary>
    public float Lowest { get; }

    /// <summary>The highest step on the grid that leaves.</summary>
    public float Highest { get; }

    /// <summary>What is added to a rounded step to make it a code.</summary>
    public int ZeroPoint { get; }

    /// <summary>What is taken from a code that is added.</summary>
    public int AddedZeroPoint { get; }

    /// <summary>From the steps of the grid that is added to those of the grid that leaves, or to floats.</summary>
    public float AddedMultiplier { get; }

    /// <summary>Whether the weights keep sums inside 16 bits at the depth that the kernel was planned for; otherwise it widens every step.</summary>
    public bool DepthHolds { get; private protected init; }

    private protected override int NumberBytes => 1;

    private protected override byte BorderByte => _border;

    /// <summary>After the last sum: activations other than ReLU act on codes by table, on floats in a pass of their own, once the last part of a layer that runs in parts has ended.</summary>
    public void Leave(ref byte output)
    {
        if (IsWhole)
        {
            End(ref output);
        }
    }

    /// <inheritdoc/>
    internal override void End(ref byte output)
    {
        if (GivesFloats)
        {
            MapActivations.Apply(Place.Activation, ref Unsafe.As<byte, float>(ref output), Geometry.OutputPixels, Geometry.Outputs, Place.OutputStride);
        }
        else if (_table is not null)
        {
            for (var pixel = 0; pixel < Geometry.OutputPixels; pixel++)
            {
                ref var codes = ref Unsafe.Add(ref output, pixel * Place.OutputStride);
                for (var channel = 0; channel < Geometry.PaddedOutputs; channel++)
                {
                    Unsafe.Add(ref codes, channel) = _table[Unsafe.Add(ref codes, channel)];
                }
            }
        }
    }

    /// <summary>
    /// Makes floats of the sums that a kernel left in their places: the same numbers as <see cref="Finish"/>. Not the kernel's own statements, because few layers give
    /// floats and each kernel would be longer by them.
    /// </summary>
    /// <param name="added">The map that is added; anything where none is.</param>
    /// <param name="output">The map: 32-bit sums in the places of floats.</param>
    /// <param name="pixel">The first pixel.</param>
    /// <param name="channel">The first channel of each.</param>
    /// <param name="pixels">Pixels.</param>
    /// <param name="channels">Channels, a multiple of the vectors' lanes.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void LeaveFloats(ref byte added, ref byte output, nuint pixel, nuint channel, int pixels, int channels)
    {
        var (addedZeroPoint, addedMultiplier) = (Vector128.Create(AddedZeroPoint), Vector128.Create(AddedMultiplier));
        for (var end = pixel + (nuint)pixels; pixel < end; pixel++)
        {
            ref var floats = ref Unsafe.Add(ref Unsafe.As<byte, float>(ref output), (pixel * OutputStride) + channel);
            var addedPlace = (pixel * AddedStride) + channel;
            for (nuint i = 0; i < (nuint)channels; i += (nuint)Vector128<float>.Count)
            {
                var value = Vector128.ConvertToSingle(Vector128.LoadUnsafe(ref floats, i).AsInt32()) * Vector128.LoadUnsafe(ref Multipliers, channel + i);
                if (AddsCodes)
                {
                    var four = Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref added, addedPlace + i))).AsByte();
                    value += Vector128.ConvertToSingle(Vector128.WidenLower(Vector128.WidenLower(four)).AsInt32() - addedZeroPoint) * addedMultiplier;
                }
                else if (Adds)
                {
                    value += Vector128.LoadUnsafe(ref Unsafe.As<byte, float>(ref added), addedPlace + i);
                }

                value = Rectifies ? Vector128.ConditionalSelect(Vector128.GreaterThan(value, Vector128<float>.Zero), value, Vector128<float>.Zero) : value;
                value.StoreUnsafe(ref floats, i);
            }
        }
    }

    /// <summary>
    /// The scalar form of what ends every integer kernel but for activations of their own pass. A product, a product and their sum, each rounded by itself: a fused
    /// multiply-add would give other bits where a processor has none.
    /// </summary>
    private protected void Finish(int pixel, int channel, int sum, ref byte added, ref byte output)
    {
        var scaled = sum * Unsafe.Add(ref Multipliers, channel);
        if (Adds)
        {
            var place = (pixel * Place.AddedStride) + channel;
            scaled += AddsCodes
                ? (Unsafe.Add(ref added, place) - AddedZeroPoint) * AddedMultiplier
                : Unsafe.Add(ref Unsafe.As<byte, float>(ref added), place);
        }

        var target = (pixel * Place.OutputStride) + channel;
        if (GivesFloats)
        {
            Unsafe.Add(ref Unsafe.As<byte, float>(ref output), target) = Rectifies && !(scaled > 0) ? 0 : scaled;
        }
        else
        {
            Unsafe.Add(ref output, target) = (byte)((int)MathF.Round(Math.Clamp(scaled, Lowest, Highest), MidpointRounding.ToEven) + ZeroPoint);
        }
    }

    private static void Check(IntegerLayerWeights weights, in ConvolutionPlace place)
    {
        var path = weights.Layer.Path;
        if (weights.InputGrid.HasPlanes || place.OutputGrid is { HasPlanes: true } || place.AddedGrid is { HasPlanes: true })
        {
            throw new ArgumentException($"Layer {path} is a convolution, whose codes have eight bits at most, but a grid of 14 bits was given.", nameof(place));
        }

        if (place is { OutputGrid: null })
        {
            return;
        }

        if (place is { AddedStride: > 0, AddedGrid: null })
        {
            throw new ArgumentException($"Layer {path} gives codes, so codes must be added to it, but no grid of theirs was given.", nameof(place));
        }

        var needsTable = place.Activation is Activation.Sigmoid or Activation.Tanh;
        if (place.Activation == Activation.Softmax || (needsTable && (place.AddedStride > 0 || weights.Table is null)))
        {
            throw new ArgumentException($"Layer {path} cannot give codes after {place.Activation}{(place.AddedStride > 0 ? " of an addition" : needsTable ? " without an activation table" : "")}: let floats leave it.", nameof(place));
        }
    }
}
