using System.Collections.Generic;
using Espalier.Numerics;

namespace Espalier;

/// <summary>What a layer's training begins with.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Inputs">The shape of each tensor that enters.</param>
/// <param name="Batch">The most rows of a batch.</param>
/// <param name="Optimizer">How steps are made of gradients.</param>
/// <param name="Random">Where the first weights come from.</param>
/// <param name="Settings">How layers below fp32 are trained.</param>
internal sealed record TrainingStart(LayerDescription Layer, IReadOnlyList<ImageShape> Inputs, int Batch, Optimizer Optimizer, RandomNumbers Random, LowPrecisionSettings Settings);
