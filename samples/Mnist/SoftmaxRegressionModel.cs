namespace Mnist;

using Espalier;

/// <summary>784 pixels to ten scores.</summary>
[Dense(784, 10)]
public partial class PixelScores;

/// <summary>Logistic regression for ten classes: a linear model under a softmax.</summary>
[Sequential(typeof(PixelScores))]
public partial class SoftmaxRegression;
