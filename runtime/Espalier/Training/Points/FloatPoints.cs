using System;
using Espalier.Numerics;

namespace Espalier;

/// <summary>Weights in fp16 or bf16: points that lie the closer the nearer they are to 0.</summary>
internal sealed class FloatPoints(int count, FormatRounding rounding) : WeightPoints
{
    private readonly ushort[] _codes = new ushort[count];

    public override void Place(Span<float> weights, RandomNumbers seeds) => new FormatRounding(rounding.Format, Rounding.Stochastic, rounding.Draw, seeds).Update(weights, _codes);

    public override UpdateCounts Update(Span<float> weights) => rounding.Update(weights, _codes);

    public override void Round(Span<float> centroids) => rounding.Round(centroids);

    public override void Decode(Span<float> weights)
    {
        if (rounding.Format == Precision.Fp16)
        {
            FormatKernel.Decode<Fp16Floats>(_codes, weights);
        }
        else
        {
            FormatKernel.Decode<Bf16Floats>(_codes, weights);
        }
    }

    public override void VisitPoints(StateStream state) => state.Numbers<ushort>(_codes);

    public override void VisitRandom(StateStream state) => rounding.Visit(state);
}
