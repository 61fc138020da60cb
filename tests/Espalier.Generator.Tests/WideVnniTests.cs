using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Tests;

/// <summary>512-bit VNNI is written where the consumer's framework has the class, and nowhere else.</summary>
public class WideVnniTests
{
    private const string Program = """
        using Espalier;
        using static Espalier.Precision;
        namespace N;
        [Dense(200, 64), Relu, Quantize(Int8)] public partial class Bytes;
        [Dense(64, 3000), Relu, Quantize(Int4)] public partial class Nibbles;
        [Dense(3000, 40), Relu, Quantize(Int8), Prune(0.9)] public partial class Pruned;
        [Sequential(typeof(Bytes), typeof(Nibbles), typeof(Pruned))] public partial class Net;
        """;

    /// <summary>What .NET 11 has, as far as kernels use it and the class of .NET 10 besides.</summary>
    private const string Framework = """
        namespace System.Runtime.Intrinsics.X86;

        public abstract class AvxVnni
        {
            public static bool IsSupported => false;
            public static Vector256<int> MultiplyWideningAndAdd(Vector256<int> addend, Vector256<byte> left, Vector256<sbyte> right) => throw new PlatformNotSupportedException();

            public abstract class V512
            {
                public static bool IsSupported => false;
                public static Vector512<int> MultiplyWideningAndAdd(Vector512<int> addend, Vector512<byte> left, Vector512<sbyte> right) => throw new PlatformNotSupportedException();
            }
        }
        """;

    [Fact]
    public void WithTheClass_DenseIntegerKernelsHaveAFormOf512Bits()
    {
        var compilation = TestCompilation.Of(Program, Framework);
        var run = new GeneratorHarness(compilation);
        Assert.Equal([true], run.Values<bool>(Pipeline.TrackingNames.WideVnni));
        Assert.All(
            run.Files.Where(file => file.Key.Contains("Kernels.Dense200x64", StringComparison.Ordinal) || file.Key.Contains("Kernels.Dense64x3000", StringComparison.Ordinal)),
            file => Assert.Contains("Vbmi when AvxVnni.V512.IsSupported:", file.Value, StringComparison.Ordinal));
        Assert.Empty(run.Generated(compilation).GetDiagnostics().Where(diagnostic => diagnostic.Severity > DiagnosticSeverity.Info && diagnostic.Id != "CS1591"));
    }

    [Fact]
    public void WithoutTheClass_NothingNamesIt()
    {
        var run = new GeneratorHarness(TestCompilation.Of(Program));
        Assert.Equal([false], run.Values<bool>(Pipeline.TrackingNames.WideVnni));
        Assert.All(run.Files.Values, text => Assert.DoesNotContain("V512", text, StringComparison.Ordinal));
    }

    [Fact]
    public void WhatIsPacked_DoesNotDependOnTheFramework()
    {
        var with = new GeneratorHarness(TestCompilation.Of(Program, Framework)).Files;
        var without = new GeneratorHarness(TestCompilation.Of(Program)).Files;
        Assert.Equal(without.Keys, with.Keys);
        Assert.All(without, file => Assert.Equal(Packing(file.Value), Packing(with[file.Key])));
    }

    private static IEnumerable<string> Packing(string text) => text.Split('\n').Where(line => line.Contains(".Pack(", StringComparison.Ordinal));
}
