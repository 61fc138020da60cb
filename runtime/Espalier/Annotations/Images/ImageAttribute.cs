using System;

namespace Espalier;

/// <summary>Says on a model that images enter: <paramref name="channels"/> × <paramref name="height"/> × <paramref name="width"/> numbers, channel by channel, in each row by row. All later shapes follow.</summary>
/// <param name="channels">Channels, at least 1.</param>
/// <param name="height">Rows, at least 1.</param>
/// <param name="width">Columns, at least 1.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ImageAttribute(int channels, int height, int width) : Attribute
{
    /// <summary>Channels.</summary>
    public int Channels { get; } = channels;

    /// <summary>Rows.</summary>
    public int Height { get; } = height;

    /// <summary>Columns.</summary>
    public int Width { get; } = width;
}
