-- hera_internal.oauth_outcome: what the host answers to a browser that comes back from a provider: {success, connector_code, error, location}.
-- location: the path that CONNECT was given, with the outcome in its query; null where it was given none.
create or replace function hera_internal.oauth_outcome(p_error text, p_kept jsonb)
returns jsonb
language sql
immutable
as $$
  select jsonb_build_object('success', p_error is null, 'connector_code', p_kept -> 'connector_code', 'error', p_error,
    'location', (p_kept ->> 'return_path') || '?connector=' || hera_internal.url_encode(p_kept ->> 'connector_code')
      || case when p_error is null then '&result=authorized' else '&result=failed&error=' || hera_internal.url_encode(p_error) end);
$$;
comment on function hera_internal.oauth_outcome(text, jsonb) is 'The outcome of an authorization.';
