-- hera_internal.oauth_state_mac: what signs a state, under a key that is derived from an encryption key of this session.
create or replace function hera_internal.oauth_state_mac(p_content bytea, p_key text)
returns bytea
language sql
immutable
as $$
  select hera_internal.hmac_sha256(p_content, sha256(convert_to('hera.oauth.state.' || p_key, 'UTF8')));
$$;
comment on function hera_internal.oauth_state_mac(bytea, text) is 'Signs a state.';
