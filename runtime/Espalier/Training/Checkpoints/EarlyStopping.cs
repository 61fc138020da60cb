using System.IO;

namespace Espalier;

/// <summary>Remembers the best epoch of a stage.</summary>
internal sealed class EarlyStopping
{
    private double _best = double.NegativeInfinity;
    private int _since;
    private byte[]? _parameters;

    /// <summary>Notes an epoch, and keeps its weights when none was better; of equal ones the first is kept.</summary>
    public void Note(NetworkTraining network, double accuracy)
    {
        _since++;
        if (accuracy > _best)
        {
            var copy = new MemoryStream();
            VisitParameters(network, new StateWriter(copy));
            (_best, _since, _parameters) = (accuracy, 0, copy.ToArray());
        }
    }

    /// <summary>Puts the best epoch's weights back.</summary>
    public void Restore(NetworkTraining network)
    {
        if (_parameters is not null)
        {
            VisitParameters(network, new StateReader(new MemoryStream(_parameters)));
        }
    }

    /// <summary>Whether so many epochs have passed without a better one.</summary>
    public bool IsOver(int patience) => _since >= patience;

    public void Reset() => (_best, _since, _parameters) = (double.NegativeInfinity, 0, null);

    public void Visit(StateStream state)
    {
        state.Number(ref _best);
        state.Number(ref _since);
        state.Array(ref _parameters);
    }

    private static void VisitParameters(NetworkTraining network, StateStream state)
    {
        foreach (var layer in network.Layers)
        {
            layer.VisitParameters(state);
        }
    }
}
