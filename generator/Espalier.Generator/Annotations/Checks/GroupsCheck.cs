using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using Espalier.Planning;

namespace Espalier.Generator.Annotations.Checks;

/// <summary>The groups of a convolution cut both numbers of channels into equal parts.</summary>
internal sealed class GroupsCheck : Check
{
    public override IEnumerable<Fault> Find(AnnotatedClass annotated, CancellationToken cancellation)
    {
        if (annotated.Weighted is not { Kind: "Conv2D", Arguments: var arguments } || Conv2DKind.Groups(arguments) < 2)
        {
            yield break;
        }

        var (groups, inputs, outputs) = (Conv2DKind.Groups(arguments), Conv2DKind.InputChannels(arguments), Conv2DKind.OutputChannels(arguments));
        if (inputs > 0 && outputs > 0 && (inputs % groups != 0 || outputs % groups != 0))
        {
            var fitting = Fitting(groups, inputs, outputs);
            yield return Fault.InProperty(annotated.Layers[0].Attribute, "Groups", annotated.Symbol.Name, groups, inputs, outputs, fitting)
                .Suggesting(fitting.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>The most groups, no more than asked for, that divide both.</summary>
    private static int Fitting(int groups, int inputs, int outputs)
    {
        var fitting = System.Math.Min(groups, System.Math.Min(inputs, outputs));
        while (inputs % fitting != 0 || outputs % fitting != 0)
        {
            fitting--;
        }

        return fitting;
    }
}
