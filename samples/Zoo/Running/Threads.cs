using System.Globalization;

namespace Zoo.Running;

/// <summary>Numbers of threads as they are written on the command line.</summary>
internal static class Threads
{
    /// <exception cref="ArgumentException">Something is no number of 1 or more.</exception>
    public static int[] Parse(string text) => [.. text.Split(',').Select(word =>
        int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var threads) && threads > 0
            ? threads
            : throw new ArgumentException($"Threads are numbers of 1 or more with commas between them, as 1,2, but {text} was given."))];
}
