using Espalier;

namespace Zoo.LeNets;

[Dense(784, 300), Relu]
public partial class Hidden1;

[Dense(300, 100), Relu]
public partial class Hidden2;

[Dense(100, 10)]
public partial class Scores;

/// <summary>LeNet-300-100 of LeCun et al. 1998: the fully connected network of Deep Compression (Han et al. 2016).</summary>
[Sequential(typeof(Hidden1), typeof(Hidden2), typeof(Scores))]
public partial class LeNet300;
