namespace Zoo.Running;

/// <param name="Rounds">How often everything is timed.</param>
/// <param name="Threads">Numbers of threads to time on.</param>
/// <param name="Check">Whether to hold int8 predictions against the simulation, bit for bit; slow for large networks.</param>
/// <param name="Json">Where rows go, or null.</param>
internal sealed record RunOptions(int Rounds, int[] Threads, bool Check, FileInfo? Json);
