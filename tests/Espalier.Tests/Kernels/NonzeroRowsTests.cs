using Espalier.Kernels;
using Xunit;

namespace Espalier.Tests.Kernels;

/// <summary>The vectors that look for nonzeros find the same ones as asking weight by weight, whatever the width and the order of inputs.</summary>
public class NonzeroRowsTests
{
    [Theory]
    [InlineData(1, 0.5)]
    [InlineData(15, 0.3)]
    [InlineData(16, 1.0)]
    [InlineData(64, 1.0)]
    [InlineData(133, 0.2)]
    [InlineData(300, 0.09)]
    public void FindsEveryNonzeroInTheOrderOfItsPlace(int inputs, double density)
    {
        const int Outputs = 37;
        var random = new Random(inputs);
        var codes = new sbyte[Outputs * inputs];
        foreach (ref var code in codes.AsSpan())
        {
            code = random.NextDouble() < density ? (sbyte)(random.Next(2) == 0 ? -128 : random.Next(1, 128)) : (sbyte)0;
        }

        // Places with gaps between them, as a layer that pads its outputs leaves.
        var positions = Enumerable.Range(0, inputs).Select(i => 2 * i).ToArray();
        random.Shuffle(positions);
        foreach (var places in new[] { [], positions })
        {
            var expected = NonzeroRows.Of(Outputs, inputs, (o, i) => codes[(o * inputs) + i] != 0, i => places.Length == 0 ? i : places[i]);
            var found = NonzeroRows.Of(codes, codes.Count(code => code != 0), inputs, places);
            Assert.Equal(expected.Places, found.Places);
            Assert.Equal(expected.Columns, found.Columns);
            var rows = Enumerable.Range(0, Outputs).SelectMany(row => Enumerable.Repeat(row, expected.Count(row)));
            Assert.Equal(rows.Zip(expected.Columns, (row, column) => codes[(row * inputs) + column]), found.Codes);
            Assert.Equal(Enumerable.Range(0, Outputs).Select(expected.Count), Enumerable.Range(0, Outputs).Select(found.Count));
        }
    }
}
