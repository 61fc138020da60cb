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
        for (var look = 0; look < MostLooks; look++)
        {
            var before = Environment.CpuUsage.TotalTime;
            Thread.Sleep(MillisecondsOfALook);
            if ((Environment.CpuUsage.TotalTime - before).TotalMilliseconds < MillisecondsOfALook / 4.0)
            {
                return;
            }
        }
    }
}
