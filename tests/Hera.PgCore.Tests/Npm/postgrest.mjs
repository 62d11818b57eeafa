// One call of a function with @supabase/postgrest-js; input and outcome are JSON.
import { PostgrestClient } from '@supabase/postgrest-js';
import { input, print } from './calls.mjs';

const { url, token, name, args, options, headers } = input();
const client = new PostgrestClient(`${url}/rest/v1`, { headers: { ...(token ? { Authorization: `Bearer ${token}` } : {}), ...headers } });
print(await client.rpc(name, args, options));
