using System.Globalization;
using System.Linq;
using System.Text;
using Espalier.Planning;

namespace Espalier.Generator.Emit.Images;

/// <summary>Says in English how much memory a network of images needs beyond its weights.</summary>
internal static class MemoryProse
{
    /// <summary>What threads add, as a sentence.</summary>
    public static string Threads(ImagePlan plan) => plan.ThreadBytes == 0
        ? "The threads of a prediction share that block."
        : string.Format(CultureInfo.InvariantCulture, "The threads of a prediction share that block; an instance with several allocates up to {0:N0} bytes more for each.", plan.ThreadBytes);

    public static string Of(ImagePlan plan)
    {
        var apart = plan.Tensors.Where((tensor, i) => tensor.Holder == i).Sum(tensor => (long)tensor.Bytes) + plan.Steps.Sum(step => (long)step.ScratchBytes);
        var text = new StringBuilder();
        text.AppendFormat(
            CultureInfo.InvariantCulture,
            "Memory beyond the weights: one block of {0:N0} bytes, {1}; {2:N0} bytes if nothing shared memory.",
            plan.ScratchBytes,
            plan.Memory.Size == plan.Memory.LeastSize ? "as much as the busiest step needs" : string.Format(CultureInfo.InvariantCulture, "of which the busiest step needs {0:N0}", plan.Memory.LeastSize),
            apart);
        text.Append('\n').Append(Threads(plan));
        return text.Append('\n').ToString();
    }
}
