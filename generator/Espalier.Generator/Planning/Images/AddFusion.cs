using System.Linq;

namespace Espalier.Planning;

/// <summary>
/// Which additions a convolution takes along: those that take its sums, and those of floats that take what it gives. The convolution then runs in the
/// addition's place, where the other source is there, and writes the addition's result; its own never exists.
/// </summary>
internal sealed class AddFusion
{
    private readonly int[] _additions;
    private readonly int[] _convolutions;

    private AddFusion(int layers)
    {
        _additions = Enumerable.Repeat(-1, layers).ToArray();
        _convolutions = Enumerable.Repeat(-1, layers).ToArray();
    }

    /// <summary>The addition that a convolution takes along; −1 where it takes none.</summary>
    public int AdditionOf(int convolution) => convolution < 0 ? -1 : _additions[convolution];

    /// <summary>The convolution that takes an addition along; −1 where none does.</summary>
    public int ConvolutionOf(int addition) => _convolutions[addition];

    public static AddFusion Of(TensorForms forms)
    {
        var graph = forms.Graph;
        var fusion = new AddFusion(graph.Layers.Count);
        for (var addition = 0; addition < graph.Layers.Count; addition++)
        {
            if (graph.Layers[addition].Kind != LayerKinds.Addition)
            {
                continue;
            }

            var convolution = forms.SumsOf(addition) ?? (forms[addition] == EdgeForm.Floats ? Last(forms, addition) : -1);
            if (convolution >= 0)
            {
                fusion._additions[convolution] = addition;
                fusion._convolutions[addition] = convolution;
            }
        }

        return fusion;
    }

    /// <summary>The last source that is a convolution without an activation which nothing else reads; −1 where there is none.</summary>
    private static int Last(TensorForms forms, int addition)
    {
        var graph = forms.Graph;
        var sources = graph.SourcesOf(addition);
        return sources.Count != 2 ? -1 : sources
            .Where(source => source >= 0 && IsPlainConvolution(graph.Layers[source]) && graph.ConsumersOf(source).Count == 1)
            .DefaultIfEmpty(-1)
            .Max();
    }

    private static bool IsPlainConvolution(LayerDefinition layer) => layer.Kind == LayerKinds.Convolution && layer.Activation == ActivationKind.None;
}
