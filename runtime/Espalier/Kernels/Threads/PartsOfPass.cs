using System.Runtime.CompilerServices;

namespace Espalier.Kernels;

/// <summary>The parts of one pass of a convolution's kernel.</summary>
/// <param name="kernel">The kernel.</param>
/// <param name="parts">The parts.</param>
internal sealed unsafe class PartsOfPass(ThreadedLayers.ConvolutionKernel kernel, PackedConvolution[] parts) : PooledWork
{
    /// <inheritdoc/>
    public override void Run(int part, in PooledCall call)
    {
        var (input, scratch) = ((nint)call.Input, (nint)call.Scratch);
        if (parts[part].RoomBytes is > 0 and var bytes)
        {
            // What all share has been brought into scratch; each thread has room of its own besides.
            (input, scratch) = (scratch, (nint)call.Rooms + ((nint)call.Participant * bytes));
        }

        kernel(parts[part], ref Unsafe.AsRef<byte>((void*)input), ref Unsafe.AsRef<byte>(call.Added), ref Unsafe.AsRef<byte>(call.Output), ref Unsafe.AsRef<byte>((void*)scratch));
    }
}
