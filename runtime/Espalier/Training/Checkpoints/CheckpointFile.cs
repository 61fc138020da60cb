using System;
using System.IO;
using System.Security.Cryptography;

namespace Espalier;

/// <summary>A training run between two epochs, in one file that is replaced as a whole: mark, fingerprint of the run, state, hash of all before.</summary>
/// <param name="path">The file.</param>
/// <param name="fingerprint">Of model, options and samples: the state of another run is of no use.</param>
internal sealed class CheckpointFile(string path, byte[] fingerprint)
{
    private const int HashLength = 32;

    private static ReadOnlySpan<byte> Mark => "espalier-training-1\n"u8;

    /// <summary>Replaces the file: a program that stops in between leaves the old one.</summary>
    public void Write(Action<StateStream> visit)
    {
        var content = new MemoryStream();
        content.Write(Mark);
        content.Write(fingerprint);
        visit(new StateWriter(content));
        var bytes = content.GetBuffer().AsSpan(0, (int)content.Length);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            using (var file = File.Create(temporary))
            {
                file.Write(bytes);
                file.Write(SHA256.HashData(bytes));
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Reads the state back; false when there is no file.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, no checkpoint, or that of another run.</exception>
    public bool TryRead(Action<StateStream> visit)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        var bytes = File.ReadAllBytes(path);
        var end = bytes.Length - HashLength;
        if (end < Mark.Length + HashLength || !bytes.AsSpan().StartsWith(Mark) || !SHA256.HashData(bytes.AsSpan(0, end)).AsSpan().SequenceEqual(bytes.AsSpan(end)))
        {
            throw new InvalidDataException($"{path} is no complete checkpoint of a training run; delete it to start from the beginning.");
        }

        if (!bytes.AsSpan(Mark.Length, HashLength).SequenceEqual(fingerprint))
        {
            throw new InvalidDataException($"{path} is the checkpoint of a run with another model, other options or other samples; delete it, or name another file.");
        }

        visit(new StateReader(new MemoryStream(bytes, Mark.Length + HashLength, end - Mark.Length - HashLength)));
        return true;
    }

    /// <summary>The run is complete.</summary>
    public void Delete() => File.Delete(path);
}
