-- hera_internal.check_retention_settings: refuse retention settings that make no sense.
-- Each kind has a number of days or "forever"; a kind that is absent follows the platform's settings.
-- Errors: PT400 settings.unknown, settings.invalid.
create or replace function hera_internal.check_retention_settings(p_retention jsonb)
returns void
language plpgsql
as $$
declare
  v_kind text;
  v_value jsonb;
  v_least int;
begin
  perform hera_internal.check_keys('settings', p_retention, array(select d.kind from hera_internal.retention_defaults() d order by d.kind));
  for v_kind, v_value in select * from jsonb_each(p_retention)
  loop
    -- The policies of audit_log refuse to delete what is younger.
    v_least := case v_kind when 'audit' then 90 else 1 end;
    if v_value <> '"forever"' and (jsonb_typeof(v_value) <> 'number'
      or v_value::text !~ '^[0-9]{1,5}$' or v_value::text::int not between v_least and 36500) then
      perform hera_internal.fail(400, 'settings.invalid',
        format('settings.retention.%s must be a number of days from %s to 36500, or "forever"', v_kind, v_least), 'For example {"retention": {"events": 90, "audit": "forever"}}.');
    end if;
  end loop;
end
$$;
comment on function hera_internal.check_retention_settings(jsonb) is 'Raises unless the retention settings are valid.';
