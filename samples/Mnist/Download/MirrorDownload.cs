using System.Globalization;

namespace Mnist.Download;

/// <summary>
/// Fetches files into a folder from the first mirror that gives the right contents. A file appears whole and checked or not at all, so a
/// run that was cut goes on with the files that are missing.
/// </summary>
/// <param name="client">Sends the requests; a mirror that sends nothing for its timeout is given up.</param>
/// <param name="mirrors">Folders on servers, asked in this order for each file.</param>
internal sealed class MirrorDownload(HttpClient client, IReadOnlyList<Uri> mirrors)
{
    private const string UnfinishedEnding = ".part";

    /// <summary>What others may still be writing is younger than this.</summary>
    private static readonly TimeSpan s_abandoned = TimeSpan.FromHours(1);

    public IProgress<DownloadProgress>? Progress { get; init; }

    /// <summary>Fetches what the folder does not hold yet, in order.</summary>
    /// <exception cref="IOException">No mirror gave a file, or it could not be written; the message says why and what to do.</exception>
    public async Task RunAsync(IReadOnlyList<RemoteFile> files, string folder, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        foreach (var left in Directory.EnumerateFiles(folder, "*" + UnfinishedEnding).Where(path => DateTime.UtcNow - File.GetLastWriteTimeUtc(path) > s_abandoned))
        {
            File.Delete(left);
        }

        foreach (var file in files)
        {
            var path = Path.Combine(folder, file.Name);
            if (!File.Exists(path) || await ContentCheck.FaultAsync(path, file, cancellation) is not null)
            {
                await FetchAsync(file, path, cancellation);
            }
        }
    }

    private async Task FetchAsync(RemoteFile file, string path, CancellationToken cancellation)
    {
        var failures = new List<string>();
        foreach (var mirror in mirrors)
        {
            var address = new Uri(mirror, file.Name);
            var unfinished = $"{path}.{Guid.NewGuid():N}{UnfinishedEnding}";
            try
            {
                await ReceiveAsync(file, address, unfinished, cancellation);
                if (await ContentCheck.FaultAsync(unfinished, file, cancellation) is not { } fault)
                {
                    File.Move(unfinished, path, overwrite: true);
                    return;
                }

                failures.Add($"{address}: {fault}");
            }
            catch (Exception error) when (error is HttpRequestException || (error is OperationCanceledException && !cancellation.IsCancellationRequested))
            {
                failures.Add($"{address}: {(error is OperationCanceledException ? string.Create(CultureInfo.InvariantCulture, $"nothing came for {client.Timeout.TotalSeconds:0.#} s") : error.Message)}");
            }
            finally
            {
                File.Delete(unfinished);
            }
        }

        throw new IOException(
            $"{file.Name} could not be downloaded.\n  {string.Join("\n  ", failures)}\n{MnistFolder.Remedy}\nFiles in {Path.GetDirectoryName(path)} are found without it.");
    }

    private async Task ReceiveAsync(RemoteFile file, Uri address, string path, CancellationToken cancellation)
    {
        // The client's timeout ends with the headers; a body that stops coming must not wait for ever either.
        using var idle = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        idle.CancelAfter(client.Timeout);
        using var response = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, idle.Token);
        response.EnsureSuccessStatusCode();
        var total = response.Content.Headers.ContentLength;
        await using var body = await response.Content.ReadAsStreamAsync(idle.Token);
        await using var target = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16, useAsync: true);
        var buffer = new byte[1 << 16];
        var received = 0L;
        int read;
        while ((read = await ReadAsync(body, buffer, idle.Token)) > 0)
        {
            idle.CancelAfter(client.Timeout);
            await target.WriteAsync(buffer.AsMemory(0, read), cancellation);
            received += read;
            Progress?.Report(new DownloadProgress(file, received, total));

            // Packing makes nothing twice as long, up to a header: whatever this is, it is not the file.
            if (received > (2 * file.Bytes) + 1024)
            {
                throw new HttpRequestException($"{received:#,0} bytes came and no end");
            }
        }
    }

    /// <summary>The other mirror may help where the network fails, but not where the disk does: their errors must differ.</summary>
    private static async ValueTask<int> ReadAsync(Stream body, byte[] buffer, CancellationToken cancellation)
    {
        try
        {
            return await body.ReadAsync(buffer, cancellation);
        }
        catch (IOException error)
        {
            throw new HttpRequestException(error.Message, error);
        }
    }
}
