using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Espalier.Coding;

/// <summary>What a weight that is there is: its sign, then its magnitude as Elias' gamma code, each bit in contexts of its own.</summary>
internal sealed class RankModel
{
    // Nodes of the code: which power of two, then the path through the bits below it.
    private const int Powers = 8;

    private readonly WeightShape _shape;
    private readonly WeightNeighbourhood _around;
    private readonly ContextMixer _sign = new([7, 15, 15, 15, 1], sets: 1, one: 2048, trust: 2, memory: 1000);
    private readonly ContextMixer _magnitude;
    private readonly int _nodes;
    private readonly int _largest;

    public RankModel(WeightShape shape, WeightNeighbourhood around)
    {
        (_shape, _around) = (shape, around);
        _largest = Math.Max(shape.Positive, shape.Negative);
        _nodes = Powers + (2 << BitOperations.Log2((uint)Math.Max(1, _largest)));
        _magnitude = new([2 * _nodes, 4 * _nodes, 4 * _nodes, 4 * _nodes], sets: 2, one: 2048, trust: 0, memory: 1000);
    }

    /// <summary>Codes a rank that is not 0.</summary>
    /// <exception cref="MalformedBlobException">There is no such rank.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Code<TCoder>(ref TCoder coder, int column, int rank)
        where TCoder : struct, IBinaryCoder
    {
        var negative = _shape.Negative == 0 ? 0 : _shape.Positive == 0 ? 1 : Sign(ref coder, column, rank < 0 ? 1 : 0);
        var most = negative != 0 ? _shape.Negative : _shape.Positive;
        var magnitude = most == 1 ? 1 : Magnitude(ref coder, column, Math.Abs(rank), negative, most);
        return magnitude <= most ? negative != 0 ? -magnitude : magnitude : throw new MalformedBlobException("a weight names a centroid that does not exist");
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Sign<TCoder>(ref TCoder coder, int column, int negative)
        where TCoder : struct, IBinaryCoder
    {
        var (last, at) = _around.Last;
        _sign.Choose(0, last == 0 ? 0 : Math.Min(2, column - at - 1) + (last > 0 ? 1 : 4));
        var above = 0;
        if (_shape.Period > 1)
        {
            above = Math.Sign(_around.Before(column, _shape.Period)) + Math.Sign(_around.Before(column, _shape.Period + 1)) + Math.Sign(_around.Before(column, _shape.Period - 1));
        }

        _sign.Choose(1, ((Math.Clamp(above, -2, 2) + 2) * 3) + Math.Sign(_around.Before(column, 1)) + 1);
        _sign.Choose(2, Math.Clamp(_around.RowNet, -7, 7) + 7);
        _sign.Choose(3, _around.Net[column] + 7);
        _sign.Choose(4, 0);
        return _sign.Code(ref coder, negative, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Magnitude<TCoder>(ref TCoder coder, int column, int magnitude, int negative, int most)
        where TCoder : struct, IBinaryCoder
    {
        var contexts = (Row: Size(Math.Abs(_around.Last.Rank)), Column: Size(_around.Magnitudes[column]), Level: Math.Clamp((_around.AroundLevel(column) / 5) - 3, 0, 3));
        var wanted = BitOperations.Log2((uint)magnitude | 1);
        var highest = BitOperations.Log2((uint)most);
        var power = 0;
        for (; power < highest && Bit(ref coder, power, wanted > power ? 1 : 0, negative, contexts, 0) != 0; power++)
        {
        }

        var path = 1;
        for (var bit = power - 1; bit >= 0; bit--)
        {
            path = (path << 1) | Bit(ref coder, Powers + (((path << 1) | 1) << bit), (magnitude >> bit) & 1, negative, contexts, 1);
        }

        return path;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Bit<TCoder>(ref TCoder coder, int node, int bit, int negative, (int Row, int Column, int Level) contexts, int set)
        where TCoder : struct, IBinaryCoder
    {
        _magnitude.Choose(0, (negative * _nodes) + node);
        _magnitude.Choose(1, (contexts.Row * _nodes) + node);
        _magnitude.Choose(2, (contexts.Column * _nodes) + node);
        _magnitude.Choose(3, (contexts.Level * _nodes) + node);
        return _magnitude.Code(ref coder, bit, set);
    }

    // None, 1, 2 to 3, more.
    private static int Size(int magnitude) => Math.Min(3, magnitude == 0 ? 0 : BitOperations.Log2((uint)magnitude) + 1);
}
