-- hera_internal.url_decode: a text of a query string: percent codes and + decoded. What is no UTF-8 then, or holds a NUL, stays as it was.
create or replace function hera_internal.url_decode(p_text text)
returns text
language plpgsql
immutable
as $$
begin
  if p_text !~ '[%+]' then
    return p_text;
  end if;
  return (
    select convert_from(string_agg(
      case when t.part[1] ~ '^%[0-9A-Fa-f]{2}$' then decode(substring(t.part[1] from 2), 'hex')
        else convert_to(replace(t.part[1], '+', ' '), 'UTF8') end, '' order by t.n), 'UTF8')
    from regexp_matches(p_text, '%[0-9A-Fa-f]{2}|%|[^%]+', 'g') with ordinality t (part, n));
exception
  when character_not_in_repertoire or untranslatable_character then
    return p_text;
end
$$;
comment on function hera_internal.url_decode(text) is 'Decodes a text of a query string.';
