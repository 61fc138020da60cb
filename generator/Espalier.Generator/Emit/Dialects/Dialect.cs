using System;
using Espalier.Planning;

namespace Espalier.Generator.Emit.Dialects;

/// <summary>How one instruction set says what integer and float kernels need. Kernels are written once; a dialect fills in the words.</summary>
internal abstract class Dialect
{
    /// <summary>The first tier that has this dialect's instructions.</summary>
    public abstract Tier Tier { get; }

    /// <summary>In the names of kernels.</summary>
    public virtual string Name => Tier.ToString();

    /// <summary>In words, for comments.</summary>
    public abstract string Title { get; }

    /// <summary>The static class of the vectors: <c>Vector128</c>, <c>Vector256</c> or <c>Vector512</c>.</summary>
    public abstract string Vector { get; }

    /// <summary>32-bit lanes of a vector.</summary>
    public abstract int Lanes { get; }

    /// <summary>Bytes of a vector.</summary>
    public int Bytes => 4 * Lanes;

    /// <summary>
    /// A vector as one of others. It and <see cref="StoreVector"/> are called as static methods: looking for an extension method in all namespaces is a tenth of the
    /// compiler's time on kernels.
    /// </summary>
    /// <param name="lanes">As in the method's name: <c>Byte</c>, <c>Int16</c>.</param>
    /// <param name="value">The vector.</param>
    public string As(string lanes, string value) => $"{Vector}.As{lanes}({value})";

    /// <summary>Bytes shifted right, with bits of a neighbour above: there is no shift of bytes, so pairs move.</summary>
    protected string ShiftBytes(string codes, int shift) => shift == 0 ? codes : As("Byte", $"{Vector}.ShiftRightLogical({As("UInt16", codes)}, {shift})");

    /// <summary>The statement that stores a vector.</summary>
    /// <param name="value">The vector.</param>
    /// <param name="place">The arguments that say where: a reference and, from it, a number of elements.</param>
    public string StoreVector(string value, string place) => $"{Vector}.StoreUnsafe({value}, {place});";

    /// <summary>Whether a tier has this dialect's instructions.</summary>
    public virtual bool RunsOn(Tier tier) => tier.IsX86() && tier >= Tier;

    /// <summary>
    /// Four products of unsigned bytes with signed bytes added to each 32-bit sum, exactly; null where products are added in 16 bits
    /// first. Plans of depth 0 are written with it: no 16-bit sum is left that could overflow.
    /// </summary>
    public virtual string? Accumulate(string sums, string activations, string weights) => null;

    /// <summary>Whether there is such an instruction.</summary>
    public bool Accumulates => Accumulate("", "", "") is not null;

    /// <summary>Unsigned bytes times signed bytes, neighbours added in 16 bits.</summary>
    public abstract string MultiplyAdd(string activations, string weights);

    /// <summary>16-bit lanes, neighbours added in 32 bits.</summary>
    public abstract string AddNeighbours(string sums);

    /// <summary>16-bit lanes times 16-bit lanes, exactly, neighbours added in 32 bits; null where no instruction does that.</summary>
    public virtual string? MultiplyShorts(string left, string right) => null;

    /// <summary>The same added to 32-bit sums, which wrap; null where that takes an addition of its own.</summary>
    public virtual string? AccumulateShorts(string sums, string left, string right) => null;

    /// <summary>Twice as many codes as a vector has 32-bit lanes, from a place on, as 16-bit integers; for dialects that have <see cref="MultiplyShorts"/>.</summary>
    public virtual string WidenToShorts(string codes, string place) =>
        $"Vector128.WidenLower(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref {codes}, {place}))).AsByte()).AsInt16()";

    /// <summary>
    /// The statement that sets 16-bit sums, or adds to them, one for each of the lower, or else the upper, half of the samples: two
    /// features with the samples' codes side by side, times the two weights that every lane of <paramref name="weights"/> holds.
    /// </summary>
    public virtual string AddPair(bool first, string sums, bool lower, string one, string other, string weights) =>
        $"{(first ? $"var {sums} =" : $"{sums} +=")} {MultiplyAdd(Interleave(lower, one, other), weights)};";

    /// <summary>
    /// The lower, or else the upper, half of 16-bit sums added to 32-bit sums; null where lanes do not stay in order cheaply. There the
    /// even and the odd ones are added apart.
    /// </summary>
    public virtual string? AddInOrder(bool lower, string sums, string shorts) => null;

    /// <summary>Whether sums across samples keep the order of the samples.</summary>
    public bool KeepsOrder => AddInOrder(true, "", "") is not null;

    /// <summary>Registers of a vector's width that the instruction set names.</summary>
    public virtual int Registers => 16;

    /// <summary>Bytes of two vectors in turn: the lower, or else the upper, halves of each 128-bit part.</summary>
    public abstract string Interleave(bool lower, string left, string right);

    /// <summary>The same with floats, within lanes of 128 bits.</summary>
    public virtual string InterleaveFloats(bool lower, string left, string right) => Interleave(lower, left, right);

    /// <summary>The same with 16-bit lanes.</summary>
    public virtual string InterleaveShorts(bool lower, string left, string right) => Interleave(lower, left, right);

    /// <summary>Even 16-bit lanes in 32 bits.</summary>
    public abstract string EvenLanes(string sums);

    /// <summary>16-bit lanes of two vectors as unsigned bytes, undoing <see cref="Interleave"/>.</summary>
    public abstract string PackCodes(string lower, string upper);

    /// <summary>Floats to 32-bit integers, halves to even.</summary>
    public abstract string Round(string floats);

    /// <summary>Statements that store 32-bit codes as bytes.</summary>
    public abstract string Store(string codes, string position);

    /// <summary>How far ahead kernels ask for weights; 0 where the processor's own foresight was not measured to fall short.</summary>
    public virtual int BytesAhead => 0;

    /// <summary>32-bit lanes of two vectors in 16 bits, as <see cref="PackCodes"/> takes them.</summary>
    public virtual string NarrowSteps(string one, string other) => $"Vector128.Narrow({one}, {other})";

    /// <summary>Whether <see cref="NarrowSteps"/> and <see cref="PackCodes"/> give the nearest number that fits.</summary>
    public virtual bool Saturates => false;

    /// <summary>Bytes of four vectors that were narrowed twice, one vector's after the other's.</summary>
    public virtual string InOrder(string codes) => codes;

    /// <summary>The statement that stores a whole vector of bytes, a half or a quarter of it.</summary>
    public virtual string StorePart(string codes, int part, int quarters, string place) => quarters switch
    {
        4 => StoreVector(codes, $"ref output, {place}"),
        2 => $"Unsafe.WriteUnaligned(ref Unsafe.Add(ref output, {place}), {codes}.AsUInt64().GetElement({part}));",
        _ => $"Unsafe.WriteUnaligned(ref Unsafe.Add(ref output, {place}), {codes}.AsUInt32().GetElement({part}));",
    };

    /// <summary>As many codes as a vector has 32-bit lanes, from a place on, as 32-bit integers.</summary>
    public virtual string WidenCodes(string codes, string place) =>
        $"Vector128.WidenLower(Vector128.WidenLower(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref {codes}, {place}))).AsByte())).AsInt32()";

    /// <summary>Statements that load the window of activations into tables.</summary>
    public abstract string LoadWindow(int window);

    /// <summary>The activations at the given indices of the window.</summary>
    public abstract string LookUp(string index, int window);

    /// <summary>Constants that looking a window up needs; empty for most.</summary>
    public virtual string LookUpConstants(int window) => "";

    /// <summary>The statement that loads the codebook.</summary>
    public abstract string LoadCodebook { get; }

    /// <summary>The centroids that the low nibbles name.</summary>
    public string LowCentroids(string codes) => Centroids(codes, 0);

    /// <summary>The centroids that the high nibbles name.</summary>
    public virtual string HighCentroids(string codes) => Centroids(codes, 4);

    /// <summary>The centroids that codes name which begin so many bits up; four bits of each byte are looked at, or six where the table repeats.</summary>
    public abstract string Centroids(string codes, int shift);

    /// <summary>Constants that integer kernels need besides; empty for most.</summary>
    public virtual string Ones => $"var ones = {Vector}.Create((short)1);";

    /// <summary>Methods of the dialect's own that looking a window up needs, as text.</summary>
    public virtual string LookUpMethods(int window) => "";

    /// <summary>Methods of the dialect's own that every integer kernel needs, as text.</summary>
    public virtual string ArithmeticMethods => "";

    /// <summary>Methods of the dialect's own that <see cref="AddPair"/> needs, as text.</summary>
    public virtual string PairMethods => "";

    /// <summary>An index byte for each lane as words, from a place in <c>index</c> on; null where floats cannot be permuted by indices in registers.</summary>
    public virtual string? WidenIndices(int place) => null;

    /// <summary>Statements that load the 16 floats of a layer's codebook into registers.</summary>
    public virtual string LoadSharedFloats => throw new NotSupportedException($"{Title} cannot permute floats by indices in registers.");

    /// <summary>The shared floats that the four bits from <paramref name="bit"/> on of every word name.</summary>
    public virtual string SharedFloats(string words, int bit) => throw new NotSupportedException($"{Title} cannot permute floats by indices in registers.");

    /// <summary>The floats of a window of 16 or 32 that the four or five bits from <paramref name="bit"/> on of every word name.</summary>
    public virtual string LookUpFloats(string window, int size, string words, int bit) => throw new NotSupportedException($"{Title} cannot permute floats by indices in registers.");

    /// <summary>Words moved so that what began at a bit begins at another.</summary>
    private protected string Moved(string words, int from, int to) =>
        from == to ? words : from > to ? $"{Vector}.ShiftRightLogical({words}, {from - to})" : $"{Vector}.ShiftLeft({words}, {to - from})";
}
