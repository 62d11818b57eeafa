using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Hera.PgCore.Rpc;
using Hera.PgCore.Tests.Infrastructure;
using Npgsql;
using NUnit.Framework;

namespace Hera.PgCore.Tests.Http;

/// <summary>Behind a pooler that knows no startup options, settings travel with each transaction and stay in it.</summary>
public sealed class PoolerTests
{
    [TestCase(true)]
    [TestCase(false)]
    public async Task Settings_are_local_to_each_call(bool refuses)
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.ExecuteAsync("""
            create function public.hera_test_settings_v1() returns jsonb language sql as $$
              select jsonb_build_object('role', current_user, 'key', current_setting('hera.encryption_key', true), 'statement', current_setting('statement_timeout')) $$;
            grant execute on function public.hera_test_settings_v1() to hera_api;
            """);
        await using var pooler = new FakePooler(database.ConnectionString, refuses);
        var connection = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Host = "127.0.0.1", Port = pooler.Port, SslMode = SslMode.Disable, GssEncryptionMode = GssEncryptionMode.Disable };
        await using var rpc = new HeraDatabase(HeraDatabaseOptions.ForApi(connection, "the-key") with { MaxConnections = 1 });

        for (var call = 0; call < 10; call++)
        {
            var settings = JsonNode.Parse(await rpc.CallAsync("hera_test_settings_v1", []))!;
            using (Assert.EnterMultipleScope())
            {
                Assert.That(settings["role"]!.GetValue<string>(), Is.EqualTo("hera_api"));
                Assert.That(settings["key"]!.GetValue<string>(), Is.EqualTo("the-key"));
                Assert.That(settings["statement"]!.GetValue<string>(), Is.EqualTo("10s"));
            }
        }

        // The same server session, used by somebody else: nothing of ours is left in it.
        await using var other = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connection.ConnectionString) { Options = null }.ConnectionString);
        await other.OpenAsync();
        await using var command = new NpgsqlCommand(
            "select count(*) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database() and query like '%the-key%'", other);
        Assert.That(await command.ExecuteScalarAsync(), Is.Zero);
        Assert.That(pooler.Prepared, Is.Zero, "no named statement goes through");
    }

    [Test]
    public async Task A_recorded_trace_is_shown_for_one_transaction_too()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.ExecuteAsync("""
            create function public.hera_test_name_v1() returns jsonb language sql as $$ select to_jsonb(current_setting('application_name')) $$;
            grant execute on function public.hera_test_name_v1() to hera_api;
            """);
        await using var pooler = new FakePooler(database.ConnectionString, refuses: true);
        var connection = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Host = "127.0.0.1", Port = pooler.Port, SslMode = SslMode.Disable, GssEncryptionMode = GssEncryptionMode.Disable };
        await using var rpc = new HeraDatabase(HeraDatabaseOptions.ForApi(connection, "the-key") with { MaxConnections = 1 });

        string traced;
        string traceId;
        using (var activity = new Activity("a request") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.SetIdFormat(ActivityIdFormat.W3C).Start())
        {
            traceId = activity.TraceId.ToString();
            traced = Encoding.UTF8.GetString(await rpc.CallAsync("hera_test_name_v1", []));
        }

        var later = Encoding.UTF8.GetString(await rpc.CallAsync("hera_test_name_v1", []));
        Assert.That((traced, later), Is.EqualTo(($"\"hera_api {traceId}\"", "\"hera_api\"")));
    }

    /// <summary>Passes bytes on, but treats the startup parameter <c>options</c> as PgBouncer does: refused, or dropped where configured so.</summary>
    private sealed class FakePooler : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly NpgsqlConnectionStringBuilder _server;
        private readonly bool _refuses;
        private readonly Task _accepting;
        private int _prepared;

        public FakePooler(string connectionString, bool refuses)
        {
            _server = new NpgsqlConnectionStringBuilder(connectionString);
            _refuses = refuses;
            _listener.Start();
            _accepting = AcceptAsync();
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public int Prepared => _prepared;

        public async ValueTask DisposeAsync()
        {
            _listener.Stop();
            await _accepting;
        }

        private async Task AcceptAsync()
        {
            try
            {
                while (true)
                    _ = ServeAsync(await _listener.AcceptTcpClientAsync());
            }
            catch (Exception exception) when (exception is SocketException or InvalidOperationException)
            {
            }
        }

        private async Task ServeAsync(TcpClient client)
        {
            try
            {
                using var owned = client;
                await using var stream = client.GetStream();
                var length = new byte[4];
                await stream.ReadExactlyAsync(length);
                var startup = new byte[BinaryPrimitives.ReadInt32BigEndian(length) - 4];
                await stream.ReadExactlyAsync(startup);
                var parameters = Encoding.UTF8.GetString(startup.AsSpan(4)).TrimEnd('\0').Split('\0').Chunk(2).ToDictionary(pair => pair[0], pair => pair.ElementAtOrDefault(1) ?? "");
                if (parameters.Remove("options") && _refuses)
                {
                    await stream.WriteAsync(Error("unsupported startup parameter: options"));
                    return;
                }

                using var server = await ConnectAsync();
                await using var upstream = new NetworkStream(server);
                await upstream.WriteAsync(Startup(startup.AsSpan(0, 4), parameters));
                await Task.WhenAny(WatchAsync(stream, upstream), upstream.CopyToAsync(stream));
            }
            catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException)
            {
            }
        }

        private async Task WatchAsync(NetworkStream from, NetworkStream to)
        {
            var header = new byte[5];
            while (true)
            {
                await from.ReadExactlyAsync(header);
                var body = new byte[BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(1)) - 4];
                await from.ReadExactlyAsync(body);
                if (header[0] == 'P' && body[0] != 0)
                    Interlocked.Increment(ref _prepared);
                await to.WriteAsync(header);
                await to.WriteAsync(body);
            }
        }

        private async Task<Socket> ConnectAsync()
        {
            var isSocket = _server.Host!.StartsWith('/');
            var socket = isSocket ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) : new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(isSocket ? new UnixDomainSocketEndPoint($"{_server.Host}/.s.PGSQL.{_server.Port}") : new DnsEndPoint(_server.Host, _server.Port));
            return socket;
        }

        private static byte[] Startup(ReadOnlySpan<byte> version, Dictionary<string, string> parameters)
        {
            var text = Encoding.UTF8.GetBytes(string.Concat(parameters.Select(pair => $"{pair.Key}\0{pair.Value}\0")) + "\0");
            var message = new byte[8 + text.Length];
            BinaryPrimitives.WriteInt32BigEndian(message, message.Length);
            version.CopyTo(message.AsSpan(4));
            text.CopyTo(message, 8);
            return message;
        }

        private static byte[] Error(string text)
        {
            var fields = Encoding.UTF8.GetBytes($"SFATAL\0VFATAL\0C08P01\0M{text}\0\0");
            var message = new byte[5 + fields.Length];
            message[0] = (byte)'E';
            BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), 4 + fields.Length);
            fields.CopyTo(message, 5);
            return message;
        }
    }
}
