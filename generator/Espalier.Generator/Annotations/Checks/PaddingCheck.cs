using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using Espalier.Planning;

namespace Espalier.Generator.Annotations.Checks;

/// <summary>
/// Padding is no number below 0, and around a pool at most half the window: a window that lies in the padding alone would have no largest number.
/// </summary>
internal sealed class PaddingCheck : Check
{
    public override IEnumerable<Fault> Find(AnnotatedClass annotated, CancellationToken cancellation)
    {
        foreach (var layer in annotated.Layers.Count > 1 ? annotated.Steps : [.. annotated.Layers, .. annotated.Steps])
        {
            if (layer.Kind is not (Conv2DKind or PoolKind) || layer.Kind.ReadArguments(layer.Attribute) is not { } arguments)
            {
                continue;
            }

            var window = layer.Kind is PoolKind ? PoolKind.Window(arguments) : Conv2DKind.Window(arguments);
            foreach (var (name, size, unset) in new[] { ("Padding", System.Math.Min(window.Height, window.Width), 0), ("PaddingHeight", window.Height, -1), ("PaddingWidth", window.Width, -1) })
            {
                var most = layer.Kind is PoolKind ? System.Math.Max(0, size / 2) : int.MaxValue;
                if (layer.Attribute.Named<int>(name) is { } padding && padding != unset && (padding < 0 || padding > most))
                {
                    var range = layer.Kind is PoolKind ? $"0 to {most}, half the window of {window.Height}×{window.Width}" : "0 and more";
                    yield return Fault.InProperty(layer.Attribute, name, annotated.Symbol.Name, $"{name} = {padding}", range)
                        .Suggesting((padding < 0 ? 0 : most).ToString(CultureInfo.InvariantCulture));
                }
            }
        }
    }
}
