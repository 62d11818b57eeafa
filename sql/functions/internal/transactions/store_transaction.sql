-- hera_internal.store_transaction: write a transaction that hera_internal.transaction_fault found no fault with, and its lines.
-- Answers its id; null where the idempotency key is taken, and then nothing was written.
-- Locks: a key that another transaction is claiming is waited for.
create or replace function hera_internal.store_transaction(
  p_actor_user_id uuid, p_organization_id uuid, p_transaction jsonb, p_lines jsonb, p_key text, p_hash bytea)
returns uuid
language plpgsql
volatile
as $$
declare
  v_now constant timestamptz := hera_internal.now();
  v_id constant uuid := hera_internal.new_id(v_now);
begin
  insert into hera.universal_transactions (
    id, organization_id, transaction_type, transaction_code, transaction_date, source_entity_id, target_entity_id, total_amount,
    transaction_status, reference_number, smart_code, transaction_currency_code, business_context, metadata,
    created_at, updated_at, created_by, updated_by, idempotency_key, content_hash)
  values (v_id, p_organization_id, p_transaction ->> 'transaction_type', coalesce(p_transaction ->> 'transaction_code', 'TXN-' || v_id),
    coalesce(hera_internal.transaction_date(p_transaction ->> 'transaction_date'), v_now),
    (p_transaction ->> 'source_entity_id')::uuid, (p_transaction ->> 'target_entity_id')::uuid,
    coalesce((p_transaction ->> 'total_amount')::numeric, hera_internal.lines_total(p_transaction, p_lines)),
    coalesce(p_transaction ->> 'transaction_status', 'completed'), p_transaction ->> 'reference_number', p_transaction ->> 'smart_code',
    p_transaction ->> 'transaction_currency_code', nullif(p_transaction -> 'business_context', 'null'),
    nullif(p_transaction -> 'metadata', 'null'),
    v_now, v_now, p_actor_user_id, p_actor_user_id, p_key, p_hash)
  on conflict (organization_id, idempotency_key) where idempotency_key is not null do nothing;
  if not found then
    return null;
  end if;

  insert into hera.universal_transaction_lines (
    id, organization_id, transaction_id, line_number, entity_id, line_type, description, quantity, unit_amount, line_amount, smart_code,
    line_data, created_at, updated_at, created_by, updated_by)
  select hera_internal.new_id(v_now), p_organization_id, v_id, coalesce((e.value ->> 'line_number')::int, e.ordinality),
    (e.value ->> 'entity_id')::uuid,
    coalesce(e.value ->> 'line_type', case when e.value ->> 'smart_code' like '%.GL.%' then 'GL' else 'LINE' end),
    e.value ->> 'description', (e.value ->> 'quantity')::numeric, (e.value ->> 'unit_amount')::numeric, hera_internal.line_amount(e.value),
    e.value ->> 'smart_code', nullif(e.value -> 'line_data', 'null'), v_now, v_now, p_actor_user_id, p_actor_user_id
  from jsonb_array_elements(p_lines) with ordinality e;
  return v_id;
end
$$;
comment on function hera_internal.store_transaction(uuid, uuid, jsonb, jsonb, text, bytea) is 'Writes a transaction and its lines.';
