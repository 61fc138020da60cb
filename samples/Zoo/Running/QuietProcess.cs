using System.Diagnostics;

namespace Zoo.Running;

/// <summary>
/// Waits until this process uses no processor. ONNX Runtime's threads go on spinning for up to half a second after a call, for one that may follow: whoever is timed
/// next would share a processor with them.
/// </summary>
internal static class QuietProcess
{
    private const int MillisecondsOfALook = 20;
    private const int MostLooks = 100;

    public static void Await()
    {
        using var process = Process.GetCurrentProcess();
        for (var look = 0; look < MostLooks; look++)
        {
            process.Refresh();
            var before = process.TotalProcessorTime;
            Thread.Sleep(MillisecondsOfALook);
            process.Refresh();
            if ((process.TotalProcessorTime - before).TotalMilliseconds < MillisecondsOfALook / 4.0)
            {
                return;
            }
        }
    }
}
