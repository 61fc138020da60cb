namespace Espalier.Generator.Emit;

/// <summary>What the class of a model has of its own kind: how its layers are packed and run.</summary>
internal interface IModelBody
{
    /// <summary>Sizes of what enters and leaves.</summary>
    void EmitConstants(IndentedWriter writer);

    /// <summary>The methods that predict.</summary>
    void EmitPredict(IndentedWriter writer);

    /// <summary>The class that holds the packed layers and runs them.</summary>
    void EmitPacked(IndentedWriter writer);

    /// <summary>An expression that packs weights.</summary>
    /// <param name="weights">An expression: the weights of the model.</param>
    /// <param name="tier">An expression: the tier.</param>
    string Pack(string weights, string tier);
}
