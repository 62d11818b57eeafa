-- hera_internal.mask: what may be shown of a secret: the last four characters, none of a short one.
create or replace function hera_internal.mask(p_secret text)
returns text
language sql
immutable parallel safe
return '••••' || case when length(p_secret) >= 12 then right(p_secret, 4) else '' end;
comment on function hera_internal.mask(text) is 'Masks a secret for display.';
