using Microsoft.CodeAnalysis;

namespace Espalier.Generator;

/// <summary>Expands annotated layer and model classes into specialised kernels.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class EspalierGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
    }
}
