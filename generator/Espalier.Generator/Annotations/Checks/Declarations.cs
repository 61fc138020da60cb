using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Espalier.Generator.Annotations.Checks;

/// <summary>Questions about how a class is written.</summary>
internal static class Declarations
{
    /// <summary>Whether a second part can be added. Classes of other assemblies are finished: nothing is added to them.</summary>
    public static bool IsOpen(INamedTypeSymbol type, CancellationToken cancellation) =>
        type.DeclaringSyntaxReferences.All(reference =>
            reference.GetSyntax(cancellation) is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(SyntaxKind.PartialKeyword));
}
