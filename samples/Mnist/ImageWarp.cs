namespace Mnist;

/// <summary>Small random turns, scalings, slants and shifts of an image, each pixel mixed of the four that it comes from: what handwriting varies in without another digit coming of it.</summary>
/// <param name="Turn">The largest turn and slant in radians.</param>
/// <param name="Scale">The largest change of size, as a share.</param>
/// <param name="Shift">The largest shift in pixels.</param>
internal sealed record ImageWarp(double Turn, double Scale, double Shift)
{
    private const int Side = 28;
    private const float Middle = (Side - 1) / 2f;

    [ThreadStatic]
    private static float[]? s_source;

    /// <summary>Warps an image in place.</summary>
    /// <param name="image">28 x 28 pixels.</param>
    /// <param name="random">Random whole numbers below a bound.</param>
    public void Apply(Span<float> image, Func<int, int> random)
    {
        double Uniform(double most) => most * ((random(1 << 16) / 32768.0) - 1);
        var (turn, slant) = (Uniform(Turn), Uniform(Turn));
        var (width, height) = (1 + Uniform(Scale), 1 + Uniform(Scale));
        var (sin, cos) = ((float)Math.Sin(turn), (float)Math.Cos(turn));
        var (xx, xy) = (cos * (float)width, (-sin + (float)slant) * (float)width);
        var (yx, yy) = (sin * (float)height, cos * (float)height);
        var (dx, dy) = (Middle + (float)Uniform(Shift), Middle + (float)Uniform(Shift));
        var source = s_source ??= new float[(Side + 2) * (Side + 2)];
        for (var y = 0; y < Side; y++)
        {
            image.Slice(y * Side, Side).CopyTo(source.AsSpan(((y + 1) * (Side + 2)) + 1));
        }

        for (var y = 0; y < Side; y++)
        {
            for (var x = 0; x < Side; x++)
            {
                // One pixel of border all around is 0, so what lies outside is too.
                var sx = Math.Clamp((xx * (x - Middle)) + (xy * (y - Middle)) + dx + 1, 0, Side + 0.999f);
                var sy = Math.Clamp((yx * (x - Middle)) + (yy * (y - Middle)) + dy + 1, 0, Side + 0.999f);
                var (left, top) = ((int)sx, (int)sy);
                var (right, bottom) = (sx - left, sy - top);
                var at = (top * (Side + 2)) + left;
                var upper = source[at] + (right * (source[at + 1] - source[at]));
                var lower = source[at + Side + 2] + (right * (source[at + Side + 3] - source[at + Side + 2]));
                image[(y * Side) + x] = upper + (bottom * (lower - upper));
            }
        }
    }
}
