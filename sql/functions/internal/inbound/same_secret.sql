-- hera_internal.same_secret: are two secrets the same? How long that takes tells nothing of where they differ: their hashes under a key
-- that is made anew each time are compared.
create or replace function hera_internal.same_secret(p_given text, p_secret text)
returns boolean
language plpgsql
volatile
as $$
declare
  v_key constant bytea := uuid_send(gen_random_uuid());
begin
  return sha256(v_key || convert_to(p_given, 'UTF8')) = sha256(v_key || convert_to(p_secret, 'UTF8'));
end
$$;
comment on function hera_internal.same_secret(text, text) is 'Compares two secrets in constant time.';
