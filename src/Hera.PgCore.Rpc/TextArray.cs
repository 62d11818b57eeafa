using System.Buffers.Binary;
using System.Text;

namespace Hera.PgCore.Rpc;

/// <summary>
/// Reads what PostgreSQL's array_send makes of a text[]. The driver reads such an array element by element through its
/// asynchronous converters, which costs more than all the rest of a claimed row.
/// </summary>
internal static class TextArray
{
    private const int CountAt = 12;
    private const int ElementsAt = 20;

    /// <summary>The elements; one that equals its neighbour in <paramref name="previous"/>, as most headers do, is that very string.</summary>
    public static string[] Read(ReadOnlySpan<byte> array, string[] previous)
    {
        if (BinaryPrimitives.ReadInt32BigEndian(array) == 0)
            return [];
        var elements = new string[BinaryPrimitives.ReadInt32BigEndian(array[CountAt..])];
        var rest = array[ElementsAt..];
        for (var index = 0; index < elements.Length; index++)
        {
            var bytes = rest.Slice(sizeof(int), BinaryPrimitives.ReadInt32BigEndian(rest));
            rest = rest[(sizeof(int) + bytes.Length)..];
            elements[index] = index < previous.Length && Ascii.Equals(bytes, previous[index]) ? previous[index] : Encoding.UTF8.GetString(bytes);
        }

        return elements;
    }
}
