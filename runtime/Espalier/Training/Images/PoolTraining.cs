using System;
using Espalier.Planning;

namespace Espalier;

/// <summary>Windows of each channel of an image while it is trained.</summary>
internal abstract class PoolTraining(TrainingStart start) : OneInputTraining(start.Layer)
{
    protected WindowGeometry Window { get; } = PoolKind.Window(start.Layer.ToDefinition().Arguments);

    protected ImageShape From => Layer.InputShape;

    protected ImageShape To => Layer.OutputShape;

    /// <summary>The rows of the image that a row of windows reaches, or the columns of a column of them.</summary>
    protected static (int First, int End) Reach(int window, int stride, int padding, int size, int at)
    {
        var first = (at * stride) - padding;
        return (Math.Max(0, first), Math.Min(size, first + window));
    }

    protected (int First, int End) RowsOf(int row) => Reach(Window.Height, Window.StrideHeight, Window.PaddingHeight, From.Height, row);

    protected (int First, int End) ColumnsOf(int column) => Reach(Window.Width, Window.StrideWidth, Window.PaddingWidth, From.Width, column);
}
