using System;
using System.Collections.Generic;
using System.Linq;

namespace Espalier.Planning;

/// <summary>Lays all tensors of a network and the scratch of its steps out in one block.</summary>
internal static class ImageMemory
{
    public static ImagePlan Place(IReadOnlyList<ImageStep> steps, IReadOnlyList<ImageTensor> tensors, IReadOnlyList<LayerPlan> plans)
    {
        var requests = new List<MemoryRequest>();
        var requestOf = new int[tensors.Count];
        for (var tensor = 0; tensor < tensors.Count; tensor++)
        {
            if (tensors[tensor].Holder == tensor)
            {
                requestOf[tensor] = requests.Count;
                var users = Enumerable.Range(0, steps.Count).Where(step => Touches(steps[step], tensors, tensor)).ToArray();
                requests.Add(new MemoryRequest(Bytes(steps, tensors, plans, tensor), users[0], users[users.Length - 1]));
            }
        }

        var scratch = new int[steps.Count];
        for (var step = 0; step < steps.Count; step++)
        {
            scratch[step] = requests.Count;
            if (steps[step].ScratchBytes > 0)
            {
                requests.Add(new MemoryRequest(steps[step].ScratchBytes, step, step));
            }
        }

        var memory = MemoryPlan.Of(requests);
        return new ImagePlan(
            steps.Select((step, i) => step.ScratchBytes > 0 ? step with { ScratchOffset = memory.Offsets[scratch[i]] } : step).ToArray(),
            tensors.Select((tensor, i) => tensor with { Offset = memory.Offsets[requestOf[Root(tensors, i)]] + OffsetInRoot(tensors, i) }).ToArray(),
            memory);
    }

    private static bool Touches(ImageStep step, IReadOnlyList<ImageTensor> tensors, int holder) =>
        Root(tensors, step.Output) == holder || step.Inputs.Any(input => Root(tensors, input) == holder);

    /// <summary>The tensor that a tensor lies in, in the end.</summary>
    private static int Root(IReadOnlyList<ImageTensor> tensors, int tensor)
    {
        while (tensors[tensor].Holder != tensor)
        {
            tensor = tensors[tensor].Holder;
        }

        return tensor;
    }

    /// <summary>Bytes from the start of the whole to a branch's first channel; branches of branches add up.</summary>
    private static int OffsetInRoot(IReadOnlyList<ImageTensor> tensors, int tensor)
    {
        var offset = 0;
        for (; tensors[tensor].Holder != tensor; tensor = tensors[tensor].Holder)
        {
            offset += tensors[tensor].Channel * tensors[tensor].NumberBytes;
        }

        return offset;
    }

    /// <summary>The tensor, and what is written or read beyond its end: the rows of a dense layer's last tile, and the window or step of the next.</summary>
    private static int Bytes(IReadOnlyList<ImageStep> steps, IReadOnlyList<ImageTensor> tensors, IReadOnlyList<LayerPlan> plans, int tensor)
    {
        var bytes = tensors[tensor].Bytes;
        if (tensors[tensor].Form == EdgeForm.Planes)
        {
            return bytes;
        }

        foreach (var step in steps.Where(step => step.Kind == ImageStepKind.Dense))
        {
            var plan = plans[step.Layer];
            if (step.Output == tensor)
            {
                var rows = plan.Kernels.Max(kernel => Layout.Tiles(plan.Facts.Definition.Outputs, kernel.Rows) * kernel.Rows);
                bytes = Math.Max(bytes, checked(rows * tensors[tensor].NumberBytes));
            }

            if (step.Inputs[0] == tensor)
            {
                bytes = Math.Max(bytes, checked(plan.Facts.Definition.Inputs + Reach(plan)) * tensors[tensor].NumberBytes);
            }
        }

        return checked(bytes + ImagePlan.Slack);
    }

    /// <summary>Numbers behind the last that a dense layer's kernels read: a window, or the rest of a step of four.</summary>
    public static int Reach(LayerPlan plan) => plan.Kernels.Max(kernel => Math.Max(kernel.Window, kernel.Slots));
}
