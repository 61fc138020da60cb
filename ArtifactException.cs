using System;

namespace Espalier;

/// <summary>A trained artifact is missing, damaged, or not that of the model. The message says which file, what is wrong and what to do.</summary>
/// <param name="message">What is wrong and what to do.</param>
/// <param name="inner">The cause, or null.</param>
public sealed class ArtifactException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The exception of a model that has no trained weights: what generated constructors throw.</summary>
    /// <param name="model">The model.</param>
    /// <param name="because">One sentence that says why there are none.</param>
    /// <returns>The exception to throw.</returns>
    public static ArtifactException Missing(ModelDescription model, string because)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new($"{model.Name} has no trained artifact: {because} Run the program that trains it (Artifact.From(trained).Save()) and build again.");
    }
}
