using System.Net;
using System.Net.Sockets;

namespace Hera.PgCore.Host.Outbox;

/// <summary>
/// Opens the sender's connections. The name is resolved here, each address is judged, and the connection goes to a
/// judged address, so that a name which resolves differently a moment later gains nothing.
/// </summary>
internal sealed class GuardedConnector(Func<string, CancellationToken, Task<IPAddress[]>> resolve)
{
    /// <summary>Nobody is connected to before the database's policy has been read.</summary>
    public AddressPolicy Policy { get; set; } = new(allowHttp: false, ["0.0.0.0/0", "::/0"], []);

    public static GuardedConnector WithSystemResolver() => new(static (host, cancellation) => Dns.GetHostAddressesAsync(host, cancellation));

    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var policy = Policy;
        var addresses = await ResolveAsync(context.DnsEndPoint.Host, cancellation);
        var permitted = Array.FindAll(addresses, policy.Permits);
        if (permitted.Length == 0)
            throw new SendFault(addresses.Length == 0 ? FaultCodes.DnsFailed : FaultCodes.BlockedAddress);

        Exception? last = null;
        foreach (var address in permitted)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, context.DnsEndPoint.Port), cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException exception)
            {
                socket.Dispose();
                last = exception;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw new SendFault(FaultCodes.ConnectFailed, last);
    }

    private async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellation)
    {
        try
        {
            return await resolve(host, cancellation);
        }
        catch (Exception exception) when (exception is SocketException or ArgumentException)
        {
            throw new SendFault(FaultCodes.DnsFailed, exception);
        }
    }
}
