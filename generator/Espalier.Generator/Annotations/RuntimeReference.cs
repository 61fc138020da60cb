using System.Linq;
using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Annotations;

/// <summary>Whether a project knows the attributes at all; where it does not, no analyzer registers anything.</summary>
internal static class RuntimeReference
{
    private const string Library = "Espalier";

    /// <summary>
    /// Asks the references by name. To ask for a type by its metadata name looks through the project's own declarations first, which makes the
    /// compiler merge the namespaces of all its files: 9 ms a keystroke in a project of 650 files.
    /// </summary>
    public static bool UsesEspalier(this Compilation compilation) => compilation.ReferencedAssemblyNames.Any(name => name.Name == Library);
}
