using System.Text;
using Google.Protobuf;

namespace Benchmarks.Onnx;

/// <summary>
/// A protobuf message written field by field: an ONNX model needs twenty fields, for which compiling its schema is too much. Sizes are
/// known before anything is written, so weights are copied once.
/// </summary>
internal sealed class ProtoMessage
{
    private readonly List<Action<CodedOutputStream>> _fields = [];
    private long _size;

    public ProtoMessage Add(int field, long value)
    {
        _size += CodedOutputStream.ComputeTagSize(field) + CodedOutputStream.ComputeInt64Size(value);
        _fields.Add(stream =>
        {
            stream.WriteTag(field, WireFormat.WireType.Varint);
            stream.WriteInt64(value);
        });
        return this;
    }

    public ProtoMessage Add(int field, float value)
    {
        _size += CodedOutputStream.ComputeTagSize(field) + sizeof(float);
        _fields.Add(stream =>
        {
            stream.WriteTag(field, WireFormat.WireType.Fixed32);
            stream.WriteFloat(value);
        });
        return this;
    }

    public ProtoMessage Add(int field, string text) => Add(field, Encoding.UTF8.GetBytes(text));

    public ProtoMessage Add(int field, byte[] bytes) => AddBlock(field, bytes.Length, stream => stream.WriteBytes(UnsafeByteOperations.UnsafeWrap(bytes)));

    public ProtoMessage Add(int field, ProtoMessage message) =>
        AddBlock(field, checked((int)message._size), stream =>
        {
            stream.WriteLength(checked((int)message._size));
            message.WriteTo(stream);
        });

    public byte[] ToBytes()
    {
        var bytes = new byte[_size];
        var stream = new CodedOutputStream(bytes);
        WriteTo(stream);
        stream.CheckNoSpaceLeft();
        return bytes;
    }

    private ProtoMessage AddBlock(int field, int length, Action<CodedOutputStream> write)
    {
        _size += CodedOutputStream.ComputeTagSize(field) + CodedOutputStream.ComputeLengthSize(length) + length;
        _fields.Add(stream =>
        {
            stream.WriteTag(field, WireFormat.WireType.LengthDelimited);
            write(stream);
        });
        return this;
    }

    private void WriteTo(CodedOutputStream stream)
    {
        foreach (var field in _fields)
        {
            field(stream);
        }
    }
}
