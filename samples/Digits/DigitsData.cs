using System.Globalization;
using System.IO.Compression;
using Espalier;

namespace Digits;

/// <summary>Handwritten digits of 8 x 8 pixels from 0 to 16, in three parts that never mix.</summary>
/// <remarks>
/// A row's part follows from its own text, not from its place in the file: FNV-1a of the line modulo 10 is 0 or 1 for the
/// held-out part, 2 for validation, and the rest is for training. So training gives the same network when the held-out rows are deleted.
/// </remarks>
internal sealed class DigitsData
{
    public const int Pixels = 64;
    public const int Classes = 10;
    private const int HeldOutPart = 2;

    private DigitsData(LabelledSamples train, LabelledSamples validation, LabelledSamples heldOut) =>
        (Train, Validation, HeldOut) = (train, validation, heldOut);

    public LabelledSamples Train { get; }

    public LabelledSamples Validation { get; }

    /// <summary>Only reported, never chosen by. May be empty.</summary>
    public LabelledSamples HeldOut { get; }

    /// <summary>Copies all rows but the held-out ones, as they are: what training may see.</summary>
    public static int CopyWithoutHeldOut(string? path, string target)
    {
        using var output = new StreamWriter(new GZipStream(File.Create(target), CompressionLevel.Optimal));
        var copied = 0;
        foreach (var line in Lines(path).Where(line => PartOf(line) != HeldOutPart))
        {
            output.Write(line);
            output.Write('\n');
            copied++;
        }

        return copied;
    }

    /// <summary>Reads the rows that come with the sample, or those of another file in the same form.</summary>
    public static DigitsData Load(string? path)
    {
        var parts = new[] { new Rows(), new Rows(), new Rows() };
        var number = 0;
        foreach (var line in Lines(path))
        {
            number++;
            if (line.Length > 0)
            {
                parts[PartOf(line)].Add(line, number);
            }
        }

        return new DigitsData(parts[0].ToSamples(), parts[1].ToSamples(), parts[2].ToSamples());
    }

    private static IEnumerable<string> Lines(string? path)
    {
        using var file = path is null ? typeof(DigitsData).Assembly.GetManifestResourceStream("digits.csv.gz")! : File.OpenRead(path);
        using var text = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        while (text.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    private static int PartOf(string line)
    {
        var hash = 2166136261u;
        foreach (var letter in line)
        {
            hash = unchecked((hash ^ letter) * 16777619u);
        }

        return (hash % 10) switch { 0 or 1 => HeldOutPart, 2 => 1, _ => 0 };
    }

    private sealed class Rows
    {
        private readonly List<float> _pixels = [];
        private readonly List<int> _labels = [];

        public void Add(string line, int number)
        {
            var numbers = line.Split(',');
            if (numbers.Length != Pixels + 1)
            {
                throw new InvalidDataException($"Line {number} has {numbers.Length} numbers; a digit is {Pixels} pixels and a label.");
            }

            for (var i = 0; i < numbers.Length; i++)
            {
                if (!int.TryParse(numbers[i], NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value > (i < Pixels ? 16 : 9))
                {
                    throw new InvalidDataException($"Line {number}, number {i + 1} is \"{numbers[i]}\"; pixels go from 0 to 16 and labels from 0 to 9.");
                }

                if (i < Pixels)
                {
                    _pixels.Add(value);
                }
                else
                {
                    _labels.Add(value);
                }
            }
        }

        public LabelledSamples ToSamples() => new([.. _pixels], [.. _labels], Pixels);
    }
}
