using System;
using System.Collections.Generic;
using System.Linq;
using Espalier.Planning;

namespace Espalier.Generator.Emit;

/// <summary>
/// Where the numbers between layers lie in one block of scratch, computed at compile time. Every edge has a place of its own,
/// with room for the rows that the last tile computes too many and for the window that the next kernel reads too far.
/// </summary>
internal sealed class EdgeBuffers
{
    // Kernels of all tiers share the plan: the widest window is 256 activations, of a byte or of four.
    private const int WidestWindow = 256;
    private const int Alignment = 64;

    private EdgeBuffers(int[] inputs, int[] outputs, int size)
    {
        Inputs = inputs;
        Outputs = outputs;
        Size = size;
    }

    /// <summary>Where each layer reads.</summary>
    public IReadOnlyList<int> Inputs { get; }

    /// <summary>Where each layer writes.</summary>
    public IReadOnlyList<int> Outputs { get; }

    /// <summary>Bytes in all.</summary>
    public int Size { get; }

    public static EdgeBuffers Of(IReadOnlyList<LayerPlan> plans)
    {
        var inputs = new int[plans.Count];
        var outputs = new int[plans.Count];
        var size = Take(0, plans[0].Facts.Input, plans[0].Facts.Definition.Inputs, out inputs[0]);
        for (var i = 0; i < plans.Count; i++)
        {
            var rows = plans[i].Kernels.Max(kernel => Layout.Tiles(plans[i].Facts.Definition.Outputs, kernel.Rows) * kernel.Rows);
            size = Take(size, plans[i].Facts.Output, rows, out outputs[i]);
            if (i + 1 == plans.Count)
            {
                break;
            }

            inputs[i + 1] = outputs[i];
            if (plans[i].Facts.Output != plans[i + 1].Facts.Input)
            {
                // Floats that the next layer wants as codes.
                size = Take(size, plans[i + 1].Facts.Input, plans[i + 1].Facts.Definition.Inputs, out inputs[i + 1]);
            }
        }

        return new EdgeBuffers(inputs, outputs, size);
    }

    private static int Take(int offset, EdgeForm form, int numbers, out int start)
    {
        start = offset;
        var bytes = checked((numbers + WidestWindow) * (form == EdgeForm.Codes ? 1 : 4));
        return checked(offset + ((bytes + Alignment - 1) / Alignment * Alignment));
    }
}
