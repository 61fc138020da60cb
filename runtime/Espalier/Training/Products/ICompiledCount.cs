namespace Espalier;

/// <summary>A number that a kernel is compiled for: the compiler drops the accumulators that it has no use for.</summary>
internal interface ICompiledCount
{
    static abstract int Value { get; }
}

internal readonly struct One : ICompiledCount
{
    public static int Value => 1;
}

internal readonly struct Two : ICompiledCount
{
    public static int Value => 2;
}

internal readonly struct Three : ICompiledCount
{
    public static int Value => 3;
}

internal readonly struct Four : ICompiledCount
{
    public static int Value => 4;
}

internal readonly struct Five : ICompiledCount
{
    public static int Value => 5;
}

internal readonly struct Six : ICompiledCount
{
    public static int Value => 6;
}

internal readonly struct Seven : ICompiledCount
{
    public static int Value => 7;
}

internal readonly struct Eight : ICompiledCount
{
    public static int Value => 8;
}

internal readonly struct Nine : ICompiledCount
{
    public static int Value => 9;
}

internal readonly struct Ten : ICompiledCount
{
    public static int Value => 10;
}

internal readonly struct Twelve : ICompiledCount
{
    public static int Value => 12;
}
