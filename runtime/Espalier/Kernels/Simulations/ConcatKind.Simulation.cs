using System.Linq;
using Espalier.Kernels;

namespace Espalier.Planning;

internal sealed partial class ConcatKind
{
    /// <inheritdoc/>
    public override SimulatedTensor Simulate(SimulatedStep step, SimulatedTensor[] sources) => WeightlessResults.Activate(step, sources[0].Codes is null
        ? SimulatedTensor.Of([.. sources.SelectMany(source => source.Floats!)])
        : SimulatedTensor.Of([.. sources.SelectMany(source => source.Codes!)], sources[0].Grid!.Value));
}
