-- hera_internal.handshake_text: the body that answers a handshake: {{query.NAME}} and {{hmac}} of the template filled in, in JSON as in JSON.
create or replace function hera_internal.handshake_text(p_respond jsonb, p_query jsonb, p_hmac text)
returns text
language sql
immutable
as $$
  select string_agg(case
      when t.part[1] !~ '^\{\{' then t.part[1]
      when p_respond ->> 'content_type' like '%json%' then substring(to_jsonb(v.value)::text from '^"(.*)"$')
      else v.value end, '' order by t.n)
  from regexp_matches(p_respond ->> 'template', '\{\{[^{}]*\}\}|\{|[^{]+', 'g') with ordinality t (part, n)
  cross join lateral (
    select coalesce(case btrim(t.part[1], '{} ') when 'hmac' then p_hmac else p_query ->> substring(btrim(t.part[1], '{} ') from '^query\.(.+)$') end, '')
      as value) v;
$$;
comment on function hera_internal.handshake_text(jsonb, jsonb, text) is 'The body of a handshake''s answer.';
