using Espalier.Coding;
using Espalier.Planning;

namespace Espalier;

/// <summary>How the grids of what enters a layer and of what leaves it stand in a blob.</summary>
internal interface IGridPair
{
    /// <summary>Whether the result of a layer without weights has a grid of its own.</summary>
    bool HasOutput { get; }

    void WriteInput(BitWriter writer, ActivationGrid grid);

    void WriteOutput(BitWriter writer, ActivationGrid grid);

    ActivationGrid ReadInput(BitReader reader);

    ActivationGrid ReadOutput(BitReader reader);
}

/// <summary>Each with its layer, as versions 1 to 4 of the format have them: two neighbours name the same grid.</summary>
internal sealed class GridsWithLayers : IGridPair
{
    public static GridsWithLayers Instance { get; } = new();

    public bool HasOutput => false;

    public void WriteInput(BitWriter writer, ActivationGrid grid) => GridCodec.Write(writer, grid);

    public void WriteOutput(BitWriter writer, ActivationGrid grid) => GridCodec.Write(writer, grid);

    public ActivationGrid ReadInput(BitReader reader) => GridCodec.Read(reader);

    public ActivationGrid ReadOutput(BitReader reader) => GridCodec.Read(reader);
}

/// <summary>Each group of tensors on one grid names it once, where it comes first: version 5.</summary>
internal sealed class GridsOfGroups(TensorForms forms)
{
    private readonly ActivationGrid?[] _known = new ActivationGrid?[forms.GroupTops.Count];

    /// <summary>The grids beside one layer.</summary>
    public IGridPair Of(int layer) => new Pair(this, forms.GridGroup(forms.Graph.SourcesOf(layer)[0]), forms.GridGroup(forms.AdditionOf(layer) ?? layer));

    private void Write(BitWriter writer, int group, ActivationGrid grid)
    {
        if (group < 0 || _known[group] is null)
        {
            GridCodec.Write(writer, grid);
        }

        if (group >= 0)
        {
            _known[group] ??= grid;
        }
    }

    private ActivationGrid Read(BitReader reader, int group) => group < 0 ? GridCodec.Read(reader) : _known[group] ??= GridCodec.Read(reader);

    private sealed class Pair(GridsOfGroups grids, int input, int output) : IGridPair
    {
        public bool HasOutput => output >= 0;

        public void WriteInput(BitWriter writer, ActivationGrid grid) => grids.Write(writer, input, grid);

        public void WriteOutput(BitWriter writer, ActivationGrid grid) => grids.Write(writer, output, grid);

        public ActivationGrid ReadInput(BitReader reader) => grids.Read(reader, input);

        public ActivationGrid ReadOutput(BitReader reader) => grids.Read(reader, output);
    }
}
