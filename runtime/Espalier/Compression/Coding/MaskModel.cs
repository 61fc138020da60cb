using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Espalier.Coding;

/// <summary>Whether a weight is there: contexts from the occupancy of its row and column and from the neighbours already coded.</summary>
internal sealed class MaskModel(WeightShape shape, WeightNeighbourhood around)
{
    private const int Levels = 48;

    private readonly ContextMixer _mixer = new([Levels, Levels, 32 * 8, 32 * 4, 9 * 16, 8 * 12, 16 * 16], sets: 1, shape.Density, trust: 2, memory: 1000);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Code<TCoder>(ref TCoder coder, int column, int bit)
        where TCoder : struct, IBinaryCoder
    {
        var mixer = _mixer;
        var (own, level) = (around.OwnLevel(column), around.AroundLevel(column));
        var rows = around.Rows;
        var age = Math.Min(7, BitOperations.Log2((uint)rows + 1));
        mixer.Choose(0, own);
        mixer.Choose(1, level);
        mixer.Choose(2, (Math.Min(31, around.Count(column)) << 3) | age);

        // What lies beside it: before it in its row, and one period back where inputs have two dimensions.
        var (left, before, third) = (Present(column, 1), Present(column, 2), Present(column, 3));
        var beside = left + before + third + Present(column, 4);
        var (nearby, above, weighted) = (left | (before << 1), 0, (2 * left) + before + third);
        if (shape.Period > 1)
        {
            var (up, upLeft, upRight) = (Present(column, shape.Period), Present(column, shape.Period + 1), Present(column, shape.Period - 1));
            nearby |= (up << 2) | (upLeft << 3) | (upRight << 4);
            above = Math.Min(2, up + upLeft + upRight);
            weighted += (2 * up) + upLeft + upRight + Present(column, shape.Period + 2) + Present(column, shape.Period - 2) + Present(column, 2 * shape.Period);
        }

        mixer.Choose(3, (nearby << 2) | (level / 12));
        mixer.Choose(4, (((Math.Min(2, beside) * 3) + above) * 16) + (level / 3));
        mixer.Choose(5, (around.RowLevel * 12) + (level / 4));
        mixer.Choose(6, (weighted * 16) + (level / 3));
        return mixer.Code(ref coder, bit, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Present(int column, int distance) => around.Before(column, distance) != 0 ? 1 : 0;
}
