using System.Linq;
using Espalier.Planning;

namespace Espalier;

/// <summary>The grids of a network: of what enters each integer layer, of the sums before each activation table, and of what enters sums of tensors alone.</summary>
/// <param name="Inputs">By layer; null for float layers and those without weights.</param>
/// <param name="Sums">By layer; null where no table is needed.</param>
/// <param name="Results">By layer whose result is codes that no integer layer with weights takes: their grid; null for all others.</param>
internal sealed record ActivationGrids(ActivationGrid?[] Inputs, ActivationGrid?[] Sums, ActivationGrid?[] Results)
{
    /// <summary>The grid of a layer's result, or of the model's input (−1); null where floats pass.</summary>
    public ActivationGrid? Of(TensorForms forms, int tensor)
    {
        var group = forms.GridGroup(tensor);
        if (group < 0)
        {
            return null;
        }

        var named = Enumerable.Range(0, Inputs.Length).Where(layer => Inputs[layer] is not null && forms.GridGroup(forms.Graph.SourcesOf(layer)[0]) == group).Select(layer => Inputs[layer]);
        return named.Concat(Enumerable.Range(0, Results.Length).Where(layer => forms.GridGroup(layer) == group).Select(layer => Results[layer])).FirstOrDefault(grid => grid is not null);
    }
}
