using Benchmarks.Timing;

namespace Benchmarks.Startup;

/// <summary>One way to publish one of the two programs.</summary>
/// <param name="Name">The folder that it goes to, and what rows call it.</param>
/// <param name="Subject">Whose network runs in it.</param>
/// <param name="Project">The project, from the folder of samples.</param>
/// <param name="Native">Whether NativeAOT compiles it; otherwise it needs the framework.</param>
/// <param name="InstructionSet">What <c>IlcInstructionSet</c> is set to; null for the default.</param>
internal sealed record ProgramForm(string Name, string Subject, string Project, bool Native, string? InstructionSet = null)
{
    private const string Espalier = "Startup/Startup.csproj";
    private const string Onnx = "Startup.Onnx/Startup.Onnx.csproj";

    public static IReadOnlyList<ProgramForm> All { get; } =
    [
        new("aot", Subjects.Espalier, Espalier, Native: true),
        new("aot", Subjects.OrtFp32, Onnx, Native: true),
        new("framework", Subjects.Espalier, Espalier, Native: false),
        new("framework", Subjects.OrtFp32, Onnx, Native: false),
        new("aot-x86-64-v3", Subjects.Espalier, Espalier, Native: true, "x86-64-v3"),
        new("aot-x86-64-v4", Subjects.Espalier, Espalier, Native: true, "x86-64-v4"),
    ];

    public bool IsEspalier => Subject == Subjects.Espalier;

    /// <summary>For people.</summary>
    public string Title => $"{Subject}, {(Native ? "NativeAOT" : "framework-dependent")}{(InstructionSet is null ? "" : $", <IlcInstructionSet>{InstructionSet}")}";

    public string ExecutableName => Path.GetFileNameWithoutExtension(Project) + (OperatingSystem.IsWindows() ? ".exe" : "");
}
