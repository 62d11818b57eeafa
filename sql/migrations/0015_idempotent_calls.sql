-- Calls that were made under an idempotency key. Events and transactions keep theirs in their own tables, which are their hot path.
create table hera.idempotent_calls (
  organization_id uuid not null,
  function_name text not null,
  idempotency_key text not null,
  created_at timestamptz not null,
  content_hash bytea not null,
  answer jsonb,
  primary key (organization_id, function_name, idempotency_key)
);
comment on table hera.idempotent_calls is
  'The first answer to a call under an idempotency key, without what is shown once only. A key is of its organization and function.';

-- Its parameter p_actor_user_id is p_refused_user_id now: whoever was refused does not act.
drop function if exists public.hera_audit_refusal_v1(uuid, uuid, text, text);
