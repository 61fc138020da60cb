using Espalier;

namespace Benchmarks.Timing;

/// <summary>The names in the rows that <c>--json</c> writes; the forms of ONNX Runtime's int8 also get rows of their own.</summary>
internal static class Subjects
{
    public const string Espalier = "espalier";
    public const string DenseInt8 = "espalier-dense-int8";
    public const string DenseFp32 = "espalier-dense-fp32";
    public const string OrtFp32 = "ort-fp32";
    public const string OrtInt8 = "ort-int8";
    public const string OrtStaticInt8 = "ort-int8-qdq";
    public const string OrtDynamicInt8 = "ort-int8-dynamic";
    public const string Ort4Bit = "ort-4bit";
    public const string OrtCall = "ort-call";

    /// <summary>TorchSharp CSR: quoted figures stand in, see peers.md.</summary>
    public const string TorchCsr = "torch-csr";

    /// <summary>The fastest of what users have for compressed networks today.</summary>
    public const string BestPeer = "best-peer";

    /// <summary>Compiled models on several threads, e.g. <c>espalier-2threads</c>.</summary>
    public static string OnThreads(int threads) => $"{Espalier}-{threads}threads";

    /// <summary>Compiled models on a tier that is not the best one, e.g. <c>espalier-avx2</c>.</summary>
    public static string On(InstructionTier tier) => $"{Espalier}-{tier.ToString().ToLowerInvariant()}";
}
