using CsCheck;
using Espalier.Kernels;
using Espalier.Numerics;
using Espalier.Planning;
using Espalier.Tests.Harness;
using Xunit;

namespace Espalier.Tests.Kernels;

/// <summary>14-bit inputs in two planes against sums of 64 bits, which know nothing of planes.</summary>
public class ActivationPlanesTests
{
    private const int Outputs = 4;

    /// <summary>As long as the sums over both planes stay below 2²⁴ the result is the whole sum, rounded once.</summary>
    [Fact]
    public void SumsOfBothPlanesAreTheWholeSum() => Gen.Select(Gen.Int[1, 900], Gen.ULong, Gen.UShort[0, 16383]).Sample(
        (inputs, seed, zeroPoint) => Check(inputs, seed, zeroPoint, extreme: false, (expected, actual) => Assert.Equal((float)expected, actual)),
        iter: 300);

    /// <summary>Sums that 32 bits do not hold: weights and inputs at the ends of their grids, as many inputs as the rules allow.</summary>
    [Fact]
    public void NoSumOverflows()
    {
        foreach (var zeroPoint in new ushort[] { 0, 127, 128, 16383 })
        {
            Check(49929, 1, zeroPoint, extreme: true, (expected, actual) => Assert.Equal(1, actual / expected, 1e-6));
        }
    }

    [Fact]
    public void PlanesLeaveRoomForWindowsAndTiles()
    {
        for (var numbers = 1; numbers < 3000; numbers++)
        {
            Assert.Equal(0, ActivationPlanes.Stride(numbers) % 64);
            Assert.InRange(ActivationPlanes.Stride(numbers), numbers + 256, numbers + 256 + 63);
        }
    }

    [Fact]
    public void WeightsForInputsOfOtherBitsAreTurnedAway()
    {
        var (narrow, wide) = (Layer(5, Precision.Int8), Layer(5, Precision.Int16));
        var weights = new IntegerLayerWeights(narrow, new sbyte[5 * Outputs], [1f], new float[Outputs], new ActivationGrid(1, 0, 127));
        Assert.Contains("14-bit inputs", Assert.Throws<ArgumentException>(() => Arguments.CheckLayer(wide, weights)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new ModelWeights(Model(wide), new Normalisation(0, 1), [weights]));
        Assert.Throws<ArgumentException>(() => new IntegerLayerWeights(wide, new sbyte[5 * Outputs], [1f], new float[Outputs], new ActivationGrid(1, 0, 127)));
        Assert.Throws<ArgumentException>(() => new IntegerLayerWeights(wide, new sbyte[5 * Outputs], [1f], new float[Outputs], new ActivationGrid(1, 0, 300)));
    }

    /// <summary>A table has 256 codes, so sigmoid and tanh pass floats to a layer of 14-bit inputs.</summary>
    [Fact]
    public void ActivationsByTableGiveNoPlanes()
    {
        var layer = Layer(5, Precision.Int8) with { Activation = Activation.Tanh };
        Assert.False(layer.HandsCodesTo(Layer(Outputs, Precision.Int16)));
        Assert.True(layer.HandsCodesTo(Layer(Outputs, Precision.Int8)));
        Assert.True(Layer(5, Precision.Int8).HandsCodesTo(Layer(Outputs, Precision.Int16)));
        Assert.Throws<ArgumentException>(() => new IntegerLayerWeights(
            layer, new sbyte[5 * Outputs], [1f], new float[Outputs], new ActivationGrid(1, 0, 127), new ActivationGrid(1, 0, 16383), new ActivationTable(new ActivationGrid(1, 0, 255), new byte[256])));
    }

    private static void Check(int inputs, ulong seed, ushort zeroPoint, bool extreme, Action<double, float> compare)
    {
        var random = new RandomNumbers(seed);
        var codes = new sbyte[inputs * Outputs];
        foreach (ref var code in codes.AsSpan())
        {
            code = extreme ? (sbyte)127 : (sbyte)(random.Below(255) - 127);
        }

        var bias = extreme ? new float[Outputs] : [.. Enumerable.Range(0, Outputs).Select(_ => (float)(random.Below(20001) - 10000))];
        var grid = new ActivationGrid(1, zeroPoint, 16383);
        var weights = new IntegerLayerWeights(Layer(inputs, Precision.Int16), codes, [1f], bias, grid);
        var raw = Enumerable.Range(0, inputs).Select(_ => extreme ? zeroPoint > 8192 ? -1e9f : 1e9f : random.Below(16384) - zeroPoint).ToArray();
        var actual = new float[Outputs];
        new Simulation(new ModelWeights(Model(weights.Layer), new Normalisation(0, 1), [weights])).Predict(raw, actual);
        for (var output = 0; output < Outputs; output++)
        {
            var sum = (long)bias[output];
            for (var i = 0; i < inputs; i++)
            {
                sum += codes[(output * inputs) + i] * (long)Math.Clamp(raw[i], -zeroPoint, 16383 - zeroPoint);
            }

            compare(sum, actual[output]);
        }
    }

    private static LayerDescription Layer(int inputs, Precision precision) => TestModels.Dense("0/Layer", inputs, Outputs) with
    {
        Quantization = new QuantizationDescription { Weights = Precision.Int8, Inputs = precision, PerChannel = false },
    };

    private static ModelDescription Model(LayerDescription layer) => new() { Name = "Tests.Planes", Layers = [layer] };
}
