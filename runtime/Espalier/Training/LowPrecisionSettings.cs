namespace Espalier;

/// <summary>What layers need to know of the options to train below fp32.</summary>
/// <param name="Draw">How stochastic rounding comes by its random numbers.</param>
/// <param name="WeightRange">How far uniform grids of weights reach, in multiples of the bound of the first weights.</param>
internal sealed record LowPrecisionSettings(RandomDraw Draw = RandomDraw.Fresh, double WeightRange = LowPrecisionSettings.UsualRange)
{
    public const double UsualRange = 4;

    public static LowPrecisionSettings Usual { get; } = new();
}
