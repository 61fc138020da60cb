using System;
using System.Linq;
using Espalier.Planning;

namespace Espalier.Generator.Diagnostics;

/// <summary>
/// Which kernels a native x86 program has for a value of <c>IlcInstructionSet</c>. Seen with the native compiler of .NET 10.0.12, by
/// publishing a program that prints its tier: it compiles code for sets beyond those named only where it need not switch to
/// another encoding, so SSE4.2 without a level and AVX-VNNI with AVX2, and none where it prefers size.
/// </summary>
internal static class InstructionSetLevel
{
    /// <summary>The level that the kernels gain most by and that processors have since 2013 (Intel) and 2015 (AMD).</summary>
    public const string Recommended = "x86-64-v3";

    /// <summary>Whatever the compiling machine has.</summary>
    public const string Native = "native";

    // Each family contains those before it.
    private static readonly (string Name, Family Family)[] s_x86 =
    [
        ("base", Family.Base), ("x86-64", Family.Base), ("vectort128", Family.Base),
        ("aes", Family.Sse42), ("sha", Family.Base), ("waitpkg", Family.Base), ("x86serialize", Family.Base), ("gfni", Family.Sse42),
        ("sse4.2", Family.Sse42), ("x86-64-v2", Family.Sse42),
        ("avx", Family.Avx), ("aes_v256", Family.Avx), ("gfni_v256", Family.Avx),
        ("avx2", Family.Avx2), ("x86-64-v3", Family.Avx2), ("avxvnni", Family.Avx2), ("avxifma", Family.Avx2), ("avxvnniint", Family.Avx2),
        ("vectort256", Family.Avx2), ("apx", Family.Avx2),
        ("avx512", Family.Avx512), ("x86-64-v4", Family.Avx512), ("avx512v2", Family.Avx512), ("avx512v3", Family.Avx512), ("avx10v1", Family.Avx512),
        ("avx10v2", Family.Avx512), ("aes_v512", Family.Avx512), ("gfni_v512", Family.Avx512), ("avx512vp2intersect", Family.Avx512),
        ("vectort512", Family.Avx512), ("avxvnniint_v512", Family.Avx512),
    ];

    private static readonly string[] s_arm =
    [
        "base", "neon", "aes", "crc", "dotprod", "rdma", "sha1", "sha2", "lse", "rcpc", "vectort128", "rcpc2", "sve", "sve2",
        "armv8-a", "armv8.1-a", "armv8.2-a", "armv8.3-a", "armv8.4-a", "armv8.5-a", "armv8.6-a", "apple-m1",
    ];

    private enum Family
    {
        Base,
        Sse42,
        Avx,
        Avx2,
        Avx512,
    }

    /// <summary>The first name that the native compiler would stop at, or null. It knows small letters alone.</summary>
    public static string? Unknown(PublishTarget target) => target.Level == Native
        ? null
        : Names(target.Level).FirstOrDefault(name => target.IsArm ? !s_arm.Contains(name) : s_x86.All(known => known.Name != name));

    /// <summary>The tier that a program of the target runs on a processor that has what the level names and no more.</summary>
    /// <param name="target">A target of x86; its level names known sets.</param>
    public static Tier TierOf(PublishTarget target)
    {
        var family = target.Level == Native ? Family.Avx512 : Family.Base;
        foreach (var part in target.Level == Native ? [] : Parts(target.Level))
        {
            var named = s_x86.First(known => known.Name == Name(part)).Family;
            family = part[0] != '-' ? Max(family, named) : family < named ? family : named == Family.Base ? Family.Base : named - 1;
        }

        return family switch
        {
            Family.Base => target.ForSize ? Tier.Portable : Tier.Ssse3,
            Family.Sse42 => Tier.Ssse3,
            Family.Avx => target.ForSize || Denies(target.Level, "avx2") ? Tier.Ssse3 : Tier.Avx2,
            Family.Avx2 => Tier.Avx2,
            _ => Tier.Avx512,
        };
    }

    private static Family Max(Family one, Family other) => one > other ? one : other;

    private static bool Denies(string level, string name) => Parts(level).Any(part => part == "-" + name);

    private static string[] Names(string level) => Parts(level).Select(Name).ToArray();

    private static string[] Parts(string level) =>
        level.Length == 0 ? [] : level.Split(',').Select(part => part.Trim()).Select(part => part.Length == 0 ? " " : part).ToArray();

    private static string Name(string part) => part.TrimStart('+', '-').Trim();
}
