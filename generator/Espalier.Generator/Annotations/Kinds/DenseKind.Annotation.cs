using System.Collections.Generic;
using Espalier.Generator.Annotations;
using Microsoft.CodeAnalysis;

namespace Espalier.Planning;

internal sealed partial class DenseKind
{
    public override IEnumerable<(int Index, string Name)> SizeArguments => [(0, "inputs"), (1, "outputs")];

    public override EquatableArray<int>? ReadArguments(AttributeData attribute) =>
        attribute.Argument<int>(0) is { } inputs && attribute.Argument<int>(1) is { } outputs
            ? new EquatableArray<int>([inputs, outputs])
            : null;
}
