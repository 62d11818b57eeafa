-- hera_internal.refuse_unless_live: raise where an installation can't call its provider now, and say what helps.
-- Errors: PT409 connector.pending_auth, connector.reauth_required, connector.paused, connector.error.
create or replace function hera_internal.refuse_unless_live(p_code text, p_status text)
returns void
language plpgsql
as $$
begin
  if p_status <> 'active' then
    perform hera_internal.fail(409, 'connector.' || p_status, format('The installation of %s is %s.', p_code, p_status),
      case p_status
        when 'paused' then 'RESUME it.'
        when 'error' then 'Look at health.last_error of the installation, CONFIGURE it and RESUME it after PAUSE.'
        else 'Authorize it at the provider.' end);
  end if;
end
$$;
comment on function hera_internal.refuse_unless_live(text, text) is 'Raises PT409 unless an installation is active.';
