using System.Linq;
using System.Threading;

namespace Espalier.Generator.Annotations.Checks;

/// <summary>Everything that must hold before code is generated: the one list that the transforms walk.</summary>
internal static class CheckList
{
    public static readonly Check[] All =
    [
        new PartialCheck(),
        new EnclosingPartialCheck(),
        new ClassFormCheck(),
        new SingleRoleCheck(),
        new SingleActivationCheck(),
        new SizeCheck(),
        new WeightCountCheck(),
        new WeightFormatCheck(),
        new InputFormatCheck(),
        new AccumulatorCheck(),
        new AccumulatorFormatCheck(),
        new RoleFormatCheck(),
        new GridClustersCheck(),
        new SparsityCheck(),
        new SparsityGroupsCheck(),
        new ClusterCountCheck(),
        new ModelHasLayersCheck(),
        new ListedTypeCheck(),
        new ChainCheck(),
        new SoftmaxLastCheck(),
        new ChannelsCheck(),
        new WindowFitsCheck(),
        new SumCheck(),
        new BranchesCheck(),
        new RepeatedBlockCheck(),
        new CycleCheck(),
        new LayerCountCheck(),
        new TensorSizeCheck(),
        new DropoutPlaceCheck(),
        new GroupsCheck(),
        new PaddingCheck(),
        new StepRangeCheck(),
    ];

    public static bool Passes(AnnotatedClass annotated, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return All.All(check => !check.Find(annotated, cancellation).Any());
    }
}
