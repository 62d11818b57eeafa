-- hera_transaction_post_v1: post a business transaction with its lines, through the guardrails, once and only once.
-- Caller: API, DBA.  Writes: universal_transactions, universal_transaction_lines, audit_log;
--   where published: see hera_internal.accept_event.
-- Locks: an idempotency key that another transaction is claiming is waited for.
-- Errors: PT400 guardrail_violation:…, transaction.invalid, transaction.unknown, lines.invalid, lines.unknown, options.invalid,
--   options.unknown, topic.invalid; PT403; PT404 not_found; PT413; PT422 idempotency.mismatch.
create or replace function public.hera_transaction_post_v1(
  p_actor_user_id uuid,
  p_organization_id uuid,
  p_transaction jsonb,
  p_lines jsonb default '[]',
  p_options jsonb default '{}')
returns jsonb
language plpgsql
volatile security definer
set search_path = pg_catalog, hera, pg_temp
as $$
declare
  v_key constant text := p_options ->> 'idempotency_key';
  v_publish constant jsonb := coalesce(p_options -> 'publish', 'false');
  v_hash bytea;
  v_id uuid;
  v_fault jsonb;
  v_transaction hera.universal_transactions;
begin
  perform hera_internal.durable();
  perform hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_transaction_post_v1', 'CALL');
  perform hera_internal.check_keys('options', p_options, array['idempotency_key', 'publish']);
  perform hera_internal.check_keys('transaction', p_transaction, hera_internal.transaction_keys());
  perform hera_internal.check_lines(p_lines);
  if jsonb_typeof(v_publish) not in ('boolean', 'string', 'null') then
    perform hera_internal.fail(400, 'options.invalid', 'options.publish must be true or a topic', 'For example "shop.order.paid".');
  elsif v_key is not null and hera_internal.text_fault(p_options -> 'idempotency_key', 255) is not null then
    perform hera_internal.fail(400, 'options.invalid', 'options.idempotency_key must have 1 to 255 characters', null);
  end if;
  v_fault := hera_internal.transaction_fault(p_organization_id, p_transaction, p_lines);
  if v_fault is not null then
    perform hera_internal.fail_answer(v_fault);
  end if;

  v_hash := hera_internal.content_hash('transaction', '', null, p_transaction::text || chr(31) || p_lines::text);
  v_id := hera_internal.store_transaction(p_actor_user_id, p_organization_id, p_transaction, p_lines, v_key, v_hash);
  if v_id is null then
    return hera_internal.repeated_transaction(p_organization_id, v_key, v_hash);
  end if;
  select * into v_transaction from hera.universal_transactions t where t.organization_id = p_organization_id and t.id = v_id;
  if v_publish not in ('false', 'null') then
    v_transaction.event_id := hera_internal.publish_transaction(p_actor_user_id, v_transaction,
      case when v_publish = 'true' then 'transaction.posted' else v_publish #>> '{}' end);
  end if;
  perform hera_internal.audit(p_actor_user_id, p_organization_id, 'hera_transaction_post_v1', 'CALL', v_id,
    jsonb_build_object('transaction_type', v_transaction.transaction_type, 'transaction_code', v_transaction.transaction_code));
  return hera_internal.posted_answer(v_transaction, false);
end
$$;
revoke all on function public.hera_transaction_post_v1(uuid, uuid, jsonb, jsonb, jsonb) from public;
grant execute on function public.hera_transaction_post_v1(uuid, uuid, jsonb, jsonb, jsonb) to hera_api, hera_dba;
comment on function public.hera_transaction_post_v1(uuid, uuid, jsonb, jsonb, jsonb) is
$doc$Posts a business transaction with its lines in one transaction, once and only once.

p_transaction: {transaction_type, smart_code, transaction_code, transaction_date (ISO 8601, UTC where it has no offset; now),
source_entity_id, target_entity_id, total_amount, transaction_status (completed), reference_number, transaction_currency_code,
business_context, metadata, organization_id}. transaction_type and smart_code are required. A total that is not given is the sum of the
lines; postings count only where all lines are postings, and then their debits do.
p_lines: up to 5,000 of {smart_code, line_number (its place), entity_id, line_type, description, quantity, unit_amount, line_amount
(quantity * unit_amount), line_data, organization_id}. Amounts: JSON numbers or strings, exact, at most 18 digits before the point and 12
after. A line whose smart code holds .GL. is a posting: line_data.side is DR or CR, the amount is not negative, and debits equal
credits to the cent in each currency (line_data.currency, else the transaction's). All together at most 1 MiB, nested at most 64.
p_options: idempotency_key (the same key with the same content answers the first transaction and writes nothing; keys of events are
others), publish (true for an event transaction.posted, or a topic of your own; sent with the transaction and its lines).

Answers {success, message, transaction_id, transaction_code, smart_code, total_amount, event_id, duplicate, lines}.
Errors: PT400 guardrail_violation:SMARTCODE_MISSING, SMARTCODE_REGEX_FAIL, ORG_FILTER_MISSING, ORG_FILTER_MISMATCH (an organization_id at
any depth), GL_SIDE_REQUIRED, NEGATIVE_GL_AMOUNT, GL_NOT_BALANCED; PT400 transaction.invalid, transaction.unknown, lines.invalid,
lines.unknown, options.invalid, options.unknown, topic.invalid; PT403; PT404 not_found (an entity); PT413; PT422 idempotency.mismatch.

select hera_transaction_post_v1('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000000',
  '{"transaction_type": "journal", "smart_code": "HERA.FINANCE.TXN.JOURNAL.v1", "transaction_currency_code": "EUR"}',
  '[{"smart_code": "HERA.FINANCE.GL.LINE.v1", "line_amount": 10.50, "line_data": {"side": "DR"}},
    {"smart_code": "HERA.FINANCE.GL.LINE.v1", "line_amount": 10.50, "line_data": {"side": "CR"}}]');$doc$;
