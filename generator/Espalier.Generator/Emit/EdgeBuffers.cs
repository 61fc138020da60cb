using System;
using System.Collections.Generic;
using System.Linq;
using Espalier.Planning;

namespace Espalier.Generator.Emit;

/// <summary>
/// Where the numbers between layers lie in one block of scratch, computed at compile time. Every edge has a place of its own,
/// with room for the rows that the last tile computes too many and for the window that the next kernel reads too far. Small is
/// quick: the runtime clears what is taken from the stack.
/// </summary>
internal sealed class EdgeBuffers
{
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
        var size = Take(0, plans[0].Facts.Input, plans[0].Facts.Definition.Inputs, Reach(plans, 0), out inputs[0]);
        for (var i = 0; i < plans.Count; i++)
        {
            var outs = plans[i].Facts.Definition.Outputs;
            var rows = plans[i].Kernels.Max(kernel => Layout.Tiles(outs, kernel.Rows) * kernel.Rows);
            var encodes = i + 1 < plans.Count && plans[i].Facts.Output != plans[i + 1].Facts.Input;
            size = Take(size, plans[i].Facts.Output, outs, Math.Max(rows - outs, encodes ? 0 : Reach(plans, i + 1)), out outputs[i]);
            if (i + 1 == plans.Count)
            {
                break;
            }

            inputs[i + 1] = outputs[i];
            if (encodes)
            {
                // Floats that the next layer wants as codes.
                size = Take(size, plans[i + 1].Facts.Input, plans[i + 1].Facts.Definition.Inputs, Reach(plans, i + 1), out inputs[i + 1]);
            }
        }

        return new EdgeBuffers(inputs, outputs, size);
    }

    /// <summary>How far past the last number a layer's kernels read: a window, or the rest of a step of four.</summary>
    private static int Reach(IReadOnlyList<LayerPlan> plans, int index) =>
        index < plans.Count ? plans[index].Kernels.Max(kernel => Math.Max(kernel.Window, kernel.Slots)) : 0;

    /// <summary>Room for so many numbers and for those that are written or read beyond them; planes have that by themselves.</summary>
    private static int Take(int offset, EdgeForm form, int numbers, int beyond, out int start)
    {
        start = offset;
        var bytes = form switch
        {
            EdgeForm.Planes => ActivationPlanes.Size(numbers),
            EdgeForm.Codes => checked(numbers + beyond),
            _ => checked(sizeof(float) * (numbers + beyond)),
        };
        return checked(offset + ((bytes + Alignment - 1) / Alignment * Alignment));
    }
}
