using System;
using System.Runtime.CompilerServices;
using Espalier.Planning;

namespace Espalier.Kernels;

/// <summary>What all layouts of integer layers share: what is added to the sums and how they become codes or floats.</summary>
public abstract class PackedIntegerLayer : PackedLayer
{
    private readonly AlignedMemory _bias;
    private readonly AlignedMemory _highBias;
    private readonly AlignedMemory _multipliers;
    private readonly byte[]? _table;

    private protected PackedIntegerLayer(IntegerLayerWeights weights, InstructionTier tier, KernelShape shape, int[] positions, bool floats)
        : base(weights, tier, shape, positions)
    {
        if (!floats && weights.OutputGrid is null)
        {
            throw new ArgumentException($"Layer {Layer.Path} hands codes on here, but its weights say that floats leave it.", nameof(weights));
        }

        var constants = new IntegerConstants(weights, floats);
        var bias = new int[Tiles * shape.Rows];
        var highBias = new int[bias.Length];
        var multipliers = new float[bias.Length];
        for (var output = 0; output < Layer.Outputs; output++)
        {
            var position = positions.Length == 0 ? output : positions[output];
            bias[position] = constants.Bias[output];
            highBias[position] = constants.HighBias[output];
            multipliers[position] = constants.Multipliers[output];
        }

        TakesPlanes = weights.InputGrid.HasPlanes;
        _bias = AlignedMemory.Of<int>(bias);
        _highBias = TakesPlanes ? AlignedMemory.Of<int>(highBias) : _bias;
        _multipliers = AlignedMemory.Of<float>(multipliers);
        GivesFloats = floats;
        var grid = floats ? default : weights.Table?.Sums ?? weights.OutputGrid!.Value;
        _table = floats ? null : weights.Table?.CodeArray;
        ZeroPoint = grid.ZeroPoint;
        Lowest = Layer.Activation == Activation.Relu ? 0 : -grid.ZeroPoint;
        Highest = grid.Top - grid.ZeroPoint;
        GivesPlanes = grid.HasPlanes;
    }

    private protected PackedIntegerLayer(PackedIntegerLayer whole, int firstTile, int tiles)
        : base(whole, firstTile, tiles)
    {
        (TakesPlanes, GivesPlanes) = (whole.TakesPlanes, whole.GivesPlanes);
        var (start, length) = (firstTile * Shape.Rows * sizeof(int), tiles * Shape.Rows * sizeof(int));
        _bias = whole._bias.Part(start, length);
        _highBias = TakesPlanes ? whole._highBias.Part(start, length) : _bias;
        _multipliers = whole._multipliers.Part(start, length);
        _table = whole._table;
        (GivesFloats, ZeroPoint, Lowest, Highest, DepthHolds) = (whole.GivesFloats, whole.ZeroPoint, whole.Lowest, whole.Highest, whole.DepthHolds);
    }

    /// <summary>Whether floats leave the layer; codes otherwise.</summary>
    public bool GivesFloats { get; }

    /// <summary>Whether the inputs are codes of 14 bits in two planes.</summary>
    internal bool TakesPlanes { get; }

    /// <summary>Whether codes of 14 bits leave in two planes.</summary>
    internal bool GivesPlanes { get; }

    /// <summary>Bytes from the low plane of the inputs to the high one.</summary>
    private protected int InputPlane => ActivationPlanes.Stride(Layer.Inputs);

    /// <summary>By position: what is added to the sums.</summary>
    public ref int Bias
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.As<byte, int>(ref _bias.Start);
    }

    /// <summary>By position: what the sums over the high plane of 14-bit inputs start with.</summary>
    public ref int HighBias
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.As<byte, int>(ref _highBias.Start);
    }

    /// <summary>By position: from sums to floats or to steps of the grid.</summary>
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

    /// <summary>Whether the weights keep sums inside 16 bits at the depth that the kernel was planned for; otherwise it widens every step.</summary>
    public bool DepthHolds { get; private protected init; }

    /// <summary>Replaces codes of sums by codes of activations, for layers with an activation table.</summary>
    /// <param name="codes">As many codes as the layer has positions.</param>
    public void ApplyTable(Span<byte> codes)
    {
        var table = _table ?? throw new InvalidOperationException($"Layer {Layer.Path} has no activation table: its weights do not fit the generated kernel. Build again.");
        foreach (ref var code in codes)
        {
            code = table[code];
        }
    }

    /// <summary>The scalar form of what ends every integer kernel.</summary>
    private protected void Finish(int position, int sum, ref byte output) => Finish(position, sum, ref output, position);

    /// <summary>The same for a block of samples, where a number does not leave to its position.</summary>
    internal void Finish(int position, int sum, ref byte output, int place) => Finish(position, (float)sum, ref output, place);

    /// <summary>The same for the sums over both planes of 14-bit inputs.</summary>
    private protected void Finish(int position, int sum, int highSum, ref byte output) =>
        Finish(position, TakesPlanes ? PlaneSums.Combine(sum, highSum) : sum, ref output, position);

    private void Finish(int position, float sum, ref byte output, int place)
    {
        var scaled = sum * Unsafe.Add(ref Multipliers, position);
        if (GivesFloats)
        {
            Unsafe.Add(ref Unsafe.As<byte, float>(ref output), place) = Layer.Activation == Activation.Relu && !(scaled > 0) ? 0 : scaled;
            return;
        }

        var code = (int)MathF.Round(Math.Clamp(scaled, Lowest, Highest), MidpointRounding.ToEven) + ZeroPoint;
        if (GivesPlanes)
        {
            Unsafe.Add(ref output, place) = (byte)(code & ActivationPlanes.PlaneTop);
            Unsafe.Add(ref output, place + ActivationPlanes.Stride(Layer.Outputs)) = (byte)(code >> ActivationPlanes.Bits);
            return;
        }

        Unsafe.Add(ref output, place) = _table is null ? (byte)code : _table[code];
    }
}
