using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace Espalier.CodeFixes;

/// <summary>Writes another member of one of the runtime's enums, in the words of the author: with or without the type's name.</summary>
internal static class EnumMember
{
    /// <param name="written">The expression to replace.</param>
    /// <param name="type">The enum's name.</param>
    /// <param name="member">The member to write.</param>
    /// <param name="model">Of the expression's tree.</param>
    /// <param name="cancellation">Stops binding.</param>
    public static ExpressionSyntax InPlaceOf(ExpressionSyntax written, string type, string member, SemanticModel model, CancellationToken cancellation)
    {
        var isMember = model.GetSymbolInfo(written, cancellation).Symbol is IFieldSymbol { ContainingType: { TypeKind: TypeKind.Enum } owner } && owner.Name == type;
        var name = SyntaxFactory.IdentifierName(member);
        return (written switch
        {
            IdentifierNameSyntax when isMember => name,
            MemberAccessExpressionSyntax access when isMember => access.WithName(name),
            _ => SyntaxFactory.ParseExpression($"global::Espalier.{type}.{member}").WithAdditionalAnnotations(Simplifier.Annotation),
        }).WithTriviaFrom(written);
    }
}
