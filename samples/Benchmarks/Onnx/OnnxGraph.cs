using System.Runtime.InteropServices;

namespace Benchmarks.Onnx;

/// <summary>An ONNX model under construction: from the floats <c>input</c> to the floats <c>output</c>.</summary>
internal sealed class OnnxGraph
{
    public const string Input = "input";
    public const string Output = "output";

    private readonly ProtoMessage _graph = new();
    private int _names;

    public OnnxGraph(int batch, int inputs, int outputs)
        : this([batch, inputs], [batch, outputs])
    {
    }

    /// <param name="input">The shape of what enters, samples first.</param>
    /// <param name="output">The shape of what leaves.</param>
    public OnnxGraph(int[] input, int[] output)
    {
        // GraphProto: name 2, input 11, output 12.
        _graph.Add(2, "benchmark").Add(11, Floats(Input, input)).Add(12, Floats(Output, output));
    }

    /// <summary>A weight; its name.</summary>
    public string Constant<T>(T[] values, params int[] shape)
        where T : unmanaged
    {
        // TensorProto: dims 1, data_type 2, name 8, raw_data 9.
        var name = $"c{_names++}";
        var tensor = new ProtoMessage();
        foreach (var dimension in shape)
        {
            tensor.Add(1, (long)dimension);
        }

        tensor.Add(2, ElementType<T>()).Add(8, name).Add(9, values as byte[] ?? MemoryMarshal.AsBytes<T>(values).ToArray());
        _graph.Add(5, tensor);
        return name;
    }

    public string Scalar<T>(T value)
        where T : unmanaged => Constant([value]);

    /// <summary>An operator with one output; that output's name.</summary>
    public string Node(string type, string[] inputs, params (string Name, int Value)[] attributes) => Nodes(type, inputs, 1, "", attributes)[0];

    /// <summary>An operator with one output and attributes of every kind; that output's name.</summary>
    public string Node(string type, string[] inputs, ProtoMessage[] attributes) => Nodes(type, inputs, 1, "", attributes)[0];

    /// <summary>An attribute that is a list of whole numbers.</summary>
    public static ProtoMessage Attribute(string name, params int[] values)
    {
        // AttributeProto: name 1, ints 8, type 20 (7 is INTS).
        var attribute = new ProtoMessage().Add(1, name);
        foreach (var value in values)
        {
            attribute.Add(8, (long)value);
        }

        return attribute.Add(20, 7L);
    }

    /// <summary>An attribute that is one whole number.</summary>
    public static ProtoMessage Number(string name, int value) => new ProtoMessage().Add(1, name).Add(3, (long)value).Add(20, 2L);

    /// <summary>An attribute that is a float.</summary>
    public static ProtoMessage Number(string name, float value) => new ProtoMessage().Add(1, name).Add(2, value).Add(20, 1L);

    /// <summary>An operator with several outputs or from ONNX Runtime's own domain; the outputs' names.</summary>
    public string[] Nodes(string type, string[] inputs, int outputs, string domain = "", params (string Name, int Value)[] attributes) =>
        Nodes(type, inputs, outputs, domain, Array.ConvertAll(attributes, attribute => Number(attribute.Name, attribute.Value)));

    private string[] Nodes(string type, string[] inputs, int outputs, string domain, ProtoMessage[] attributes)
    {
        // NodeProto: input 1, output 2, op_type 4, attribute 5, domain 7; AttributeProto: name 1, f 2, i 3, ints 8, type 20 (1 is FLOAT, 2 INT, 7 INTS).
        var node = new ProtoMessage();
        foreach (var input in inputs)
        {
            node.Add(1, input);
        }

        var names = Enumerable.Range(0, outputs).Select(_ => $"n{_names++}").ToArray();
        foreach (var name in names)
        {
            node.Add(2, name);
        }

        node.Add(4, type);
        foreach (var attribute in attributes)
        {
            node.Add(5, attribute);
        }

        _graph.Add(1, node.Add(7, domain));
        return names;
    }

    /// <summary>A convolution with square windows; its output's name.</summary>
    public string Convolution(string[] inputs, int kernel, int stride, int padding, int groups = 1)
    {
        var name = $"n{_names++}";
        var node = new ProtoMessage();
        foreach (var input in inputs)
        {
            node.Add(1, input);
        }

        node.Add(2, name).Add(4, "Conv");
        foreach (var (attribute, values) in new[] { ("kernel_shape", new[] { kernel, kernel }), ("strides", [stride, stride]), ("pads", [padding, padding, padding, padding]) })
        {
            // AttributeProto: ints 8, type 20 (7 is INTS).
            var numbers = new ProtoMessage().Add(1, attribute);
            foreach (var value in values)
            {
                numbers.Add(8, (long)value);
            }

            node.Add(5, numbers.Add(20, 7L));
        }

        // AttributeProto: i 3, type 20 (2 is INT).
        node.Add(5, new ProtoMessage().Add(1, "group").Add(3, (long)groups).Add(20, 2L));
        _graph.Add(1, node);
        return name;
    }

    /// <summary>The file: what the last name holds leaves the network.</summary>
    public byte[] ToModel(string last)
    {
        // The optimiser takes this copy out again.
        _graph.Add(1, new ProtoMessage().Add(1, last).Add(2, Output).Add(4, "Identity"));

        // ModelProto: ir_version 1, graph 7, opset_import 8 (domain 1, version 2).
        return new ProtoMessage()
            .Add(1, 10L)
            .Add(7, _graph)
            .Add(8, new ProtoMessage().Add(1, "").Add(2, 21L))
            .Add(8, new ProtoMessage().Add(1, "com.microsoft").Add(2, 1L))
            .ToBytes();
    }

    private static long ElementType<T>() =>
        typeof(T) == typeof(float) ? 1
        : typeof(T) == typeof(byte) ? 2
        : typeof(T) == typeof(sbyte) ? 3
        : typeof(T) == typeof(int) ? 6
        : typeof(T) == typeof(long) ? 7
        : throw new NotSupportedException($"No tensor of {typeof(T).Name} is needed here.");

    private static ProtoMessage Floats(string name, int[] dimensions)
    {
        // ValueInfoProto: name 1, type 2; TypeProto: tensor_type 1 (elem_type 1, shape 2); TensorShapeProto: dim 1 (dim_value 1).
        var shape = new ProtoMessage();
        foreach (var dimension in dimensions)
        {
            shape.Add(1, new ProtoMessage().Add(1, (long)dimension));
        }

        return new ProtoMessage().Add(1, name).Add(2, new ProtoMessage().Add(1, new ProtoMessage().Add(1, 1L).Add(2, shape)));
    }
}
