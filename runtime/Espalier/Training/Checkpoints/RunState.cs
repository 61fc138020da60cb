using System.Collections.Generic;
using System.Linq;
using Espalier.Numerics;

namespace Espalier;

/// <summary>Where a training run stands between two epochs: all that the rest of it depends on.</summary>
internal sealed class RunState(NetworkTraining network, RandomNumbers random, int samples, LossScale? lossScale = null)
{
    private int _epoch;
    private int _epochsDone;
    private double _loss;
    private UpdateCounts _stageUpdates;
    private float[]?[] _denseWeights = [];
    private float[]?[] _denseBiases = [];

    /// <summary>The order in which samples were last visited: shuffling goes on from it.</summary>
    public int[] Order { get; } = [.. Enumerable.Range(0, samples)];

    /// <summary>Epochs of the stage at hand that are done.</summary>
    public int Epoch => _epoch;

    /// <summary>Epochs of all stages that are done.</summary>
    public int EpochsDone => _epochsDone;

    /// <summary>The mean loss of the last epoch.</summary>
    public double Loss => _loss;

    /// <summary>The factor on the loss.</summary>
    public LossScale LossScale { get; } = lossScale ?? new LossScale(1, false, 1);

    /// <summary>What became of the updates of the stage at hand.</summary>
    public UpdateCounts StageUpdates => _stageUpdates;

    public EarlyStopping Stopping { get; } = new();

    /// <summary>Stages that are done.</summary>
    public List<StageResult> Results { get; } = [];

    /// <summary>The network at the end of dense training.</summary>
    public ReferenceNetwork Reference => new(DenseSnapshot.Of(network, i => _denseWeights[i]!, i => _denseBiases[i]!));

    public void EndEpoch(double loss)
    {
        (_epoch, _loss) = (_epoch + 1, loss);
        _epochsDone++;
    }

    /// <summary>Takes the layers' counts of the epoch; gives them back.</summary>
    public UpdateCounts CountUpdates()
    {
        var epoch = network.Layers.Aggregate(default(UpdateCounts), (sum, layer) => sum + layer.TakeUpdateCounts());
        _stageUpdates += epoch;
        return epoch;
    }

    public void EndStage(StageResult result)
    {
        Results.Add(result);
        (_epoch, _loss, _stageUpdates) = (0, 0, default);
        Stopping.Reset();
        if (result.Stage == TrainingStage.Dense)
        {
            _denseWeights = [.. network.Layers.Select(layer => layer.CopyWeights())];
            _denseBiases = [.. network.Layers.Select(layer => layer.CopyBias())];
        }
    }

    public void Visit(StateStream state)
    {
        state.Number(ref _epoch);
        state.Number(ref _epochsDone);
        state.Number(ref _loss);
        state.Number(ref _stageUpdates);
        LossScale.Visit(state);
        state.Numbers(Order);
        random.Visit(state);
        Stopping.Visit(state);
        foreach (var layer in network.Layers)
        {
            layer.Visit(state);
        }

        QuantizationAwareness.Visit(network, state);
        VisitResults(state);
        if (Results.Count > 0)
        {
            if (_denseWeights.Length == 0)
            {
                (_denseWeights, _denseBiases) = (new float[]?[network.Layers.Length], new float[]?[network.Layers.Length]);
            }

            for (var i = 0; i < network.Layers.Length; i++)
            {
                state.Array(ref _denseWeights[i]);
                state.Array(ref _denseBiases[i]);
            }
        }
    }

    private void VisitResults(StateStream state)
    {
        var count = Results.Count;
        state.Number(ref count);
        for (var i = 0; i < count; i++)
        {
            var old = i < Results.Count ? Results[i] : new StageResult(default, 0, 0, 0, 0, 0);
            var (stage, epochs) = ((int)old.Stage, old.Epochs);
            double[] figures = [old.Loss, old.ValidationAccuracy, old.Density, old.Seconds, old.Underflow ?? double.NaN];
            state.Number(ref stage);
            state.Number(ref epochs);
            state.Numbers<double>(figures);
            if (i == Results.Count)
            {
                Results.Add(new StageResult((TrainingStage)stage, epochs, figures[0], figures[1], figures[2], figures[3]) { Underflow = double.IsNaN(figures[4]) ? null : figures[4] });
            }
        }
    }
}
