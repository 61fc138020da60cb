using Spectre.Console;

namespace Mnist.Download;

/// <summary>Downloads the MNIST files with a bar for each.</summary>
internal static class DownloadBar
{
    /// <summary>Seconds without a byte after which the next mirror is asked.</summary>
    private const int PatienceInSeconds = 30;

    public static async Task ShowAsync(string folder, CancellationToken cancellation)
    {
        Console.WriteLine($"MNIST was not found here; it comes from {string.Join(" or ", MnistFiles.Mirrors.Select(mirror => mirror.Host))} into {folder} (12 MB, once).");
        await AnsiConsole.Progress()
            .HideCompleted(false)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new DownloadedColumn(), new TransferSpeedColumn())
            .StartAsync(async context =>
            {
                using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(PatienceInSeconds) };
                await new MirrorDownload(client, MnistFiles.Mirrors) { Progress = new Bars(context) }.RunAsync(MnistFiles.All, folder, cancellation);
            });
    }

    private sealed class Bars(ProgressContext context) : IProgress<DownloadProgress>
    {
        private readonly Dictionary<RemoteFile, ProgressTask> _tasks = [];

        public void Report(DownloadProgress value)
        {
            if (!_tasks.TryGetValue(value.File, out var task))
            {
                _tasks.Add(value.File, task = context.AddTask(value.File.Name));
            }

            task.MaxValue = value.Total ?? value.File.Bytes;
            task.Value = value.Received;
        }
    }
}
