namespace Espalier.Integration.Tests.Models;

using Espalier;
using static Espalier.Precision;

// N:M sparsity of convolutions, whose groups run through the windows of all channels: 1 of 3 of 18 weights, and 2 of 4 of 72 with a codebook.

[Conv2D(2, 8, 3, Padding = 1), Relu, MaxPool(2), Quantize(Int8), Prune(0.67, Structure = SparsityStructure.Grouped, GroupSize = 3)]
public partial class GroupedStem;

[Conv2D(8, 12, 3, Padding = 1), Relu, Quantize(Int8), Prune(0.5, Structure = SparsityStructure.Grouped), Codebook(8)]
public partial class GroupedBody;

[Dense(12 * 16, 4), Quantize(Int8)]
public partial class GroupedScores;

[Image(2, 8, 8), Sequential(typeof(GroupedStem), typeof(GroupedBody), typeof(GroupedScores))]
public partial class GroupedImageNet;
