-- hera_internal.content_macs: what the content of a call may have been kept as; the first is how it is kept now.
-- Contents hold passwords, and a plain hash of a poor one can be guessed: it is keyed with the encryption key where the session has one.
create or replace function hera_internal.content_macs(p_content text)
returns bytea[]
language plpgsql
stable
as $$
declare
  v_message constant bytea := convert_to(p_content, 'UTF8');
begin
  return array(
    select hera_internal.hmac_sha256(v_message, convert_to('idempotency:' || k.key, 'UTF8'))
    from unnest(string_to_array(nullif(current_setting('hera.encryption_key', true), ''), ',')) with ordinality k (key, nth)
    order by k.nth) || sha256(v_message);
end
$$;
comment on function hera_internal.content_macs(text) is 'Fingerprints of a content, the one to keep first.';
