using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Espalier;

/// <summary>What a sensitivity analysis found: a curve for each layer and kind of compression.</summary>
public sealed class SensitivityReport
{
    internal SensitivityReport(ModelDescription model, int samples, double accuracy, IReadOnlyList<SensitivityCurve> curves)
    {
        Model = model;
        Samples = samples;
        Accuracy = accuracy;
        Curves = curves;
    }

    /// <summary>The model.</summary>
    public ModelDescription Model { get; }

    /// <summary>How many samples accuracy was measured on: one of them more or less is no difference.</summary>
    public int Samples { get; }

    /// <summary>The accuracy when no layer is compressed, 0 to 1.</summary>
    public double Accuracy { get; }

    /// <summary>Layer by layer, and for each by <see cref="SensitivityKind"/>.</summary>
    public IReadOnlyList<SensitivityCurve> Curves { get; }

    /// <summary>One curve.</summary>
    /// <param name="path">The layer's place, e.g. <c>0/Hidden1</c>.</param>
    /// <param name="kind">The kind of compression.</param>
    /// <exception cref="ArgumentException">The model has no such layer.</exception>
    public SensitivityCurve Curve(string path, SensitivityKind kind) =>
        Curves.FirstOrDefault(curve => curve.Layer.Path == path && curve.Kind == kind)
        ?? throw new ArgumentException($"{Model.Name} has no layer {path}; it has {string.Join(", ", Model.Layers.Select(layer => layer.Path))}.", nameof(path));

    /// <summary>Writes a table for each kind of compression: settings down, layers across, points of accuracy lost.</summary>
    /// <param name="writer">For example <see cref="Console.Out"/>.</param>
    public void WriteTo(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        SensitivityText.Write(this, writer);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var writer = new StringWriter();
        WriteTo(writer);
        return writer.ToString();
    }
}

/// <summary>A kind of compression that is tried on one layer.</summary>
public enum SensitivityKind
{
    /// <summary>The weights of smallest magnitude become 0; settings are shares of weights.</summary>
    Sparsity,

    /// <summary>Weights go to the nearest multiple of one step for each output; settings are bits.</summary>
    GridBits,

    /// <summary>Weights go to the nearest of 2^bits centroids, found by k-means, of which one is 0; settings are bits.</summary>
    CodebookBits,
}

/// <summary>The accuracy with one layer compressed, from mild to strong as the options list it.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Kind">How it is compressed.</param>
/// <param name="Uncompressed">The accuracy when it is not, 0 to 1.</param>
/// <param name="Points">The measurements.</param>
public sealed record SensitivityCurve(LayerDescription Layer, SensitivityKind Kind, double Uncompressed, IReadOnlyList<SensitivityPoint> Points)
{
    /// <summary>The strongest setting up to which no setting costs more than the given accuracy; null when the mildest already does.</summary>
    /// <param name="loss">The accuracy that may be lost, as a share: 0.001 is a tenth of a point.</param>
    public double? Tolerated(double loss)
    {
        // Sparsity gets stronger as it grows, bits as they shrink.
        var mildFirst = Kind == SensitivityKind.Sparsity ? Points.OrderBy(point => point.Setting) : Points.OrderByDescending(point => point.Setting);
        return mildFirst.TakeWhile(point => Uncompressed - point.Accuracy <= loss).LastOrDefault()?.Setting;
    }
}

/// <summary>One measurement.</summary>
/// <param name="Setting">The sparsity, 0 to 1, or the bits.</param>
/// <param name="Accuracy">0 to 1.</param>
public sealed record SensitivityPoint(double Setting, double Accuracy);

/// <summary>Where a sensitivity analysis stands.</summary>
/// <param name="Path">The layer's place.</param>
/// <param name="Kind">How it was compressed.</param>
/// <param name="Point">The latest measurement.</param>
/// <param name="Fraction">How much is done, 0 to 1.</param>
public sealed record SensitivityProgress(string Path, SensitivityKind Kind, SensitivityPoint Point, double Fraction);
