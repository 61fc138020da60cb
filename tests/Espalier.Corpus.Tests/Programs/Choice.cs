namespace Espalier.Corpus.Tests;

internal static class Choice
{
    public static T Of<T>(this Random random, params T[] choices) => choices[random.Next(choices.Length)];

    /// <summary>True once in so many times.</summary>
    public static bool OnceIn(this Random random, int times) => random.Next(times) == 0;
}
