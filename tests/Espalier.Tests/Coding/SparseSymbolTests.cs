using Espalier.Coding;
using Xunit;

namespace Espalier.Tests.Coding;

public class SparseSymbolTests
{
    [Fact]
    public void SymbolsSurvive() =>
        CsCheck.Check.Sample(
            CsCheck.Gen.Select(CsCheck.Gen.Int[0, 400], CsCheck.Gen.Int[1, 256], CsCheck.Gen.Double[0, 1], CsCheck.Gen.Int),
            spec =>
            {
                var (count, alphabet, density, seed) = spec;
                var random = new Random(seed);
                var symbols = Enumerable.Range(0, count).Select(_ => random.NextDouble() < density ? (byte)random.Next(alphabet) : (byte)0).ToArray();
                var writer = new BitWriter();
                SparseSymbols.Write(writer, symbols);
                var read = new byte[count];
                SparseSymbols.Read(new BitReader(writer.ToArray()), read);
                return read.AsSpan().SequenceEqual(symbols);
            });
}
