using System;
using System.Collections.Generic;
using System.Threading;
using Espalier.Generator.Manifests;
using Espalier.Planning;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Espalier.Generator.Diagnostics;

/// <summary>Manifests for analyzers. They start anew with every keystroke, but a text that did not change is read once.</summary>
internal static class ManifestCache
{
    /// <summary>What the compiler's cache calls for a text that it has not seen.</summary>
    public static readonly SourceTextValueProvider<Manifest> Reader =
        new(static text => ManifestReader.Read("", text.ToString(), null, CancellationToken.None));

    /// <param name="options">Files and what the build says of them.</param>
    /// <param name="cached">Asks the compiler's cache.</param>
    /// <param name="cancellation">Stops reading.</param>
    public static EquatableArray<Manifest> ReadAll(AnalyzerOptions options, Func<SourceText, Manifest?> cached, CancellationToken cancellation)
    {
        var manifests = new List<Manifest>();
        foreach (var file in options.AdditionalFiles)
        {
            if (file.Path.EndsWith(ManifestSearch.FileSuffix, StringComparison.OrdinalIgnoreCase))
            {
                var text = file.GetText(cancellation);
                var read = (text is null ? null : cached(text)) ?? ManifestReader.Read(file.Path, text?.ToString(), null, cancellation);
                manifests.Add(read with { File = file.Path, BlobHash = ManifestFile.BlobHash(file, options.AnalyzerConfigOptionsProvider) });
            }
        }

        return manifests.ToEquatableArray();
    }
}
