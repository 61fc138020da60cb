using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Espalier.Generator.Annotations.Checks;

/// <summary>Layers and models are ordinary classes: anything that a generated half could not complete is refused.</summary>
internal sealed class ClassFormCheck : Check
{
    public override IEnumerable<Fault> Find(AnnotatedClass annotated, CancellationToken cancellation)
    {
        if (annotated.CanBeListed && Obstacle(annotated.Symbol) is { } obstacle)
        {
            yield return Fault.InClass(annotated.Symbol.Name, obstacle);
        }
    }

    private static string? Obstacle(INamedTypeSymbol type)
    {
        var own = type switch
        {
            { TypeKind: not TypeKind.Class } => "is not a class",
            { IsRecord: true } => "is a record",
            { IsStatic: true } => "is static",
            { IsAbstract: true } => "is abstract",
            { IsFileLocal: true } => "is visible in its file only",
            _ => null,
        };

        for (var part = type; own is null && part is not null; part = part.ContainingType)
        {
            own = part.Arity > 0 ? part.Equals(type, SymbolEqualityComparer.Default) ? "is generic" : $"stands in the generic type {part.Name}"
                : part.IsFileLocal ? $"stands in {part.Name}, which is visible in its file only"
                : IsKeyword(part.Name) ? $"has the keyword {part.Name} in its name"
                : null;
        }

        for (var space = type.ContainingNamespace; own is null && space is { IsGlobalNamespace: false }; space = space.ContainingNamespace)
        {
            own = IsKeyword(space.Name) ? $"has the keyword {space.Name} in its name" : null;
        }

        return own;
    }

    // Names go into generated text and into files as they are, without a leading @.
    private static bool IsKeyword(string name) => SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None;
}
