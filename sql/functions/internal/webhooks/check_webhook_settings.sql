-- hera_internal.check_webhook_settings: refuse webhook settings of the platform that make no sense.
-- Errors: PT400 settings.unknown, settings.invalid.
create or replace function hera_internal.check_webhook_settings(p_webhook jsonb)
returns void
language plpgsql
as $$
begin
  perform hera_internal.check_keys('settings', p_webhook, array['allow_http', 'allowed_networks', 'signature_required', 'public_url']);
  if jsonb_typeof(p_webhook -> 'allow_http') not in ('boolean', 'null') then
    perform hera_internal.fail(400, 'settings.invalid', 'allow_http must be true or false', null);
  elsif jsonb_typeof(p_webhook -> 'signature_required') not in ('boolean', 'null') then
    perform hera_internal.fail(400, 'settings.invalid', 'signature_required must be true or false', null);
  elsif jsonb_typeof(p_webhook -> 'allowed_networks') not in ('array', 'null') then
    perform hera_internal.fail(400, 'settings.invalid', 'allowed_networks must be an array of networks', 'For example ["10.1.0.0/16"].');
  elsif p_webhook ->> 'public_url' !~ '^https?://([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?$' then
    perform hera_internal.fail(400, 'settings.invalid', 'public_url must be an origin', 'For example https://hera.example.com.');
  end if;
  if jsonb_typeof(p_webhook -> 'allowed_networks') = 'array' then
    begin
      -- A null would make every comparison unknown, and a number would be read as a network of its first byte.
      if exists (select from jsonb_array_elements(p_webhook -> 'allowed_networks') n where jsonb_typeof(n) <> 'string') then
        raise invalid_text_representation;
      end if;
      perform n::cidr from jsonb_array_elements_text(p_webhook -> 'allowed_networks') n;
    exception
      when invalid_text_representation then
        perform hera_internal.fail(400, 'settings.invalid', 'allowed_networks holds a malformed network',
          'Write networks as 10.1.0.0/16 or fd00::/8.');
    end;
  end if;
end
$$;
comment on function hera_internal.check_webhook_settings(jsonb) is 'Raises unless the webhook settings are well-formed.';
