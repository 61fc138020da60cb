namespace Espalier.Generator.Emit.Dialects;

/// <summary>Instruction sets that look 16 bytes up at a time: a window is four tables of 16, merged by two bits of the index.</summary>
internal abstract class ShuffleDialect : Dialect
{
    /// <summary>Statements that load table <paramref name="table"/> of the window into every 128-bit part of a vector.</summary>
    protected abstract string Table(int table);

    /// <summary>The instruction that looks 16 bytes up.</summary>
    protected abstract string Shuffle(string table, string index);

    public override string LoadWindow(int window)
    {
        var text = "";
        for (var table = 0; table * 16 < window; table++)
        {
            text += (table == 0 ? "" : "\n") + $"var table{table} = {Table(table)};";
        }

        return text;
    }

    /// <summary>The method in <see cref="Dialect.LookUpMethods"/>.</summary>
    protected virtual string LookUpMethod => $"LookUp{Tier}";

    // A shuffle gives 0 where an index has its highest bit, and that is where windows of 32 say which of the two tables they mean.
    public override string LookUp(string index, int window) => window == 32
        ? $"{Shuffle("table0", index)} | {Shuffle("table1", $"{index} ^ otherTable")}"
        : $"{LookUpMethod}(table0, table1, table2, table3, {index})";

    public override string LookUpConstants(int window) => window == 32 ? $"var otherTable = {Vector}.Create((byte)128);" : "";

    public override string LoadCodebook => $"var codebook = {Codebook};\nvar nibble = {Vector}.Create((byte)15);";

    /// <summary>The 16 centroids in every 128-bit part of a vector.</summary>
    protected abstract string Codebook { get; }

    public override string Centroids(string codes, int shift) => As(
        "SByte", Shuffle("codebook", ShiftBytes(codes, shift) + " & nibble"));
}
