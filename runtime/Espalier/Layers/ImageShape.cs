namespace Espalier;

/// <summary>The shape of what passes between two layers. Numbers stand channel by channel, in each row by row; a vector has a height and a width of 1.</summary>
/// <param name="Channels">Channels, or the numbers of a vector.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
public readonly record struct ImageShape(int Channels, int Height, int Width)
{
    /// <summary>Numbers in all.</summary>
    public int Count => checked(Channels * Height * Width);

    /// <summary>Numbers of one channel.</summary>
    public int Pixels => Height * Width;

    /// <summary>Whether there is more than one pixel.</summary>
    public bool IsImage => Height != 1 || Width != 1;

    /// <summary>The shape of so many numbers without places.</summary>
    public static ImageShape Vector(int count) => new(count, 1, 1);

    /// <summary>For sentences: <c>3×224×224</c>, or <c>4096</c> for a vector.</summary>
    public override string ToString() => this.ToPlanning().ToString();
}
