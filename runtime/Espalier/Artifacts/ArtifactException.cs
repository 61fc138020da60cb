using System;

namespace Espalier;

/// <summary>An artifact is missing, damaged, or another model's. The message names the file, the layer and the remedy.</summary>
public sealed class ArtifactException : Exception
{
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="inner">What it came from, or null.</param>
    public ArtifactException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>For a model that was built without a valid artifact; thrown by its parameterless constructor.</summary>
    /// <param name="model">The model.</param>
    /// <param name="because">One sentence: why there is none.</param>
    public static ArtifactException Missing(ModelDescription model, string because)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new($"{model.Name} has no trained artifact: {because} Run the program that trains it and saves it with Artifact.From(trained).Save(), and build again.");
    }
}
