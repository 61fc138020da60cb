using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;

namespace Espalier.Samples;

/// <summary>Lines with a legend, written as SVG.</summary>
/// <param name="title">Above the plot.</param>
/// <param name="across">What the horizontal axis shows.</param>
/// <param name="up">What the vertical axis shows.</param>
internal sealed class LinePlot(string title, string across, string up)
{
    private const double Width = 800;
    private const double Height = 500;

    private readonly List<(string Name, (double X, double Y)[] Points)> _lines = [];

    /// <summary>Whether the horizontal axis is logarithmic.</summary>
    public bool IsLogarithmic { get; init; }

    /// <summary>Where the names of the lines stand: the corner that they leave free.</summary>
    public LegendPosition Names { get; init; } = LegendPosition.RightTop;

    /// <summary>A line through points from left to right; points that are not finite leave a gap.</summary>
    public LinePlot With(string name, IEnumerable<(double X, double Y)> points)
    {
        _lines.Add((name, [.. points.OrderBy(point => point.X)]));
        return this;
    }

    /// <summary>Writes the plot; the file appears whole or not at all.</summary>
    /// <exception cref="ArgumentException">No line has points.</exception>
    public void WriteTo(string path)
    {
        var svg = ToSvg();
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            File.WriteAllText(temporary, svg);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>The plot as the text of an SVG file.</summary>
    public string ToSvg()
    {
        if (_lines.All(line => line.Points.Length == 0))
        {
            throw new ArgumentException($"There is nothing to plot in \"{title}\".");
        }

        // Text is measured without its font, so it may be wider than the room that it gets by default.
        var model = new PlotModel { Title = title, Background = OxyColors.White, DefaultFont = "Arial", Padding = new OxyThickness(12, 8, 24, 8) };
        Axis bottom = IsLogarithmic ? new LogarithmicAxis() : new LinearAxis();
        (bottom.Position, bottom.Title, bottom.AxisTitleDistance) = (AxisPosition.Bottom, across, 8);
        model.Axes.Add(bottom);
        model.Axes.Add(new LinearAxis { Position = AxisPosition.Left, Title = up, AxisTitleDistance = 18, MajorGridlineStyle = LineStyle.Dot });
        model.Legends.Add(new Legend { LegendPosition = Names, LegendPlacement = LegendPlacement.Inside, LegendMargin = 24, LegendBackground = OxyColors.White });
        foreach (var (name, points) in _lines)
        {
            var line = new LineSeries { Title = name, MarkerType = points.Length > 40 ? MarkerType.None : MarkerType.Circle, MarkerSize = 3 };
            line.Points.AddRange(points.Select(point => new DataPoint(point.X, point.Y)));
            model.Series.Add(line);
        }

        return new SvgExporter { Width = Width, Height = Height, IsDocument = true }.ExportToString(model);
    }
}
