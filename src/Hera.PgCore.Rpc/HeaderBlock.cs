using System.Buffers.Binary;
using System.Text;

namespace Hera.PgCore.Rpc;

/// <summary>
/// Names and values as the database sent them: the binary form of a text array (name, value, name, value …), read in place.
/// A claim carries thousands of these short texts; turning each into an object of its own cost more than all else in it.
/// </summary>
public readonly struct HeaderBlock
{
    private const int Prefix = 12; // dimensions, a flag for nulls, the element type
    private const int Dimension = 8; // length, lower bound
    private const int TextType = 25;

    private readonly byte[] _bytes;

    /// <summary>Wraps the answer of array_send for an array of text.</summary>
    public HeaderBlock(byte[] bytes) => _bytes = bytes;

    /// <summary>A block of the given names and values, in turn.</summary>
    public static HeaderBlock Of(params string[] namesAndValues)
    {
        ArgumentNullException.ThrowIfNull(namesAndValues);
        var bytes = new byte[Prefix + Dimension + namesAndValues.Sum(text => 4 + Encoding.UTF8.GetByteCount(text))];
        BinaryPrimitives.WriteInt32BigEndian(bytes, 1);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(8), TextType);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(Prefix), namesAndValues.Length);
        var position = Prefix + Dimension;
        foreach (var text in namesAndValues)
        {
            var length = Encoding.UTF8.GetBytes(text, bytes.AsSpan(position + 4));
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(position), length);
            position += 4 + length;
        }

        return new HeaderBlock(bytes);
    }

    /// <summary>Walks over the pairs.</summary>
    public Enumerator GetEnumerator() => new(_bytes);

    /// <summary>The position within a block.</summary>
    public ref struct Enumerator
    {
        private readonly ReadOnlySpan<byte> _bytes;
        private int _position;

        internal Enumerator(ReadOnlySpan<byte> bytes)
        {
            _bytes = bytes;
            // An empty array has no dimension.
            _position = bytes.Length > Prefix ? Prefix + Dimension : bytes.Length;
        }

        /// <summary>The current pair in UTF-8.</summary>
        public Pair Current { get; private set; }

        /// <summary>Goes to the next pair; false after the last.</summary>
        public bool MoveNext()
        {
            if (_position >= _bytes.Length)
                return false;
            Current = new Pair(Next(), Next());
            return true;
        }

        private ReadOnlySpan<byte> Next()
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(_bytes[_position..]);
            var text = _bytes.Slice(_position + 4, length);
            _position += 4 + length;
            return text;
        }
    }

    /// <summary>One header in UTF-8.</summary>
    public readonly ref struct Pair
    {
        internal Pair(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
        {
            Name = name;
            Value = value;
        }

        /// <summary>Its name.</summary>
        public ReadOnlySpan<byte> Name { get; }

        /// <summary>Its value.</summary>
        public ReadOnlySpan<byte> Value { get; }
    }
}
