using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using Espalier.Planning;

namespace Espalier.Generator.Manifests;

/// <summary>Reads a manifest's entry for one place.</summary>
internal static class ManifestLayerReader
{
    public static ManifestLayer Read(XElement layer) => new(
        layer.Text("path"),
        DefinitionText.Full(layer.Text("definition")),
        PlanText.ParseEvidence(layer.TextOr("evidence", "")) is { } evidence && IsSound(evidence) ? evidence : null,
        ReadKernels(layer),
        layer.ListOrNone("centroids").Select(centroid => (int)centroid.Number(-127, 127)).ToEquatableArray(),
        layer.Number("bytes", 0, long.MaxValue),
        layer.Number("nonzeros", 0, long.MaxValue));

    /// <summary>All plans or none: half of them would mix kernels of two planners.</summary>
    private static EquatableArray<KernelPlan> ReadKernels(XElement layer)
    {
        var kernels = new List<KernelPlan>();
        foreach (var entry in layer.ListOrNone("kernels"))
        {
            if (PlanText.ParsePlan(entry.Value) is not { } kernel)
            {
                return EquatableArray<KernelPlan>.Empty;
            }

            kernels.Add(kernel);
        }

        return kernels.ToEquatableArray();
    }

    /// <summary>Numbers that no packer measures would end up in loops of generated code.</summary>
    private static bool IsSound(WeightEvidence evidence) =>
        evidence.DenseDepth is >= 1 and <= short.MaxValue
        && evidence.Schedules.All(s => s is { Rows: > 0, Slots: > 0, Window: > 0, Steps: >= 0, Depth: 1 or 2, Windows: 1 or 2, PairSteps: 1 or 2 });
}
