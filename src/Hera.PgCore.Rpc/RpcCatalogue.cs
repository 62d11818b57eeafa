using System.Collections.Frozen;
using System.Diagnostics;
using Npgsql;

namespace Hera.PgCore.Rpc;

/// <summary>
/// The functions that this login's role may call, as the database's own catalogue tells. Read at first use and again
/// when a name is unknown, so that a function deployed later is found without a restart.
/// </summary>
public sealed class RpcCatalogue(HeraDatabase database) : IDisposable
{
    private const string Sql = """
        select p.proname::text, coalesce(p.proargnames, '{}'), p.pronargs::int, p.pronargdefaults::int,
               array(select format_type(t, null) from unnest(p.proargtypes::oid[]) with ordinality as a(t, n) order by n),
               format_type(p.prorettype, null), p.proretset, p.provolatile <> 'v', coalesce(obj_description(p.oid, 'pg_proc'), '')
        from pg_catalog.pg_proc as p
        where p.pronamespace = 'public'::regnamespace and p.proname ~ '^hera_[a-z0-9_]+_v[0-9]+$' and p.prokind = 'f'
          and has_function_privilege(p.oid, 'execute')
        """;

    private static readonly TimeSpan RefreshPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ListLifetime = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _loading = new(1, 1);
    private FrozenDictionary<string, RpcSignature> _signatures = FrozenDictionary<string, RpcSignature>.Empty;
    private long _loadedAt;

    /// <summary>The signature, or null where no such function is granted.</summary>
    public async ValueTask<RpcSignature?> FindAsync(string function, CancellationToken cancellation = default)
    {
        if (_signatures.TryGetValue(function, out var signature))
            return signature;

        // Names that do not exist must not become a way to make the database work.
        await LoadAsync(() => !_signatures.ContainsKey(function) && IsOlderThan(RefreshPause), cancellation).ConfigureAwait(false);
        return _signatures.GetValueOrDefault(function);
    }

    /// <summary>All signatures, at most a minute old; the same object as before where they were not read anew.</summary>
    public async ValueTask<IReadOnlyDictionary<string, RpcSignature>> ListAsync(CancellationToken cancellation = default)
    {
        if (IsOlderThan(ListLifetime))
            await LoadAsync(() => IsOlderThan(ListLifetime), cancellation).ConfigureAwait(false);
        return _signatures;
    }

    /// <inheritdoc/>
    public void Dispose() => _loading.Dispose();

    private bool IsOlderThan(TimeSpan age) => _loadedAt == 0 || Stopwatch.GetElapsedTime(_loadedAt) > age;

    private async Task LoadAsync(Func<bool> isNeeded, CancellationToken cancellation)
    {
        await _loading.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (!isNeeded())
                return;
            _signatures = await database.QueryAsync(Sql, [], ReadAsync, cancellation).ConfigureAwait(false);
            _loadedAt = Stopwatch.GetTimestamp();
        }
        finally
        {
            _loading.Release();
        }
    }

    private static async Task<FrozenDictionary<string, RpcSignature>> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        var found = new Dictionary<string, RpcSignature>();
        while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
        {
            var names = reader.GetFieldValue<string[]>(1);
            var types = reader.GetFieldValue<string[]>(4);
            var firstDefault = reader.GetInt32(2) - reader.GetInt32(3);
            var parameters = types.Select((type, index) => new RpcParameter(names.ElementAtOrDefault(index) ?? "", type, index >= firstDefault));
            found[reader.GetString(0)] = new RpcSignature(reader.GetString(0), parameters.ToArray())
            {
                Returns = reader.GetString(5),
                ReturnsSet = reader.GetBoolean(6),
                IsReadOnly = reader.GetBoolean(7),
                Description = reader.GetString(8),
            };
        }

        return found.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
