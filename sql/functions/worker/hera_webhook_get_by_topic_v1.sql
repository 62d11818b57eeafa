-- hera_webhook_get_by_topic_v1: the active webhooks of an organization that a topic goes to. No secrets.
-- Caller: worker, DBA.  Errors: PT400 guardrail ORG_FILTER_MISSING, topic.invalid.
create or replace function public.hera_webhook_get_by_topic_v1(p_organization_id uuid, p_topic text)
returns jsonb
language plpgsql
stable security definer
set search_path = pg_catalog, hera, pg_temp
as $$
begin
  if p_organization_id is null then
    perform hera_internal.guardrail('ORG_FILTER_MISSING', 'Pass p_organization_id.');
  elsif coalesce(p_topic, '') = '' then
    perform hera_internal.fail(400, 'topic.invalid', 'p_topic is required', 'For example shop.order.paid.');
  end if;
  return (
    select coalesce(jsonb_agg(jsonb_build_object(
        'id', w.id, 'organization_id', w.organization_id, 'url', w.url, 'topics', to_jsonb(w.topics), 'filter', w.filter,
        'connector_code', w.connector_code, 'ordering', w.ordering, 'timeout_ms', w.timeout_ms,
        'rate_limit_per_second', w.rate_limit_per_second,
        'retry_policy', jsonb_build_object('max_attempts', w.max_attempts, 'backoff_factor', w.backoff_factor,
          'initial_delay_ms', w.initial_delay_ms, 'max_delay_ms', w.max_delay_ms)) order by w.webhook_no), '[]')
    from hera.webhooks w
    where w.organization_id = p_organization_id and w.status = 'active'
      and hera_internal.topic_matches(p_topic, w.topic_starts));
end
$$;
revoke all on function public.hera_webhook_get_by_topic_v1(uuid, text) from public;
grant execute on function public.hera_webhook_get_by_topic_v1(uuid, text) to hera_worker, hera_dba;
comment on function public.hera_webhook_get_by_topic_v1(uuid, text) is
$doc$The active webhooks of p_organization_id whose topics match p_topic (<source>.<type>); filters are judged per event, not here.
Answers [{id, organization_id, url, topics, filter, connector_code, ordering, timeout_ms, rate_limit_per_second, retry_policy}].
Errors: PT400 guardrail_violation:ORG_FILTER_MISSING, topic.invalid.

select hera_webhook_get_by_topic_v1('00000000-0000-0000-0000-000000000000', 'shop.order.paid');$doc$;
