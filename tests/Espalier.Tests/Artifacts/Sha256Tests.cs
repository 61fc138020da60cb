using System.Security.Cryptography;
using Xunit;

namespace Espalier.Tests.Artifacts;

public class Sha256Tests
{
    /// <summary>Every length around the ends of blocks, where padding takes one block or two.</summary>
    [Fact]
    public void GivesTheHashesOfTheFramework()
    {
        var bytes = new byte[300];
        new Random(1).NextBytes(bytes);
        for (var length = 0; length <= bytes.Length; length++)
        {
            Assert.Equal(SHA256.HashData(bytes.AsSpan(0, length)), Sha256.HashData(bytes.AsSpan(0, length)));
        }
    }
}
