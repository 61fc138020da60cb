using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Annotations;

/// <summary>The attributes that only models have.</summary>
internal static class TrainReader
{
    /// <summary>Of <c>Espalier.CodingGoal</c>.</summary>
    private const int FastStart = 1;

    public static TrainAnnotation Read(AttributeData? attribute) => new(
        attribute?.Named<double>("LearningRate"),
        attribute?.Named<int>("BatchSize"),
        attribute?.Named<int>("Epochs"),
        attribute?.Named<double>("LossScaling"),
        attribute?.Named<bool>("DynamicLossScaling"),
        attribute?.Named<int>("PruningScope"));

    public static double? ReadFloor(AttributeData? attribute) => attribute?.Argument<double>(0);

    public static bool ReadFastStart(AttributeData? attribute) => attribute?.Argument<int>(0) == FastStart;
}
