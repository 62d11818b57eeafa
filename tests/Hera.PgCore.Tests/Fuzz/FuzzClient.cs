using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Hera.PgCore.Tests.Fuzz;

/// <summary>An answer to one request: its status, how long it took, and whether the server ends the connection with it.</summary>
internal readonly record struct FuzzAnswer(FuzzRequest Request, int Status, TimeSpan Time, bool Closes);

/// <summary>
/// Speaks raw HTTP/1.1 over kept connections, several requests at once. A request that is not framed goes last on its
/// connection alone, whose sending side then ends.
/// </summary>
internal sealed class FuzzClient(int port)
{
    private const int Pipeline = 8;
    private static readonly TimeSpan Hesitation = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Sends all; every framed request is answered or reported with status 0.</summary>
    public async Task<List<FuzzAnswer>> SendAsync(IReadOnlyList<FuzzRequest> requests)
    {
        var answers = new List<FuzzAnswer>(requests.Count);
        for (var next = 0; next < requests.Count;)
            next += await UseConnectionAsync(requests, next, answers);
        return answers;
    }

    /// <summary>Sends on one connection until it ends; the number of requests that are done with.</summary>
    private async Task<int> UseConnectionAsync(IReadOnlyList<FuzzRequest> requests, int first, List<FuzzAnswer> answers)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port));
        var reader = new AnswerReader(socket);
        for (var done = 0; ;)
        {
            var batch = Next(requests, first + done);
            if (batch.Count == 0)
                return done;
            var sent = Stopwatch.GetTimestamp();
            var sending = SendAsync(socket, batch);
            if (!batch[0].IsFramed)
            {
                await sending;
                await EndAsync(socket, reader, batch[0], answers);
                return done + 1;
            }

            foreach (var request in batch)
            {
                var answer = await ReadAsync(reader, request, sent);
                sent = Stopwatch.GetTimestamp();
                answers.Add(answer);
                done++;
                if (answer.Closes)
                {
                    socket.Close();
                    await sending;
                    return done;
                }
            }

            await sending;
        }
    }

    /// <summary>Takes what the server answers to bytes that are no whole request, and ends sending when it waits for more.</summary>
    private static async Task EndAsync(Socket socket, AnswerReader reader, FuzzRequest request, List<FuzzAnswer> answers)
    {
        // To the server the end of sending is the end of everything, so it gets the time for an answer first.
        var reading = ReadAsync(reader, request, Stopwatch.GetTimestamp());
        if (await Task.WhenAny(reading, Task.Delay(Hesitation)) != reading)
            EndSending(socket);
        while (await reading is { Status: not 0 } answer)
        {
            answers.Add(answer);
            EndSending(socket);
            // What looks like one request may be several to the server.
            reading = ReadAsync(reader, request, Stopwatch.GetTimestamp());
        }
    }

    private static void EndSending(Socket socket)
    {
        try
        {
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The server was first.
        }
    }

    /// <summary>Some framed requests, or one that is not.</summary>
    private static List<FuzzRequest> Next(IReadOnlyList<FuzzRequest> requests, int first)
    {
        var framed = requests.Skip(first).Take(Pipeline).TakeWhile(request => request.IsFramed).ToList();
        return framed.Count > 0 ? framed : requests.Skip(first).Take(1).ToList();
    }

    private static async Task SendAsync(Socket socket, List<FuzzRequest> batch)
    {
        try
        {
            foreach (var request in batch)
            {
                for (ReadOnlyMemory<byte> rest = request.ToBytes(); rest.Length > 0;)
                    rest = rest[await socket.SendAsync(rest)..];
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The server has ended the connection: its last answer says why.
        }
    }

    private static async Task<FuzzAnswer> ReadAsync(AnswerReader reader, FuzzRequest request, long since)
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            var (status, closes) = await reader.ReadAsync(request.IsHead, limit.Token);
            return new FuzzAnswer(request, status, Stopwatch.GetElapsedTime(since), closes);
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
        {
            return new FuzzAnswer(request, 0, Stopwatch.GetElapsedTime(since), Closes: true);
        }
    }

    /// <summary>Reads answers off a socket: by length, by chunks, or to the end.</summary>
    private sealed class AnswerReader(Socket socket)
    {
        private readonly byte[] _buffer = new byte[64 * 1024];
        private int _start;
        private int _end;

        public async Task<(int Status, bool Closes)> ReadAsync(bool isHead, CancellationToken cancellation)
        {
            while (true)
            {
                var line = await LineAsync(cancellation);
                var status = int.Parse(line.AsSpan(9, 3), CultureInfo.InvariantCulture);
                var (length, chunked, closes) = (-1L, false, false);
                while (await LineAsync(cancellation) is { Length: > 0 } header)
                {
                    if (header.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
                        length = long.Parse(header.AsSpan(15), CultureInfo.InvariantCulture);
                    else if (header.StartsWith("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase))
                        chunked = true;
                    else if (header.StartsWith("Connection: close", StringComparison.OrdinalIgnoreCase))
                        closes = true;
                }

                if (status is >= 100 and < 200)
                    continue;
                if (!isHead && status is not (204 or 304))
                    await SkipBodyAsync(length, chunked, cancellation);
                return (status, closes);
            }
        }

        private async Task SkipBodyAsync(long length, bool chunked, CancellationToken cancellation)
        {
            if (!chunked)
            {
                await SkipAsync(Math.Max(length, 0), cancellation);
                return;
            }

            while (true)
            {
                var size = long.Parse(await LineAsync(cancellation), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                await SkipAsync(size, cancellation);
                await LineAsync(cancellation);
                if (size == 0)
                    return;
            }
        }

        private async Task<string> LineAsync(CancellationToken cancellation)
        {
            while (true)
            {
                var end = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
                if (end >= 0)
                {
                    var line = Encoding.Latin1.GetString(_buffer, _start, end).TrimEnd('\r');
                    _start += end + 1;
                    return line;
                }

                await FillAsync(cancellation);
            }
        }

        private async Task SkipAsync(long count, CancellationToken cancellation)
        {
            while (count > _end - _start)
            {
                count -= _end - _start;
                _start = _end;
                await FillAsync(cancellation);
            }

            _start += (int)count;
        }

        private async Task FillAsync(CancellationToken cancellation)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
            var read = await socket.ReceiveAsync(_buffer.AsMemory(_end), cancellation);
            if (read == 0)
                throw new IOException("The server has ended the connection.");
            _end += read;
        }
    }
}
