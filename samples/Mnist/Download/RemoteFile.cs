namespace Mnist.Download;

/// <summary>A gzipped file that mirrors hold.</summary>
/// <param name="Name">Its name on the mirrors and here.</param>
/// <param name="Bytes">Bytes of its contents, unpacked.</param>
/// <param name="Sha256">The SHA-256 hash of its contents, unpacked, in hexadecimal: mirrors that pack anew give other gzip files with the same contents.</param>
internal sealed record RemoteFile(string Name, long Bytes, string Sha256);

/// <summary>How much of a file has come.</summary>
/// <param name="File">The file.</param>
/// <param name="Received">Bytes so far, as they travel.</param>
/// <param name="Total">Bytes in all; null when the server does not say.</param>
internal sealed record DownloadProgress(RemoteFile File, long Received, long? Total);
