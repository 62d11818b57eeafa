-- hera_internal.masked_request: address and headers of a request as they may be kept: what is or may be a secret is masked. Signatures stay:
-- they are proof and open nothing.
create or replace function hera_internal.masked_request(p_inbound jsonb, p_request jsonb, out uri text, out headers jsonb)
language plpgsql
immutable
as $$
declare
  v_name constant text := '(token|secret|passw|auth|key|cookie|session|credential)';
  v_secret text[];
  v_proof text[];
  v_parameters text[];
begin
  v_secret := array(
    select lower(v #>> '{signature,header}') from jsonb_array_elements(p_inbound -> 'verify') v
    where v ->> 'type' in ('shared_secret', 'basic'));
  v_proof := array(
    select lower(v #>> '{signature,header}') from jsonb_array_elements(p_inbound -> 'verify') v
    where v ->> 'type' not in ('shared_secret', 'basic'));
  select coalesce(jsonb_object_agg(h.key, case
      when h.key = any (v_secret) or h.key = 'authorization' or h.key ~ v_name and h.key <> all (v_proof || array['idempotency-key'])
        then to_jsonb('••••'::text)
      else h.value end), '{}')
  into headers
  from jsonb_each(p_request -> 'headers') h;

  v_parameters := array(select jsonb_path_query(p_inbound, '$.handshake[*].require[*] ? (exists (@.equals_secret)).query') #>> '{}');
  select left(split_part(p_request ->> 'uri', '?', 1) || coalesce('?' || string_agg(case
      when hera_internal.url_decode(split_part(q.part, '=', 1)) = any (v_parameters) or lower(split_part(q.part, '=', 1)) ~ v_name
        then split_part(q.part, '=', 1) || '=••••'
      else q.part end, '&' order by q.n), ''), 8192)
  into uri
  from string_to_table(substring(p_request ->> 'uri' from '\?(.*)$'), '&') with ordinality q (part, n);
end
$$;
comment on function hera_internal.masked_request(jsonb, jsonb) is 'A request without its secrets.';
