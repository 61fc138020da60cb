using System.Collections.Generic;
using System.Linq;
using Espalier.Generator.Annotations;
using Microsoft.CodeAnalysis;

namespace Espalier.Planning;

internal abstract partial class PoolKind
{
    public override IEnumerable<(int Index, string Name)> SizeArguments => [(0, "window"), (1, "width")];

    public override IEnumerable<string> SizeProperties => ["Stride", "StrideHeight", "StrideWidth"];

    public override EquatableArray<int>? ReadArguments(AttributeData attribute)
    {
        if (attribute.Argument<int>(0) is not { } height)
        {
            return null;
        }

        var width = attribute.Argument<int>(1) ?? height;
        var stride = attribute.Named<int>("Stride") ?? 0;
        var padding = attribute.Named<int>("Padding") ?? 0;
        int Stride(string name, int window) => attribute.Named<int>(name) is { } own and not 0 ? own : stride != 0 ? stride : window;
        return new EquatableArray<int>(
        [
            height, width, Stride("StrideHeight", height), Stride("StrideWidth", width),
            attribute.Named<int>("PaddingHeight") is { } above and not -1 ? above : padding, attribute.Named<int>("PaddingWidth") is { } left and not -1 ? left : padding,
            attribute.Named<bool>("CeilingMode") == true ? 1 : 0,
        ]);
    }
}

internal sealed partial class AveragePoolKind
{
    public override EquatableArray<int>? ReadArguments(AttributeData attribute) =>
        base.ReadArguments(attribute) is { } window
            ? window.Append(attribute.Named<bool>("CountPadding") == false ? 0 : 1).ToEquatableArray()
            : null;
}

internal sealed partial class LocalResponseNormKind
{
    public override IEnumerable<(int Index, string Name)> SizeArguments => [(0, "size")];

    public override EquatableArray<int>? ReadArguments(AttributeData attribute) =>
        attribute.Argument<int>(0) is { } size ? new EquatableArray<int>([size]) : null;

    public override EquatableArray<float> ReadNumbers(AttributeData attribute) => new(
    [
        (float)(attribute.Named<double>("Alpha") ?? 1e-4), (float)(attribute.Named<double>("Beta") ?? 0.75), (float)(attribute.Named<double>("K") ?? 1),
    ]);
}
