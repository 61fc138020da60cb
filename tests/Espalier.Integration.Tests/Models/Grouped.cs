namespace Espalier.Integration.Tests.Models;

using Espalier;
using static Espalier.Precision;

// N:M sparsity: 2 of 4, and 1 of 3 in integers with a codebook.

[Dense(36, 24), Relu, Prune(0.5, Structure = SparsityStructure.Grouped)]
public partial class TwoOfFour;

[Dense(24, 5), Quantize(Int8), Prune(0.67, Structure = SparsityStructure.Grouped, GroupSize = 3, Schedule = PruningSchedule.OneShot), Codebook(8)]
public partial class OneOfThree;

[Sequential(typeof(TwoOfFour), typeof(OneOfThree))]
public partial class GroupedNet;
