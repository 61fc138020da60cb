using System.Collections.Generic;
using Espalier.Generator.Annotations;
using Microsoft.CodeAnalysis;

namespace Espalier.Planning;

internal sealed partial class Conv2DKind
{
    public override IEnumerable<(int Index, string Name)> SizeArguments => [(0, "inChannels"), (1, "outChannels"), (2, "kernel"), (3, "kernelWidth")];

    public override IEnumerable<string> SizeProperties => ["Stride", "StrideHeight", "StrideWidth", "Dilation", "Groups"];

    public override EquatableArray<int>? ReadArguments(AttributeData attribute)
    {
        if (attribute.Argument<int>(0) is not { } inputs || attribute.Argument<int>(1) is not { } outputs || attribute.Argument<int>(2) is not { } height)
        {
            return null;
        }

        var stride = attribute.Named<int>("Stride") ?? 1;
        var padding = attribute.Named<int>("Padding") ?? 0;
        var dilation = attribute.Named<int>("Dilation") ?? 1;
        return new EquatableArray<int>(
        [
            inputs, outputs, height, attribute.Argument<int>(3) ?? height,
            attribute.Named<int>("StrideHeight") is { } rows and not 0 ? rows : stride, attribute.Named<int>("StrideWidth") is { } columns and not 0 ? columns : stride,
            attribute.Named<int>("PaddingHeight") is { } above and not -1 ? above : padding, attribute.Named<int>("PaddingWidth") is { } left and not -1 ? left : padding,
            dilation, dilation, attribute.Named<int>("Groups") ?? 1,
        ]);
    }
}
