// Makes calls with the clients as they are published. Reads {url, calls: [...]} from standard input and writes what each call
// resolved to, so that the expectations stand in the tests that start this.
import { PostgrestClient } from '@supabase/postgrest-js';
import { createClient } from '@supabase/supabase-js';
import { text } from 'node:stream/consumers';

// Older runtimes have no WebSocket, which the realtime part of the client asks for and calls of functions never use.
const realtime = globalThis.WebSocket ? {} : { transport: class {} };

const clients = {
  postgrest: ({ url, token, headers }) =>
    new PostgrestClient(`${url}/rest/v1`, { headers: { Authorization: `Bearer ${token}`, ...headers } }),
  // Without a session the key goes out as apikey and as bearer.
  supabase: ({ url, token, headers }) => createClient(url, token, { realtime, global: { headers } }),
  // With a session of another identity provider the key is the project's, and the bearer is the user's.
  session: ({ url, token, headers }) =>
    createClient(url, 'the-anonymous-key', { realtime, accessToken: async () => token, global: { headers } }),
  otherSchema: ({ url, token }) => createClient(url, token, { realtime, db: { schema: 'hera' } }),
};

const { url, calls } = JSON.parse(await text(process.stdin));
const results = [];
for (const { client, token, headers, name, args, options, single } of calls) {
  const call = clients[client]({ url, token, headers: headers ?? {} }).rpc(name, args, options ?? {});
  const { data, error, status } = await (single ? call.single() : call);
  results.push({ data, error, status });
}
process.stdout.write(JSON.stringify(results));
