using System.Diagnostics;
using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using Espalier.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Zoo.Running;

/// <summary>
/// Compiles a network in another form from its own source: <c>[Quantize]</c> and <c>[Prune]</c> join <c>[Conv2D]</c> and <c>[Dense]</c> in every class, then the
/// generator and the compiler do what they do in a build.
/// </summary>
internal static partial class VariantCompiler
{
    /// <summary>Compiles and loads a network.</summary>
    /// <param name="model">The network.</param>
    /// <param name="form">Its form.</param>
    /// <param name="rewrite">What happens to the program before it is compiled, generated files included.</param>
    public static CompiledVariant Compile(ZooModel model, VariantForm form, Func<Compilation, Compilation>? rewrite = null)
    {
        var layers = 0;
        var trees = model.Files.Select(file => CSharpSyntaxTree.ParseText(Source(file, () => Compression(model, form, layers++)), new CSharpParseOptions(LanguageVersion.CSharp14), file)).ToArray();
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)).ToArray();
        var bare = CSharpCompilation.Create(
            $"{model.Name}-{form}", trees, references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));

        // Binding is the compiler's work, which a build does anyway.
        _ = bare.GetDiagnostics();
        var start = Stopwatch.GetTimestamp();
        var driver = CSharpGeneratorDriver.Create([new EspalierGenerator().AsSourceGenerator()], parseOptions: new CSharpParseOptions(LanguageVersion.CSharp14));
        var run = driver.RunGeneratorsAndUpdateCompilation(bare, out var whole, out _).GetRunResult();
        var generated = Stopwatch.GetElapsedTime(start);
        whole = rewrite?.Invoke(whole) ?? whole;
        start = Stopwatch.GetTimestamp();
        using var image = new MemoryStream();
        var result = whole.Emit(image);
        var compiled = Stopwatch.GetElapsedTime(start);
        if (!result.Success)
        {
            throw new InvalidOperationException(string.Join(Environment.NewLine, result.Diagnostics.Where(found => found.Severity == DiagnosticSeverity.Error).Take(10)));
        }

        image.Position = 0;
        var type = new AssemblyLoadContext(null).LoadFromStream(image).GetType(model.Description.Name, throwOnError: true)!;
        return CompiledVariant.Of(type, new CompileTimes(generated, compiled, run.GeneratedTrees.Length, run.GeneratedTrees.Sum(tree => (long)tree.Length)));
    }

    /// <summary>The attributes that a form adds to a layer, by its place among those with weights.</summary>
    private static string Compression(ZooModel model, VariantForm form, int layer) => form switch
    {
        VariantForm.Int8 => "Quantize(Precision.Int8), ",
        VariantForm.Pruned => FormattableString.Invariant($"Quantize(Precision.Int8), Prune({model.SparsityOf(layer)}), "),
        _ => "",
    };

    private static string Source(string file, Func<string> compression)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(file) ?? throw new ArgumentException($"There is no source {file}."));
        var text = reader.ReadToEnd();

        // Samples have global usings that this program has not.
        return "using System;\n" + WeightedAttribute().Replace(text, match => "[" + compression() + match.Groups[1].Value);
    }

    [GeneratedRegex(@"\[(Conv2D\(|Dense\()")]
    private static partial Regex WeightedAttribute();
}

/// <param name="Generator">The generator, in a driver that has seen nothing yet.</param>
/// <param name="Compiler">The compiler, on the program with what was generated.</param>
/// <param name="Files">Files that were generated.</param>
/// <param name="Characters">Characters in them.</param>
internal sealed record CompileTimes(TimeSpan Generator, TimeSpan Compiler, int Files, long Characters);
