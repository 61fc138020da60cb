using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Espalier.CodeFixes;

/// <summary>Finds the members of <c>Espalier.Precision</c> in source text, and what imports them.</summary>
internal static class PrecisionNames
{
    public const string Directive = "using static Espalier.Precision;";

    private const string TypeName = "Espalier.Precision";

    /// <summary>Names that stand for themselves, without <c>Precision.</c> before them, and mean or may mean a precision.</summary>
    public static IEnumerable<IdentifierNameSyntax> Bare(SyntaxNode root, SemanticModel model, CancellationToken cancellation)
    {
        if (model.Compilation.GetTypeByMetadataName(TypeName) is not { } precision)
        {
            return [];
        }

        var names = new HashSet<string>(precision.MemberNames);
        return root.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>()
            .Where(name => names.Contains(name.Identifier.ValueText) && IsBare(name) && MayMean(model.GetSymbolInfo(name, cancellation), precision));
    }

    /// <summary>Whether a directive imports the precisions.</summary>
    public static bool AreImportedBy(UsingDirectiveSyntax directive, SemanticModel model, CancellationToken cancellation) =>
        directive.StaticKeyword.IsKind(SyntaxKind.StaticKeyword) && Names(directive, TypeName, model, cancellation);

    /// <summary>Whether a directive imports the types of <c>System</c>, two of which have the name of a precision.</summary>
    public static bool IsSystem(UsingDirectiveSyntax directive, SemanticModel model, CancellationToken cancellation) =>
        directive.Alias is null && Names(directive, "System", model, cancellation);

    /// <summary>What to write before a bare name: the type's name where it is imported, its full name elsewhere.</summary>
    public static string Prefix(IdentifierNameSyntax name, SemanticModel model) =>
        model.LookupNamespacesAndTypes(name.SpanStart, name: "Precision").Any(symbol => symbol.ToDisplayString() == TypeName) ? "Precision." : "Espalier.Precision.";

    private static bool Names(UsingDirectiveSyntax directive, string name, SemanticModel model, CancellationToken cancellation) =>
        model.GetSymbolInfo(directive.NamespaceOrType, cancellation).Symbol?.ToDisplayString() == name;

    /// <summary>What a dot follows (Int32.Parse) means the type of System.</summary>
    private static bool IsBare(IdentifierNameSyntax name) =>
        name.Parent is not (MemberAccessExpressionSyntax or QualifiedNameSyntax or AliasQualifiedNameSyntax or NameColonSyntax or NameEqualsSyntax);

    private static bool MayMean(SymbolInfo info, INamedTypeSymbol precision) =>
        info.CandidateSymbols.Add(info.Symbol!).Any(symbol => SymbolEqualityComparer.Default.Equals(symbol?.ContainingType, precision));
}
