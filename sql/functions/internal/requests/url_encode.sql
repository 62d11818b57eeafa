-- hera_internal.url_encode: a text as part of a URL: each byte that is not unreserved by RFC 3986 becomes %XX.
-- p_keep: signs that stay as they are.
create or replace function hera_internal.url_encode(p_text text, p_keep text default '')
returns text
language sql
immutable parallel safe
as $$
  -- string_agg of nothing is null, and so is what is made of null.
  select coalesce(string_agg(
    case
      when t.sign collate "C" ~ '[A-Za-z0-9_.~-]' or strpos(p_keep, t.sign) > 0 then t.sign
      else regexp_replace(upper(encode(convert_to(t.sign, 'UTF8'), 'hex')), '(..)', '%\1', 'g')
    end, '' order by t.n), left(p_text, 0))
  from regexp_split_to_table(p_text, '') with ordinality t (sign, n)
  where t.sign <> '';
$$;
comment on function hera_internal.url_encode(text, text) is 'Percent-encodes a text.';
