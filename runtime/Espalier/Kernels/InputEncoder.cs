using System;

namespace Espalier.Kernels;

/// <summary>How raw inputs become codes: one subtraction and one multiplication, then the grid. Bytes go through a table of 256.</summary>
public sealed class InputEncoder
{
    /// <summary>Normalisation and grid become one subtraction and one multiplication.</summary>
    public InputEncoder(Normalisation normalisation, ActivationGrid grid)
    {
        Offset = normalisation.Offset;
        StepsPerUnit = (float)((double)normalisation.Factor / grid.Scale);
        Grid = grid;
        for (var raw = 0; raw < 256; raw++)
        {
            Table[raw] = Encode(raw);
        }
    }

    /// <summary>What is subtracted from a raw input.</summary>
    public float Offset { get; }

    /// <summary>What the difference is multiplied by.</summary>
    public float StepsPerUnit { get; }

    /// <summary>The grid of the codes.</summary>
    public ActivationGrid Grid { get; }

    /// <summary>The code of every raw byte.</summary>
    public byte[] Table { get; } = new byte[256];

    /// <summary>The code of a raw input.</summary>
    public byte Encode(float raw) => Grid.EncodeSteps((raw - Offset) * StepsPerUnit);
}
