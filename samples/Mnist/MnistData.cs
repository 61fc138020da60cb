using Espalier;

namespace Mnist;

/// <summary>Handwritten digits of 28 x 28 pixels in three parts that never mix: choices are made on the held-out part of the training images alone.</summary>
internal sealed class MnistData
{
    public const int Pixels = Side * Side;

    /// <summary>Digits that there are.</summary>
    public const int Classes = 10;

    private const int Side = 28;

    private readonly LabelledSamples _all;
    private readonly string _folder;

    private MnistData(LabelledSamples all, string folder) => (_all, _folder) = (all, folder);

    /// <summary>Reads the training images; test images are read only when asked for.</summary>
    /// <exception cref="InvalidDataException">They are absent or damaged; the message names the file and the remedy.</exception>
    public static MnistData Load(string folder) =>
        new(Read(folder, "train") ?? throw new InvalidDataException($"{folder} holds no MNIST training images and labels. {MnistFolder.Remedy}"), folder);

    /// <summary>All training images but the last ones.</summary>
    public LabelledSamples Train(int heldOut) => _all.Select([.. Enumerable.Range(0, _all.Count - Checked(heldOut))]);

    /// <summary>The last training images: what choices are made by.</summary>
    public LabelledSamples HeldOut(int heldOut) => _all.Select([.. Enumerable.Range(_all.Count - Checked(heldOut), heldOut)]);

    /// <summary>The test images, or null where their files are absent: nothing but the printed error needs them.</summary>
    public LabelledSamples? Test() => Read(_folder, "t10k");

    private int Checked(int heldOut) => heldOut >= 0 && heldOut < _all.Count
        ? heldOut
        : throw new ArgumentException($"--held-out is {heldOut}; it goes from 0 to {_all.Count - 1}.");

    private static LabelledSamples? Read(string folder, string part)
    {
        if (MnistFolder.FileOf(folder, $"{part}-images", "idx3") is not { } imageFile || MnistFolder.FileOf(folder, $"{part}-labels", "idx1") is not { } labelFile)
        {
            return null;
        }

        var (lengths, pixels) = IdxReader.Read(imageFile, 3);
        var (_, labels) = IdxReader.Read(labelFile, 1);
        if (lengths is not [> 0, Side, Side])
        {
            throw new InvalidDataException($"{imageFile} holds {string.Join(" x ", lengths)} pixels; images of {Side} x {Side} are needed.");
        }

        if (lengths[0] != labels.Length)
        {
            throw new InvalidDataException($"{imageFile} holds {lengths[0]} images and {labelFile} {labels.Length} labels; the two files do not belong together.");
        }

        if (Array.FindIndex(labels, label => label > 9) is >= 0 and var bad)
        {
            throw new InvalidDataException($"{labelFile} gives image {bad} the label {labels[bad]}; labels go from 0 to 9.");
        }

        return LabelledSamples.FromBytes(pixels, Array.ConvertAll(labels, label => (int)label), Pixels);
    }
}
