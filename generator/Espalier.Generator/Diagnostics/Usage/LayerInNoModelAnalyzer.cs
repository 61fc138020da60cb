using System.Linq;
using Espalier.Generator.Annotations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0112: a layer is listed in a model, itself or in a block. A chain that lacks its image has a rule of its own.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class LayerInNoModelAnalyzer() : UnlistedClassAnalyzer(UsageRules.LayerInNoModel)
{
    protected override bool Concerns(INamedTypeSymbol type) => type.GetAttributes().Any(IsListed) && !type.GetAttributes().Any(attribute => attribute.Is(AttributeNames.Sequential));

    protected override object[] Values(INamedTypeSymbol type) => [type.Name];

    private static bool IsListed(AttributeData attribute) =>
        LayerAttribute.From(attribute) is not null || CompositionAttribute.From(attribute) is not null || attribute.Is(AttributeNames.Dropout) || attribute.Is(AttributeNames.Flatten);
}
