-- hera_internal.blank: a text with each match of a pattern replaced by p_head and spaces, as long as it was, so that positions
-- stay true. The pattern has no capturing group.
create or replace function hera_internal.blank(p_text text, p_pattern text, p_head text default '')
returns text
language plpgsql
immutable
as $$
begin
  return (
    select string_agg(s.piece || coalesce(rpad(p_head, length(m.found)), ''), '' order by s.nth)
    from unnest(regexp_split_to_array(p_text, p_pattern)) with ordinality as s (piece, nth)
    left join (
      select x.groups[1], row_number() over () from regexp_matches(p_text, '(' || p_pattern || ')', 'g') as x (groups)
    ) as m (found, nth) using (nth));
end
$$;
comment on function hera_internal.blank(text, text, text) is 'Replaces matches by p_head and spaces of the same length.';
