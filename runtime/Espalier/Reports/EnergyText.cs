using System;
using System.Globalization;
using System.Linq;

namespace Espalier;

/// <summary>The energy of one prediction as a table, compressed beside dense fp32: arithmetic, and reading the weights from where they live.</summary>
internal static class EnergyText
{
    public static TextTable Of(ModelReport report)
    {
        var table = new TextTable("energy nJ", "arithmetic", "weights in SRAM", "in DRAM", "fp32 arithmetic", "weights in SRAM", "in DRAM");
        foreach (var layer in report.Layers)
        {
            table.Add(layer.Layer.Path, Nano(layer.Energy), Nano(layer.WeightEnergy(WeightStore.Sram)), Nano(layer.WeightEnergy(WeightStore.Dram)), Nano(layer.DenseEnergy), Nano(layer.DenseWeightEnergy(WeightStore.Sram)), Nano(layer.DenseWeightEnergy(WeightStore.Dram)));
        }

        string Sum(Func<LayerReport, double> energy) => Nano(report.Layers.Sum(energy));
        table.Add(
            "total", Sum(layer => layer.Energy), Sum(layer => layer.WeightEnergy(WeightStore.Sram)), Sum(layer => layer.WeightEnergy(WeightStore.Dram)),
            Sum(layer => layer.DenseEnergy), Sum(layer => layer.DenseWeightEnergy(WeightStore.Sram)), Sum(layer => layer.DenseWeightEnergy(WeightStore.Dram)));
        return table;
    }

    private static string Nano(double pico) => (pico / 1000).ToString("#,0.00", CultureInfo.InvariantCulture);
}
