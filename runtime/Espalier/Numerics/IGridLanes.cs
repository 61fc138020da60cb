namespace Espalier.Numerics;

/// <summary>What rounding to grids needs of one vector width: <see cref="GridKernel"/> is written once, over this. Every operation rounds as IEEE 754 says, alone: bits are equal everywhere.</summary>
/// <typeparam name="TFloats">A vector of floats.</typeparam>
/// <typeparam name="TWords">A vector of as many 32-bit words.</typeparam>
internal interface IGridLanes<TFloats, TWords>
    where TFloats : struct
    where TWords : struct
{
    /// <summary>Floats of a vector: 16 or a part of it.</summary>
    static abstract int Count { get; }

    static abstract TFloats Load(ref float source, nuint offset);

    static abstract void Store(TFloats vector, ref float target, nuint offset);

    static abstract TFloats Broadcast(float value);

    static abstract TFloats Add(TFloats a, TFloats b);

    static abstract TFloats Subtract(TFloats a, TFloats b);

    static abstract TFloats Multiply(TFloats a, TFloats b);

    /// <summary>NaN stays NaN.</summary>
    static abstract TFloats Clamp(TFloats value, TFloats bottom, TFloats top);

    /// <summary>The same between −top and top where NaN may become anything.</summary>
    static abstract TFloats ClampNumber(TFloats value, TFloats bottom, TFloats top);

    /// <summary>To the nearest whole number, halves to the even one.</summary>
    static abstract TFloats Nearest(TFloats value);

    static abstract TFloats Floor(TFloats value);

    /// <summary>(value − 128) · step, rounded once; 128 · step is given negated, as it is exact.</summary>
    static abstract TFloats TimesFrom128(TFloats value, TFloats step, TFloats negated);

    /// <summary>Signed words as floats, rounded.</summary>
    static abstract TFloats FromSigned(TWords words);

    /// <summary>128 and a fraction of fourteen bits in the middle of their steps: see <see cref="NarrowGrid"/>.</summary>
    static abstract TFloats From128(TWords words);

    /// <summary>The next number of each generator; see <see cref="RandomLanes"/>.</summary>
    static abstract TWords Draw(ref TWords x, ref TWords y, ref TWords z, ref TWords w);

    /// <summary>Words with their eight lowest bits leading.</summary>
    static abstract TWords TurnByEight(TWords words);

    static abstract TWords LoadWords(ref uint source, nuint offset);

    static abstract void StoreWords(TWords words, ref uint target, nuint offset);

    /// <summary>Whole numbers of steps as 16-bit numbers.</summary>
    static abstract void StorePoints(TFloats points, ref short target, nuint offset);

    static abstract TFloats LoadPoints(ref short source, nuint offset);

    /// <summary>Four vectors as bytes, sixteen apart.</summary>
    /// <param name="a">Numbers of steps.</param>
    /// <param name="b">More.</param>
    /// <param name="c">More.</param>
    /// <param name="d">More.</param>
    /// <param name="from128">Whether 128 was added to them and they are cut off to whole numbers, or else rounded to the nearest.</param>
    /// <param name="target">Where to.</param>
    /// <param name="offset">How far from there.</param>
    static abstract void StoreFour(TFloats a, TFloats b, TFloats c, TFloats d, bool from128, ref sbyte target, nuint offset);

    /// <summary>The same for one vector.</summary>
    static abstract void StoreOne(TFloats a, bool from128, ref sbyte target, nuint offset);

    static abstract int CountEqual(TFloats a, TFloats b);

    /// <summary>How many sizes are below a limit.</summary>
    static abstract int CountSmaller(TFloats value, TFloats limit);
}
