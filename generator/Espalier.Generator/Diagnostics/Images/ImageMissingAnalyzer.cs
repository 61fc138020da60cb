using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Espalier.Generator.Annotations;
using Espalier.Generator.Annotations.Checks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0214: an image enters a model of images. A chain that begins with a convolution and that no model lists was meant to be one.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class ImageMissingAnalyzer() : UnlistedClassAnalyzer(ImageRules.ImageMissing)
{
    private static readonly ImageCheck s_check = new();

    protected override bool Concerns(INamedTypeSymbol type) => type.GetAttributes().Any(attribute => attribute.Is(AttributeNames.Sequential));

    protected override object[] Values(INamedTypeSymbol type) => [type.Name, ImageCheck.Missing(AnnotatedClass.Of(type))];

    protected override IEnumerable<Fault> Find(INamedTypeSymbol type, CancellationToken cancellation) =>
        type.GetAttributes().IsEmpty ? [] : s_check.Find(AnnotatedClass.Of(type), cancellation);
}
