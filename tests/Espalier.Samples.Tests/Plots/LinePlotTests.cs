using System.Xml.Linq;
using Espalier.Tests.Harness;

namespace Espalier.Samples.Tests.Plots;

public sealed class LinePlotTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void SvgHasTitleAxesAndALineForEachSeries()
    {
        var svg = XDocument.Parse(new LinePlot("Loss & error", "epoch", "loss").With("a", [(1, 3), (2, 2), (3, 1)]).With("b", [(1, 1), (2, 5)]).ToSvg());
        Assert.Equal("svg", svg.Root!.Name.LocalName);
        var texts = svg.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value).ToArray();
        Assert.All(new[] { "Loss & error", "epoch", "loss", "a", "b" }, text => Assert.Contains(text, texts));

        // In drawing order: three points fall to the right, whichever way they were given.
        var drawn = Lines(svg).Where(points => points.Length == 3).ToArray();
        Assert.Contains(drawn, points => points[0].X < points[1].X && points[1].X < points[2].X && points[0].Y < points[1].Y && points[1].Y < points[2].Y);
    }

    /// <summary>Tenfold is the same distance everywhere.</summary>
    [Fact]
    public void LogarithmicAxesSpaceByRatio()
    {
        var points = Lines(XDocument.Parse(new LinePlot("t", "x", "y") { IsLogarithmic = true }.With("a", [(100, 3), (1, 1), (10, 2)]).ToSvg()))
            .Last(line => line.Length == 3);
        Assert.Equal(points[1].X - points[0].X, points[2].X - points[1].X, 0.01);
    }

    [Fact]
    public void FilesAppearWholeInNewFolders()
    {
        var plot = new LinePlot("t", "x", "y").With("a", [(1, 1), (2, 2)]);
        var path = Path.Combine(_folder.Path, "plots", "a.svg");
        plot.WriteTo(path);
        plot.WriteTo(path);
        Assert.Equal(plot.ToSvg(), File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void NothingToPlotIsSaid() =>
        Assert.Contains("\"Loss\"", Assert.Throws<ArgumentException>(() => new LinePlot("Loss", "x", "y").With("a", []).WriteTo(Path.Combine(_folder.Path, "a.svg"))).Message);

    private static IEnumerable<(double X, double Y)[]> Lines(XDocument svg) =>
        svg.Descendants().Where(element => element.Name.LocalName == "polyline").Select(element => element.Attribute("points")!.Value
            .Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(point => point.Split(',')).Select(point => (double.Parse(point[0]), double.Parse(point[1]))).ToArray());
}
