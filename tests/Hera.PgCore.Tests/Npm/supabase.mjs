// One call of a function with @supabase/supabase-js; input and outcome are JSON. The client sends its key as apikey, and as the
// bearer too where nobody is signed in.
import { createClient } from '@supabase/supabase-js';
import { input, print } from './calls.mjs';

const { url, token, key, name, args, options, headers } = input();
const client = createClient(url, key ?? 'the-publishable-key', {
  auth: { persistSession: false, autoRefreshToken: false },
  global: { headers: headers ?? {} },
  ...(token ? { accessToken: async () => token } : {}),
});
print(await client.rpc(name, args, options));
