-- PostgreSQL 15
CREATE SCHEMA hera;
ALTER SCHEMA hera OWNER TO hera_owner;
CREATE SCHEMA hera_internal;
ALTER SCHEMA hera_internal OWNER TO hera_owner;
CREATE EXTENSION IF NOT EXISTS pgcrypto WITH SCHEMA public;
COMMENT ON EXTENSION pgcrypto IS 'cryptographic functions';
CREATE TYPE hera_internal.backlog AS (
	organization_id uuid,
	webhook_no integer,
	pending bigint,
	waiting bigint,
	in_flight bigint,
	failed bigint,
	delayed bigint,
	due bigint,
	oldest_due_at timestamp with time zone
);
ALTER TYPE hera_internal.backlog OWNER TO hera_owner;
CREATE TYPE hera_internal.delivery AS (
	id uuid,
	event_id uuid,
	webhook_id uuid,
	status text,
	reason text,
	attempts integer,
	last_status_code integer,
	last_error text,
	next_attempt_at timestamp with time zone,
	settled_at timestamp with time zone,
	connector_code text,
	action text
);
ALTER TYPE hera_internal.delivery OWNER TO hera_owner;
CREATE TYPE hera_internal.delivery_figures AS (
	hour timestamp with time zone,
	organization_id uuid,
	webhook_id uuid,
	url text,
	status text,
	attempts bigint,
	delivered bigint,
	retries bigint,
	status_2xx bigint,
	status_3xx bigint,
	status_4xx bigint,
	status_5xx bigint,
	no_answer bigint,
	success_rate numeric,
	duration_p50_ms numeric,
	duration_p95_ms numeric
);
ALTER TYPE hera_internal.delivery_figures OWNER TO hera_owner;
CREATE TYPE hera_internal.inbound_party AS (
	organization_id uuid,
	installation_id uuid,
	version integer,
	status text,
	accounts text[],
	trust text
);
ALTER TYPE hera_internal.inbound_party OWNER TO hera_owner;
CREATE TYPE hera_internal.monitor_filter AS (
	since timestamp with time zone,
	until timestamp with time zone,
	webhook_id uuid,
	event_source text,
	max_rows integer
);
ALTER TYPE hera_internal.monitor_filter OWNER TO hera_owner;
CREATE TYPE hera_internal.outbox_batch AS (
	organization_ids uuid[],
	delivery_ids uuid[],
	attempts smallint[],
	base_attempts smallint[]
);
ALTER TYPE hera_internal.outbox_batch OWNER TO hera_owner;
CREATE TYPE hera_internal.outbox_results AS (
	status_codes integer[],
	durations_ms integer[],
	response_bodies text[],
	errors text[],
	retry_after_s integer[]
);
ALTER TYPE hera_internal.outbox_results OWNER TO hera_owner;
CREATE TYPE hera_internal.replay_plan AS (
	kind text,
	webhook_id uuid,
	webhook_no integer,
	delivery_id uuid,
	since timestamp with time zone,
	until timestamp with time zone,
	per_second numeric
);
ALTER TYPE hera_internal.replay_plan OWNER TO hera_owner;
CREATE FUNCTION hera_internal.accept_event(p_actor_user_id uuid, p_organization_id uuid, p_source text, p_type text, p_data jsonb, p_connector_code text, p_key text, p_smart_code text, p_traceparent text DEFAULT NULL::text) RETURNS jsonb
    LANGUAGE plpgsql
    AS $$
declare
  v_json constant json := to_json(p_data);
  v_text constant text := v_json::text;
  v_candidates text[];
  v_now timestamptz;
  v_id uuid;
  v_smart_code text := p_smart_code;
  v_connector record;
  v_installation_id uuid;
  v_definition_id uuid;
  -- Numbers of webhooks, those of fifo webhooks raised by 65536 and those of disabled ones by 131072.
  v_matched int[];
  v_ready int[];
  v_fifo int[];
  v_deliveries int;
  v_answer jsonb;
  v_fault jsonb := hera_internal.event_fault(p_source, p_type, p_data, v_text, p_connector_code, p_key, p_smart_code);
begin
  if v_fault is null and p_connector_code is not null then
    v_connector := hera_internal.event_connector(p_organization_id, p_connector_code);
    v_fault := v_connector.fault;
    v_installation_id := v_connector.installation_id;
    v_definition_id := v_connector.definition_id;
    v_smart_code := coalesce(v_smart_code, v_connector.smart_codes ->> p_type);
  end if;
  if v_fault is not null then
    return v_fault;
  end if;
  v_now := hera_internal.now();
  v_id := hera_internal.new_id(v_now);
  v_smart_code := coalesce(v_smart_code, hera_internal.event_smart_code(p_source, p_type));
  if p_key is not null then
    insert into hera.idempotency_keys (organization_id, idempotency_key, event_id, content_hash)
    values (p_organization_id, p_key, v_id, hera_internal.content_hash(p_source, p_type, p_connector_code, v_text))
    on conflict do nothing;
    if not found then
      return hera_internal.repeated_event(
        p_organization_id, p_key, hera_internal.content_hash(p_source, p_type, p_connector_code, v_text),
        p_source, p_type, p_connector_code, p_data);
    end if;
  end if;
  v_candidates := hera_internal.topic_candidates(p_source || '.' || p_type);
  v_matched := array(
    select w.webhook_no + case when w.status = 'disabled' then 131072 when w.ordering = 'fifo' then 65536 else 0 end
    from hera.webhooks w
    where w.organization_id = p_organization_id
      and w.status <> 'inactive'
      and w.topics && v_candidates
      and (w.connector_code is null or w.connector_code = p_connector_code)
      and (w.filter is null or jsonb_path_match(p_data, w.filter, '{}', true)));
  v_ready := v_matched;
  v_deliveries := cardinality(v_matched);
  if 65535 < any (v_matched) then
    v_ready := array(select n from unnest(v_matched) n where n <= 65535);
    v_fifo := array(select n - 65536 from unnest(v_matched) n where n between 65536 and 131071);
    v_deliveries := cardinality(v_ready) + cardinality(v_fifo);
    perform hera_internal.enqueue_aside(p_organization_id, v_id, v_fifo,
      array(select n - 131072 from unnest(v_matched) n where n >= 131072), v_now);
  end if;
  insert into hera.events (
    organization_id, id, created_at, created_by, installation_id, deliveries, status, event_source, event_type, smart_code,
    connector_code, idempotency_key, event_data, traceparent)
  values (p_organization_id, v_id, v_now, p_actor_user_id, v_installation_id, v_deliveries, 'processed', p_source, p_type, v_smart_code,
    p_connector_code, p_key, v_json, p_traceparent);
  if v_deliveries > 0 then
    insert into hera.outbox_ready (organization_id, delivery_id, attempt, base_attempt)
    select p_organization_id, hera_internal.delivery_id(v_id, webhook_no), 1, 0 from unnest(v_ready) webhook_no;
  end if;
  v_answer := jsonb '{"success": true, "message": "event accepted", "connector_id": null, "connector_installed": false,
    "transaction_id": null, "duplicate": false}'
    || jsonb_build_object('event_id', v_id, 'smart_code', v_smart_code, 'deliveries', v_deliveries);
  if p_connector_code is not null then
    v_answer := v_answer || jsonb_build_object(
      'connector_id', coalesce(v_installation_id, v_definition_id), 'connector_installed', v_installation_id is not null);
  end if;
  return v_answer;
end
$$;
ALTER FUNCTION hera_internal.accept_event(p_actor_user_id uuid, p_organization_id uuid, p_source text, p_type text, p_data jsonb, p_connector_code text, p_key text, p_smart_code text, p_traceparent text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.accept_event(p_actor_user_id uuid, p_organization_id uuid, p_source text, p_type text, p_data jsonb, p_connector_code text, p_key text, p_smart_code text, p_traceparent text) IS 'Stores an event once and enqueues its deliveries; the answer or the fault.';
CREATE FUNCTION hera_internal.accept_event_with_transaction(p_actor_user_id uuid, p_organization_id uuid, p_source text, p_type text, p_data jsonb, p_connector_code text, p_key text, p_smart_code text, p_traceparent text) RETURNS jsonb
    LANGUAGE plpgsql
    AS $$
declare
  v_transaction constant jsonb := hera_internal.transaction_of_event(p_type, p_data, p_smart_code);
  v_lines constant jsonb := case when jsonb_typeof(p_data -> 'lines') = 'array' then p_data -> 'lines' else '[]' end;
  v_answer jsonb;
  v_transaction_id uuid;
begin
  v_answer := coalesce(
    hera_internal.event_fault(p_source, p_type, p_data, p_data::text, p_connector_code, p_key, p_smart_code),
    hera_internal.transaction_fault(p_organization_id, v_transaction, v_lines),
    hera_internal.accept_event(
      p_actor_user_id, p_organization_id, p_source, p_type, p_data, p_connector_code, p_key, p_smart_code, p_traceparent));
  if v_answer ? 'error' or (v_answer ->> 'duplicate')::boolean then
    return v_answer;
  end if;
  v_transaction_id := hera_internal.store_transaction(p_actor_user_id, p_organization_id, v_transaction, v_lines, null, null);
  perform hera_internal.link_event(p_organization_id, (v_answer ->> 'event_id')::uuid, v_transaction_id);
  return v_answer || jsonb_build_object('transaction_id', v_transaction_id);
end
$$;
ALTER FUNCTION hera_internal.accept_event_with_transaction(p_actor_user_id uuid, p_organization_id uuid, p_source text, p_type text, p_data jsonb, p_connector_code text, p_key text, p_smart_code text, p_traceparent text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.accept_event_with_transaction(p_actor_user_id uuid, p_organization_id uuid, p_source text, p_type text, p_data jsonb, p_connector_code text, p_key text, p_smart_code text, p_traceparent text) IS 'Stores an event and the transaction within its data; the answer or the fault.';
CREATE FUNCTION hera_internal.accept_events(p_actor_user_id uuid, p_organization_id uuid, p_items jsonb[], p_faults jsonb[], p_traceparent text DEFAULT NULL::text) RETURNS jsonb[]
    LANGUAGE plpgsql
    AS $$
declare
  v_answers jsonb[] := p_faults;
  v_events hera.events[];
  v_hashes bytea[];
  v_definitions uuid[];
  v_event hera.events;
  v_connector record;
  v_connector_code text;
  v_data jsonb;
  v_text text;
  v_fault jsonb;
  v_claimed uuid[];
  v_places int[];
  v_counts int[];
begin
  for i in 1 .. cardinality(p_items)
  loop
    v_event := null;
    v_hashes[i] := null;
    v_definitions[i] := null;
    if v_answers[i] is null then
      v_event.event_source := p_items[i] ->> 'event_source';
      v_event.event_type := p_items[i] ->> 'event_type';
      v_event.traceparent := p_traceparent;
      v_event.connector_code := p_items[i] ->> 'connector_code';
      v_event.idempotency_key := p_items[i] ->> 'idempotency_key';
      v_event.smart_code := p_items[i] ->> 'smart_code';
      v_event.occurred_at := (p_items[i] ->> 'occurred_at')::timestamptz;
      v_event.inbound_request_id := (p_items[i] ->> 'inbound_request_id')::uuid;
      v_data := coalesce(p_items[i] -> 'event_data', '{}');
      v_text := v_data::text;
      v_event.event_data := v_text::json;
      v_fault := hera_internal.event_fault(v_event.event_source, v_event.event_type, v_data, v_text,
        v_event.connector_code, v_event.idempotency_key, v_event.smart_code);
      if v_fault is null and v_event.connector_code is not null then
        if v_connector_code is distinct from v_event.connector_code then
          v_connector_code := v_event.connector_code;
          v_connector := hera_internal.event_connector(p_organization_id, v_connector_code);
        end if;
        v_fault := v_connector.fault;
        v_event.installation_id := v_connector.installation_id;
        v_event.smart_code := coalesce(v_event.smart_code, v_connector.smart_codes ->> v_event.event_type);
        v_definitions[i] := v_connector.definition_id;
      end if;
      v_answers[i] := v_fault;
      if v_fault is null then
        v_event.created_at := hera_internal.now();
        v_event.id := hera_internal.new_id(v_event.created_at);
        v_event.smart_code := coalesce(v_event.smart_code, hera_internal.event_smart_code(v_event.event_source, v_event.event_type));
        if v_event.idempotency_key is not null then
          v_hashes[i] := hera_internal.content_hash(v_event.event_source, v_event.event_type, v_event.connector_code, v_text);
        end if;
      end if;
    end if;
    v_events[i] := v_event;
  end loop;
  with claimed as (
    insert into hera.idempotency_keys (organization_id, idempotency_key, event_id, content_hash)
    select p_organization_id, e.idempotency_key, e.id, h.hash
    from unnest(v_events) with ordinality as e
    join unnest(v_hashes) with ordinality as h (hash, nth) on h.nth = e.ordinality
    where h.hash is not null
    order by e.idempotency_key, e.ordinality
    on conflict do nothing
    returning event_id
  )
  select array_agg(event_id) into v_claimed from claimed;
  -- What is stored: no fault, and no key or the key's first event.
  select array_agg(e.ordinality order by e.ordinality) into v_places
  from unnest(v_events) with ordinality as e
  where v_answers[e.ordinality] is null and (e.idempotency_key is null or e.id = any (v_claimed));
  v_counts := hera_internal.store_events(p_actor_user_id, p_organization_id, v_events, v_places);
  for i in 1 .. cardinality(p_items)
  loop
    if v_answers[i] is null then
      v_event := v_events[i];
      v_answers[i] := case
        when v_counts[i] is null then hera_internal.repeated_event(p_organization_id, v_event.idempotency_key, v_hashes[i],
          v_event.event_source, v_event.event_type, v_event.connector_code, v_event.event_data::jsonb)
        else jsonb_build_object(
          'success', true, 'message', 'event accepted', 'event_id', v_event.id, 'smart_code', v_event.smart_code,
          'connector_id', coalesce(v_event.installation_id, v_definitions[i]), 'connector_installed', v_event.installation_id is not null,
          'transaction_id', null, 'duplicate', false, 'deliveries', v_counts[i]) end;
    end if;
  end loop;
  return v_answers;
end
$$;
ALTER FUNCTION hera_internal.accept_events(p_actor_user_id uuid, p_organization_id uuid, p_items jsonb[], p_faults jsonb[], p_traceparent text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.accept_events(p_actor_user_id uuid, p_organization_id uuid, p_items jsonb[], p_faults jsonb[], p_traceparent text) IS 'Stores many events once and enqueues their deliveries.';
CREATE FUNCTION hera_internal.accept_events_in_turn(p_actor_user_id uuid, p_organization_id uuid, p_items jsonb[], p_faults jsonb[], p_traceparent text) RETURNS jsonb[]
    LANGUAGE plpgsql
    AS $$
declare
  v_answers jsonb[] := p_faults;
  v_item jsonb;
begin
  for i in 1 .. cardinality(p_items)
  loop
    v_item := p_items[i];
    v_answers[i] := coalesce(
      v_answers[i],
      case when v_item #> '{options,create_transaction}' = 'true' then
        hera_internal.accept_event_with_transaction(p_actor_user_id, p_organization_id, v_item ->> 'event_source', v_item ->> 'event_type',
          coalesce(v_item -> 'event_data', '{}'), v_item ->> 'connector_code', v_item ->> 'idempotency_key', v_item ->> 'smart_code',
          p_traceparent) end,
      hera_internal.accept_event(p_actor_user_id, p_organization_id, v_item ->> 'event_source', v_item ->> 'event_type',
        coalesce(v_item -> 'event_data', '{}'), v_item ->> 'connector_code', v_item ->> 'idempotency_key', v_item ->> 'smart_code',
        p_traceparent));
  end loop;
  return v_answers;
end
$$;
ALTER FUNCTION hera_internal.accept_events_in_turn(p_actor_user_id uuid, p_organization_id uuid, p_items jsonb[], p_faults jsonb[], p_traceparent text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.accept_events_in_turn(p_actor_user_id uuid, p_organization_id uuid, p_items jsonb[], p_faults jsonb[], p_traceparent text) IS 'Takes in the items of a batch one after the other.';
CREATE FUNCTION hera_internal.account_values(p_accounts text[], p_prefixes jsonb) RETURNS text[]
    LANGUAGE sql IMMUTABLE
    AS $$
  select array(
    select distinct x.prefix || hera_internal.plain_account(a, p_prefixes)
    from unnest(p_accounts) a
    cross join (select '' as prefix union all select jsonb_array_elements_text(p_prefixes)) x);
$$;
ALTER FUNCTION hera_internal.account_values(p_accounts text[], p_prefixes jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.account_values(p_accounts text[], p_prefixes jsonb) IS 'Accounts with and without prefixes.';
CREATE FUNCTION hera_internal.action_of(p_config jsonb, p_action text) RETURNS jsonb
    LANGUAGE sql IMMUTABLE
    RETURN (SELECT a.value AS a FROM jsonb_array_elements((action_of.p_config -> 'actions'::text)) a(value) WHERE ((a.value ->> 'code'::text) = action_of.p_action) LIMIT 1);
ALTER FUNCTION hera_internal.action_of(p_config jsonb, p_action text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.action_of(p_config jsonb, p_action text) IS 'An action of a definition.';
CREATE FUNCTION hera_internal.actions_fault(p_config jsonb) RETURNS text
    LANGUAGE plpgsql IMMUTABLE
    AS $_$
declare
  v_action jsonb;
  v_path text;
  v_fault text;
  v_name text;
begin
  for v_action in select a.value from jsonb_array_elements(p_config -> 'actions') a
  loop
    v_path := 'connector_config.actions ' || (v_action ->> 'code');
    if jsonb_array_length(jsonb_path_query_array(p_config, '$.actions[*] ? (@.code == $c)', jsonb_build_object('c', v_action -> 'code'))) > 1 then
      return v_path || ' is there twice';
    end if;
    v_fault := hera_internal.schema_keywords_fault(v_path || '.input_schema', coalesce(v_action -> 'input_schema', '{}'));
    if v_fault is not null then
      return v_fault;
    end if;
    select split_part(btrim(split_part(m[1], '|', 1)), '.', 2) into v_name
    from regexp_matches(
      concat_ws(' ', v_action ->> 'url', v_action -> 'headers', v_action -> 'query', v_action -> 'body'), '\{\{\s*(input\.[^{}]*)\}\}', 'g') m
    where v_action #> array['input_schema', 'properties', split_part(btrim(split_part(m[1], '|', 1)), '.', 2)] is null
    limit 1;
    if found then
      return format('%s sends {{input.%s}}, which its input_schema does not list', v_path, v_name);
    end if;
    select btrim(split_part(m[1], '|', 2)) into v_name
    from regexp_matches(v_action::text, '\{\{([^{}]*\|[^{}]*)\}\}', 'g') m
    where btrim(split_part(m[1], '|', 2)) not in ('escape_linkedin', 'urn_id', 'base64')
    limit 1;
    if found then
      return format('%s has an unknown filter %s; known are escape_linkedin, urn_id, base64', v_path, v_name);
    elsif v_action ->> 'body_format' = 'form' and (
      jsonb_typeof(v_action -> 'body') <> 'object' or exists (select from jsonb_each(v_action -> 'body') b where jsonb_typeof(b.value) <> 'string')) then
      return v_path || '.body of a form must be an object of texts';
    end if;
    select r.key into v_name from jsonb_each_text(v_action -> 'result_map') r where r.value !~ '^(\$|header:[A-Za-z0-9-]+$)' limit 1;
    if found then
      return format('%s.result_map.%s must be a jsonpath or header:NAME', v_path, v_name);
    end if;
    perform (r.value)::jsonpath from jsonb_each_text(v_action -> 'result_map') r where r.value like '$%';
  end loop;
  return null;
exception
  when syntax_error then
    return v_path || '.result_map is no jsonpath: ' || sqlerrm;
end
$_$;
ALTER FUNCTION hera_internal.actions_fault(p_config jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.actions_fault(p_config jsonb) IS 'The fault of the actions of a definition, or null.';
CREATE FUNCTION hera_internal.acts_for_any() RETURNS boolean
    LANGUAGE sql STABLE
    RETURN ((SESSION_USER = 'hera_api'::name) OR pg_has_role(SESSION_USER, 'hera_api'::name, 'member'::text) OR pg_has_role(SESSION_USER, 'hera_dba'::name, 'member'::text));
ALTER FUNCTION hera_internal.acts_for_any() OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.acts_for_any() IS 'True for the API, administrators and superusers.';
CREATE FUNCTION hera_internal.add_links(p_actor_user_id uuid, p_organization_id uuid, p_from_id uuid, p_type text, p_to_ids uuid[]) RETURNS void
    LANGUAGE plpgsql
    AS $$
begin
  insert into hera.core_relationships (
    organization_id, from_entity_id, to_entity_id, relationship_type, smart_code, created_by, updated_by)
  select p_organization_id, p_from_id, t.id, p_type, 'HERA.INTEGRATION.REL.' || p_type || '.v1', p_actor_user_id, p_actor_user_id
  from unnest(p_to_ids) t (id)
  on conflict do nothing;
end
$$;
ALTER FUNCTION hera_internal.add_links(p_actor_user_id uuid, p_organization_id uuid, p_from_id uuid, p_type text, p_to_ids uuid[]) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.add_links(p_actor_user_id uuid, p_organization_id uuid, p_from_id uuid, p_type text, p_to_ids uuid[]) IS 'Adds active links of a type.';
CREATE TABLE hera.replay_jobs (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    webhook_id uuid NOT NULL,
    kind text NOT NULL,
    request jsonb NOT NULL,
    status text NOT NULL,
    status_reason text,
    per_second numeric NOT NULL,
    spent_until timestamp with time zone NOT NULL,
    total integer NOT NULL,
    queued integer DEFAULT 0 NOT NULL,
    skipped integer DEFAULT 0 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by uuid NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    updated_by uuid NOT NULL,
    finished_at timestamp with time zone,
    CONSTRAINT replay_jobs_kind_check CHECK ((kind = ANY (ARRAY['delivery'::text, 'dead_letters'::text, 'period'::text, 'missed'::text]))),
    CONSTRAINT replay_jobs_status_check CHECK ((status = ANY (ARRAY['running'::text, 'paused'::text, 'cancelled'::text, 'completed'::text])))
);
ALTER TABLE ONLY hera.replay_jobs FORCE ROW LEVEL SECURITY;
ALTER TABLE hera.replay_jobs OWNER TO hera_owner;
COMMENT ON TABLE hera.replay_jobs IS 'Replays of a webhook''s deliveries. queued and skipped add up to the position that the job has come to.';
CREATE FUNCTION hera_internal.advance_replay(p_job hera.replay_jobs, p_limit integer, p_now timestamp with time zone) RETURNS integer
    LANGUAGE plpgsql
    AS $$
declare
  v_spent timestamptz := greatest(p_job.spent_until,
    p_now - greatest(interval '10 seconds', 1 / p_job.per_second::float8 * interval '1 second'));
  v_left int := p_job.total - p_job.queued - p_job.skipped;
  v_count int := least(p_limit, v_left, floor(extract(epoch from p_now - v_spent) * p_job.per_second)::int);
  v_status text;
  v_queued int;
begin
  select w.status into v_status from hera.webhooks w where w.organization_id = p_job.organization_id and w.id = p_job.webhook_id;
  if v_status <> 'active' then
    update hera.replay_jobs j set status = 'paused', status_reason = 'webhook_' || v_status, updated_at = p_now
    where j.organization_id = p_job.organization_id and j.id = p_job.id;
    return 0;
  elsif v_count < 1 or not pg_try_advisory_xact_lock(hashtextextended('hera.replay.' || p_job.webhook_id, 0)) then
    -- Another replay of the webhook is at it.
    return 0;
  end if;
  v_queued := hera_internal.queue_replay(p_job, v_count);
  update hera.replay_jobs j set
    queued = j.queued + v_queued, skipped = j.skipped + v_count - v_queued,
    spent_until = v_spent + v_count / j.per_second::float8 * interval '1 second',
    status = case when v_count = v_left then 'completed' else j.status end,
    finished_at = case when v_count = v_left then p_now end,
    updated_at = p_now
  where j.organization_id = p_job.organization_id and j.id = p_job.id;
  return v_count;
end
$$;
ALTER FUNCTION hera_internal.advance_replay(p_job hera.replay_jobs, p_limit integer, p_now timestamp with time zone) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.advance_replay(p_job hera.replay_jobs, p_limit integer, p_now timestamp with time zone) IS 'Advances a replay.';
CREATE FUNCTION hera_internal.allowed_networks() RETURNS cidr[]
    LANGUAGE sql STABLE
    AS $$
  select coalesce(array_agg(n::cidr), '{}')
  from jsonb_array_elements_text(coalesce(hera_internal.platform_settings() #> '{webhook,allowed_networks}', '[]')) n;
$$;
ALTER FUNCTION hera_internal.allowed_networks() OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.allowed_networks() IS 'Networks that the platform allows for webhooks.';
CREATE FUNCTION hera_internal.amount_fault(p_amount jsonb) RETURNS text
    LANGUAGE plpgsql IMMUTABLE
    AS $_$
begin
  if p_amount is null or p_amount = 'null'
    or jsonb_typeof(p_amount) in ('number', 'string') and p_amount #>> '{}' ~ '^-?[0-9]{1,18}(\.[0-9]{1,12})?$' then
    return null;
  end if;
  return 'must be a decimal number with at most 18 digits before the point and 12 after it';
end
$_$;
ALTER FUNCTION hera_internal.amount_fault(p_amount jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.amount_fault(p_amount jsonb) IS 'The fault of an amount, or null; an absent one (null) has none.';
CREATE FUNCTION hera_internal.api_key_hash(p_key text) RETURNS bytea
    LANGUAGE sql IMMUTABLE
    RETURN sha256(convert_to(p_key, 'UTF8'::name));
ALTER FUNCTION hera_internal.api_key_hash(p_key text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.api_key_hash(p_key text) IS 'SHA-256 of an API key.';
CREATE FUNCTION hera_internal.api_keys_json(p_organization_id uuid, p_id uuid) RETURNS jsonb
    LANGUAGE sql STABLE
    AS $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'id', k.id, 'name', k.name, 'prefix', k.prefix, 'role', m.role,
    'status', case
      when k.key_hash is null then 'revoked'
      when m.expires_at <= hera_internal.now() then 'expired'
      else 'active' end,
    'created_at', m.created_at, 'created_by', m.created_by, 'expires_at', m.expires_at, 'last_used_at', k.last_used_at)
    order by m.created_at, k.id), '[]')
  from hera.api_keys k
  join hera.memberships m on m.organization_id = k.organization_id and m.user_entity_id = k.id
  where k.organization_id = p_organization_id and (p_id is null or k.id = p_id);
$$;
ALTER FUNCTION hera_internal.api_keys_json(p_organization_id uuid, p_id uuid) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.api_keys_json(p_organization_id uuid, p_id uuid) IS 'API keys as a JSON array; none shows more than its prefix.';
CREATE FUNCTION hera_internal.apply_retention(p_now timestamp with time zone) RETURNS jsonb
    LANGUAGE plpgsql
    AS $$
declare
  v_batch constant int := 5000;
  v_started constant timestamptz := clock_timestamp();
  v_policy record;
  v_rows int;
  v_deleted jsonb := jsonb '{}';
  v_more boolean := false;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('hera.retention', 0)) then
    return jsonb '{"deleted": {}, "more": true}';
  end if;
  for v_policy in
    select p.organization_id, p.kind, p.before, coalesce(g.done_before, '-infinity') as done_before
    from (
      select x.organization_id, x.kind, date_trunc('day', p_now at time zone 'UTC') at time zone 'UTC'
        - make_interval(days => x.days + (
          x.kind in ('events', 'attempts', 'inbound_requests') and x.days = max(x.days) over w and count(x.days) over w = count(*) over w)::int) as before
      from hera_internal.retention_policies() x
      window w as (partition by x.kind)) p
    left join hera.retention_progress g on g.organization_id = p.organization_id and g.kind = p.kind
    where p.before > coalesce(g.done_before, '-infinity')
    -- Dead letters before the events that they keep.
    order by p.kind <> 'dead_letters', g.done_before nulls first, p.organization_id, p.kind
  loop
    if clock_timestamp() > v_started + interval '20 seconds' then
      v_more := true;
      exit;
    end if;
    v_rows := hera_internal.purge_rows(v_policy.organization_id, v_policy.kind, v_policy.done_before, v_policy.before, v_batch);
    if v_rows > 0 then
      v_deleted := v_deleted || jsonb_build_object(v_policy.kind, coalesce((v_deleted -> v_policy.kind)::int, 0) + v_rows);
    end if;
    if v_rows >= v_batch then
      v_more := true;
    else
      insert into hera.retention_progress as g (organization_id, kind, done_before)
      values (v_policy.organization_id, v_policy.kind, v_policy.before)
      on conflict (organization_id, kind) do update set done_before = excluded.done_before;
    end if;
  end loop;
  return jsonb_build_object('deleted', v_deleted, 'more', v_more);
end
$$;
ALTER FUNCTION hera_internal.apply_retention(p_now timestamp with time zone) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.apply_retention(p_now timestamp with time zone) IS 'Deletes rows that are older than policies allow.';
CREATE FUNCTION hera_internal.assign_connector(p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_code text) RETURNS jsonb
    LANGUAGE plpgsql
    AS $$
declare
  v_definition record := hera_internal.definition_of(p_code);
  v_installation record;
begin
  if p_operation = 'ASSIGN' then
    perform hera_internal.add_links(p_actor_user_id, p_organization_id, p_organization_id, 'ORG_AUTHORIZED_FOR', array[v_definition.id]);
  else
    perform hera_internal.end_links(p_actor_user_id, p_organization_id, array(
      select r.id from hera.core_relationships r
      where r.organization_id = p_organization_id and r.from_entity_id = p_organization_id and r.to_entity_id = v_definition.id
        and r.relationship_type = 'ORG_AUTHORIZED_FOR' and r.is_active));
    v_installation := hera_internal.installation_of(p_organization_id, p_code);
    if v_installation.status <> 'inactive' and (v_definition.config -> 'requires_assignment')::boolean then
      perform hera_internal.set_installation_status(p_actor_user_id, p_organization_id, v_installation.id, 'paused');
      perform hera_internal.keep_tasks(p_organization_id, v_installation.id);
    end if;
  end if;
  perform hera_internal.audit(p_actor_user_id, p_organization_id, 'hera_integration_connector_v1', p_operation, v_definition.id,
    jsonb_build_object('code', p_code));
  return jsonb_build_object('success', true, 'assignment', jsonb_build_object(
    'code', p_code, 'organization_id', p_organization_id, 'assigned', p_operation = 'ASSIGN'));
end
$$;
ALTER FUNCTION hera_internal.assign_connector(p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_code text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.assign_connector(p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_code text) IS 'Authorizes an organization for a definition, or takes that back.';
CREATE FUNCTION hera_internal.attempt_id(p_delivery_id uuid, p_attempt smallint) RETURNS uuid
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (encode(OVERLAY(uuid_send(p_delivery_id) PLACING SUBSTRING(int2send(p_attempt) FROM 2) FROM 16 FOR 1), 'hex'::text))::uuid;
ALTER FUNCTION hera_internal.attempt_id(p_delivery_id uuid, p_attempt smallint) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.attempt_id(p_delivery_id uuid, p_attempt smallint) IS 'The attempt id of a delivery id and an attempt number (1 to 255).';
CREATE FUNCTION hera_internal.audit(p_actor_user_id uuid, p_organization_id uuid, p_function text, p_operation text, p_target_id uuid, p_detail jsonb) RETURNS void
    LANGUAGE plpgsql
    AS $$
declare
  v_now timestamptz := hera_internal.now();
  v_id uuid := hera_internal.new_id(v_now);
begin
  insert into hera.audit_log (organization_id, id, created_at, actor_user_id, function_name, operation, target_id, detail)
  values (p_organization_id, v_id, v_now, p_actor_user_id, p_function, p_operation, p_target_id, p_detail);
  insert into hera.audit_pending (organization_id, id) values (p_organization_id, v_id);
end
$$;
ALTER FUNCTION hera_internal.audit(p_actor_user_id uuid, p_organization_id uuid, p_function text, p_operation text, p_target_id uuid, p_detail jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.audit(p_actor_user_id uuid, p_organization_id uuid, p_function text, p_operation text, p_target_id uuid, p_detail jsonb) IS 'Appends a row to hera.audit_log.';
CREATE FUNCTION hera_internal.audit_chain_faults(p_organization_id uuid) RETURNS TABLE(fault text, seal_no bigint, row_id uuid)
    LANGUAGE sql STABLE
    AS $$
  with seal as materialized (
    select s.*, lag(s.seal_no) over w as before_no, lag(s.hash) over w as before_hash
    from hera.audit_seals s
    where s.organization_id = p_organization_id
    window w as (order by s.seal_no)
  ), member as materialized (
    select s.seal_no, m.id, m.hash
    from seal s
    cross join unnest(s.ids, s.row_hashes) as m (id, hash)
  )
  select 'seal_missing', s.before_no + 1, null::uuid from seal s where s.before_no < s.seal_no - 1
  union all
  select 'seal_changed', s.seal_no, null
  from seal s
  where s.hash <> hera_internal.audit_seal_hash(s.organization_id, s.seal_no, s.sealed_at, s.ids, s.row_hashes, s.previous_hash)
    or cardinality(s.ids) <> cardinality(s.row_hashes)
  union all
  select 'chain_broken', s.seal_no, null from seal s where s.before_no = s.seal_no - 1 and s.previous_hash <> s.before_hash
  union all
  select 'head_cut', s.seal_no - 1, null
  from seal s
  where s.before_no is null and (s.seal_no > 1 or s.previous_hash <> '')
    and not exists (
      select from hera.audit_log l
      where l.organization_id = p_organization_id and l.function_name = 'hera_outbox_maintain_v1' and l.operation = 'PURGE_AUDIT'
        and l.detail @> jsonb_build_object('to_seal', s.seal_no - 1, 'hash', encode(s.previous_hash, 'hex')))
  union all
  select case when l.id is null then 'row_deleted' else 'row_changed' end, m.seal_no, m.id
  from member m
  left join hera.audit_log l on l.organization_id = p_organization_id and l.id = m.id
  where l.id is null or m.hash <> hera_internal.audit_row_hash(l)
  union all
  select 'row_inserted', null, l.id
  from hera.audit_log l
  where l.organization_id = p_organization_id
    and not exists (select from member m where m.id = l.id)
    and not exists (select from hera.audit_pending p where p.organization_id = p_organization_id and p.id = l.id);
$$;
ALTER FUNCTION hera_internal.audit_chain_faults(p_organization_id uuid) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.audit_chain_faults(p_organization_id uuid) IS 'Faults of an organization''s audit trail.';
CREATE FUNCTION hera_internal.audit_head_faults(p_organization_id uuid, p_anchor jsonb) RETURNS TABLE(fault text, seal_no bigint, row_id uuid)
    LANGUAGE plpgsql
    AS $$
declare
  v_head hera.audit_seals;
  v_witness jsonb;
begin
  select * into v_head
  from hera.audit_seals s
  where s.organization_id = p_organization_id
  order by s.seal_no desc
  limit 1;
  -- A seal vouches for those before it, so witnesses of the last months do, and for a chain that has rested longer those since its head.
  perform hera_internal.set_tenant(hera_internal.platform_id());
  select jsonb_agg(l.detail #> array['heads', p_organization_id::text]) into v_witness
  from hera.audit_log l
  where l.organization_id = hera_internal.platform_id() and l.function_name = 'hera_audit_seal_v1'
    and l.id >= hera_internal.id_floor(least(coalesce(v_head.sealed_at, '1970-01-01'), hera_internal.now() - interval '90 days'))
    and l.detail #> array['heads', p_organization_id::text] is not null;
  perform hera_internal.set_tenant(p_organization_id);
  return query
  select case when k.no > coalesce(v_head.seal_no, 0) then 'tail_cut' else 'seal_changed' end, k.no, null::uuid
  from (
    select distinct (w ->> 'seal_no')::bigint as no, w ->> 'hash' as hash
    from jsonb_array_elements(coalesce(v_witness, '[]') || coalesce(nullif(p_anchor, '{}'), '[]')) w) k
  left join hera.audit_seals s on s.organization_id = p_organization_id and s.seal_no = k.no
  -- What retention removed is vouched for by the seals after it.
  where k.no > coalesce(v_head.seal_no, 0) or encode(s.hash, 'hex') <> k.hash;
end
$$;
ALTER FUNCTION hera_internal.audit_head_faults(p_organization_id uuid, p_anchor jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.audit_head_faults(p_organization_id uuid, p_anchor jsonb) IS 'Faults that only witnesses outside of a chain can tell of.';
CREATE TABLE hera.audit_log (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    actor_user_id uuid,
    login name DEFAULT SESSION_USER NOT NULL,
    function_name text NOT NULL,
    operation text NOT NULL,
    target_id uuid,
    detail jsonb
);
ALTER TABLE ONLY hera.audit_log FORCE ROW LEVEL SECURITY;
ALTER TABLE hera.audit_log OWNER TO hera_owner;
COMMENT ON TABLE hera.audit_log IS 'Append-only trail of administrative calls and of refusals. Policies allow insert and select, nothing else.';
CREATE FUNCTION hera_internal.audit_row_hash(p_row hera.audit_log) RETURNS bytea
    LANGUAGE plpgsql STABLE
    AS $$
begin
  return sha256(convert_to(jsonb_build_array(
    p_row.organization_id, p_row.id, to_char(p_row.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), p_row.actor_user_id,
    p_row.login::text, p_row.function_name, p_row.operation, p_row.target_id, p_row.detail)::text, 'UTF8'));
end
$$;
ALTER FUNCTION hera_internal.audit_row_hash(p_row hera.audit_log) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.audit_row_hash(p_row hera.audit_log) IS 'SHA-256 of an audit row.';
CREATE FUNCTION hera_internal.audit_seal_hash(p_organization_id uuid, p_seal_no bigint, p_sealed_at timestamp with time zone, p_ids uuid[], p_row_hashes bytea[], p_previous_hash bytea) RETURNS bytea
    LANGUAGE plpgsql STABLE
    AS $$
begin
  return sha256(convert_to(
    p_organization_id || '|' || p_seal_no || '|' || to_char(p_sealed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') || '|'
    || array_to_string(p_ids, ',') || '|'
    || (select string_agg(encode(h.hash, 'hex'), ',' order by h.ordinality) from unnest(p_row_hashes) with ordinality h (hash))
    || '|' || encode(p_previous_hash, 'hex'), 'UTF8'));
end
$$;
ALTER FUNCTION hera_internal.audit_seal_hash(p_organization_id uuid, p_seal_no bigint, p_sealed_at timestamp with time zone, p_ids uuid[], p_row_hashes bytea[], p_previous_hash bytea) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.audit_seal_hash(p_organization_id uuid, p_seal_no bigint, p_sealed_at timestamp with time zone, p_ids uuid[], p_row_hashes bytea[], p_previous_hash bytea) IS 'SHA-256 of an audit seal.';
CREATE FUNCTION hera_internal.auth_fault(p_auth jsonb) RETURNS text
    LANGUAGE sql IMMUTABLE
    RETURN CASE WHEN (((p_auth ->> 'type'::text) = 'oauth2'::text) AND (NOT (p_auth ?& ARRAY['authorize'::text, 'token'::text, 'scopes'::text, 'refresh'::text]))) THEN 'connector_config.auth of type oauth2 needs authorize, token, scopes and refresh'::text WHEN (((p_auth ->> 'type'::text) <> 'oauth2'::text) AND (p_auth ?| ARRAY['authorize'::text, 'token'::text, 'scopes'::text, 'refresh'::text, 'token_field'::text])) THEN 'connector_config.auth has keys of oauth2 but another type'::text ELSE NULL::text END;
ALTER FUNCTION hera_internal.auth_fault(p_auth jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.auth_fault(p_auth jsonb) IS 'The fault of the auth part of a definition, or null.';
CREATE FUNCTION hera_internal.authorize(p_actor_user_id uuid, p_organization_id uuid, p_function text, p_operation text) RETURNS text
    LANGUAGE plpgsql
    AS $$
declare
  v_role text;
  v_allowed boolean;
  v_active boolean;
begin
  -- An organization that is missing makes the tenant an empty text.
  if set_config('hera.organization_id', p_organization_id::text, true) = ''
    or p_actor_user_id is null or not hera_internal.acts_for_any() then
    perform hera_internal.check_actor(p_actor_user_id);
    if p_organization_id is null then
      perform hera_internal.guardrail('ORG_FILTER_MISSING', 'Pass p_organization_id.');
    end if;
  end if;
  select m.role, m.organization_active, p.role is not null
  into v_role, v_active, v_allowed
  from hera.memberships m
  left join hera.rpc_permissions p
    on p.function_name = p_function and p.operation = p_operation and p.role = m.role
  where m.organization_id = p_organization_id and m.user_entity_id = p_actor_user_id and m.is_active
    and m.expires_at <= hera_internal.now() is not true;
  if v_active and v_allowed then
    return v_role;
  elsif v_role is null then
    return hera_internal.authorize_platform_admin(p_actor_user_id, p_organization_id, p_function, p_operation);
  elsif not v_active and v_role <> 'platform_admin' then
    perform hera_internal.fail(403, 'organization_suspended', 'The organization is suspended.',
      'A platform admin activates it with hera_organization_v1 ACTIVATE.');
  elsif not v_allowed then
    perform hera_internal.fail(403, 'permission_denied',
      format('The role %s may not run %s of %s.', v_role, p_operation, p_function),
      'An organization admin grants another role with hera_membership_v1.');
  end if;
  return v_role;
end
$$;
ALTER FUNCTION hera_internal.authorize(p_actor_user_id uuid, p_organization_id uuid, p_function text, p_operation text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.authorize(p_actor_user_id uuid, p_organization_id uuid, p_function text, p_operation text) IS 'Raises unless the actor may run the operation in the organization; sets the tenant; returns the role.';
CREATE FUNCTION hera_internal.authorize_platform_admin(p_actor_user_id uuid, p_organization_id uuid, p_function text, p_operation text) RETURNS text
    LANGUAGE plpgsql
    AS $$
begin
  perform hera_internal.set_tenant(hera_internal.platform_id());
  if not exists (
    select from hera.memberships m
    where m.organization_id = hera_internal.platform_id()
      and m.user_entity_id = p_actor_user_id and m.is_active and m.role = 'platform_admin'
      and (m.expires_at is null or m.expires_at > hera_internal.now())) then
    perform hera_internal.fail(403, 'actor_not_member', 'The actor is not an active member of the organization.',
      'Choose an organization of the memberships that hera_identity_resolve_v1 answers.');
  end if;
  if not exists (select from hera.core_organizations o where o.id = p_organization_id) then
    perform hera_internal.fail(404, 'not_found', 'No such organization.', 'List them with hera_organization_v1.');
  end if;
  perform hera_internal.set_tenant(p_organization_id);
  perform hera_internal.audit(p_actor_user_id, p_organization_id, p_function, p_operation, null,
    jsonb_build_object('as', 'platform_admin'));
  return 'platform_admin';
end
$$;
ALTER FUNCTION hera_internal.authorize_platform_admin(p_actor_user_id uuid, p_organization_id uuid, p_function text, p_operation text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.authorize_platform_admin(p_actor_user_id uuid, p_organization_id uuid, p_function text, p_operation text) IS 'Lets a platform admin into any organization, audited; raises for everybody else.';
CREATE FUNCTION hera_internal.backlog(p_organization_id uuid, p_now timestamp with time zone) RETURNS SETOF hera_internal.backlog
    LANGUAGE plpgsql STABLE
    SET plan_cache_mode TO 'force_custom_plan'
    AS $$
begin
  return query
  with ready as (
    select r.organization_id, hera_internal.delivery_webhook_no(r.delivery_id) as webhook_no, count(*) as deliveries,
      min(r.position) filter (where r.attempt = 1) as head
    from hera.outbox_ready r
    where p_organization_id is null or r.organization_id = p_organization_id
    group by 1, 2
  ), place as (
    select r.organization_id, r.webhook_no, r.deliveries as pending, 0::bigint as waiting, 0::bigint as in_flight, 0::bigint as failed,
      0::bigint as delayed, r.deliveries as due, hera_internal.id_time(h.delivery_id) as oldest
    from ready r
    left join hera.outbox_ready h on h.position = r.head
    union all
    select f.organization_id, f.webhook_no, count(*), count(*), 0, 0, 0, 0, null
    from hera.outbox_fifo_wait f
    where p_organization_id is null or f.organization_id = p_organization_id
    group by 1, 2
    union all
    select s.organization_id, hera_internal.delivery_webhook_no(s.delivery_id), 0, 0, 0,
      count(*) filter (where s.attempt > 1), count(*) filter (where s.attempt = 1),
      count(*) filter (where s.due_at <= p_now), min(s.due_at) filter (where s.due_at <= p_now)
    from hera.outbox_scheduled s
    where p_organization_id is null or s.organization_id = p_organization_id
    group by 1, 2
    union all
    select m.organization_id, hera_internal.delivery_webhook_no(m.delivery_id), 0, 0, count(*), 0, 0, 0, null
    from hera.outbox_leases l
    cross join unnest(l.organization_ids, l.delivery_ids) as m (organization_id, delivery_id)
    where p_organization_id is null or m.organization_id = p_organization_id
    group by 1, 2
  )
  select p.organization_id, p.webhook_no, sum(p.pending)::bigint, sum(p.waiting)::bigint, sum(p.in_flight)::bigint,
    sum(p.failed)::bigint, sum(p.delayed)::bigint, sum(p.due)::bigint, min(least(p.oldest, p_now))
  from place p
  group by p.organization_id, p.webhook_no;
end
$$;
ALTER FUNCTION hera_internal.backlog(p_organization_id uuid, p_now timestamp with time zone) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.backlog(p_organization_id uuid, p_now timestamp with time zone) IS 'Deliveries under way by webhook.';
CREATE FUNCTION hera_internal.base64url(p_bytes bytea) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN translate(encode(p_bytes, 'base64'::text), '+/=
'::text, '-_'::text);
ALTER FUNCTION hera_internal.base64url(p_bytes bytea) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.base64url(p_bytes bytea) IS 'base64url of bytes.';
CREATE FUNCTION hera_internal.basic_credentials(p_base64 text, p_secret text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE
    AS $_$
declare
  v_text text;
begin
  v_text := convert_from(decode(p_base64, 'base64'), 'UTF8');
  return case when strpos(p_secret, ':') > 0 then v_text else substring(v_text from '^[^:]*:(.*)$') end;
exception
  when data_exception then
    return null;
end
$_$;
ALTER FUNCTION hera_internal.basic_credentials(p_base64 text, p_secret text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.basic_credentials(p_base64 text, p_secret text) IS 'The credentials of a Basic authorization.';
CREATE FUNCTION hera_internal.batch_item_fault(p_item jsonb, p_known text[]) RETURNS jsonb
    LANGUAGE plpgsql IMMUTABLE
    AS $$
declare
  v_field text;
begin
  if jsonb_typeof(p_item) <> 'object' then
    return jsonb_build_object('success', false, 'error', 'event.invalid', 'status', 400, 'field', 'events',
      'message', 'an item must be a JSON object');
  end if;
  select k into v_field
  from jsonb_each(p_item) as e (k, v)
  where k <> all (p_known)
    or (k not in ('event_data', 'options') and jsonb_typeof(v) not in ('string', 'null'))
    or (k = 'options' and v not in ('{}', '{"create_transaction": true}', '{"create_transaction": false}'))
  limit 1;
  if v_field is not null then
    return jsonb_build_object('success', false, 'error', 'event.invalid', 'status', 400, 'field', left(v_field, 100),
      'message', left(v_field, 100) || case
        when v_field <> all (p_known) then ' is unknown; known: ' || array_to_string(p_known, ', ')
        when v_field = 'options' then ' must be {} or {"create_transaction": true}'
        else ' must be a string' end);
  end if;
  return null;
end
$$;
ALTER FUNCTION hera_internal.batch_item_fault(p_item jsonb, p_known text[]) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.batch_item_fault(p_item jsonb, p_known text[]) IS 'The fault in the shape of a batch item, or null.';
CREATE FUNCTION hera_internal.batch_rows(p_batch hera_internal.outbox_batch, p_kind text, OUT nth bigint, OUT organization_id uuid, OUT delivery_id uuid, OUT attempt smallint, OUT base_attempt smallint, OUT webhook_id uuid, OUT calls_after timestamp with time zone) RETURNS SETOF record
    LANGUAGE sql STABLE
    AS $$
  select d.nth, d.organization_id, d.delivery_id, d.attempt, d.base_attempt, w.id, w.calls_after
  from unnest(p_batch.organization_ids, p_batch.delivery_ids, p_batch.attempts, p_batch.base_attempts) with ordinality
    as d (organization_id, delivery_id, attempt, base_attempt, nth)
  join hera.webhooks w on w.organization_id = d.organization_id and w.webhook_no = hera_internal.delivery_webhook_no(d.delivery_id)
  where w.kind = p_kind;
$$;
ALTER FUNCTION hera_internal.batch_rows(p_batch hera_internal.outbox_batch, p_kind text, OUT nth bigint, OUT organization_id uuid, OUT delivery_id uuid, OUT attempt smallint, OUT base_attempt smallint, OUT webhook_id uuid, OUT calls_after timestamp with time zone) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.batch_rows(p_batch hera_internal.outbox_batch, p_kind text, OUT nth bigint, OUT organization_id uuid, OUT delivery_id uuid, OUT attempt smallint, OUT base_attempt smallint, OUT webhook_id uuid, OUT calls_after timestamp with time zone) IS 'The deliveries of a batch to webhooks of a kind.';
CREATE FUNCTION hera_internal.begin_oauth(p_actor_user_id uuid, p_organization_id uuid, p_installation_id uuid, p_code text, p_config jsonb, p_oauth jsonb) RETURNS text
    LANGUAGE plpgsql
    AS $$
declare
  v_now constant timestamptz := hera_internal.now();
  v_auth constant jsonb := p_config -> 'auth';
  v_separator constant text := v_auth #>> '{scopes,separator}';
  v_origin constant text := hera_internal.platform_settings() #>> '{webhook,public_url}';
  v_redirect_uri constant text := v_origin || '/api/v2/integrations/oauth/callback';
  v_verifier text;
  v_state text;
  v_values jsonb;
  v_url text;
begin
  if v_auth ->> 'type' <> 'oauth2' then
    perform hera_internal.fail(409, 'connector.no_oauth', 'The connector has no authorization at its provider.', 'CONFIGURE it with its credentials.');
  elsif v_origin is null then
    perform hera_internal.fail(409, 'oauth.no_public_url', 'The host does not know the address at which it is reached.',
      'Set HERA_PUBLIC_URL, and register it with the provider''s app with the path /api/v2/integrations/oauth/callback.');
  end if;
  v_state := hera_internal.new_oauth_state(p_organization_id);
  if (v_auth -> 'pkce')::boolean then
    v_verifier := hera_internal.base64url(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))
      || sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())));
  end if;
  v_values := hera_internal.request_values(p_organization_id, p_installation_id, p_config, v_auth ->> 'authorize' || '{{fields.scopes}}',
    jsonb_build_object('redirect_uri', v_redirect_uri, 'state', v_state,
      'code_challenge', hera_internal.base64url(sha256(convert_to(v_verifier, 'UTF8'))),
      'optional_scopes', (select string_agg(s, v_separator) from jsonb_array_elements_text(v_auth #> '{scopes,optional}') s)));
  v_values := v_values || jsonb_build_object('scopes', coalesce(p_oauth ->> 'scopes', nullif(v_values ->> 'fields.scopes', ''),
    (select string_agg(s, v_separator) from jsonb_array_elements_text(v_auth #> '{scopes,default}') s)));
  -- Where there is no challenge, its method is not said either.
  v_url := hera_internal.fill_url(v_auth #>> '{authorize,url}', case when v_verifier is null
    then (v_auth #> '{authorize,params}') - 'code_challenge_method' else v_auth #> '{authorize,params}' end, v_values);
  delete from hera.oauth_states s where s.organization_id = p_organization_id and s.expires_at < v_now - interval '1 day';
  insert into hera.oauth_states (organization_id, state_hash, installation_id, actor_user_id, expires_at, sealed)
  values (p_organization_id, sha256(convert_to(v_state, 'UTF8')), p_installation_id, p_actor_user_id, v_now + interval '10 minutes',
    hera_internal.seal(jsonb_strip_nulls(jsonb_build_object('connector_code', p_code, 'redirect_uri', v_redirect_uri, 'code_verifier', v_verifier,
      'return_path', p_oauth -> 'return_path'))::text));
  return v_url;
end
$$;
ALTER FUNCTION hera_internal.begin_oauth(p_actor_user_id uuid, p_organization_id uuid, p_installation_id uuid, p_code text, p_config jsonb, p_oauth jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.begin_oauth(p_actor_user_id uuid, p_organization_id uuid, p_installation_id uuid, p_code text, p_config jsonb, p_oauth jsonb) IS 'The address at which an installation is authorized.';
CREATE FUNCTION hera_internal.bind_imported_webhook(p_actor_user_id uuid, p_organization_id uuid, p_webhook_id uuid, p_item jsonb, p_keep_number boolean) RETURNS void
    LANGUAGE plpgsql
    AS $$
declare
  v_installation_id uuid;
begin
  select e.id into v_installation_id
  from hera.core_entities e
  where e.organization_id = p_organization_id and e.entity_type = 'INTEGRATION_CONNECTOR_INSTALL'
    and e.entity_code = p_item ->> 'connector_code' and e.status <> 'inactive';
  update hera.webhooks w set connector_code = p_item ->> 'connector_code', installation_id = v_installation_id,
    webhook_no = case
      when p_keep_number and not exists (
        select from hera.webhooks o where o.organization_id = p_organization_id and o.webhook_no = (p_item ->> 'webhook_no')::int)
        then (p_item ->> 'webhook_no')::int
      else w.webhook_no end
  where w.organization_id = p_organization_id and w.id = p_webhook_id;
  perform hera_internal.link(p_actor_user_id, p_organization_id, p_webhook_id, 'WEBHOOK_BELONGS_TO', v_installation_id);
end
$$;
ALTER FUNCTION hera_internal.bind_imported_webhook(p_actor_user_id uuid, p_organization_id uuid, p_webhook_id uuid, p_item jsonb, p_keep_number boolean) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.bind_imported_webhook(p_actor_user_id uuid, p_organization_id uuid, p_webhook_id uuid, p_item jsonb, p_keep_number boolean) IS 'Connector and number of an imported webhook.';
CREATE FUNCTION hera_internal.blank(p_text text, p_pattern text, p_head text DEFAULT ''::text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE
    AS $$
begin
  return (
    select string_agg(s.piece || coalesce(rpad(p_head, length(m.found)), ''), '' order by s.nth)
    from unnest(regexp_split_to_array(p_text, p_pattern)) with ordinality as s (piece, nth)
    left join (
      select x.groups[1], row_number() over () from regexp_matches(p_text, '(' || p_pattern || ')', 'g') as x (groups)
    ) as m (found, nth) using (nth));
end
$$;
ALTER FUNCTION hera_internal.blank(p_text text, p_pattern text, p_head text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.blank(p_text text, p_pattern text, p_head text) IS 'Replaces matches by p_head and spaces of the same length.';
CREATE FUNCTION hera_internal.blocked_networks() RETURNS cidr[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ARRAY['0.0.0.0/8'::cidr, '10.0.0.0/8'::cidr, '100.64.0.0/10'::cidr, '127.0.0.0/8'::cidr, '169.254.0.0/16'::cidr, '172.16.0.0/12'::cidr, '192.0.0.0/24'::cidr, '192.0.2.0/24'::cidr, '192.31.196.0/24'::cidr, '192.52.193.0/24'::cidr, '192.88.99.0/24'::cidr, '192.168.0.0/16'::cidr, '192.175.48.0/24'::cidr, '198.18.0.0/15'::cidr, '198.51.100.0/24'::cidr, '203.0.113.0/24'::cidr, '224.0.0.0/4'::cidr, '240.0.0.0/4'::cidr, '::/3'::cidr, '2001::/23'::cidr, '2001:db8::/32'::cidr, '2002::/16'::cidr, '3fff::/20'::cidr, '4000::/2'::cidr, '8000::/1'::cidr];
ALTER FUNCTION hera_internal.blocked_networks() OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.blocked_networks() IS 'Networks that webhooks may not reach by default.';
CREATE FUNCTION hera_internal.bucket(p_ms double precision) RETURNS smallint
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (ceil((((4)::double precision * ln(GREATEST(p_ms, (1)::double precision))) / ln((2)::double precision))))::smallint;
ALTER FUNCTION hera_internal.bucket(p_ms double precision) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.bucket(p_ms double precision) IS 'The histogram bucket of a duration in milliseconds.';
CREATE FUNCTION hera_internal.bucket_ms(p_bucket smallint) RETURNS numeric
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE p_bucket WHEN 0 THEN (1)::numeric ELSE round((power((2)::double precision, ((((p_bucket)::numeric - 0.5) / (4)::numeric))::double precision))::numeric, 1) END;
ALTER FUNCTION hera_internal.bucket_ms(p_bucket smallint) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.bucket_ms(p_bucket smallint) IS 'The duration in milliseconds that a histogram bucket stands for.';
CREATE FUNCTION hera_internal.call_action(p_actor_user_id uuid, p_organization_id uuid, p_installation_id uuid, p_status text, p_action text, p_input jsonb, p_key text, p_traceparent text DEFAULT NULL::text) RETURNS jsonb
    LANGUAGE plpgsql
    AS $$
declare
  v_config constant jsonb := hera_internal.installed_definition(p_organization_id, p_installation_id);
  v_action constant jsonb := hera_internal.action_of(v_config, p_action);
  v_channel hera.webhooks;
  v_input jsonb;
  v_fault text;
begin
  if v_action is null then
    perform hera_internal.fail(404, 'not_found', 'The connector has no such action.', 'It has: ' || coalesce((
      select string_agg(a ->> 'code', ', ' order by a ->> 'code') from jsonb_array_elements(v_config -> 'actions') a), 'none') || '.');
  end if;
  v_channel := hera_internal.ensure_channel(p_organization_id, p_installation_id, v_config);
  perform hera_internal.refuse_unless_live(v_channel.connector_code, p_status);
  if p_input is null or jsonb_typeof(p_input) <> 'object' then
    perform hera_internal.fail(400, 'input.invalid', 'input must be a JSON object', null);
  end if;
  v_input := hera_internal.with_defaults(p_input, v_action -> 'input_schema');
  v_fault := hera_internal.schema_fault('input', v_input, coalesce(v_action -> 'input_schema', '{"properties": {}}'));
  if v_fault is not null then
    perform hera_internal.fail(400, 'input.invalid', v_fault, 'The action''s input_schema in the connector''s config tells what it takes.');
  end if;
  perform hera_internal.provider_request(p_organization_id, p_installation_id, v_config, v_action,
    jsonb_build_object('input', v_input, 'hera_id', hera_internal.platform_id()));
  return hera_internal.store_call(p_actor_user_id, p_organization_id, v_channel, v_config, p_action, v_input, p_key, p_traceparent);
end
$$;
ALTER FUNCTION hera_internal.call_action(p_actor_user_id uuid, p_organization_id uuid, p_installation_id uuid, p_status text, p_action text, p_input jsonb, p_key text, p_traceparent text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.call_action(p_actor_user_id uuid, p_organization_id uuid, p_installation_id uuid, p_status text, p_action text, p_input jsonb, p_key text, p_traceparent text) IS 'Checks and stores a call.';
CREATE TABLE hera.webhooks (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    webhook_no integer NOT NULL,
    status text NOT NULL,
    status_reason text,
    connector_code text,
    installation_id uuid,
    url text NOT NULL,
    topics text[] NOT NULL,
    filter jsonpath,
    transform jsonb,
    ordering text NOT NULL,
    timeout_ms integer NOT NULL,
    rate_limit_per_second numeric,
    max_attempts integer NOT NULL,
    backoff_factor numeric NOT NULL,
    initial_delay_ms bigint NOT NULL,
    max_delay_ms bigint NOT NULL,
    kind text DEFAULT 'webhook'::text NOT NULL,
    rate_burst numeric,
    calls_after timestamp with time zone,
    CONSTRAINT webhooks_kind_check CHECK ((kind = ANY (ARRAY['webhook'::text, 'channel'::text]))),
    CONSTRAINT webhooks_ordering_check CHECK ((ordering = ANY (ARRAY['none'::text, 'fifo'::text]))),
    CONSTRAINT webhooks_rate_burst_check CHECK ((rate_burst >= (1)::numeric)),
    CONSTRAINT webhooks_status_check CHECK ((status = ANY (ARRAY['active'::text, 'inactive'::text, 'disabled'::text]))),
    CONSTRAINT webhooks_webhook_no_check CHECK (((webhook_no >= 1) AND (webhook_no <= 65535)))
);
ALTER TABLE ONLY hera.webhooks FORCE ROW LEVEL SECURITY;
ALTER TABLE hera.webhooks OWNER TO hera_owner;
COMMENT ON TABLE hera.webhooks IS 'What ingest and delivery read of a webhook: its webhook_config field, checked and typed. webhook_no is its number within the organization and part of each delivery id.';
COMMENT ON COLUMN hera.webhooks.kind IS 'channel: stands for an installation''s calls of its provider. It has no topics, so no event reaches it by itself.';
COMMENT ON COLUMN hera.webhooks.rate_burst IS 'What the token bucket holds at most; null: one second''s worth.';
COMMENT ON COLUMN hera.webhooks.calls_after IS 'Of a channel: the provider said that its limit is used up until then.';
CREATE FUNCTION hera_internal.call_again(p_channel hera.webhooks, p_delivery_id uuid, p_attempt smallint, p_base_attempt smallint, p_wait_s jsonb, p_now timestamp with time zone) RETURNS void
    LANGUAGE sql
    AS $$
  insert into hera.outbox_scheduled (organization_id, delivery_id, attempt, base_attempt, due_at)
  values (p_channel.organization_id, p_delivery_id, p_attempt + 1, p_base_attempt, p_now + interval '1 ms' * coalesce(
    nullif(p_wait_s, 'null')::float8 * 1000,
    least(p_channel.max_delay_ms, p_channel.initial_delay_ms * power(p_channel.backoff_factor::float8, p_attempt - p_base_attempt - 1))
      * (0.9 + 0.2 * random())));
$$;
ALTER FUNCTION hera_internal.call_again(p_channel hera.webhooks, p_delivery_id uuid, p_attempt smallint, p_base_attempt smallint, p_wait_s jsonb, p_now timestamp with time zone) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.call_again(p_channel hera.webhooks, p_delivery_id uuid, p_attempt smallint, p_base_attempt smallint, p_wait_s jsonb, p_now timestamp with time zone) IS 'Schedules another attempt of a call.';
CREATE FUNCTION hera_internal.call_answer(p_organization_id uuid, p_event_id uuid, p_duplicate boolean) RETURNS jsonb
    LANGUAGE sql STABLE
    AS $$
  select jsonb_build_object('success', true, 'message', case when p_duplicate then 'call already accepted' else 'call accepted' end,
    'event_id', e.id, 'delivery_id', hera_internal.delivery_id(e.id, w.webhook_no), 'connector_code', e.connector_code,
    'action', substr(e.event_type, 8), 'smart_code', e.smart_code, 'duplicate', p_duplicate,
    'status', d.status, 'reason', d.reason, 'next_attempt_at', d.next_attempt_at)
  from hera.events e
  join hera.webhooks w on w.organization_id = e.organization_id and w.id = e.installation_id and w.kind = 'channel'
  left join hera_internal.deliveries_between(p_organization_id, e.id, hera_internal.last_delivery_id(e.id), w.webhook_no, null, 1) d on true
  where e.organization_id = p_organization_id and e.id = p_event_id;
$$;
ALTER FUNCTION hera_internal.call_answer(p_organization_id uuid, p_event_id uuid, p_duplicate boolean) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.call_answer(p_organization_id uuid, p_event_id uuid, p_duplicate boolean) IS 'A call as its caller is told of it.';
CREATE TABLE hera.events (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by uuid NOT NULL,
    installation_id uuid,
    transaction_id uuid,
    deliveries integer NOT NULL,
    status text NOT NULL,
    event_source text NOT NULL,
    event_type text NOT NULL,
    smart_code text NOT NULL,
    connector_code text,
    idempotency_key text,
    event_data json NOT NULL,
    traceparent text,
    occurred_at timestamp with time zone,
    status_reason text,
    inbound_request_id uuid
)
PARTITION BY RANGE (id);
ALTER TABLE ONLY hera.events FORCE ROW LEVEL SECURITY;
ALTER TABLE hera.events OWNER TO hera_owner;
COMMENT ON TABLE hera.events IS 'Accepted events. deliveries is the number of webhooks matched when the event came in.';
COMMENT ON COLUMN hera.events.event_data IS 'As text: it is sent far more often than it is looked into, and printing a jsonb costs 4.5 µs a delivery.';
COMMENT ON COLUMN hera.events.traceparent IS 'W3C Trace Context of the request that brought the event, where it had one.';
COMMENT ON COLUMN hera.events.occurred_at IS 'When it happened, as the provider says; null where it does not say, and for events that callers send.';
COMMENT ON COLUMN hera.events.status_reason IS 'Why the status is failed.';
COMMENT ON COLUMN hera.events.inbound_request_id IS 'The row of inbound_requests that brought it.';
CREATE FUNCTION hera_internal.call_event(p_call hera.events, p_type text, p_data jsonb) RETURNS void
    LANGUAGE plpgsql
    AS $$
declare
  v_answer jsonb;
begin
  v_answer := hera_internal.accept_event(p_call.created_by, p_call.organization_id, p_call.event_source, p_type, p_data,
    p_call.connector_code, null, null, p_call.traceparent);
  if v_answer ? 'error' then
    v_answer := hera_internal.accept_event(p_call.created_by, p_call.organization_id, p_call.event_source, p_type, p_data,
      null, null, null, p_call.traceparent);
  end if;
  if v_answer ? 'error' then
    v_answer := hera_internal.accept_event(p_call.created_by, p_call.organization_id, p_call.event_source, left(p_type, 128),
      (p_data - 'result') || '{"result_left_out": true}', null, null, null, p_call.traceparent);
  end if;
end
$$;
ALTER FUNCTION hera_internal.call_event(p_call hera.events, p_type text, p_data jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.call_event(p_call hera.events, p_type text, p_data jsonb) IS 'Takes in the event that tells of a call''s end.';
CREATE FUNCTION hera_internal.call_key(p_field text, p_document jsonb) RETURNS text
    LANGUAGE plpgsql IMMUTABLE
    AS $$
begin
  if p_document is null or jsonb_typeof(p_document) <> 'object' then
    perform hera_internal.fail(400, p_field || '.invalid', p_field || ' must be a JSON object', null);
  elsif hera_internal.text_fault(p_document -> 'idempotency_key', 255) is not null then
    perform hera_internal.fail(400, p_field || '.invalid', p_field || '.idempotency_key must be a string of 1 to 255 characters', null);
  end if;
  return p_document ->> 'idempotency_key';
end
$$;
ALTER FUNCTION hera_internal.call_key(p_field text, p_document jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.call_key(p_field text, p_document jsonb) IS 'The idempotency key in a document, or null.';
CREATE FUNCTION hera_internal.call_rate(p_config jsonb, OUT per_second numeric, OUT burst numeric) RETURNS record
    LANGUAGE sql IMMUTABLE
    AS $$
  select round(case when l.limit_count > l.burst then l.limit_count - l.burst else l.limit_count end / l.window_s, 6), l.burst
  from (
    select (r ->> 'limit')::numeric as limit_count, (r ->> 'window_s')::numeric as window_s, greatest(1, floor((r ->> 'limit')::numeric / 10)) as burst
    from jsonb_array_elements(p_config -> 'rate_limits') r
    where not r ? 'key' and coalesce((r -> 'enforce')::boolean, true) and (r ->> 'limit')::numeric > 0 and (r ->> 'window_s')::numeric > 0) l
  order by 1, 2
  limit 1;
$$;
ALTER FUNCTION hera_internal.call_rate(p_config jsonb, OUT per_second numeric, OUT burst numeric) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.call_rate(p_config jsonb, OUT per_second numeric, OUT burst numeric) IS 'Rate and burst of an installation''s calls.';
CREATE FUNCTION hera_internal.call_request(p_organization_id uuid, p_installation_id uuid, p_delivery_id uuid, OUT sealed bytea, OUT url text, OUT hold text, OUT fault text) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
declare
  v_event hera.events;
  v_config jsonb;
  v_action jsonb;
  v_status text;
  v_request jsonb;
begin
  perform hera_internal.set_tenant(p_organization_id);
  select * into v_event from hera.events e where e.organization_id = p_organization_id and e.id = hera_internal.delivery_event_id(p_delivery_id);
  select e.status into v_status from hera.core_entities e where e.organization_id = p_organization_id and e.id = p_installation_id;
  if v_status <> 'active' then
    hold := 'connector_' || v_status;
    return;
  end if;
  v_config := hera_internal.installed_definition(p_organization_id, p_installation_id);
  v_action := hera_internal.action_of(v_config, substr(v_event.event_type, 8));
  if v_action is null then
    fault := 'action_unknown';
    return;
  end if;
  begin
    v_request := hera_internal.provider_request(p_organization_id, p_installation_id, v_config, v_action,
      jsonb_build_object('input', v_event.event_data, 'hera_id', p_delivery_id));
    sealed := hera_internal.seal_for_sender(v_request::text);
    url := substring(v_request ->> 'url' from '^https?://[^/?#]+') || '/';
  exception
    when sqlstate 'PT409' then
      hold := 'token_missing';
    when others then
      -- One claim serves all organizations: no definition and no input may stop it.
      get stacked diagnostics fault = pg_exception_detail;
      fault := coalesce(nullif(fault, ''), 'request_failed');
  end;
end
$$;
ALTER FUNCTION hera_internal.call_request(p_organization_id uuid, p_installation_id uuid, p_delivery_id uuid, OUT sealed bytea, OUT url text, OUT hold text, OUT fault text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.call_request(p_organization_id uuid, p_installation_id uuid, p_delivery_id uuid, OUT sealed bytea, OUT url text, OUT hold text, OUT fault text) IS 'The sealed request of a call, or why there is none.';
CREATE FUNCTION hera_internal.call_result(p_action jsonb, p_headers jsonb, p_body text) RETURNS jsonb
    LANGUAGE sql IMMUTABLE
    AS $$
  select coalesce(jsonb_object_agg(r.key, case
      when r.value like 'header:%' then p_headers -> lower(substr(r.value, 8))
      else jsonb_path_query_first(b.body, r.value::jsonpath, '{}', true) end), '{}')
  from (select hera_internal.json_or_null(p_body) as body offset 0) b
  cross join jsonb_each_text(p_action -> 'result_map') r;
$$;
ALTER FUNCTION hera_internal.call_result(p_action jsonb, p_headers jsonb, p_body text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.call_result(p_action jsonb, p_headers jsonb, p_body text) IS 'The result of a call by its result_map.';
CREATE FUNCTION hera_internal.call_slot(p_organization_id uuid, p_installation_id uuid, p_config jsonb, p_action text, p_input jsonb, p_now timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE plpgsql
    AS $$
declare
  v_limit jsonb;
  v_key text;
  v_step interval;
  v_free_at timestamptz;
  v_due timestamptz;
begin
  -- What is over goes, a few at a time.
  delete from hera.call_slots s
  where s.ctid = any (array(
    select x.ctid from hera.call_slots x
    where x.organization_id = p_organization_id and x.installation_id = p_installation_id and x.free_at < p_now - interval '1 hour'
    limit 10 for update skip locked));
  for v_limit in
    select r.value from jsonb_array_elements(p_config -> 'rate_limits') r
    where r.value ? 'key' and (not r.value ? 'actions' or r.value -> 'actions' ? p_action)
  loop
    v_key := jsonb_path_query_first(p_input, (v_limit ->> 'key')::jsonpath, '{}', true) #>> '{}';
    continue when v_key is null;
    v_step := (v_limit ->> 'window_s')::float8 / greatest(1, (v_limit ->> 'limit')::float8) * interval '1 second';
    insert into hera.call_slots as s (organization_id, installation_id, slot_key, free_at)
    values (p_organization_id, p_installation_id, (v_limit ->> 'scope') || ':' || encode(sha256(convert_to(v_key, 'UTF8')), 'hex'), p_now + v_step)
    on conflict (organization_id, installation_id, slot_key) do update set free_at = greatest(s.free_at, p_now) + v_step
    returning s.free_at into v_free_at;
    v_due := greatest(v_due, v_free_at - v_step);
  end loop;
  return case when v_due > p_now then v_due end;
end
$$;
ALTER FUNCTION hera_internal.call_slot(p_organization_id uuid, p_installation_id uuid, p_config jsonb, p_action text, p_input jsonb, p_now timestamp with time zone) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.call_slot(p_organization_id uuid, p_installation_id uuid, p_config jsonb, p_action text, p_input jsonb, p_now timestamp with time zone) IS 'When a call may be sent by the limits of its key.';
CREATE FUNCTION hera_internal.call_unauthorized(p_channel hera.webhooks, p_delivery_id uuid, p_attempt smallint, p_base_attempt smallint, p_made_at timestamp with time zone, p_now timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    AS $$
declare
  v_refresh constant text := case
    when exists (
      select from hera.core_entities e where e.organization_id = p_channel.organization_id and e.id = p_channel.id and e.status = 'active')
      then hera_internal.request_refresh(p_channel.organization_id, p_channel.id, p_made_at) end;
begin
  perform hera_internal.call_again(p_channel, p_delivery_id, p_attempt, p_base_attempt,
    case when v_refresh is distinct from 'due' then jsonb '60' end, p_now);
end
$$;
ALTER FUNCTION hera_internal.call_unauthorized(p_channel hera.webhooks, p_delivery_id uuid, p_attempt smallint, p_base_attempt smallint, p_made_at timestamp with time zone, p_now timestamp with time zone) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.call_unauthorized(p_channel hera.webhooks, p_delivery_id uuid, p_attempt smallint, p_base_attempt smallint, p_made_at timestamp with time zone, p_now timestamp with time zone) IS 'What becomes of a call whose authorization was refused.';
CREATE FUNCTION hera_internal.call_verdict(p_config jsonb, p_action jsonb, p_status integer, p_error text, p_headers jsonb, p_body text, p_attempt integer, p_most integer) RETURNS jsonb
    LANGUAGE plpgsql
    AS $$
declare
  v_error jsonb := hera_internal.provider_error(p_config, p_status, p_error, p_headers, p_body, p_attempt);
  v_class constant text := v_error ->> 'class';
  v_statuses constant jsonb := p_action #> '{success,status}';
  v_succeeded constant boolean := coalesce(v_class = 'duplicate_ok'
    or v_class = 'success' and (v_statuses @> to_jsonb(p_status) or v_statuses @> to_jsonb(p_status / 100 || 'xx')), false);
  -- Where no request has gone out, or the provider itself says that it did not do it, nothing was done.
  v_refused constant boolean := coalesce(p_error in ('dns_failed', 'connect_failed', 'tls_failed'), false)
    or coalesce(p_status < 500 or (v_error -> 'by_code')::boolean or p_status = 503 and p_headers ? 'retry-after', false);
begin
  return jsonb_build_object('wait_s', v_error -> 'wait_s',
    'error', jsonb_strip_nulls(jsonb_build_object('class', case when v_class = 'success' then 'permanent' else v_class end,
      'code', v_error -> 'code', 'message', v_error -> 'message', 'status', p_status)),
    'outcome', case
      when v_succeeded then 'succeeded'
      when v_class in ('reauth', 'disable') then v_class
      when p_error in ('blocked_address', 'bad_request') then 'failed'
      when not v_refused and p_action ->> 'idempotency' in ('none', 'reconcile') and v_class <> 'permanent' then 'unknown'
      when v_class = 'retry' and p_attempt < p_most then 'again'
      else 'failed' end);
end
$$;
ALTER FUNCTION hera_internal.call_verdict(p_config jsonb, p_action jsonb, p_status integer, p_error text, p_headers jsonb, p_body text, p_attempt integer, p_most integer) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.call_verdict(p_config jsonb, p_action jsonb, p_status integer, p_error text, p_headers jsonb, p_body text, p_attempt integer, p_most integer) IS 'What becomes of a call after an attempt.';
CREATE FUNCTION hera_internal.change_installation(p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_code text, p_config jsonb, p_version integer DEFAULT NULL::integer) RETURNS jsonb
    LANGUAGE plpgsql
    AS $$
declare
  v_definition record := hera_internal.definition_of(p_code);
  v_installation record;
  v_config jsonb;
  v_status text;
begin
  if p_operation = 'INSTALL' then
    perform hera_internal.install_connector(p_actor_user_id, p_organization_id, p_code, p_config);
  end if;
  v_installation := hera_internal.installation_of(p_organization_id, p_code);
  if v_installation.id is null then
    perform hera_internal.fail(404, 'not_found', 'The connector is not installed.', 'INSTALL it.');
  elsif v_installation.status = 'inactive' and p_operation <> 'UNINSTALL' then
    perform hera_internal.fail(409, 'connector.inactive', 'The connector was uninstalled.', 'INSTALL it again.');
  end if;
  if p_operation = 'UPGRADE' then
    perform hera_internal.upgrade_installation(p_actor_user_id, p_organization_id, v_installation.id, v_definition.id,
      v_installation.config, p_config, p_version);
  end if;
  v_config := hera_internal.installed_definition(p_organization_id, v_installation.id);
  if p_operation = 'CONFIGURE' then
    perform hera_internal.configure_installation(p_actor_user_id, p_organization_id, v_installation.id,
      v_config -> 'fields', v_installation.config, p_config);
  elsif p_operation = 'UNINSTALL' then
    perform hera_internal.uninstall_connector(p_actor_user_id, p_organization_id, v_installation.id);
  elsif p_operation = 'RESUME' then
    perform hera_internal.check_assigned(p_organization_id, v_definition.id, v_definition.config);
  end if;
  v_status := case
    when p_operation = 'PAUSE' then 'paused'
    -- What a person has just given may complete an authorization, or take it away.
    when p_operation in ('CONFIGURE', 'UPGRADE') and v_installation.status in ('pending_auth', 'active')
      or p_operation = 'CONFIGURE' and v_installation.status in ('error', 'reauth_required')
        and hera_internal.gives_secret(v_config -> 'fields', p_config)
      or p_operation = 'RESUME' and v_installation.status = 'paused'
      then hera_internal.live_status(p_organization_id, v_installation.id, v_config -> 'auth')
  end;
  if v_status is not null then
    perform hera_internal.set_installation_status(p_actor_user_id, p_organization_id, v_installation.id, v_status);
  end if;
  perform hera_internal.keep_tasks(p_organization_id, v_installation.id);
  perform hera_internal.audit(p_actor_user_id, p_organization_id, 'hera_integration_connector_v1', p_operation, v_installation.id,
    jsonb_build_object('code', p_code, 'fields', (select jsonb_agg(k) from jsonb_object_keys(p_config) k)));
  return jsonb_build_object('success', true,
    'installation', hera_internal.connectors_json(p_organization_id, null, null, v_installation.id) -> 0);
end
$$;
ALTER FUNCTION hera_internal.change_installation(p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_code text, p_config jsonb, p_version integer) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.change_installation(p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_code text, p_config jsonb, p_version integer) IS 'Installs a connector or changes its installation.';
CREATE FUNCTION hera_internal.check_actor(p_actor_user_id uuid) RETURNS void
    LANGUAGE plpgsql
    AS $$
begin
  if p_actor_user_id is null then
    perform hera_internal.fail(401, 'identity_not_resolved', 'p_actor_user_id is missing',
      'Pass the user_entity_id that hera_identity_resolve_v1 answers.');
  end if;
  if not hera_internal.acts_for_any()
    and not exists (
      select from hera.login_principals p where p.login = session_user and p.user_entity_id = p_actor_user_id) then
    raise exception using
      errcode = '42501',
      message = 'this login may not act as the given actor',
      detail = 'permission_denied',
      hint = 'Pass the actor that hera.login_principals assigns to the login, or ask an administrator to assign one.';
  end if;
end
$$;
ALTER FUNCTION hera_internal.check_actor(p_actor_user_id uuid) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.check_actor(p_actor_user_id uuid) IS 'Raises unless session_user may act as the actor.';
CREATE FUNCTION hera_internal.check_api_key(p_actor_role text, p_organization_id uuid, p_api_key jsonb) RETURNS void
    LANGUAGE plpgsql
    AS $_$
declare
  v_role text := p_api_key ->> 'role';
begin
  if jsonb_typeof(p_api_key -> 'name') is distinct from 'string' or p_api_key ->> 'name' !~ '^[^[:cntrl:]]{1,100}$' then
    perform hera_internal.fail(400, 'api_key.invalid', 'api_key.name is required, of up to 100 characters', 'Name the machine that will use the key.');
  elsif hera_internal.role_rank(v_role) is null then
    perform hera_internal.fail(400, 'api_key.invalid', 'api_key.role is not a role', 'Give org_admin, integration_manager or member.');
  elsif hera_internal.role_rank(v_role) > hera_internal.role_rank(p_actor_role) then
    perform hera_internal.fail(403, 'permission_denied', 'api_key.role is above the role of the actor', 'Give a role up to ' || p_actor_role || '.');
  elsif v_role = 'platform_admin' and p_organization_id <> hera_internal.platform_id() then
    perform hera_internal.fail(400, 'api_key.invalid', 'api_key.role platform_admin exists in the platform organization only',
      'Give org_admin, integration_manager or member.');
  elsif hera_internal.to_time('api_key.expires_at', p_api_key ->> 'expires_at') <= hera_internal.now() then
    perform hera_internal.fail(400, 'api_key.invalid', 'api_key.expires_at is past', 'Give a time to come, or leave it out.');
  end if;
end
$_$;
ALTER FUNCTION hera_internal.check_api_key(p_actor_role text, p_organization_id uuid, p_api_key jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.check_api_key(p_actor_role text, p_organization_id uuid, p_api_key jsonb) IS 'Raises unless the API key may be made.';
CREATE FUNCTION hera_internal.check_assigned(p_organization_id uuid, p_definition_id uuid, p_config jsonb) RETURNS void
    LANGUAGE plpgsql
    AS $$
begin
  if (p_config -> 'requires_assignment')::boolean and not hera_internal.is_assigned(p_organization_id, p_definition_id) then
    perform hera_internal.fail(403, 'connector.not_assigned', 'The organization is not authorized for this connector.',
      'A platform admin authorizes it with operation ASSIGN.');
  end if;
end
$$;
ALTER FUNCTION hera_internal.check_assigned(p_organization_id uuid, p_definition_id uuid, p_config jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.check_assigned(p_organization_id uuid, p_definition_id uuid, p_config jsonb) IS 'Raises where a definition asks for an assignment that is not there.';
CREATE FUNCTION hera_internal.check_grant(p_actor_role text, p_organization_id uuid, p_user_entity_id uuid, p_member jsonb) RETURNS void
    LANGUAGE plpgsql
    AS $_$
declare
  v_role text := p_member ->> 'role';
  v_field text;
begin
  select k into v_field
  from unnest(array['auth_uid', 'name', 'email']) k
  where jsonb_typeof(p_member -> k) not in ('string', 'null')
  limit 1;
  if v_field is not null then
    perform hera_internal.fail(400, 'member.invalid', format('member.%s must be a text', v_field), format('Send member.%s as a JSON string.', v_field));
  elsif v_role is null or v_role not in ('platform_admin', 'org_admin', 'integration_manager', 'member') then
    perform hera_internal.fail(400, 'member.invalid', 'member.role is not a role',
      'Give platform_admin, org_admin, integration_manager or member.');
  elsif p_user_entity_id is null and coalesce(p_member ->> 'auth_uid', '') !~ '^[^[:cntrl:]]{1,255}$' then
    perform hera_internal.fail(400, 'member.invalid', 'member.auth_uid is required', 'Give the sub of the person''s tokens.');
  elsif length(p_member ->> 'name') > 200 or length(p_member ->> 'email') > 320 then
    perform hera_internal.fail(400, 'member.invalid', 'member.name may have 200 characters, member.email 320', null);
  elsif v_role = 'platform_admin' and p_organization_id <> hera_internal.platform_id() then
    perform hera_internal.fail(400, 'member.invalid', 'member.role platform_admin exists in the platform organization only',
      'Give org_admin, integration_manager or member.');
  elsif p_user_entity_id is not null and p_actor_role <> 'platform_admin' and not exists (
    select from hera.memberships m where m.organization_id = p_organization_id and m.user_entity_id = p_user_entity_id) then
    perform hera_internal.fail(404, 'not_found', 'No such member.', 'Name a new person by auth_uid.');
  end if;
end
$_$;
ALTER FUNCTION hera_internal.check_grant(p_actor_role text, p_organization_id uuid, p_user_entity_id uuid, p_member jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.check_grant(p_actor_role text, p_organization_id uuid, p_user_entity_id uuid, p_member jsonb) IS 'Raises unless the membership may be granted.';
CREATE FUNCTION hera_internal.check_import_document(p_document jsonb) RETURNS void
    LANGUAGE plpgsql
    AS $$
begin
  if p_document ->> 'format' is distinct from 'hera.integrations.v1'
    or jsonb_typeof(p_document -> 'organizations') is distinct from 'array'
    or jsonb_array_length(p_document -> 'organizations') = 0
    or exists (
      select from jsonb_array_elements(p_document -> 'organizations') o
      where jsonb_typeof(o -> 'installations') is distinct from 'array' or jsonb_typeof(o -> 'webhooks') is distinct from 'array'
        or jsonb_typeof(o -> 'definitions') is distinct from 'array' or jsonb_typeof(o -> 'assignments') is distinct from 'array'
        or exists (
          select from jsonb_array_elements((o -> 'installations') || (o -> 'webhooks')) i
          where i ->> 'id' is null or jsonb_typeof(i -> 'secrets') is distinct from 'array')
        or exists (
          select from jsonb_array_elements(o -> 'installations') i
          where jsonb_typeof(i -> 'fields') is distinct from 'object' or hera_internal.smart_code_ok(i ->> 'smart_code') is not true
            or coalesce(i ->> 'status', '') not in ('active', 'pending_auth', 'paused', 'error', 'reauth_required', 'inactive')
            or exists (
              select from jsonb_each(i -> 'fields') f
              where coalesce(f.value ->> 'type', '') not in ('text', 'number', 'boolean', 'date', 'json')
                or hera_internal.smart_code_ok(f.value ->> 'smart_code') is not true))) then
    perform hera_internal.fail(400, 'document.invalid', 'The document is not one of hera_integration_export_v1.',
      'Pass its answer as it was, format hera.integrations.v1.');
  end if;
end
$$;
ALTER FUNCTION hera_internal.check_import_document(p_document jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.check_import_document(p_document jsonb) IS 'Raises unless the document has the form of a backup.';
CREATE FUNCTION hera_internal.check_keys(p_field text, p_object jsonb, p_known text[]) RETURNS void
    LANGUAGE plpgsql
    AS $$
declare
  v_unknown text;
begin
  if p_object is null or jsonb_typeof(p_object) <> 'object' then
    perform hera_internal.fail(400, p_field || '.invalid', p_field || ' must be a JSON object',
      case when cardinality(p_known) > 0 then 'Known keys: ' || array_to_string(p_known, ', ') end);
  end if;
  select k into v_unknown from jsonb_object_keys(p_object) k where k <> all (p_known) limit 1;
  if v_unknown is not null then
    perform hera_internal.fail(400, p_field || '.unknown', format('%s has an unknown key %s', p_field, left(v_unknown, 100)),
      coalesce('Known keys: ' || nullif(array_to_string(p_known, ', '), ''), 'Leave it empty.'));
  end if;
end
$$;
ALTER FUNCTION hera_internal.check_keys(p_field text, p_object jsonb, p_known text[]) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.check_keys(p_field text, p_object jsonb, p_known text[]) IS 'Raises PT400 where p_object is no object or has an unknown key.';
CREATE FUNCTION hera_internal.check_lines(p_lines jsonb) RETURNS void
    LANGUAGE plpgsql
    AS $$
declare
  v_line jsonb;
begin
  if p_lines is null or jsonb_typeof(p_lines) <> 'array' then
    perform hera_internal.fail(400, 'lines.invalid', 'lines must be an array', 'Send [{"smart_code": …, "line_amount": …}, …].');
  end if;
  for v_line in select e from jsonb_array_elements(p_lines) e
  loop
    perform hera_internal.check_keys('lines', v_line, array['organization_id', 'line_number', 'entity_id', 'line_type',
      'description', 'quantity', 'unit_amount', 'line_amount', 'smart_code', 'line_data']);
  end loop;
end
$$;
ALTER FUNCTION hera_internal.check_lines(p_lines jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.check_lines(p_lines jsonb) IS 'Raises unless p_lines is an array of objects with known keys.';
CREATE FUNCTION hera_internal.check_retention_settings(p_retention jsonb) RETURNS void
    LANGUAGE plpgsql
    AS $_$
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
$_$;
ALTER FUNCTION hera_internal.check_retention_settings(p_retention jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.check_retention_settings(p_retention jsonb) IS 'Raises unless the retention settings are valid.';
CREATE FUNCTION hera_internal.check_webhook_config(p_config jsonb) RETURNS void
    LANGUAGE plpgsql
    AS $$
declare
  v_field text;
  v_fault text;
  v_value jsonb;
  v_range record;
begin
  -- Numbers: field, lowest, highest, whole.
  for v_range in
    select * from (values
      ('timeout_ms', '{timeout_ms}'::text[], 100, 60000, true),
      ('rate_limit_per_second', '{rate_limit_per_second}', 0.01, 10000, false),
      ('retry_policy.max_attempts', '{retry_policy,max_attempts}', 1, 50, true),
      ('retry_policy.backoff_factor', '{retry_policy,backoff_factor}', 1, 10, false),
      ('retry_policy.initial_delay_ms', '{retry_policy,initial_delay_ms}', 0, 86400000, true),
      ('retry_policy.max_delay_ms', '{retry_policy,max_delay_ms}', 0, 604800000, true)
    ) as r (field, path, low, high, whole)
  loop
    v_value := p_config #> v_range.path;
    continue when v_value is null;
    if jsonb_typeof(v_value) <> 'number' or v_value::numeric not between v_range.low and v_range.high
      or v_range.whole and v_value::numeric % 1 <> 0 then
      v_field := v_range.field;
      v_fault := format('must be a %s from %s to %s', case when v_range.whole then 'whole number' else 'number' end, v_range.low, v_range.high);
      exit;
    end if;
  end loop;
  if v_fault is null then
    select c.field, c.fault into v_field, v_fault
    from (values
      ('url', case when jsonb_typeof(p_config -> 'url') = 'string' then hera_internal.url_fault(p_config ->> 'url') else 'is required' end),
      ('topics', hera_internal.topics_fault(p_config -> 'topics')),
      ('filter', case when p_config ? 'filter' then
        case when jsonb_typeof(p_config -> 'filter') = 'string' then hera_internal.filter_fault(p_config ->> 'filter')
        else 'must be a jsonpath predicate as a string' end end),
      ('transform', case when p_config ? 'transform' then hera_internal.transform_fault(p_config -> 'transform') end),
      ('ordering', case when p_config ->> 'ordering' not in ('none', 'fifo') then 'must be none or fifo' end),
      ('description', case when jsonb_typeof(p_config -> 'description') not in ('string', 'null') or length(p_config ->> 'description') > 1000
        then 'must be a text of at most 1000 characters' end),
      ('metadata', case when jsonb_typeof(p_config -> 'metadata') <> 'object' then 'must be a JSON object'
        else hera_internal.json_fault(p_config -> 'metadata', (p_config -> 'metadata')::text, 16384) end)
    ) as c (field, fault)
    where c.fault is not null
    limit 1;
  end if;
  if v_fault is not null then
    perform hera_internal.fail(400, 'webhook_config.invalid', format('webhook_config.%s %s', v_field, v_fault),
      format('Correct webhook_config.%s.', v_field));
  end if;
end
$$;
ALTER FUNCTION hera_internal.check_webhook_config(p_config jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.check_webhook_config(p_config jsonb) IS 'Raises unless the webhook configuration is valid.';
CREATE FUNCTION hera_internal.check_webhook_settings(p_webhook jsonb) RETURNS void
    LANGUAGE plpgsql
    AS $_$
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
$_$;
ALTER FUNCTION hera_internal.check_webhook_settings(p_webhook jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.check_webhook_settings(p_webhook jsonb) IS 'Raises unless the webhook settings are well-formed.';
CREATE FUNCTION hera_internal.check_whole_platform(p_role text, p_organization_id uuid) RETURNS void
    LANGUAGE plpgsql
    AS $$
begin
  if p_role <> 'platform_admin' or p_organization_id <> hera_internal.platform_id() then
    perform hera_internal.fail(403, 'permission_denied', 'All organizations at once are for platform admins, in the platform organization.',
      'Pass the platform organization as p_organization_id.');
  end if;
end
$$;
ALTER FUNCTION hera_internal.check_whole_platform(p_role text, p_organization_id uuid) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.check_whole_platform(p_role text, p_organization_id uuid) IS 'Raises unless the whole platform may be touched.';
CREATE FUNCTION hera_internal.common_fault(p_organization_id uuid, p_name text, p_row jsonb) RETURNS jsonb
    LANGUAGE plpgsql IMMUTABLE
    AS $_$
declare
  v_field text := p_name || '.smart_code';
  v_reason text;
  v_message text;
begin
  -- However deep: what is posted for one organization may not speak of another.
  if exists (
    select from jsonb_path_query(p_row, '$.**.organization_id') o
    where o <> 'null' and lower(o #>> '{}') <> p_organization_id::text) then
    v_reason := 'ORG_FILTER_MISMATCH';
    v_field := p_name || '.organization_id';
    v_message := 'differs from the organization of the call';
  elsif coalesce(p_row ->> 'smart_code', '') = '' then
    v_reason := 'SMARTCODE_MISSING';
    v_message := 'is required';
  elsif jsonb_typeof(p_row -> 'smart_code') <> 'string' or not hera_internal.smart_code_ok(p_row ->> 'smart_code') then
    v_reason := 'SMARTCODE_REGEX_FAIL';
    v_message := 'must be HERA., 2 to 9 segments of A-Z 0-9 _, and a version, as in HERA.FINANCE.GL.JOURNAL.v1';
  else
    return null;
  end if;
  return jsonb_build_object('success', false, 'error', 'guardrail_violation:' || v_reason, 'status', 400, 'field', v_field,
    'message', v_field || ' ' || v_message);
end
$_$;
ALTER FUNCTION hera_internal.common_fault(p_organization_id uuid, p_name text, p_row jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.common_fault(p_organization_id uuid, p_name text, p_row jsonb) IS 'ORG_FILTER_MISMATCH, SMARTCODE_MISSING or SMARTCODE_REGEX_FAIL of a row.';
CREATE FUNCTION hera_internal.configure_installation(p_actor_user_id uuid, p_organization_id uuid, p_installation_id uuid, p_fields jsonb, p_config jsonb, p_change jsonb) RETURNS void
    LANGUAGE plpgsql
    AS $$
declare
  v_merged record := hera_internal.merge_installation_config(p_fields, p_config, p_change);
  v_smart_code text;
  v_name text;
  v_secret text;
begin
  select e.smart_code into v_smart_code
  from hera.core_entities e
  where e.organization_id = p_organization_id and e.id = p_installation_id;
  for v_name, v_secret in select s.key, s.value from jsonb_each_text(v_merged.secrets) s
  loop
    if v_secret is null then
      delete from hera.secrets s
      where s.organization_id = p_organization_id and s.entity_id = p_installation_id and s.name = v_name;
    else
      perform hera_internal.store_secret(p_organization_id, p_installation_id, v_name, v_secret);
    end if;
  end loop;
  perform hera_internal.store_field(p_actor_user_id, p_organization_id, p_installation_id, 'installation_config', 'json',
    v_merged.config, v_smart_code);
  perform hera_internal.index_installation(p_organization_id, p_installation_id);
end
$$;
ALTER FUNCTION hera_internal.configure_installation(p_actor_user_id uuid, p_organization_id uuid, p_installation_id uuid, p_fields jsonb, p_config jsonb, p_change jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.configure_installation(p_actor_user_id uuid, p_organization_id uuid, p_installation_id uuid, p_fields jsonb, p_config jsonb, p_change jsonb) IS 'Stores a change of an installation''s configuration.';
CREATE FUNCTION hera_internal.connection_health() RETURNS jsonb
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
begin
  return (
    select jsonb_build_object(
      'complete', pg_has_role('pg_read_all_stats', 'usage'), 'max', current_setting('max_connections')::int, 'total', count(*),
      'active', count(*) filter (where a.state = 'active'), 'idle', count(*) filter (where a.state = 'idle'),
      'idle_in_transaction', count(*) filter (where a.state like 'idle in transaction%'),
      'waiting_for_locks', count(*) filter (where a.wait_event_type = 'Lock'),
      'oldest_transaction_seconds', round(extract(epoch from clock_timestamp() - min(a.xact_start)), 3))
    from pg_stat_activity a
    where a.datname = current_database() and a.pid <> pg_backend_pid());
end
$$;
ALTER FUNCTION hera_internal.connection_health() OWNER TO hera_worker_owner;
COMMENT ON FUNCTION hera_internal.connection_health() IS 'Connections of the database.';
CREATE FUNCTION hera_internal.connectors_json(p_organization_id uuid, p_type text, p_code text, p_id uuid DEFAULT NULL::uuid) RETURNS jsonb
    LANGUAGE sql STABLE
    AS $$
  select coalesce(jsonb_agg(
    jsonb_build_object(
      'id', e.id, 'code', e.entity_code, 'name', e.entity_name, 'type', e.entity_type, 'status', e.status,
      'smart_code', e.smart_code, 'config', d.field_value_json, 'created_at', e.created_at,
      'installations_count', (
        -- The platform sees those of every organization.
        select count(*) from hera.core_entities i
        where (i.organization_id = p_organization_id or p_organization_id = hera_internal.platform_id())
          and i.entity_type = 'INTEGRATION_CONNECTOR_INSTALL' and i.entity_code = e.entity_code and i.status <> 'inactive'))
    || case
      when e.entity_type = 'INTEGRATION_CONNECTOR_INSTALL'
        then jsonb_build_object('health', hera_internal.installation_health(p_organization_id, e.id),
          'version', hera_internal.installed_definition(p_organization_id, e.id) -> 'version')
      when (d.field_value_json -> 'requires_assignment')::boolean
        then jsonb_build_object('assigned', hera_internal.is_assigned(p_organization_id, e.id))
      else '{}'
    end
    || case when e.entity_type = 'INTEGRATION_CONNECTOR_DEF'
      then jsonb_build_object('version', d.field_value_json -> 'version', 'versions', hera_internal.versions_of(e.id)) else '{}' end
    order by e.created_at, e.id), '[]')
  from hera.core_entities e
  left join hera.core_dynamic_data d
    on d.organization_id = e.organization_id and d.entity_id = e.id
    and d.field_name = case e.entity_type when 'INTEGRATION_CONNECTOR_DEF' then 'connector_config' else 'installation_config' end
  where (e.organization_id = p_organization_id and e.entity_type = 'INTEGRATION_CONNECTOR_INSTALL'
      or e.organization_id = hera_internal.platform_id() and e.entity_type = 'INTEGRATION_CONNECTOR_DEF')
    and (p_type is null or e.entity_type = p_type)
    and (p_code is null or e.entity_code = p_code)
    and (p_id is null or e.id = p_id);
$$;
ALTER FUNCTION hera_internal.connectors_json(p_organization_id uuid, p_type text, p_code text, p_id uuid) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.connectors_json(p_organization_id uuid, p_type text, p_code text, p_id uuid) IS 'Definitions and installations as a JSON array.';
CREATE FUNCTION hera_internal.content_hash(p_source text, p_type text, p_connector_code text, p_data_text text) RETURNS bytea
    LANGUAGE sql STABLE
    RETURN SUBSTRING(sha256(convert_to(concat(p_source, chr(31), p_type, chr(31), p_connector_code, chr(31), p_data_text), 'UTF8'::name)) FROM 1 FOR 16);
ALTER FUNCTION hera_internal.content_hash(p_source text, p_type text, p_connector_code text, p_data_text text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.content_hash(p_source text, p_type text, p_connector_code text, p_data_text text) IS '16 bytes of SHA-256 over the content of an event.';
CREATE FUNCTION hera_internal.content_macs(p_content text) RETURNS bytea[]
    LANGUAGE plpgsql STABLE
    AS $$
declare
  v_message constant bytea := convert_to(p_content, 'UTF8');
begin
  return array(
    select hera_internal.hmac_sha256(v_message, convert_to('idempotency:' || k.key, 'UTF8'))
    from unnest(string_to_array(nullif(current_setting('hera.encryption_key', true), ''), ',')) with ordinality k (key, nth)
    order by k.nth) || sha256(v_message);
end
$$;
ALTER FUNCTION hera_internal.content_macs(p_content text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.content_macs(p_content text) IS 'Fingerprints of a content, the one to keep first.';
CREATE FUNCTION hera_internal.create_api_key(p_actor_user_id uuid, p_organization_id uuid, p_api_key jsonb, p_key text) RETURNS uuid
    LANGUAGE plpgsql
    AS $$
declare
  v_id constant uuid := hera_internal.new_id(hera_internal.now());
  v_prefix constant text := left(p_key, 17);
begin
  perform hera_internal.set_tenant(hera_internal.platform_id());
  insert into hera.core_entities (
    id, organization_id, entity_type, entity_name, entity_code, smart_code, created_by, updated_by)
  values (v_id, hera_internal.platform_id(), 'API_KEY', p_api_key ->> 'name', v_prefix, 'HERA.IDENTITY.API_KEY.v1', p_actor_user_id, p_actor_user_id);
  perform hera_internal.set_tenant(p_organization_id);
  insert into hera.memberships (organization_id, user_entity_id, role, organization_active, expires_at, created_by, updated_by)
  select o.id, v_id, p_api_key ->> 'role', o.status = 'active', (p_api_key ->> 'expires_at')::timestamptz, p_actor_user_id, p_actor_user_id
  from hera.core_organizations o
  where o.id = p_organization_id;
  insert into hera.api_keys (organization_id, id, name, prefix, key_hash)
  values (p_organization_id, v_id, p_api_key ->> 'name', v_prefix, hera_internal.api_key_hash(p_key));
  return v_id;
end
$$;
ALTER FUNCTION hera_internal.create_api_key(p_actor_user_id uuid, p_organization_id uuid, p_api_key jsonb, p_key text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.create_api_key(p_actor_user_id uuid, p_organization_id uuid, p_api_key jsonb, p_key text) IS 'Stores a new API key; answers its id.';
CREATE TABLE hera.core_organizations (
    id uuid NOT NULL,
    organization_name text NOT NULL,
    organization_code text NOT NULL,
    organization_type text DEFAULT 'business'::text NOT NULL,
    industry_classification text,
    parent_organization_id uuid,
    settings jsonb DEFAULT '{}'::jsonb NOT NULL,
    status text DEFAULT 'active'::text NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    created_by uuid NOT NULL,
    updated_by uuid NOT NULL,
    CONSTRAINT core_organizations_status_check CHECK ((status = ANY (ARRAY['active'::text, 'suspended'::text])))
);
ALTER TABLE ONLY hera.core_organizations FORCE ROW LEVEL SECURITY;
ALTER TABLE hera.core_organizations OWNER TO hera_owner;
COMMENT ON TABLE hera.core_organizations IS 'The tenants. The platform organization has the id 0 and holds the platform settings.';
CREATE FUNCTION hera_internal.create_organization(p_actor_user_id uuid, p_organization jsonb) RETURNS hera.core_organizations
    LANGUAGE plpgsql
    AS $$
declare
  v_row hera.core_organizations;
  v_id uuid := coalesce((p_organization ->> 'id')::uuid, gen_random_uuid());
  v_name text := btrim(p_organization ->> 'name');
  v_code text := coalesce(p_organization ->> 'code', upper(regexp_replace(v_name, '[^A-Za-z0-9]+', '-', 'g')));
begin
  if hera_internal.organization_fault(v_name, v_code) is not null then
    perform hera_internal.fail(400, 'organization.invalid', hera_internal.organization_fault(v_name, v_code), null);
  end if;
  begin
    insert into hera.core_organizations (id, organization_name, organization_code, settings, created_by, updated_by)
    values (v_id, v_name, v_code, coalesce(p_organization -> 'settings', '{}'), p_actor_user_id, p_actor_user_id)
    returning * into v_row;
  exception
    when unique_violation then
      perform hera_internal.fail(409, 'organization.exists', 'An organization with this code or id exists.', 'Choose another code.');
  end;
  perform hera_internal.set_tenant(v_id);
  insert into hera.core_entities (
    id, organization_id, entity_type, entity_name, entity_code, smart_code, created_by, updated_by)
  values (v_id, v_id, 'ORGANIZATION', v_name, v_code, 'HERA.IDENTITY.ORGANIZATION.v1', p_actor_user_id, p_actor_user_id);
  return v_row;
end
$$;
ALTER FUNCTION hera_internal.create_organization(p_actor_user_id uuid, p_organization jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.create_organization(p_actor_user_id uuid, p_organization jsonb) IS 'Makes an organization and leaves it set as the tenant.';
CREATE FUNCTION hera_internal.create_replay(p_actor_user_id uuid, p_organization_id uuid, p_plan hera_internal.replay_plan, p_request jsonb) RETURNS hera.replay_jobs
    LANGUAGE plpgsql
    AS $$
declare
  v_most constant int := 100000;
  v_now timestamptz := hera_internal.now();
  v_job hera.replay_jobs;
begin
  if not exists (
    select from hera.webhooks w where w.organization_id = p_organization_id and w.id = p_plan.webhook_id and w.status = 'active') then
    perform hera_internal.fail(409, 'webhook.inactive', 'The webhook is not active.', 'Enable it with ENABLE of hera_webhook_config_v1.');
  end if;
  insert into hera.replay_jobs (
    organization_id, id, webhook_id, kind, request, status, per_second, spent_until, total, created_at, created_by, updated_at, updated_by)
  values (p_organization_id, hera_internal.new_id(v_now), p_plan.webhook_id, p_plan.kind, p_request, 'running', p_plan.per_second,
    v_now - interval '1 second', 0, v_now, p_actor_user_id, v_now, p_actor_user_id)
  returning * into v_job;
  -- In the order of the events, which fifo webhooks keep.
  insert into hera.replay_items (organization_id, job_id, position, delivery_id)
  select p_organization_id, v_job.id, row_number() over (order by c.delivery_id), c.delivery_id
  from hera_internal.replay_candidates(p_organization_id, p_plan, v_most + 1) as c (delivery_id);
  get diagnostics v_job.total = row_count;
  if v_job.total = 0 then
    perform hera_internal.fail(409, 'replay.empty', 'There is nothing to send again.', 'COUNT tells how many there are.');
  elsif v_job.total > v_most then
    perform hera_internal.fail(409, 'replay.too_many', format('A replay sends at most %s deliveries.', v_most),
      'Narrow it with since and until.');
  end if;
  update hera.replay_jobs j set total = v_job.total where j.organization_id = p_organization_id and j.id = v_job.id;
  return v_job;
end
$$;
ALTER FUNCTION hera_internal.create_replay(p_actor_user_id uuid, p_organization_id uuid, p_plan hera_internal.replay_plan, p_request jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.create_replay(p_actor_user_id uuid, p_organization_id uuid, p_plan hera_internal.replay_plan, p_request jsonb) IS 'Makes a replay with its deliveries.';
CREATE FUNCTION hera_internal.create_user(p_auth_uid text, p_name text, p_email text, p_actor_user_id uuid) RETURNS uuid
    LANGUAGE plpgsql
    AS $$
declare
  v_tenant constant uuid := current_setting('hera.organization_id')::uuid;
  v_platform constant uuid := hera_internal.platform_id();
  v_user uuid;
begin
  perform hera_internal.set_tenant(v_platform);
  -- Two callers that name one new auth_uid at once make one user.
  perform pg_advisory_xact_lock(hashtextextended('hera.identity.' || p_auth_uid, 0));
  select i.user_entity_id into v_user
  from hera.identities i
  where i.organization_id = v_platform and i.auth_uid = p_auth_uid;
  if v_user is null then
    v_user := hera_internal.new_id(hera_internal.now());
    insert into hera.core_entities (
      id, organization_id, entity_type, entity_name, entity_code, smart_code, metadata, created_by, updated_by)
    values (v_user, v_platform, 'USER', coalesce(p_name, p_email, p_auth_uid), p_auth_uid, 'HERA.IDENTITY.USER.v1',
      jsonb_strip_nulls(jsonb_build_object('email', p_email)), p_actor_user_id, p_actor_user_id);
    insert into hera.identities (auth_uid, user_entity_id) values (p_auth_uid, v_user);
  end if;
  perform hera_internal.set_tenant(v_tenant);
  return v_user;
end
$$;
ALTER FUNCTION hera_internal.create_user(p_auth_uid text, p_name text, p_email text, p_actor_user_id uuid) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.create_user(p_auth_uid text, p_name text, p_email text, p_actor_user_id uuid) IS 'Finds or makes the USER entity of an auth_uid.';
CREATE FUNCTION hera_internal.create_webhook(p_actor_user_id uuid, p_organization_id uuid, p_config jsonb, p_connector_code text) RETURNS jsonb
    LANGUAGE plpgsql
    AS $$
declare
  v_id uuid := hera_internal.new_id(hera_internal.now());
  v_secret text := coalesce(p_config ->> 'secret', hera_internal.new_webhook_secret());
  v_config jsonb := hera_internal.merge_webhook_config('{}', p_config);
begin
  perform hera_internal.check_webhook_config(v_config);
  perform hera_internal.store_webhook(p_actor_user_id, p_organization_id, v_id, v_config, p_connector_code);
  perform hera_internal.store_webhook_secret(p_organization_id, v_id, v_secret, interval '0');
  if p_config ? 'headers' then
    v_config := v_config || jsonb_build_object('headers',
      hera_internal.store_webhook_headers(p_organization_id, v_id, p_config -> 'headers'));
    perform hera_internal.store_webhook(p_actor_user_id, p_organization_id, v_id, v_config, p_connector_code);
  end if;
  return (hera_internal.webhooks_json(p_organization_id, v_id, null) -> 0) || jsonb_build_object('secret', v_secret);
end
$$;
ALTER FUNCTION hera_internal.create_webhook(p_actor_user_id uuid, p_organization_id uuid, p_config jsonb, p_connector_code text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.create_webhook(p_actor_user_id uuid, p_organization_id uuid, p_config jsonb, p_connector_code text) IS 'Makes a webhook; the answer holds its secret.';
CREATE FUNCTION hera_internal.creates_transaction(p_options jsonb) RETURNS boolean
    LANGUAGE plpgsql
    AS $$
begin
  perform hera_internal.check_keys('options', p_options, array['create_transaction', 'traceparent']);
  if jsonb_typeof(p_options -> 'create_transaction') not in ('boolean', 'null') then
    perform hera_internal.fail(400, 'options.invalid', 'options.create_transaction must be true or false', null);
  end if;
  return coalesce((p_options ->> 'create_transaction')::boolean, false);
end
$$;
ALTER FUNCTION hera_internal.creates_transaction(p_options jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.creates_transaction(p_options jsonb) IS 'True where options.create_transaction is true.';
CREATE FUNCTION hera_internal.cron_field(p_field text, p_min integer, p_max integer, p_names text[] DEFAULT '{}'::text[]) RETURNS integer[]
    LANGUAGE plpgsql IMMUTABLE
    AS $_$
declare
  v_item text;
  v_parts text[];
  v_from int;
  v_to int;
  v_numbers int[] := '{}';
begin
  foreach v_item in array string_to_array(lower(p_field), ',')
  loop
    for i in 1 .. cardinality(p_names)
    loop
      v_item := replace(v_item, p_names[i], (p_min + i - 1)::text);
    end loop;
    v_parts := regexp_match(v_item, '^(?:(\*)|([0-9]{1,2})(?:-([0-9]{1,2}))?)(?:/([0-9]{1,2}))?$');
    v_from := coalesce(v_parts[2]::int, p_min);
    v_to := coalesce(v_parts[3]::int, case when v_parts[2] is null or v_parts[4] is not null then p_max else v_from end);
    if v_parts is null or v_from < p_min or v_to > p_max or v_from > v_to or v_parts[4]::int = 0 then
      return null;
    end if;
    v_numbers := v_numbers || array(select generate_series(v_from, v_to, coalesce(v_parts[4]::int, 1)));
  end loop;
  return array(select distinct n from unnest(v_numbers) n order by n);
end
$_$;
ALTER FUNCTION hera_internal.cron_field(p_field text, p_min integer, p_max integer, p_names text[]) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.cron_field(p_field text, p_min integer, p_max integer, p_names text[]) IS 'The numbers of a field of a cron expression.';
CREATE FUNCTION hera_internal.cron_fields(p_cron text, OUT seconds integer[], OUT minutes integer[], OUT hours integer[], OUT days integer[], OUT months integer[], OUT weekdays integer[], OUT any_day boolean) RETURNS record
    LANGUAGE plpgsql IMMUTABLE
    AS $$
declare
  v_parts text[] := regexp_split_to_array(btrim(p_cron), '\s+');
begin
  if cardinality(v_parts) = 5 then
    v_parts := array['0'] || v_parts;
  elsif cardinality(v_parts) <> 6 then
    return;
  end if;
  seconds := hera_internal.cron_field(v_parts[1], 0, 59);
  minutes := hera_internal.cron_field(v_parts[2], 0, 59);
  hours := hera_internal.cron_field(v_parts[3], 0, 23);
  days := hera_internal.cron_field(v_parts[4], 1, 31);
  months := hera_internal.cron_field(v_parts[5], 1, 12, '{jan,feb,mar,apr,may,jun,jul,aug,sep,oct,nov,dec}');
  weekdays := hera_internal.cron_field(v_parts[6], 0, 7, '{sun,mon,tue,wed,thu,fri,sat}');
  -- 7 is Sunday too.
  weekdays := case when 7 = any (weekdays) then array[0] || weekdays else weekdays end;
  any_day := v_parts[4] !~ '^\*' and v_parts[6] !~ '^\*';
end
$$;
ALTER FUNCTION hera_internal.cron_fields(p_cron text, OUT seconds integer[], OUT minutes integer[], OUT hours integer[], OUT days integer[], OUT months integer[], OUT weekdays integer[], OUT any_day boolean) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.cron_fields(p_cron text, OUT seconds integer[], OUT minutes integer[], OUT hours integer[], OUT days integer[], OUT months integer[], OUT weekdays integer[], OUT any_day boolean) IS 'A cron expression, taken apart.';
CREATE FUNCTION hera_internal.cron_next(p_cron text, p_after timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE plpgsql IMMUTABLE
    AS $$
declare
  v_cron record := hera_internal.cron_fields(p_cron);
  v_at timestamp := date_trunc('second', p_after at time zone 'UTC') + interval '1 second';
  v_day date;
  v_time time;
  v_fits_day boolean;
  v_fits_weekday boolean;
begin
  if v_cron.seconds is null or v_cron.minutes is null or v_cron.hours is null
    or v_cron.days is null or v_cron.months is null or v_cron.weekdays is null then
    return null;
  end if;
  for i in 0 .. 1830
  loop
    v_day := v_at::date + i;
    continue when extract(month from v_day)::int <> all (v_cron.months);
    v_fits_day := extract(day from v_day)::int = any (v_cron.days);
    v_fits_weekday := extract(dow from v_day)::int = any (v_cron.weekdays);
    continue when not case when v_cron.any_day then v_fits_day or v_fits_weekday else v_fits_day and v_fits_weekday end;
    v_time := hera_internal.cron_time(v_cron.hours, v_cron.minutes, v_cron.seconds, case when i = 0 then v_at::time else time '00:00' end);
    if v_time is not null then
      return (v_day + v_time) at time zone 'UTC';
    end if;
  end loop;
  return null;
end
$$;
ALTER FUNCTION hera_internal.cron_next(p_cron text, p_after timestamp with time zone) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.cron_next(p_cron text, p_after timestamp with time zone) IS 'The next moment of a cron expression.';
CREATE FUNCTION hera_internal.cron_time(p_hours integer[], p_minutes integer[], p_seconds integer[], p_from time without time zone) RETURNS time without time zone
    LANGUAGE plpgsql IMMUTABLE
    AS $$
declare
  v_hour constant int := extract(hour from p_from);
  v_minute constant int := extract(minute from p_from);
  v_second constant int := extract(second from p_from);
  v_h int;
  v_m int;
  v_s int;
begin
  foreach v_h in array p_hours
  loop
    continue when v_h < v_hour;
    foreach v_m in array p_minutes
    loop
      continue when v_h = v_hour and v_m < v_minute;
      foreach v_s in array p_seconds
      loop
        continue when v_h = v_hour and v_m = v_minute and v_s < v_second;
        return make_time(v_h, v_m, v_s);
      end loop;
    end loop;
  end loop;
  return null;
end
$$;
ALTER FUNCTION hera_internal.cron_time(p_hours integer[], p_minutes integer[], p_seconds integer[], p_from time without time zone) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.cron_time(p_hours integer[], p_minutes integer[], p_seconds integer[], p_from time without time zone) IS 'The next time of a day by hours, minutes and seconds.';
CREATE FUNCTION hera_internal.currency_fault(p_currency jsonb) RETURNS text
    LANGUAGE plpgsql IMMUTABLE
    AS $_$
begin
  if p_currency is null or p_currency = 'null' or p_currency #>> '{}' ~ '^[A-Z][A-Z0-9]{2,9}$' then
    return null;
  end if;
  return 'must be a currency code such as EUR';
end
$_$;
ALTER FUNCTION hera_internal.currency_fault(p_currency jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.currency_fault(p_currency jsonb) IS 'The fault of a currency code, or null.';
CREATE FUNCTION hera_internal.database_id() RETURNS text
    LANGUAGE sql STABLE
    AS $$
  select c.system_identifier || '.' || d.oid
  from pg_catalog.pg_control_system() c
  join pg_catalog.pg_database d on d.datname = current_database();
$$;
ALTER FUNCTION hera_internal.database_id() OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.database_id() IS 'An id of this database.';
CREATE FUNCTION hera_internal.define_connector(p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_code text, p_config jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    AS $$
declare
  v_platform constant uuid := hera_internal.platform_id();
  v_config jsonb;
  v_id uuid;
begin
  if p_organization_id <> v_platform then
    perform hera_internal.guardrail('ORG_FILTER_MISMATCH', 'Definitions belong to the platform: pass its id as p_organization_id.');
  end if;
  perform hera_internal.check_keys('connector_config', p_config,
    case p_operation when 'RETIRE_DEFINITION' then '{}' else hera_internal.definition_keys() end);
  if p_config ->> 'code' <> p_code then
    perform hera_internal.fail(400, 'connector_config.invalid', 'connector_config.code is another than p_connector_code', 'Leave it out.');
  end if;
  perform pg_advisory_xact_lock(hashtextextended('hera.connector.' || p_code, 0));
  if p_operation = 'CREATE_DEFINITION' then
    if exists (
      select from hera.core_entities e
      where e.organization_id = v_platform and e.entity_type = 'INTEGRATION_CONNECTOR_DEF' and e.entity_code = p_code) then
      perform hera_internal.fail(409, 'connector.exists', 'A connector with this code exists.', 'Change it with UPDATE_DEFINITION.');
    end if;
    v_config := hera_internal.definition_defaults(p_code, p_config);
  else
    v_config := hera_internal.definition_defaults(p_code, hera_internal.merge_json(
      hera_internal.version_to_change((hera_internal.definition_of(p_code)).id, p_config -> 'version'), p_config));
  end if;
  if p_operation = 'RETIRE_DEFINITION' then
    v_config := v_config || jsonb '{"status": "retired"}';
  end if;
  v_id := hera_internal.store_definition(p_actor_user_id, p_code, v_config);
  perform hera_internal.audit(p_actor_user_id, v_platform, 'hera_integration_connector_v1', p_operation, v_id,
    jsonb_build_object('code', p_code, 'changed', (select jsonb_agg(k) from jsonb_object_keys(p_config) k)));
  return jsonb_build_object('success', true, 'connector', hera_internal.connectors_json(v_platform, null, null, v_id) -> 0);
end
$$;
ALTER FUNCTION hera_internal.define_connector(p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_code text, p_config jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.define_connector(p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_code text, p_config jsonb) IS 'Makes, changes or retires a connector definition.';
CREATE FUNCTION hera_internal.definition_defaults(p_code text, p_config jsonb) RETURNS jsonb
    LANGUAGE sql IMMUTABLE
    RETURN (jsonb_build_object('name', p_code, 'status', 'active', 'version', 1, 'category', 'custom', 'fields', '[]'::jsonb, 'auth', '{"type": "none"}'::jsonb) || (p_config - 'code'::text));
ALTER FUNCTION hera_internal.definition_defaults(p_code text, p_config jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.definition_defaults(p_code text, p_config jsonb) IS 'A definition with its defaults filled in.';
CREATE FUNCTION hera_internal.definition_fault(p_config jsonb) RETURNS text
    LANGUAGE plpgsql
    AS $$
declare
  v_text constant text := p_config::text;
  v_fault text := hera_internal.json_fault(p_config, v_text, 262144);
begin
  if v_fault is not null then
    return 'connector_config ' || v_fault;
  end if;
  -- Each looks at what the ones before have found to be sound.
  v_fault := hera_internal.shape_fault('connector_config', p_config, hera_internal.definition_shape());
  if v_fault is null and (p_config ->> 'version')::bigint not between 1 and 1000000 then
    return 'connector_config.version must be a whole number from 1 to 1000000';
  end if;
  v_fault := coalesce(v_fault, hera_internal.fields_fault(p_config -> 'fields'));
  v_fault := coalesce(v_fault, hera_internal.auth_fault(p_config -> 'auth'));
  v_fault := coalesce(v_fault, hera_internal.secret_names_fault(p_config));
  v_fault := coalesce(v_fault, hera_internal.verification_fault(p_config -> 'inbound'));
  v_fault := coalesce(v_fault, hera_internal.event_rules_fault(p_config));
  v_fault := coalesce(v_fault, hera_internal.actions_fault(p_config));
  v_fault := coalesce(v_fault, hera_internal.templates_fault(p_config, v_text));
  v_fault := coalesce(v_fault, hera_internal.samples_fault(p_config));
  return coalesce(v_fault, hera_internal.test_vectors_fault(p_config));
end
$$;
ALTER FUNCTION hera_internal.definition_fault(p_config jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.definition_fault(p_config jsonb) IS 'The fault of a connector definition, or null.';
CREATE FUNCTION hera_internal.definition_keys() RETURNS text[]
    LANGUAGE sql IMMUTABLE
    AS $$
  select array_agg(rtrim(k, '?')) || array['code'] from jsonb_object_keys(hera_internal.definition_shape()) k;
$$;
ALTER FUNCTION hera_internal.definition_keys() OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.definition_keys() IS 'The keys of a connector definition.';
CREATE FUNCTION hera_internal.definition_of(p_code text, OUT id uuid, OUT name text, OUT config jsonb) RETURNS record
    LANGUAGE plpgsql STABLE
    AS $$
begin
  select e.id, e.entity_name, d.field_value_json into id, name, config
  from hera.core_entities e
  join hera.core_dynamic_data d on d.organization_id = e.organization_id and d.entity_id = e.id and d.field_name = 'connector_config'
  where e.organization_id = hera_internal.platform_id() and e.entity_type = 'INTEGRATION_CONNECTOR_DEF' and e.entity_code = p_code;
  if id is null then
    perform hera_internal.fail(404, 'not_found', 'No such connector.', 'LIST shows the connectors; pass p_connector_code.');
  end if;
end
$$;
ALTER FUNCTION hera_internal.definition_of(p_code text, OUT id uuid, OUT name text, OUT config jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.definition_of(p_code text, OUT id uuid, OUT name text, OUT config jsonb) IS 'A connector definition by its code.';
CREATE FUNCTION hera_internal.definition_schema() RETURNS jsonb
    LANGUAGE sql IMMUTABLE
    AS $_$
  select jsonb_build_object('$schema', 'https://json-schema.org/draft/2020-12/schema', 'title', 'Connector definition of Hera.PgCore')
    || s.schema
    || jsonb_build_object('required', jsonb '["smart_code"]',
      'properties', s.schema -> 'properties' || jsonb_build_object('code', hera_internal.shape_schema('"code"')))
  from hera_internal.shape_schema(hera_internal.definition_shape()) s (schema);
$_$;
ALTER FUNCTION hera_internal.definition_schema() OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.definition_schema() IS 'The JSON Schema of connector definitions.';
CREATE FUNCTION hera_internal.definition_shape() RETURNS jsonb
    LANGUAGE sql IMMUTABLE
    RETURN '{"auth": {"type": "api_key|oauth2|webhook|none", "pkce?": "boolean", "query?": {"*": "string"}, "token?": {"url": "url", "method": "GET|POST", "params?": {"*": "string"}, "client_auth": "body|query|header", "body_format?": "form|json"}, "client?": {"id": "string", "secret": "string"}, "revoke?": {"url": "url", "method": "GET|POST|DELETE", "params?": {"*": "string"}, "with_auth?": "boolean"}, "scopes?": {"default": ["string"], "optional?": ["string"], "separator": "string"}, "headers?": {"*": "string"}, "refresh?": {"params?": {"*": "string"}, "strategy": "refresh_token|exchange|none", "before_s?": "integer"}, "authorize?": {"url": "url", "params?": {"*": "string"}}, "error_map?": {"reauth": ["jsonpath"]}, "introspect?": {"url": "url", "method": "GET|POST"}, "token_field?": "name", "response_map?": {"*": "jsonpath"}}, "name": "string", "vars?": {"*": "string"}, "fields": [{"name": "name", "type": "string|url|integer|number|boolean", "label?": "string", "secret?": "boolean", "choices?": ["string"], "default?": "any", "required?": "boolean", "description?": "string", "made_if_absent?": "boolean"}], "notes?": ["string"], "polls?": [{"url": "url", "code": "name", "cron?": "cron", "event": "string", "page?": {"next": "jsonpath", "param": "string", "stop_at_cursor?": "boolean"}, "needs?": ["name"], "query?": {"*": "string"}, "cursor?": "jsonpath", "method?": "GET|POST", "every_s?": "integer", "headers?": {"*": "string"}}], "status": "active|retired", "errors?": [{"when": {"status?": ["status"], "jsonpath?": "jsonpath"}, "class": "retry|permanent|reauth|disable|duplicate_ok", "note?": "string", "backoff?": {"max_s?": "number", "until?": "|utc_midnight", "factor?": "number", "wait_s?": "number"}}], "health?": {"cron?": "cron", "expect": {"status": ["status"]}, "request": {"url": "url", "method": "GET|POST", "headers?": {"*": "string"}}, "every_s?": "integer"}, "version": "integer", "actions?": [{"url": "url", "code": "name", "body?": "any", "note?": "string", "emits?": "string", "method": "GET|POST|PUT|PATCH|DELETE", "query?": {"*": "string"}, "success": {"status": ["status"]}, "headers?": {"*": "string"}, "idempotency": "natural|none|reconcile", "result_map?": {"*": "string"}, "body_format?": "form|json", "input_schema?": "object"}], "category": "string", "inbound?": {"ack?": {"body?": "string", "status": "status"}, "events?": [{"key?": ["jsonpath"], "type": "string", "data?": "jsonpath", "each?": [{"as": "name", "in?": "name", "path": "jsonpath"}], "note?": "string", "enrich?": {"input": {"*": "jsonpath"}, "action": "name"}, "origin?": "webhook|derived|poll|call|none", "reconciles?": {"id": "jsonpath", "failed?": "jsonpath", "result?": {"*": "jsonpath"}}, "smart_code?": "smart_code", "occurred_at?": "jsonpath", "key_fallback?": ["string"]}], "verify?": [{"key": "name", "name": "name", "type": "hmac|hash|shared_secret|basic|standard_webhooks", "hash?": "|sha256", "when?": {"header": "string", "equals?": "string"}, "enabled?": "boolean", "message?": ["string"], "encoding?": "hex|base64", "signature": {"header": "string", "pattern?": "regex", "strip_prefix?": "string"}, "timestamp?": {"unit": "s|ms", "header": "string", "pattern?": "regex", "tolerance_s": "integer"}, "encoding_field?": "name"}], "handshake?": [{"name": "name", "when": {"query": ["string"], "method": "GET|POST"}, "respond": {"hmac?": {"key": "name", "message": ["string"]}, "status": "status", "template": "string", "content_type": "string"}, "require?": [{"query": "string", "regex?": "regex", "equals?": "string", "equals_secret?": "name"}], "otherwise": {"status": "status"}}], "max_bytes?": "integer", "account_ref?": {"in": "name", "paths": ["jsonpath"]}, "on_unmatched?": "dead_letter|ignore", "verify_policy?": "first_present|any", "account_fields?": ["name"], "account_prefixes?": ["string"]}, "samples?": [{"body": "any", "name": "string", "events": [{"key": "string", "type": "string", "account_ref?": "string", "occurred_at?": "string"}], "headers?": {"*": "string"}}], "smart_code": "smart_code", "depends_on?": ["code"], "description?": "string", "rate_limits?": [{"key?": "jsonpath", "limit": "integer", "note?": "string", "scope": "string", "usage?": {"path?": "jsonpath", "header": "string", "wait_s": "number", "at_most?": "number", "at_least?": "number"}, "actions?": ["name"], "enforce?": "boolean", "headers?": ["string"], "window_s": "number"}], "capabilities?": ["string"], "test_vectors?": [{"name": "string", "uri?": "string", "body?": "string", "valid": "boolean", "query?": {"*": "string"}, "secret": "string", "fields?": {"*": "string"}, "method?": "string", "verify?": "name", "headers?": {"*": "string"}, "signature": "string", "handshake?": "name"}], "requires_assignment?": "boolean"}'::jsonb;
ALTER FUNCTION hera_internal.definition_shape() OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.definition_shape() IS 'The shape of a connector definition.';
CREATE FUNCTION hera_internal.definition_version(p_definition_id uuid, p_version integer) RETURNS jsonb
    LANGUAGE sql STABLE
    AS $$
  select coalesce((
      select v.config from hera.connector_versions v
      where v.organization_id = hera_internal.platform_id() and v.definition_id = p_definition_id and v.version = p_version),
    (
      select d.field_value_json from hera.core_dynamic_data d
      where d.organization_id = hera_internal.platform_id() and d.entity_id = p_definition_id and d.field_name = 'connector_config'));
$$;
ALTER FUNCTION hera_internal.definition_version(p_definition_id uuid, p_version integer) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.definition_version(p_definition_id uuid, p_version integer) IS 'A version of a definition.';
CREATE FUNCTION hera_internal.deliveries_between(p_organization_id uuid, p_low uuid, p_high uuid, p_webhook_no integer, p_status text, p_max_rows integer) RETURNS SETOF hera_internal.delivery
    LANGUAGE sql STABLE
    AS $$
  select d.delivery_id, hera_internal.delivery_event_id(d.delivery_id), w.id, d.status,
    case
      when d.reason = 'rate_limit' and i.status <> 'active' then 'connector_' || i.status
      when d.reason = 'rate_limit' and w.kind = 'webhook' and w.rate_limit_per_second is null then 'secret_sealed_off'
      else d.reason
    end,
    d.attempts, d.last_status_code, d.last_error, d.next_attempt_at, d.settled_at,
    case when w.kind = 'channel' then w.connector_code end,
    case when w.kind = 'channel' then (
      select substr(e.event_type, 8) from hera.events e
      where e.organization_id = p_organization_id and e.id = hera_internal.delivery_event_id(d.delivery_id)) end
  from (
    select r.delivery_id, 'pending' as status, null as reason, r.attempt - 1 as attempts, null::int as last_status_code,
      null as last_error, null::timestamptz as next_attempt_at, null::timestamptz as settled_at
    from hera.outbox_ready r
    where r.organization_id = p_organization_id and r.delivery_id between p_low and p_high
    union all
    select f.delivery_id, 'pending', 'fifo', f.base_attempt, null, null, null, null
    from hera.outbox_fifo_wait f
    where f.organization_id = p_organization_id and f.delivery_id between p_low and p_high
    union all
    select s.delivery_id, case when s.attempt > 1 then 'failed' else 'pending' end, case when s.attempt = 1 then 'rate_limit' end,
      s.attempt - 1, null, null, s.due_at, null
    from hera.outbox_scheduled s
    where s.organization_id = p_organization_id and s.delivery_id between p_low and p_high
    union all
    select m.delivery_id, 'in_flight', null, m.attempt - 1, null, null, null, null
    from hera.outbox_leases l
    cross join unnest(l.organization_ids, l.delivery_ids, l.attempts) as m (organization_id, delivery_id, attempt)
    where p_organization_id = any (l.organization_ids) and m.organization_id = p_organization_id
      and m.delivery_id between p_low and p_high
    union all
    select x.delivery_id, x.status, x.reason, x.attempts, x.last_status_code, x.last_error, null, x.created_at
    from hera.dead_letters x
    where x.organization_id = p_organization_id and x.delivery_id between p_low and p_high
    union all
    select t.delivery_id, 'delivered', null, t.attempt, t.status_code, null, null, t.started_at + t.duration_ms * interval '1 ms'
    from hera.attempts t
    where t.organization_id = p_organization_id and t.delivery_id between p_low and p_high and t.status_code between 200 and 299
  ) d
  join hera.webhooks w
    on w.organization_id = p_organization_id and w.webhook_no = hera_internal.delivery_webhook_no(d.delivery_id)
  left join hera.core_entities i on i.organization_id = w.organization_id and i.id = w.id and w.kind = 'channel'
  where (p_webhook_no is null or w.webhook_no = p_webhook_no) and (p_status is null or d.status = p_status)
  order by d.delivery_id desc
  limit p_max_rows;
$$;
ALTER FUNCTION hera_internal.deliveries_between(p_organization_id uuid, p_low uuid, p_high uuid, p_webhook_no integer, p_status text, p_max_rows integer) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.deliveries_between(p_organization_id uuid, p_low uuid, p_high uuid, p_webhook_no integer, p_status text, p_max_rows integer) IS 'Deliveries of an organization by id, with status and reason.';
CREATE FUNCTION hera_internal.iso_time(p_at timestamp with time zone) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN to_char((p_at AT TIME ZONE 'UTC'::text), 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'::text);
ALTER FUNCTION hera_internal.iso_time(p_at timestamp with time zone) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.iso_time(p_at timestamp with time zone) IS 'ISO 8601 in UTC.';
CREATE FUNCTION hera_internal.delivery_body(p_event hera.events, p_data text) RETURNS text
    LANGUAGE sql STABLE
    RETURN concat('{"id":"', (p_event).id, '","type":"', (p_event).event_source, '.', (p_event).event_type, '","timestamp":"', hera_internal.iso_time((p_event).created_at), '","organization_id":"', (p_event).organization_id, '","topic":"', (p_event).event_source, '.', (p_event).event_type, '","smart_code":"', (p_event).smart_code, '","data":', p_data, '}');
ALTER FUNCTION hera_internal.delivery_body(p_event hera.events, p_data text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.delivery_body(p_event hera.events, p_data text) IS '{id, type, timestamp, organization_id, topic, smart_code, data} as text.';
CREATE FUNCTION hera_internal.delivery_event_id(p_delivery_id uuid) RETURNS uuid
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (encode(OVERLAY(uuid_send(p_delivery_id) PLACING '\x000000'::bytea FROM 14 FOR 3), 'hex'::text))::uuid;
ALTER FUNCTION hera_internal.delivery_event_id(p_delivery_id uuid) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.delivery_event_id(p_delivery_id uuid) IS 'The event id within a delivery id.';
CREATE FUNCTION hera_internal.delivery_figures(p_organization_id uuid, p_filter hera_internal.monitor_filter, p_hourly boolean, p_max_rows integer) RETURNS SETOF hera_internal.delivery_figures
    LANGUAGE plpgsql STABLE
    AS $$
declare
  v_webhook constant record := hera_internal.monitored_webhook(p_organization_id, p_filter.webhook_id);
begin
  return query
  with counted as materialized (
    select case when p_hourly then r.hour else p_filter.since end as hour, r.organization_id, r.webhook_no, r.duration_bucket,
      sum(r.attempts)::int as attempts, sum(r.retries)::int as retries,
      sum(r.attempts) filter (where r.cause like '2__') as s2, sum(r.attempts) filter (where r.cause like '3__') as s3,
      sum(r.attempts) filter (where r.cause like '4__') as s4, sum(r.attempts) filter (where r.cause like '5__') as s5
    from hera_internal.delivery_hours(v_webhook.organization_id, p_filter.since, p_filter.until) r
    where v_webhook.webhook_no is null or r.webhook_no = v_webhook.webhook_no
    group by 1, 2, 3, 4
  ), shown as (
    select c.hour, c.organization_id, c.webhook_no, sum(c.attempts) as attempts
    from counted c
    group by c.hour, c.organization_id, c.webhook_no
    order by c.hour desc, 4 desc, c.organization_id, c.webhook_no
    limit p_max_rows
  ), ranked as (
    select s.attempts as total, c.*,
      sum(c.attempts) over (partition by c.hour, c.organization_id, c.webhook_no order by c.duration_bucket) as upto
    from shown s
    join counted c on c.hour = s.hour and c.organization_id = s.organization_id and c.webhook_no = s.webhook_no
  ), figures as (
    select k.hour, k.organization_id, k.webhook_no, k.total as attempts, sum(k.retries) as retries,
      coalesce(sum(k.s2), 0)::bigint as s2, coalesce(sum(k.s3), 0)::bigint as s3, coalesce(sum(k.s4), 0)::bigint as s4,
      coalesce(sum(k.s5), 0)::bigint as s5,
      min(k.duration_bucket) filter (where k.upto >= 0.5 * k.total) as p50,
      min(k.duration_bucket) filter (where k.upto >= 0.95 * k.total) as p95
    from ranked k
    group by k.hour, k.organization_id, k.webhook_no, k.total
  )
  select f.hour, f.organization_id, w.id, w.url, w.status, f.attempts, f.s2, f.retries, f.s2, f.s3, f.s4, f.s5,
    f.attempts - f.s2 - f.s3 - f.s4 - f.s5, round(f.s2::numeric / f.attempts, 4),
    hera_internal.bucket_ms(f.p50), hera_internal.bucket_ms(f.p95)
  from figures f
  join hera.webhooks w on w.organization_id = f.organization_id and w.webhook_no = f.webhook_no;
end
$$;
ALTER FUNCTION hera_internal.delivery_figures(p_organization_id uuid, p_filter hera_internal.monitor_filter, p_hourly boolean, p_max_rows integer) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.delivery_figures(p_organization_id uuid, p_filter hera_internal.monitor_filter, p_hourly boolean, p_max_rows integer) IS 'Attempts by webhook and hour.';
CREATE TABLE hera.delivery_rollup (
    organization_id uuid NOT NULL,
    hour timestamp with time zone NOT NULL,
    webhook_no integer NOT NULL,
    cause text NOT NULL,
    duration_bucket smallint NOT NULL,
    attempts integer NOT NULL,
    retries integer NOT NULL
);
ALTER TABLE ONLY hera.delivery_rollup FORCE ROW LEVEL SECURITY;
ALTER TABLE hera.delivery_rollup OWNER TO hera_owner;
COMMENT ON TABLE hera.delivery_rollup IS 'Attempts by the hour in which they started, webhook, outcome and duration.';
CREATE FUNCTION hera_internal.delivery_hours(p_organization_id uuid, p_from timestamp with time zone, p_until timestamp with time zone) RETURNS SETOF hera.delivery_rollup
    LANGUAGE plpgsql STABLE ROWS 20000
    SET plan_cache_mode TO 'force_custom_plan'
    AS $$
declare
  v_open timestamptz := least(p_until, greatest(p_from, hera_internal.rollup_until()));
begin
  return query
  select r.*
  from hera.delivery_rollup r
  where r.hour >= p_from and r.hour < v_open and (p_organization_id is null or r.organization_id = p_organization_id);
  return query
  select r.* from hera_internal.delivery_recount(p_organization_id, v_open, p_until) r;
end
$$;
ALTER FUNCTION hera_internal.delivery_hours(p_organization_id uuid, p_from timestamp with time zone, p_until timestamp with time zone) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.delivery_hours(p_organization_id uuid, p_from timestamp with time zone, p_until timestamp with time zone) IS 'Attempts by webhook, outcome and duration, by hour.';
CREATE FUNCTION hera_internal.delivery_id(p_event_id uuid, p_webhook_no integer) RETURNS uuid
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (encode(OVERLAY(uuid_send(p_event_id) PLACING SUBSTRING(int4send(p_webhook_no) FROM 3) FROM 14 FOR 2), 'hex'::text))::uuid;
ALTER FUNCTION hera_internal.delivery_id(p_event_id uuid, p_webhook_no integer) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.delivery_id(p_event_id uuid, p_webhook_no integer) IS 'The delivery id of an event and a webhook number (1 to 65535).';
CREATE FUNCTION hera_internal.id_time(p_id uuid) RETURNS timestamp with time zone
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN to_timestamp((((((('x'::text || lpad("left"(replace((p_id)::text, '-'::text, ''::text), 12), 16, '0'::text)))::bit(64))::bigint)::numeric / 1000.0))::double precision);
ALTER FUNCTION hera_internal.id_time(p_id uuid) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.id_time(p_id uuid) IS 'When an id was made.';
CREATE FUNCTION hera_internal.delivery_json(p_delivery hera_internal.delivery) RETURNS jsonb
    LANGUAGE sql STABLE
    RETURN ((to_jsonb(p_delivery) - CASE WHEN ((p_delivery).connector_code IS NULL) THEN ARRAY['connector_code'::text, 'action'::text] ELSE '{}'::text[] END) || jsonb_build_object('created_at', hera_internal.id_time((p_delivery).id)));
ALTER FUNCTION hera_internal.delivery_json(p_delivery hera_internal.delivery) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.delivery_json(p_delivery hera_internal.delivery) IS 'A delivery as JSON.';
CREATE FUNCTION hera_internal.delivery_recount(p_organization_id uuid, p_from timestamp with time zone, p_until timestamp with time zone) RETURNS SETOF hera.delivery_rollup
    LANGUAGE plpgsql STABLE
    SET plan_cache_mode TO 'force_custom_plan'
    AS $$
begin
  return query
  select a.organization_id, hera_internal.hour_of(a.started_at), hera_internal.delivery_webhook_no(a.delivery_id),
    case when a.status_code is null then coalesce(a.error, 'no_answer') else a.status_code::text end,
    hera_internal.bucket(a.duration_ms), count(*)::int, (count(*) filter (where a.attempt > 1))::int
  from hera.attempts a
  where a.started_at >= p_from and a.started_at < p_until
    and (p_organization_id is null or a.organization_id = p_organization_id)
  group by 1, 2, 3, 4, 5;
end
$$;
ALTER FUNCTION hera_internal.delivery_recount(p_organization_id uuid, p_from timestamp with time zone, p_until timestamp with time zone) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.delivery_recount(p_organization_id uuid, p_from timestamp with time zone, p_until timestamp with time zone) IS 'What hera.delivery_rollup should say of a period.';
CREATE FUNCTION hera_internal.delivery_webhook_no(p_delivery_id uuid) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ((get_byte(uuid_send(p_delivery_id), 13) * 256) + get_byte(uuid_send(p_delivery_id), 14));
ALTER FUNCTION hera_internal.delivery_webhook_no(p_delivery_id uuid) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.delivery_webhook_no(p_delivery_id uuid) IS 'The webhook number within a delivery id.';
CREATE FUNCTION hera_internal.dependencies_of(p_organization_id uuid, p_config jsonb) RETURNS uuid[]
    LANGUAGE plpgsql
    AS $$
declare
  v_code text;
  v_id uuid;
  v_ids uuid[] := array[]::uuid[];
begin
  for v_code in select c.value from jsonb_array_elements_text(p_config -> 'depends_on') c order by 1
  loop
    select e.id into v_id
    from hera.core_entities e
    where e.organization_id = p_organization_id and e.entity_type = 'INTEGRATION_CONNECTOR_INSTALL' and e.entity_code = v_code
      and e.status <> 'inactive'
    for share;
    if not found then
      perform hera_internal.fail(409, 'connector.dependency_missing', format('The connector needs %s, which is not installed.', v_code),
        format('INSTALL %s first.', v_code));
    end if;
    v_ids := v_ids || v_id;
  end loop;
  return v_ids;
end
$$;
ALTER FUNCTION hera_internal.dependencies_of(p_organization_id uuid, p_config jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.dependencies_of(p_organization_id uuid, p_config jsonb) IS 'The installations that a definition needs.';
CREATE FUNCTION hera_internal.dependency_fault(p_code text, p_config jsonb) RETURNS text
    LANGUAGE plpgsql STABLE
    AS $$
declare
  v_code text;
begin
  select c.value into v_code
  from jsonb_array_elements_text(p_config -> 'depends_on') c
  where c.value <> p_code and not exists (
    select from hera.core_entities e
    where e.organization_id = hera_internal.platform_id() and e.entity_type = 'INTEGRATION_CONNECTOR_DEF' and e.entity_code = c.value)
  limit 1;
  if found then
    return format('connector_config.depends_on names %s, which is no connector', v_code);
  end if;
  with recursive needed (code) as (
    select jsonb_array_elements_text(p_config -> 'depends_on')
    union
    select jsonb_array_elements_text(d.field_value_json -> 'depends_on')
    from needed n
    join hera.core_entities e
      on e.organization_id = hera_internal.platform_id() and e.entity_type = 'INTEGRATION_CONNECTOR_DEF' and e.entity_code = n.code
    join hera.core_dynamic_data d
      on d.organization_id = e.organization_id and d.entity_id = e.id and d.field_name = 'connector_config'
    where n.code <> p_code
  )
  select n.code into v_code from needed n where n.code = p_code;
  if found then
    return format('connector_config.depends_on leads back to %s', v_code);
  end if;
  return null;
end
$$;
ALTER FUNCTION hera_internal.dependency_fault(p_code text, p_config jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.dependency_fault(p_code text, p_config jsonb) IS 'The fault of a definition''s dependencies, or null.';
CREATE FUNCTION hera_internal.drop_old_partitions(p_now timestamp with time zone) RETURNS jsonb
    LANGUAGE plpgsql
    AS $_$
declare
  v_partition record;
  v_dropped text[] := array[]::text[];
  v_busy text[] := array[]::text[];
begin
  if not pg_try_advisory_xact_lock(hashtextextended('hera.retention', 0)) then
    return jsonb '{"dropped": [], "busy": []}';
  end if;
  for v_partition in
    select c.relname as name, k.kind, to_date(right(c.relname, 8), 'YYYYMMDD') as day
    from (
      select p.kind, max(p.days) as days
      from hera_internal.retention_policies() p
      where p.kind in ('events', 'attempts', 'inbound_requests')
      group by p.kind
      having not bool_or(p.days is null)) k
    join pg_catalog.pg_class c
      on c.relnamespace = 'hera'::regnamespace and c.relispartition and c.relkind = 'r' and c.relname ~ ('^' || k.kind || '_[0-9]{8}$')
    where (to_date(right(c.relname, 8), 'YYYYMMDD') + 1)::timestamp at time zone 'UTC' <= p_now - k.days * interval '1 day'
    order by c.relname
    limit 100
  loop
    continue when v_partition.kind = 'events' and exists (
      select from hera_internal.kept_events(null, hera_internal.id_floor(v_partition.day::timestamp at time zone 'UTC'),
        hera_internal.id_floor((v_partition.day + 1)::timestamp at time zone 'UTC')));
    if hera_internal.drop_partition(v_partition.kind, v_partition.day) then
      v_dropped := v_dropped || v_partition.name::text;
    else
      v_busy := v_busy || v_partition.name::text;
    end if;
  end loop;
  return jsonb_build_object('dropped', to_jsonb(v_dropped), 'busy', to_jsonb(v_busy));
end
$_$;
ALTER FUNCTION hera_internal.drop_old_partitions(p_now timestamp with time zone) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.drop_old_partitions(p_now timestamp with time zone) IS 'Drops days that no policy keeps.';
CREATE FUNCTION hera_internal.drop_partition(p_parent text, p_day date) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    SET lock_timeout TO '100ms'
    AS $$
begin
  execute format('drop table hera.%I', p_parent || '_' || to_char(p_day, 'YYYYMMDD'));
  return true;
exception
  when lock_not_available then
    return false;
end
$$;
ALTER FUNCTION hera_internal.drop_partition(p_parent text, p_day date) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.drop_partition(p_parent text, p_day date) IS 'Drops a day''s partition of events or attempts.';
CREATE FUNCTION hera_internal.durable() RETURNS void
    LANGUAGE plpgsql
    AS $$
begin
  if current_setting('synchronous_commit') = 'off' then
    perform set_config('synchronous_commit', 'on', true);
  end if;
end
$$;
ALTER FUNCTION hera_internal.durable() OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.durable() IS 'Takes synchronous_commit = off back for this transaction.';
CREATE FUNCTION hera_internal.encryption_keys() RETURNS text[]
    LANGUAGE plpgsql STABLE
    AS $_$
declare
  v_keys text[] := string_to_array(nullif(current_setting('hera.encryption_key', true), ''), ',');
  v_key text;
begin
  if v_keys is null then
    perform hera_internal.fail(500, 'encryption.key_missing', 'This session has no encryption key.',
      'Start the host with HERA_ENCRYPTION_KEY, or psql with PGOPTIONS=''-c hera.encryption_key=…''; a literal SET would be logged.');
  end if;
  foreach v_key in array v_keys
  loop
    if v_key !~ '^[A-Za-z0-9+/]{43}=$' then
      perform hera_internal.fail(500, 'encryption.key_malformed', 'An encryption key is not base64 of 32 bytes.',
        'Make one with: openssl rand -base64 32');
    end if;
  end loop;
  return v_keys;
end
$_$;
ALTER FUNCTION hera_internal.encryption_keys() OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.encryption_keys() IS 'The encryption keys of this session, newest first.';
CREATE FUNCTION hera_internal.end_authorization(p_organization_id uuid, p_installation_id uuid, p_reason text) RETURNS void
    LANGUAGE plpgsql
    AS $$
declare
  v_actor constant uuid := uuid '00000000-0000-0000-0000-000000000001';
  v_code text;
  v_status text;
begin
  select e.entity_code, e.status into v_code, v_status
  from hera.core_entities e
  where e.organization_id = p_organization_id and e.id = p_installation_id and e.entity_type = 'INTEGRATION_CONNECTOR_INSTALL'
  for update;
  if v_status is null or v_status in ('inactive', 'reauth_required', 'pending_auth') then
    return;
  end if;
  delete from hera.secrets s
  where s.organization_id = p_organization_id and s.entity_id = p_installation_id
    and s.name in ('oauth_access_token', 'oauth_refresh_token');
  perform hera_internal.set_installation_health(p_organization_id, p_installation_id, p_reason);
  if v_status <> 'paused' then
    perform hera_internal.set_installation_status(v_actor, p_organization_id, p_installation_id, 'reauth_required');
  end if;
  perform hera_internal.keep_tasks(p_organization_id, p_installation_id);
  perform hera_internal.audit(v_actor, p_organization_id, 'hera_connector_oauth_v1', 'REAUTH_REQUIRED', p_installation_id,
    jsonb_build_object('code', v_code));
  perform hera_internal.publish(v_actor, p_organization_id, 'hera.connector.reauth_required',
    jsonb_build_object('connector_code', v_code, 'installation_id', p_installation_id, 'reason', p_reason), null,
    'HERA.INTEGRATION.CONNECTOR.REAUTH.REQUIRED.v1');
end
$$;
ALTER FUNCTION hera_internal.end_authorization(p_organization_id uuid, p_installation_id uuid, p_reason text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.end_authorization(p_organization_id uuid, p_installation_id uuid, p_reason text) IS 'Notes that an installation has to be authorized anew.';
CREATE FUNCTION hera_internal.end_call(p_organization_id uuid, p_delivery_id uuid, p_attempts smallint, p_outcome text, p_error jsonb, p_result jsonb, p_now timestamp with time zone) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
declare
  v_event hera.events;
  v_action jsonb;
  v_code text;
begin
  perform hera_internal.set_tenant(p_organization_id);
  select * into v_event from hera.events e where e.organization_id = p_organization_id and e.id = hera_internal.delivery_event_id(p_delivery_id);
  v_code := substr(v_event.event_type, 8);
  v_action := hera_internal.action_of(hera_internal.installed_definition(p_organization_id, v_event.installation_id), v_code);
  if p_outcome <> 'succeeded' then
    insert into hera.dead_letters as d (organization_id, delivery_id, status, reason, attempts, last_status_code, last_error, created_at)
    values (p_organization_id, p_delivery_id,
      case when p_error ->> 'code' = 'blocked_address' then 'blocked' when p_error ->> 'code' like 'connector\_%' then 'disabled' else 'dlq' end,
      case when p_outcome = 'unknown' then 'outcome_unknown' else p_error ->> 'code' end, p_attempts, (p_error ->> 'status')::smallint,
      p_error ->> 'code', p_now)
    on conflict (organization_id, delivery_id) do update set
      status = excluded.status, reason = excluded.reason, attempts = excluded.attempts,
      last_status_code = excluded.last_status_code, last_error = excluded.last_error, created_at = excluded.created_at;
  end if;
  perform hera_internal.call_event(v_event,
    case when p_outcome = 'succeeded' then coalesce(v_action ->> 'emits', v_event.event_type || '.succeeded')
      else v_event.event_type || '.' || p_outcome end,
    jsonb_strip_nulls(jsonb_build_object('action', v_code, 'connector_code', v_event.connector_code, 'event_id', v_event.id,
      'delivery_id', p_delivery_id, 'enriches', substring(v_event.idempotency_key from '^hera\.enrich:([0-9a-f-]{36}):'), 'error', p_error))
      || case when p_outcome = 'succeeded' then jsonb_build_object('result', coalesce(p_result, '{}')) else '{}' end);
end
$$;
ALTER FUNCTION hera_internal.end_call(p_organization_id uuid, p_delivery_id uuid, p_attempts smallint, p_outcome text, p_error jsonb, p_result jsonb, p_now timestamp with time zone) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.end_call(p_organization_id uuid, p_delivery_id uuid, p_attempts smallint, p_outcome text, p_error jsonb, p_result jsonb, p_now timestamp with time zone) IS 'Ends a call and tells of it.';
CREATE FUNCTION hera_internal.end_connection(p_actor_user_id uuid, p_organization_id uuid, p_installation_id uuid, p_status text, p_config jsonb) RETURNS void
    LANGUAGE plpgsql
    AS $$
begin
  if p_config #>> '{auth,type}' <> 'oauth2' then
    perform hera_internal.fail(409, 'connector.no_oauth', 'The connector has no authorization at its provider.', 'UNINSTALL it, or PAUSE it.');
  end if;
  perform hera_internal.queue_revoke(p_actor_user_id, p_organization_id, p_installation_id);
  delete from hera.secrets s
  where s.organization_id = p_organization_id and s.entity_id = p_installation_id
    and s.name in ('oauth_access_token', 'oauth_refresh_token');
  delete from hera.core_dynamic_data d
  where d.organization_id = p_organization_id and d.entity_id = p_installation_id
    and d.field_name in ('token_expires_at', 'refresh_token_expires_at', 'oauth_scope');
  if p_status <> 'paused' then
    perform hera_internal.set_installation_status(p_actor_user_id, p_organization_id, p_installation_id,
      hera_internal.live_status(p_organization_id, p_installation_id, p_config -> 'auth'));
  end if;
  perform hera_internal.keep_tasks(p_organization_id, p_installation_id);
end
$$;
ALTER FUNCTION hera_internal.end_connection(p_actor_user_id uuid, p_organization_id uuid, p_installation_id uuid, p_status text, p_config jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.end_connection(p_actor_user_id uuid, p_organization_id uuid, p_installation_id uuid, p_status text, p_config jsonb) IS 'Takes an authorization back.';
CREATE FUNCTION hera_internal.end_links(p_actor_user_id uuid, p_organization_id uuid, p_link_ids uuid[]) RETURNS void
    LANGUAGE plpgsql
    AS $$
declare
  v_now timestamptz := hera_internal.now();
begin
  update hera.core_relationships r
  set is_active = false, expiration_date = v_now, updated_at = v_now, updated_by = p_actor_user_id, version = r.version + 1
  where r.organization_id = p_organization_id and r.id = any (p_link_ids) and r.is_active;
end
$$;
ALTER FUNCTION hera_internal.end_links(p_actor_user_id uuid, p_organization_id uuid, p_link_ids uuid[]) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.end_links(p_actor_user_id uuid, p_organization_id uuid, p_link_ids uuid[]) IS 'Closes links by their ids.';
CREATE FUNCTION hera_internal.endpoint_of(p_actor_user_id uuid, p_organization_id uuid, p_url text) RETURNS uuid
    LANGUAGE plpgsql
    AS $$
declare
  v_id uuid;
  v_code text := 'END-' || encode(substring(sha256(convert_to(p_url, 'UTF8')) for 12), 'hex');
begin
  insert into hera.core_entities as e (
    id, organization_id, entity_type, entity_name, entity_code, smart_code, created_by, updated_by)
  values (hera_internal.new_id(hera_internal.now()), p_organization_id, 'INTEGRATION_ENDPOINT', left(p_url, 200), v_code,
    'HERA.INTEGRATION.WEBHOOK.ENDPOINT.v1', p_actor_user_id, p_actor_user_id)
  on conflict do nothing
  returning e.id into v_id;
  if v_id is null then
    select e.id into v_id
    from hera.core_entities e
    where e.organization_id = p_organization_id and e.entity_type = 'INTEGRATION_ENDPOINT' and e.entity_code = v_code;
  end if;
  return v_id;
end
$$;
ALTER FUNCTION hera_internal.endpoint_of(p_actor_user_id uuid, p_organization_id uuid, p_url text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.endpoint_of(p_actor_user_id uuid, p_organization_id uuid, p_url text) IS 'Finds or makes the endpoint of a URL.';
CREATE FUNCTION hera_internal.enqueue_aside(p_organization_id uuid, p_event_id uuid, p_fifo integer[], p_disabled integer[], p_now timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    AS $$
begin
  insert into hera.outbox_fifo_wait (organization_id, webhook_no, delivery_id, base_attempt)
  select p_organization_id, webhook_no, hera_internal.delivery_id(p_event_id, webhook_no), 0
  from unnest(p_fifo) webhook_no;
  insert into hera.dead_letters (organization_id, delivery_id, status, reason, attempts, created_at)
  select p_organization_id, hera_internal.delivery_id(p_event_id, webhook_no), 'disabled', 'webhook_disabled', 0, p_now
  from unnest(p_disabled) webhook_no;
end
$$;
ALTER FUNCTION hera_internal.enqueue_aside(p_organization_id uuid, p_event_id uuid, p_fifo integer[], p_disabled integer[], p_now timestamp with time zone) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.enqueue_aside(p_organization_id uuid, p_event_id uuid, p_fifo integer[], p_disabled integer[], p_now timestamp with time zone) IS 'Fifo lines and disabled webhooks of an event.';
CREATE FUNCTION hera_internal.enrich_event(p_organization_id uuid, p_installation_id uuid, p_config jsonb, p_type text, p_event_id uuid, p_data jsonb) RETURNS uuid
    LANGUAGE plpgsql
    AS $_$
declare
  v_enrich constant jsonb := jsonb_path_query_first(p_config, '$.inbound.events[*] ? (@.type == $t).enrich', jsonb_build_object('t', p_type));
  v_action constant jsonb := hera_internal.action_of(p_config, v_enrich ->> 'action');
  v_channel hera.webhooks;
  v_input jsonb;
begin
  if v_action is null then
    return null;
  end if;
  select jsonb_object_agg(i.key, f.value) filter (where f.value is not null) into v_input
  from jsonb_each_text(v_enrich -> 'input') i
  cross join lateral (select jsonb_path_query_first(p_data, i.value::jsonpath, '{}', true) as value) f;
  v_input := hera_internal.with_defaults(coalesce(v_input, '{}'), v_action -> 'input_schema');
  if hera_internal.schema_fault('input', v_input, coalesce(v_action -> 'input_schema', '{"properties": {}}')) is not null then
    return null;
  end if;
  v_channel := hera_internal.ensure_channel(p_organization_id, p_installation_id, p_config);
  return (hera_internal.store_call(uuid '00000000-0000-0000-0000-000000000001', p_organization_id, v_channel, p_config, v_enrich ->> 'action',
    v_input, format('hera.enrich:%s:%s', p_event_id, v_enrich ->> 'action')) ->> 'delivery_id')::uuid;
end
$_$;
ALTER FUNCTION hera_internal.enrich_event(p_organization_id uuid, p_installation_id uuid, p_config jsonb, p_type text, p_event_id uuid, p_data jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.enrich_event(p_organization_id uuid, p_installation_id uuid, p_config jsonb, p_type text, p_event_id uuid, p_data jsonb) IS 'Calls what an event rule''s enrich says.';
CREATE FUNCTION hera_internal.ensure_channel(p_organization_id uuid, p_installation_id uuid, p_config jsonb, p_webhook_no integer DEFAULT NULL::integer) RETURNS hera.webhooks
    LANGUAGE plpgsql
    AS $$
declare
  v_rate numeric;
  v_burst numeric;
  v_channel hera.webhooks;
begin
  if coalesce(jsonb_array_length(p_config -> 'actions'), 0) = 0 then
    return null;
  end if;
  select r.per_second, r.burst into v_rate, v_burst from hera_internal.call_rate(p_config) r;
  select * into v_channel from hera.webhooks w where w.organization_id = p_organization_id and w.id = p_installation_id;
  if v_channel.id is not null
    and (v_channel.rate_limit_per_second, v_channel.rate_burst) is not distinct from (v_rate, v_burst) then
    return v_channel;
  end if;
  insert into hera.webhooks as w (
    organization_id, id, webhook_no, kind, status, connector_code, installation_id, url, topics, ordering, timeout_ms,
    rate_limit_per_second, rate_burst, max_attempts, backoff_factor, initial_delay_ms, max_delay_ms)
  select p_organization_id, e.id,
    coalesce(v_channel.webhook_no, hera_internal.next_webhook_no(p_organization_id, p_webhook_no)), 'channel', 'active', e.entity_code, e.id,
    'connector:' || e.entity_code, '{}', 'none', 30000, v_rate, v_burst, 8, 2, 5000, 3600000
  from hera.core_entities e
  where e.organization_id = p_organization_id and e.id = p_installation_id and e.entity_type = 'INTEGRATION_CONNECTOR_INSTALL'
  on conflict (organization_id, id) do update set
    rate_limit_per_second = excluded.rate_limit_per_second, rate_burst = excluded.rate_burst
  returning * into v_channel;
  perform hera_internal.sync_channel(p_organization_id, p_installation_id);
  return v_channel;
end
$$;
ALTER FUNCTION hera_internal.ensure_channel(p_organization_id uuid, p_installation_id uuid, p_config jsonb, p_webhook_no integer) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.ensure_channel(p_organization_id uuid, p_installation_id uuid, p_config jsonb, p_webhook_no integer) IS 'The channel of an installation.';
CREATE FUNCTION hera_internal.ensure_partitions(p_today date, p_days integer DEFAULT 14) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $_$
declare
  v_made int := 0;
  v_day date;
  v_parent text;
  v_name text;
  v_from text;
  v_to text;
  v_key text;
begin
  -- Two maintainers at once would both make the same partition.
  perform pg_advisory_xact_lock(hashtextextended('hera.ensure_partitions', 0));
  foreach v_parent in array array['events', 'attempts', 'inbound_requests']
  loop
    for v_day in select d::date from generate_series(p_today - 1, p_today + p_days, interval '1 day') d
    loop
      v_name := v_parent || '_' || to_char(v_day, 'YYYYMMDD');
      continue when to_regclass('hera.' || v_name) is not null;
      if v_parent <> 'attempts' then
        v_key := 'id';
        v_from := hera_internal.id_floor(v_day::timestamp at time zone 'UTC')::text;
        v_to := hera_internal.id_floor((v_day + 1)::timestamp at time zone 'UTC')::text;
      else
        v_key := 'started_at';
        v_from := (v_day::timestamp at time zone 'UTC')::text;
        v_to := ((v_day + 1)::timestamp at time zone 'UTC')::text;
      end if;
      execute format('create table hera.%I (like hera.%I including defaults including constraints including storage)', v_name, v_parent);
      -- FORCE would hide the rows of the default partition from their owner, who moves them.
      execute format('alter table hera.%I no force row level security', v_parent || '_default');
      execute format(
        'with moved as (delete from hera.%1$I where %2$I >= %3$L and %2$I < %4$L returning *) insert into hera.%5$I select * from moved',
        v_parent || '_default', v_key, v_from, v_to, v_name);
      execute format('alter table hera.%I enable row level security, force row level security', v_name);
      execute format('alter table hera.%I enable row level security, force row level security', v_parent || '_default');
      execute format('alter table hera.%I attach partition hera.%I for values from (%L) to (%L)', v_parent, v_name, v_from, v_to);
      v_made := v_made + 1;
    end loop;
  end loop;
  return v_made;
end
$_$;
ALTER FUNCTION hera_internal.ensure_partitions(p_today date, p_days integer) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.ensure_partitions(p_today date, p_days integer) IS 'Makes the daily partitions ahead.';
CREATE FUNCTION hera_internal.event_connector(p_organization_id uuid, p_connector_code text, OUT fault jsonb, OUT installation_id uuid, OUT definition_id uuid, OUT smart_codes jsonb) RETURNS record
    LANGUAGE plpgsql STABLE
    AS $$
declare
  v_status text;
  v_version text;
  v_platform constant uuid := hera_internal.platform_id();
begin
  select e.id, e.status, e.metadata ->> 'definition_version' into installation_id, v_status, v_version
  from hera.core_entities e
  where e.organization_id = p_organization_id and e.entity_type = 'INTEGRATION_CONNECTOR_INSTALL'
    and e.entity_code = p_connector_code
  order by e.status = 'inactive', e.created_at desc
  limit 1;
  if v_status in ('paused', 'inactive') then
    fault := jsonb_build_object('success', false, 'error', 'connector.' || v_status, 'status', 409, 'field', 'connector_code',
      'message', format('connector_code %s: the installation is %s', p_connector_code, v_status));
    return;
  end if;
  select d.id, d.metadata -> 'event_smart_codes' -> coalesce(v_version, d.metadata ->> 'newest_version') into definition_id, smart_codes
  from hera.core_entities d
  where d.organization_id = v_platform and d.entity_type = 'INTEGRATION_CONNECTOR_DEF' and d.entity_code = p_connector_code;
  -- The platform organization may name connectors that are still to be defined.
  if definition_id is null and installation_id is null and p_organization_id <> v_platform then
    fault := jsonb_build_object('success', false, 'error', 'connector.unknown', 'status', 404, 'field', 'connector_code',
      'message', format('connector_code %s names no connector; LIST of hera_integration_connector_v1 shows them', p_connector_code));
  end if;
end
$$;
ALTER FUNCTION hera_internal.event_connector(p_organization_id uuid, p_connector_code text, OUT fault jsonb, OUT installation_id uuid, OUT definition_id uuid, OUT smart_codes jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.event_connector(p_organization_id uuid, p_connector_code text, OUT fault jsonb, OUT installation_id uuid, OUT definition_id uuid, OUT smart_codes jsonb) IS 'Resolves the connector code of an event.';
CREATE FUNCTION hera_internal.event_fault(p_source text, p_type text, p_data jsonb, p_data_text text, p_connector_code text, p_key text, p_smart_code text) RETURNS jsonb
    LANGUAGE plpgsql IMMUTABLE
    AS $_$
declare
  v_name text;
  v_field text;
  v_fault text;
  v_error text;
  v_status int;
begin
  if p_source ~ '^[A-Za-z0-9][A-Za-z0-9_.:/-]*$' and length(p_source) <= 128
    and p_type ~ '^[A-Za-z0-9][A-Za-z0-9_.:/-]*$' and length(p_type) <= 128
    and jsonb_typeof(p_data) in ('object', 'array')
    and (p_key <> '' and length(p_key) <= 255) is not false
    and p_connector_code is null and p_smart_code is null
    and octet_length(p_data_text) <= 1048576 and not jsonb_path_exists(p_data, '$.**{65}')
    and strpos(p_data_text, '00000000000000000000000000000000') = 0 then
    return null;
  end if;
  v_name := '^[A-Za-z0-9][A-Za-z0-9_.:/-]*$';
  v_error := 'event.invalid';
  v_status := 400;
  if p_source is null or length(p_source) > 128 or p_source !~ v_name then
    v_field := 'event_source';
    v_fault := 'is required: 1 to 128 letters, digits or _ . : / -, starting with a letter or digit';
  elsif p_type is null or length(p_type) > 128 or p_type !~ v_name then
    v_field := 'event_type';
    v_fault := 'is required: 1 to 128 letters, digits or _ . : / -, starting with a letter or digit';
  elsif p_data is null or jsonb_typeof(p_data) not in ('object', 'array') then
    v_field := 'event_data';
    v_fault := 'must be a JSON object or array';
  elsif p_key is not null and (p_key = '' or length(p_key) > 255) then
    v_field := 'idempotency_key';
    v_fault := 'must have 1 to 255 characters';
  elsif p_connector_code is not null and (p_connector_code = '' or length(p_connector_code) > 128) then
    v_field := 'connector_code';
    v_fault := 'must have 1 to 128 characters';
  elsif p_smart_code is not null and not hera_internal.smart_code_ok(p_smart_code) then
    v_field := 'smart_code';
    v_error := 'guardrail_violation:SMARTCODE_REGEX_FAIL';
    v_fault := 'must be HERA., 2 to 9 segments of A-Z 0-9 _, and a version, as in HERA.WHATSAPP.EVENT.MESSAGE.RECEIVED.v1';
  else
    v_fault := hera_internal.json_fault(p_data, p_data_text);
    if v_fault is null then
      return null;
    end if;
    v_field := 'event_data';
    v_status := case when v_fault like 'is larger%' then 413 else 400 end;
  end if;
  return jsonb_build_object('success', false, 'error', v_error, 'status', v_status, 'field', v_field,
    'message', v_field || ' ' || v_fault);
end
$_$;
ALTER FUNCTION hera_internal.event_fault(p_source text, p_type text, p_data jsonb, p_data_text text, p_connector_code text, p_key text, p_smart_code text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.event_fault(p_source text, p_type text, p_data jsonb, p_data_text text, p_connector_code text, p_key text, p_smart_code text) IS 'The fault of an event, or null.';
CREATE TABLE hera.event_rollup (
    organization_id uuid NOT NULL,
    hour timestamp with time zone NOT NULL,
    event_source text NOT NULL,
    status text NOT NULL,
    events integer NOT NULL
);
ALTER TABLE ONLY hera.event_rollup FORCE ROW LEVEL SECURITY;
ALTER TABLE hera.event_rollup OWNER TO hera_owner;
COMMENT ON TABLE hera.event_rollup IS 'Events by the hour in which they came in, source and status.';
CREATE FUNCTION hera_internal.event_hours(p_organization_id uuid, p_from timestamp with time zone, p_until timestamp with time zone) RETURNS SETOF hera.event_rollup
    LANGUAGE plpgsql STABLE ROWS 20000
    SET plan_cache_mode TO 'force_custom_plan'
    AS $$
declare
  v_open timestamptz := least(p_until, greatest(p_from, hera_internal.rollup_until()));
begin
  return query
  select r.*
  from hera.event_rollup r
  where r.hour >= p_from and r.hour < v_open and (p_organization_id is null or r.organization_id = p_organization_id);
  return query
  select r.* from hera_internal.event_recount(p_organization_id, v_open, p_until) r;
end
$$;
ALTER FUNCTION hera_internal.event_hours(p_organization_id uuid, p_from timestamp with time zone, p_until timestamp with time zone) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.event_hours(p_organization_id uuid, p_from timestamp with time zone, p_until timestamp with time zone) IS 'Events by source and status, by hour.';
CREATE FUNCTION hera_internal.event_json(p_event hera.events) RETURNS jsonb
    LANGUAGE sql IMMUTABLE
    RETURN jsonb_build_object('id', (p_event).id, 'created_at', (p_event).created_at, 'created_by', (p_event).created_by, 'event_source', (p_event).event_source, 'event_type', (p_event).event_type, 'topic', (((p_event).event_source || '.'::text) || (p_event).event_type), 'smart_code', (p_event).smart_code, 'status', (p_event).status, 'connector_code', (p_event).connector_code, 'installation_id', (p_event).installation_id, 'transaction_id', (p_event).transaction_id, 'idempotency_key', (p_event).idempotency_key, 'deliveries', (p_event).deliveries, 'status_reason', (p_event).status_reason, 'occurred_at', (p_event).occurred_at, 'inbound_request_id', (p_event).inbound_request_id, 'event_data', (p_event).event_data);
ALTER FUNCTION hera_internal.event_json(p_event hera.events) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.event_json(p_event hera.events) IS 'An event as JSON.';
CREATE FUNCTION hera_internal.event_recount(p_organization_id uuid, p_from timestamp with time zone, p_until timestamp with time zone) RETURNS SETOF hera.event_rollup
    LANGUAGE plpgsql STABLE
    SET plan_cache_mode TO 'force_custom_plan'
    AS $$
begin
  return query
  select e.organization_id, hera_internal.hour_of(e.created_at), e.event_source, e.status, count(*)::int
  from hera.events e
  where e.id >= hera_internal.id_floor(p_from) and e.id < hera_internal.id_floor(p_until)
    and e.created_at >= p_from and e.created_at < p_until
    and (p_organization_id is null or e.organization_id = p_organization_id)
  group by 1, 2, 3, 4;
end
$$;
ALTER FUNCTION hera_internal.event_recount(p_organization_id uuid, p_from timestamp with time zone, p_until timestamp with time zone) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.event_recount(p_organization_id uuid, p_from timestamp with time zone, p_until timestamp with time zone) IS 'What hera.event_rollup should say of a period.';
CREATE FUNCTION hera_internal.event_rules_fault(p_config jsonb) RETURNS text
    LANGUAGE plpgsql IMMUTABLE
    AS $_$
declare
  v_events constant jsonb := coalesce(p_config #> '{inbound,events}', '[]');
  v_rule jsonb;
  v_path text;
  v_step jsonb;
  v_bound text[];
  v_unbound text;
begin
  for v_rule in select e.value from jsonb_array_elements(v_events) e
  loop
    v_path := 'connector_config.inbound.events ' || (v_rule ->> 'type');
    if v_rule ->> 'type' !~ '^[A-Za-z0-9][A-Za-z0-9_.:/-]{0,127}$' then
      return v_path || ': type must have 1 to 128 letters, digits or _ . : / -';
    elsif jsonb_array_length(jsonb_path_query_array(v_events, '$[*] ? (@.type == $t)', jsonb_build_object('t', v_rule -> 'type'))) > 1 then
      return v_path || ' is there twice';
    end if;
    v_bound := array['body', 'headers'];
    for v_step in select s.value from jsonb_array_elements(v_rule -> 'each') s
    loop
      if coalesce(v_step ->> 'in', 'body') <> all (v_bound) then
        return format('%s: in names %s, which no step before it binds', v_path, v_step ->> 'in');
      elsif v_step ->> 'as' in ('body', 'headers') then
        return format('%s: a step may not bind %s', v_path, v_step ->> 'as');
      end if;
      v_unbound := coalesce(v_unbound, hera_internal.unbound_variable(v_step ->> 'path', v_bound));
      v_bound := v_bound || (v_step ->> 'as');
    end loop;
    select coalesce(v_unbound, hera_internal.unbound_variable(p.path, v_bound)) into v_unbound
    from (
      select jsonb_array_elements_text(v_rule -> 'key')
      union all select v_rule ->> 'occurred_at'
      union all select v_rule ->> 'data'
      union all select jsonb_array_elements_text(p_config #> '{inbound,account_ref,paths}')) p (path)
    order by 1 limit 1;
    if v_rule ? 'each' and v_unbound is not null then
      return format('%s: a jsonpath reads $%s, which no step before it binds', v_path, v_unbound);
    elsif v_rule ? 'each' and not v_rule ? 'key' then
      return v_path || ' needs a key: without one an event that is sent again is taken in again';
    elsif v_rule ? 'each' and p_config #>> '{inbound,account_ref,in}' <> all (v_bound) then
      return format('%s: account_ref reads %s, which no step binds', v_path, p_config #>> '{inbound,account_ref,in}');
    elsif exists (
      select from jsonb_array_elements_text(v_rule -> 'key_fallback') f where f !~ '^(header:[A-Za-z0-9-]{1,100}|body_sha256)$') then
      return v_path || ': key_fallback must be of header:NAME and body_sha256';
    elsif v_rule #>> '{enrich,action}' is not null
      and not jsonb_path_exists(p_config, '$.actions[*] ? (@.code == $a)', jsonb_build_object('a', v_rule #> '{enrich,action}')) then
      return format('%s: enrich names the action %s, which is not defined', v_path, v_rule #>> '{enrich,action}');
    end if;
  end loop;
  select format('connector_config.polls %s needs %s, which is no field', p.value ->> 'code', n.value) into v_path
  from jsonb_array_elements(p_config -> 'polls') p
  cross join jsonb_array_elements(p.value -> 'needs') n
  where not p_config -> 'fields' @> jsonb_build_array(jsonb_build_object('name', n.value))
  limit 1;
  if found then
    return v_path;
  end if;
  select format('connector_config.polls %s needs either cron or every_s', p.value ->> 'code') into v_path
  from jsonb_array_elements(p_config -> 'polls') p
  where p.value ? 'cron' = p.value ? 'every_s' or (p.value ->> 'every_s')::int < 10
  limit 1;
  if found then
    return v_path;
  end if;
  select 'connector_config.' || r.place || ' names the event ' || r.event || ', which is not defined' into v_path
  from (
    select 'polls', p ->> 'event' from jsonb_array_elements(p_config -> 'polls') p
    union all
    select 'actions', a ->> 'emits' from jsonb_array_elements(p_config -> 'actions') a) r (place, event)
  where not jsonb_path_exists(v_events, '$[*] ? (@.type == $e)', jsonb_build_object('e', r.event))
  limit 1;
  return v_path;
end
$_$;
ALTER FUNCTION hera_internal.event_rules_fault(p_config jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.event_rules_fault(p_config jsonb) IS 'The fault of event rules, or null.';
CREATE FUNCTION hera_internal.event_smart_code(p_source text, p_type text) RETURNS text
    LANGUAGE sql IMMUTABLE
    RETURN (('HERA.INTEGRATION.EVENT.'::text || upper(((rpad(translate(p_source, '.:/-'::text, '____'::text), GREATEST(2, LEAST(30, length(p_source))), '_'::text) || '.'::text) || rpad(translate(p_type, '.:/-'::text, '____'::text), GREATEST(2, LEAST(30, length(p_type))), '_'::text)))) || '.v1'::text);
ALTER FUNCTION hera_internal.event_smart_code(p_source text, p_type text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.event_smart_code(p_source text, p_type text) IS 'HERA.INTEGRATION.EVENT.<SOURCE>.<TYPE>.v1 of checked names.';
CREATE FUNCTION hera_internal.event_smart_codes(p_config jsonb) RETURNS jsonb
    LANGUAGE sql IMMUTABLE
    AS $$
  select coalesce(jsonb_object_agg(e ->> 'type', e ->> 'smart_code'), '{}')
  from jsonb_array_elements(p_config #> '{inbound,events}') e
  where e ? 'smart_code';
$$;
ALTER FUNCTION hera_internal.event_smart_codes(p_config jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.event_smart_codes(p_config jsonb) IS '{event type: smart code} of a definition.';
CREATE FUNCTION hera_internal.event_time(p_text text) RETURNS timestamp with time zone
    LANGUAGE plpgsql STABLE
    AS $_$
declare
  v_number numeric;
begin
  if p_text ~ '^[0-9]{1,15}(\.[0-9]{1,9})?$' then
    v_number := p_text::numeric;
    v_number := case when v_number > 1e11 then v_number / 1000 else v_number end;
    return case when v_number < 253402300800 then to_timestamp(v_number::double precision) end;
  elsif p_text ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}.{0,30}$' then
    return (p_text || case when p_text ~ '(Z|[+-][0-9]{2}:?[0-9]{2})$' then '' else 'Z' end)::timestamptz;
  end if;
  return null;
exception
  when data_exception then
    return null;
end
$_$;
ALTER FUNCTION hera_internal.event_time(p_text text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.event_time(p_text text) IS 'A provider''s time.';
CREATE FUNCTION hera_internal.event_types_of(p_actor_user_id uuid, p_code text, p_config jsonb) RETURNS uuid[]
    LANGUAGE sql
    AS $$
  with stored as (
    insert into hera.core_entities as e (
      id, organization_id, entity_type, entity_name, entity_code, entity_description, smart_code, created_by, updated_by)
    select hera_internal.new_id(hera_internal.now()), hera_internal.platform_id(), 'INTEGRATION_EVENT_TYPE', r ->> 'type',
      p_code || '.' || (r ->> 'type'), r ->> 'note',
      coalesce(r ->> 'smart_code', hera_internal.smart_code_of(p_code, r ->> 'type')), p_actor_user_id, p_actor_user_id
    from jsonb_array_elements(p_config #> '{inbound,events}') r
    on conflict (organization_id, entity_type, entity_code)
      where entity_type in ('INTEGRATION_CONNECTOR_DEF', 'RELATIONSHIP_TYPE', 'INTEGRATION_EVENT_TYPE', 'INTEGRATION_ENDPOINT')
    do update set entity_description = excluded.entity_description, smart_code = excluded.smart_code,
      updated_at = hera_internal.now(), updated_by = excluded.updated_by, version = e.version + 1
    returning e.id
  )
  select coalesce(array_agg(s.id), '{}') from stored s;
$$;
ALTER FUNCTION hera_internal.event_types_of(p_actor_user_id uuid, p_code text, p_config jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.event_types_of(p_actor_user_id uuid, p_code text, p_config jsonb) IS 'Makes the event types of a definition; answers their ids.';
CREATE FUNCTION hera_internal.explain_webhook(p_webhook hera.webhooks, p_event hera.events) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    AS $$
declare
  v_topic constant text := p_event.event_source || '.' || p_event.event_type;
  v_filter constant boolean := case when p_webhook.filter is not null
    then jsonb_path_match(p_event.event_data::jsonb, p_webhook.filter, '{}', true) end;
begin
  return jsonb_build_array(
    jsonb_build_object('predicate', 'status', 'matched', p_webhook.status = 'active', 'wanted', 'active', 'seen', p_webhook.status,
      'note', p_webhook.status_reason),
    jsonb_build_object('predicate', 'topics', 'matched', p_webhook.topics && hera_internal.topic_candidates(v_topic),
      'wanted', p_webhook.topics, 'seen', v_topic),
    jsonb_build_object('predicate', 'connector',
      'matched', p_webhook.connector_code is null or p_webhook.connector_code is not distinct from p_event.connector_code,
      'wanted', p_webhook.connector_code, 'seen', p_event.connector_code),
    jsonb_build_object('predicate', 'filter', 'matched', p_webhook.filter is null or coalesce(v_filter, false), 'wanted', p_webhook.filter,
      'seen', case when p_webhook.filter is not null then hera_internal.filter_values(p_webhook.filter, p_event.event_data::jsonb) end,
      'note', case when p_webhook.filter is not null and v_filter is null then 'unknown' end));
end
$$;
ALTER FUNCTION hera_internal.explain_webhook(p_webhook hera.webhooks, p_event hera.events) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.explain_webhook(p_webhook hera.webhooks, p_event hera.events) IS 'The predicates of a webhook against an event.';
CREATE FUNCTION hera_internal.export_organization(p_organization_id uuid, p_secrets boolean) RETURNS jsonb
    LANGUAGE sql STABLE
    AS $$
  select jsonb_build_object(
    'id', o.id, 'name', o.organization_name, 'code', o.organization_code, 'settings', o.settings,
    'definitions', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'code', e.entity_code, 'config', v.config)
        order by e.entity_code, v.version), '[]')
      from hera.core_entities e
      join hera.connector_versions v on v.organization_id = e.organization_id and v.definition_id = e.id
      where e.organization_id = o.id and e.entity_type = 'INTEGRATION_CONNECTOR_DEF'),
    'assignments', (
      select coalesce(jsonb_agg(d.entity_code order by d.entity_code), '[]')
      from hera.core_relationships r
      join hera.core_entities d on d.organization_id = r.to_organization_id and d.id = r.to_entity_id
      where r.organization_id = o.id and r.from_entity_id = o.id and r.relationship_type = 'ORG_AUTHORIZED_FOR' and r.is_active),
    'installations', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'id', e.id, 'code', e.entity_code, 'name', e.entity_name, 'description', e.entity_description, 'smart_code', e.smart_code,
        'status', e.status, 'metadata', e.metadata,
        'channel_no', (select c.webhook_no from hera.webhooks c where c.organization_id = e.organization_id and c.id = e.id),
        'fields', (
          select coalesce(jsonb_object_agg(f.field_name,
            jsonb_build_object('type', f.field_type, 'smart_code', f.smart_code, 'value', hera_internal.field_json(f))), '{}')
          from hera.core_dynamic_data f
          where f.organization_id = e.organization_id and f.entity_id = e.id and f.field_name <> 'status'),
        'secrets', case when p_secrets then hera_internal.export_secrets(e.organization_id, e.id) else '[]' end)
        order by e.entity_code), '[]')
      from hera.core_entities e
      where e.organization_id = o.id and e.entity_type = 'INTEGRATION_CONNECTOR_INSTALL' and e.status <> 'inactive'),
    'webhooks', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'id', w.id, 'webhook_no', w.webhook_no, 'status', w.status, 'status_reason', w.status_reason, 'connector_code', w.connector_code,
        'config', d.field_value_json,
        'secrets', case when p_secrets then hera_internal.export_secrets(w.organization_id, w.id) else '[]' end)
        order by w.webhook_no), '[]')
      from hera.webhooks w
      join hera.core_dynamic_data d on d.organization_id = w.organization_id and d.entity_id = w.id and d.field_name = 'webhook_config'
      where w.organization_id = o.id and w.kind = 'webhook'))
  from hera.core_organizations o
  where o.id = p_organization_id;
$$;
ALTER FUNCTION hera_internal.export_organization(p_organization_id uuid, p_secrets boolean) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.export_organization(p_organization_id uuid, p_secrets boolean) IS 'Integration configuration as JSON.';
CREATE FUNCTION hera_internal.export_secrets(p_organization_id uuid, p_entity_id uuid) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    AS $$
declare
  v_secret record;
  v_secrets jsonb := jsonb '[]';
begin
  for v_secret in
    select s.*, hera_internal.secret_mac(s.organization_id, s.entity_id, s.name, s.version, s.expires_at, s.sealed) as mac
    from hera.secrets s
    where s.organization_id = p_organization_id and s.entity_id = p_entity_id
      and (s.expires_at is null or s.expires_at > hera_internal.now())
    order by s.name, s.version
  loop
    if v_secret.mac is null then
      perform hera_internal.fail(500, 'encryption.key_unknown', 'A secret was sealed with a key that this session does not have.',
        'Add the older key to HERA_ENCRYPTION_KEY, or export with {"secrets": false}.');
    end if;
    v_secrets := v_secrets || jsonb_build_object('name', v_secret.name, 'version', v_secret.version,
      'sealed', translate(encode(v_secret.sealed, 'base64'), E'\n', ''), 'expires_at', v_secret.expires_at, 'mac', v_secret.mac);
  end loop;
  return v_secrets;
end
$$;
ALTER FUNCTION hera_internal.export_secrets(p_organization_id uuid, p_entity_id uuid) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.export_secrets(p_organization_id uuid, p_entity_id uuid) IS 'The sealed secrets of an entity as JSON.';
CREATE FUNCTION hera_internal.fail(p_status integer, p_code text, p_message text, p_hint text DEFAULT NULL::text) RETURNS void
    LANGUAGE plpgsql
    AS $$
begin
  raise exception using
    errcode = 'PT' || p_status,
    message = p_message,
    detail = p_code,
    hint = coalesce(p_hint, '');
end
$$;
ALTER FUNCTION hera_internal.fail(p_status integer, p_code text, p_message text, p_hint text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.fail(p_status integer, p_code text, p_message text, p_hint text) IS 'Raises SQLSTATE PT<p_status> with the machine code p_code in DETAIL and the remedy in HINT.';
CREATE FUNCTION hera_internal.fail_answer(p_answer jsonb) RETURNS void
    LANGUAGE plpgsql
    AS $$
begin
  if p_answer ->> 'error' like 'guardrail_violation:%' then
    perform hera_internal.guardrail(substring(p_answer ->> 'error' from 21), p_answer ->> 'message');
  end if;
  perform hera_internal.fail((p_answer ->> 'status')::int, p_answer ->> 'error', p_answer ->> 'message',
    'Correct ' || (p_answer ->> 'field') || '.');
end
$$;
ALTER FUNCTION hera_internal.fail_answer(p_answer jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.fail_answer(p_answer jsonb) IS 'Raises {error, status, field, message}.';
CREATE FUNCTION hera_internal.fallback_key(p_fallback jsonb, p_headers jsonb, p_body_hash text) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $$
  select x.found
  from (
    select f.n, case when f.name like 'header:%' then nullif(p_headers ->> lower(substring(f.name from 8)), '') else p_body_hash end as found
    from jsonb_array_elements_text(p_fallback) with ordinality f (name, n)) x
  where x.found is not null
  order by x.n
  limit 1;
$$;
ALTER FUNCTION hera_internal.fallback_key(p_fallback jsonb, p_headers jsonb, p_body_hash text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.fallback_key(p_fallback jsonb, p_headers jsonb, p_body_hash text) IS 'The key of an event whose body has none.';
CREATE FUNCTION hera_internal.field_fault(p_field jsonb, p_value jsonb) RETURNS text
    LANGUAGE plpgsql STABLE
    AS $_$
declare
  v_type constant text := p_field ->> 'type';
  v_text constant text := p_value #>> '{}';
begin
  if v_type in ('string', 'url') and jsonb_typeof(p_value) <> 'string' then
    return 'must be a text';
  elsif v_type in ('string', 'url') and (btrim(v_text) = '' or length(v_text) > 4096 or v_text ~ '[\x01-\x1f\x7f]') then
    return 'must have 1 to 4096 characters and no control characters';
  elsif p_field ? 'choices' and not p_field -> 'choices' ? v_text then
    return 'must be one of ' || array_to_string(array(select jsonb_array_elements_text(p_field -> 'choices')), ', ');
  elsif v_type = 'url' then
    return hera_internal.url_fault(v_text);
  elsif v_type = 'boolean' and jsonb_typeof(p_value) <> 'boolean' then
    return 'must be true or false';
  elsif v_type in ('number', 'integer') and jsonb_typeof(p_value) <> 'number' then
    return 'must be a number';
  elsif v_type = 'integer' and v_text !~ '^-?[0-9]{1,18}$' then
    return 'must be a whole number';
  elsif v_type = 'number' and length(v_text) > 40 then
    return 'must be a number of at most 40 digits';
  end if;
  return null;
end
$_$;
ALTER FUNCTION hera_internal.field_fault(p_field jsonb, p_value jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.field_fault(p_field jsonb, p_value jsonb) IS 'The fault of the value of an installation field, or null.';
CREATE TABLE hera.core_dynamic_data (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    organization_id uuid NOT NULL,
    entity_id uuid NOT NULL,
    field_name text NOT NULL,
    field_type text NOT NULL,
    field_value_text text,
    field_value_number numeric,
    field_value_boolean boolean,
    field_value_date timestamp with time zone,
    field_value_json jsonb,
    field_value_file_url text,
    smart_code text NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    created_by uuid NOT NULL,
    updated_by uuid NOT NULL,
    version integer DEFAULT 1 NOT NULL
);
ALTER TABLE ONLY hera.core_dynamic_data FORCE ROW LEVEL SECURITY;
ALTER TABLE hera.core_dynamic_data OWNER TO hera_owner;
COMMENT ON TABLE hera.core_dynamic_data IS 'The fields of the entities: one row a field, one value column in use.';
CREATE FUNCTION hera_internal.field_json(p_field hera.core_dynamic_data) RETURNS jsonb
    LANGUAGE sql STABLE
    AS $$
  select case p_field.field_type
    when 'number' then to_jsonb(p_field.field_value_number)
    when 'boolean' then to_jsonb(p_field.field_value_boolean)
    when 'date' then to_jsonb(p_field.field_value_date)
    when 'json' then p_field.field_value_json
    else to_jsonb(p_field.field_value_text) end;
$$;
ALTER FUNCTION hera_internal.field_json(p_field hera.core_dynamic_data) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.field_json(p_field hera.core_dynamic_data) IS 'A field''s value as JSON.';
CREATE FUNCTION hera_internal.fields_fault(p_fields jsonb) RETURNS text
    LANGUAGE sql STABLE
    AS $$
  select format('connector_config.fields[%s].%s', f.n - 1, case
      when f.occurrence > 1 then 'name is there twice'
      when f.is_secret and f.field ->> 'type' not in ('string', 'url') then 'type of a secret must be string or url'
      when f.has_default and f.default_fault is not null then 'default ' || f.default_fault
      when f.has_default then 'default is for a field that is no secret'
      when f.has_choices then 'choices are for a field of type string that is no secret'
      else 'made_if_absent is for a secret of type string that is not required'
    end)
  from (
    select e.field, e.n,
      row_number() over (partition by e.field ->> 'name' order by e.n) as occurrence,
      coalesce((e.field -> 'secret')::boolean, false) as is_secret,
      coalesce((e.field -> 'required')::boolean, false) as is_required,
      coalesce((e.field -> 'made_if_absent')::boolean, false) as is_made,
      e.field ? 'default' as has_default, case when e.field ? 'default' then hera_internal.field_fault(e.field, e.field -> 'default') end as default_fault,
      e.field ? 'choices' as has_choices
    from jsonb_array_elements(p_fields) with ordinality e (field, n)) f
  where f.occurrence > 1
    or f.is_secret and f.field ->> 'type' not in ('string', 'url')
    or f.has_default and (f.is_secret or f.default_fault is not null)
    or f.has_choices and (f.is_secret or f.field ->> 'type' <> 'string')
    or f.is_made and (not f.is_secret or f.is_required or f.field ->> 'type' <> 'string')
  order by f.n
  limit 1;
$$;
ALTER FUNCTION hera_internal.fields_fault(p_fields jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.fields_fault(p_fields jsonb) IS 'The fault of a field list, or null.';
CREATE FUNCTION hera_internal.fifo_advance(p_organization_ids uuid[], p_delivery_ids uuid[]) RETURNS void
    LANGUAGE plpgsql
    AS $$
declare
  v_lane record;
begin
  if p_delivery_ids is null or not exists (select from hera.outbox_fifo_lane) then
    return;
  end if;
  for v_lane in
    select l.organization_id, l.webhook_no
    from unnest(p_organization_ids, p_delivery_ids) as s (organization_id, delivery_id)
    join hera.outbox_fifo_lane l
      on l.organization_id = s.organization_id and l.webhook_no = hera_internal.delivery_webhook_no(s.delivery_id)
      and l.delivery_id = s.delivery_id
    order by l.organization_id, l.webhook_no
    for update of l
  loop
    perform hera_internal.fifo_pop(v_lane.organization_id, v_lane.webhook_no);
  end loop;
end
$$;
ALTER FUNCTION hera_internal.fifo_advance(p_organization_ids uuid[], p_delivery_ids uuid[]) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.fifo_advance(p_organization_ids uuid[], p_delivery_ids uuid[]) IS 'Moves fifo lines on after settled deliveries.';
CREATE FUNCTION hera_internal.fifo_pop(p_organization_id uuid, p_webhook_no integer) RETURNS void
    LANGUAGE plpgsql
    AS $$
declare
  v_delivery_id uuid;
  v_base smallint;
begin
  delete from hera.outbox_fifo_wait f
  where f.organization_id = p_organization_id and f.webhook_no = p_webhook_no
    and f.position = (
      select min(h.position) from hera.outbox_fifo_wait h
      where h.organization_id = p_organization_id and h.webhook_no = p_webhook_no)
  returning f.delivery_id, f.base_attempt into v_delivery_id, v_base;
  if v_delivery_id is null then
    delete from hera.outbox_fifo_lane l where l.organization_id = p_organization_id and l.webhook_no = p_webhook_no;
  else
    update hera.outbox_fifo_lane l set delivery_id = v_delivery_id
    where l.organization_id = p_organization_id and l.webhook_no = p_webhook_no;
    insert into hera.outbox_ready (organization_id, delivery_id, attempt, base_attempt)
    values (p_organization_id, v_delivery_id, v_base + 1, v_base);
  end if;
end
$$;
ALTER FUNCTION hera_internal.fifo_pop(p_organization_id uuid, p_webhook_no integer) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.fifo_pop(p_organization_id uuid, p_webhook_no integer) IS 'Makes the head of a fifo line ready.';
CREATE FUNCTION hera_internal.fifo_wake() RETURNS void
    LANGUAGE plpgsql
    AS $$
declare
  v_line record;
begin
  for v_line in
    with recursive line as (
      (select f.organization_id, f.webhook_no from hera.outbox_fifo_wait f order by f.organization_id, f.webhook_no limit 1)
      union all
      select n.organization_id, n.webhook_no
      from line
      cross join lateral (
        select f.organization_id, f.webhook_no
        from hera.outbox_fifo_wait f
        where (f.organization_id, f.webhook_no) > (line.organization_id, line.webhook_no)
        order by f.organization_id, f.webhook_no
        limit 1) n
    )
    select line.organization_id, line.webhook_no
    from line
    where not exists (
      select from hera.outbox_fifo_lane l where l.organization_id = line.organization_id and l.webhook_no = line.webhook_no)
  loop
    insert into hera.outbox_fifo_lane (organization_id, webhook_no, delivery_id)
    values (v_line.organization_id, v_line.webhook_no, hera_internal.platform_id())
    on conflict do nothing;
    if found then
      perform hera_internal.fifo_pop(v_line.organization_id, v_line.webhook_no);
    end if;
  end loop;
end
$$;
ALTER FUNCTION hera_internal.fifo_wake() OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.fifo_wake() IS 'Wakes idle fifo lines.';
CREATE FUNCTION hera_internal.fill_headers(p_headers jsonb, p_values jsonb) RETURNS jsonb
    LANGUAGE plpgsql IMMUTABLE
    AS $_$
declare
  v_name text;
  v_value text;
  v_filled jsonb := '{}';
begin
  for v_name, v_value in select h.key, hera_internal.fill_text(h.value, p_values) from jsonb_each_text(p_headers) h
  loop
    continue when v_value is null;
    if v_name !~ '^[!#$%&''*+.^_`|~0-9A-Za-z-]{1,128}$' or v_value collate "C" !~ '^[!-~]([ \t!-~]*[!-~])?$' or length(v_value) > 8192 then
      perform hera_internal.fail(400, 'request.header', format('The header %s would not be 1 to 8192 visible ASCII characters.', left(v_name, 128)),
        'Look at the fields of the installation and the input that it is made of.');
    end if;
    v_filled := v_filled || jsonb_build_object(v_name, v_value);
  end loop;
  return v_filled;
end
$_$;
ALTER FUNCTION hera_internal.fill_headers(p_headers jsonb, p_values jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.fill_headers(p_headers jsonb, p_values jsonb) IS 'Fills the placeholders of headers.';
CREATE FUNCTION hera_internal.fill_json(p_template jsonb, p_values jsonb) RETURNS jsonb
    LANGUAGE plpgsql IMMUTABLE
    AS $_$
declare
  v_text constant text := p_template #>> '{}';
  v_name constant text := btrim(substring(v_text from '^\{\{([^{}|]*)\}\}$'));
begin
  case jsonb_typeof(p_template)
    when 'string' then
      return case when v_name is null then to_jsonb(hera_internal.fill_text(v_text, p_values)) else p_values -> v_name end;
    when 'object' then
      return (
        select coalesce(jsonb_object_agg(f.key, f.value) filter (where f.value is not null), '{}')
        from (select e.key, hera_internal.fill_json(e.value, p_values) as value from jsonb_each(p_template) e) f);
    when 'array' then
      return (
        select coalesce(jsonb_agg(f.value order by f.n) filter (where f.value is not null), '[]')
        from (
          select e.n, hera_internal.fill_json(e.value, p_values) as value
          from jsonb_array_elements(p_template) with ordinality e (value, n)) f);
    else
      return p_template;
  end case;
end
$_$;
ALTER FUNCTION hera_internal.fill_json(p_template jsonb, p_values jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.fill_json(p_template jsonb, p_values jsonb) IS 'Fills the placeholders of a JSON template.';
CREATE FUNCTION hera_internal.fill_query(p_query jsonb, p_values jsonb) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $$
  select string_agg(hera_internal.url_encode(f.key) || '=' || f.value, '&' order by f.key collate "C")
  from (select q.key, hera_internal.fill_text(q.value, p_values, 'query') as value from jsonb_each_text(p_query) q) f
  where f.value is not null;
$$;
ALTER FUNCTION hera_internal.fill_query(p_query jsonb, p_values jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.fill_query(p_query jsonb, p_values jsonb) IS 'Fills the placeholders of a query or form.';
CREATE FUNCTION hera_internal.fill_text(p_text text, p_values jsonb, p_place text DEFAULT 'text'::text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE
    AS $_$
declare
  v_pieces constant text[] := regexp_split_to_array(p_text, '\{\{[^{}]*\}\}');
  v_result text := case p_place when 'query' then hera_internal.url_encode(v_pieces[1], '!$''()*,:;/?@') else v_pieces[1] end;
  v_names constant text[] := array(select m[1] from regexp_matches(p_text, '\{\{([^{}]*)\}\}', 'g') m);
  v_name text;
  v_value text;
begin
  for i in 1 .. cardinality(v_names)
  loop
    v_name := btrim(split_part(v_names[i], '|', 1));
    v_value := hera_internal.filter_text(p_values ->> v_name, btrim(split_part(v_names[i], '|', 2)));
    if p_place = 'query' or p_place = 'url' and v_name not like 'vars.%' and v_result <> '' then
      v_value := hera_internal.url_encode(v_value);
    end if;
    v_result := v_result || v_value
      || case p_place when 'query' then hera_internal.url_encode(v_pieces[i + 1], '!$''()*,:;/?@') else v_pieces[i + 1] end;
  end loop;
  return v_result;
end
$_$;
ALTER FUNCTION hera_internal.fill_text(p_text text, p_values jsonb, p_place text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.fill_text(p_text text, p_values jsonb, p_place text) IS 'Fills the placeholders of a text.';
CREATE FUNCTION hera_internal.fill_url(p_url text, p_query jsonb, p_values jsonb) RETURNS text
    LANGUAGE plpgsql IMMUTABLE
    AS $_$
declare
  v_url text := hera_internal.fill_text(p_url, p_values, 'url');
  v_query constant text := hera_internal.fill_query(p_query, p_values);
  v_missing text;
begin
  select btrim(split_part(m[1], '|', 1)) into v_missing
  from regexp_matches(p_url, '\{\{([^{}]*)\}\}', 'g') m
  where coalesce(p_values ->> btrim(split_part(m[1], '|', 1)), '') = ''
  limit 1;
  if found then
    perform hera_internal.fail(400, 'request.incomplete', format('The address of the request needs {{%s}}, which is empty.', v_missing),
      'Give it with the input, or CONFIGURE the installation.');
  end if;
  if v_query is not null then
    v_url := v_url || case when strpos(v_url, '?') > 0 then '&' else '?' end || v_query;
  end if;
  if length(v_url) > 8192
    or v_url collate "C" !~ '^https?://([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?([/?][\x21-\x22\x24-\x5b\x5d-\x7e]*)?$'
    or split_part(v_url, '?', 1) ~* '/(\.|%2e){1,2}(/|$)' then
    perform hera_internal.fail(400, 'request.url', 'The address of the request would not be a sound URL of at most 8192 characters.',
      'Look at the fields of the installation and the input that it is made of.');
  end if;
  return v_url;
end
$_$;
ALTER FUNCTION hera_internal.fill_url(p_url text, p_query jsonb, p_values jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.fill_url(p_url text, p_query jsonb, p_values jsonb) IS 'Fills the placeholders of a URL and its query.';
CREATE FUNCTION hera_internal.filled_rules(p_rules jsonb, p_config jsonb) RETURNS jsonb
    LANGUAGE plpgsql IMMUTABLE
    AS $$
declare
  v_rule jsonb;
  v_text text;
  v_name text;
  v_filled jsonb := jsonb '[]';
begin
  if strpos(p_rules::text, '{{fields.') = 0 and strpos(p_rules::text, '"encoding_field"') = 0 then
    return p_rules;
  end if;
  for v_rule in select r.value from jsonb_array_elements(p_rules) r
  loop
    v_text := v_rule::text;
    for v_name in select distinct m[1] from regexp_matches(v_text, '\{\{fields\.([a-z0-9_]+)\}\}', 'g') m
    loop
      -- The quotes of a JSON text are its first and last character.
      v_text := replace(v_text, '{{fields.' || v_name || '}}', trim(both '"' from coalesce(to_jsonb(p_config ->> v_name)::text, '')));
    end loop;
    v_rule := v_text::jsonb;
    continue when coalesce(v_rule #>> '{signature,header}', '') = '' or v_rule #>> '{when,header}' = '';
    if v_rule #>> '{signature,strip_prefix}' = '' then
      v_rule := v_rule #- '{signature,strip_prefix}';
    end if;
    if v_rule ? 'encoding_field' then
      v_rule := v_rule || jsonb_build_object('encoding', coalesce(p_config ->> (v_rule ->> 'encoding_field'), v_rule ->> 'encoding'));
    end if;
    v_filled := v_filled || jsonb_build_array(v_rule);
  end loop;
  return v_filled;
end
$$;
ALTER FUNCTION hera_internal.filled_rules(p_rules jsonb, p_config jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.filled_rules(p_rules jsonb, p_config jsonb) IS 'Verification rules with an installation''s fields filled in.';
CREATE FUNCTION hera_internal.filter_fault(p_filter text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE
    AS $_$
declare
  v_path record;
begin
  if length(p_filter) not between 1 and 1000 then
    return 'must have 1 to 1000 characters';
  end if;
  v_path := hera_internal.path_fault(p_filter);
  if v_path.fault is not null then
    return v_path.fault || coalesce(' (at character ' || v_path.at_character || ')', '');
  end if;
  -- A predicate answers true, false or unknown for any document; a path that selects values raises.
  perform jsonb_path_match('{}', p_filter::jsonpath, '{}', false);
  return null;
exception
  when syntax_error or invalid_text_representation then
    return 'is no jsonpath: ' || sqlerrm || coalesce(' (at character ' || hera_internal.syntax_position(p_filter, sqlerrm) || ')', '');
  when singleton_sql_json_item_required then
    return 'must be a predicate such as $.total > 100';
  when others then
    return 'is refused: ' || sqlerrm;
end
$_$;
ALTER FUNCTION hera_internal.filter_fault(p_filter text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.filter_fault(p_filter text) IS 'The fault of a jsonpath filter, or null.';
CREATE FUNCTION hera_internal.filter_text(p_text text, p_filter text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE
    AS $_$
begin
  case p_filter
    when '' then
      return p_text;
    when 'escape_linkedin' then
      return regexp_replace(p_text, '([|{}@()<>#*_~\[\]\\])', '\\\1', 'g');
    when 'urn_id' then
      return substring(p_text from '[^:]*$');
    when 'base64' then
      return translate(encode(convert_to(p_text, 'UTF8'), 'base64'), E'\n', '');
    else
      perform hera_internal.fail(400, 'request.filter', format('There is no filter %s.', p_filter), 'Known are escape_linkedin, urn_id, base64.');
      return null;
  end case;
end
$_$;
ALTER FUNCTION hera_internal.filter_text(p_text text, p_filter text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.filter_text(p_text text, p_filter text) IS 'The text of a placeholder after its filter.';
CREATE FUNCTION hera_internal.filter_values(p_filter jsonpath, p_data jsonb) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    AS $_$
begin
  return (
    select coalesce(jsonb_object_agg(f.path, (
      select coalesce(jsonb_agg(hera_internal.shown(v.value, 200)), '[]')
      from (select q as value from jsonb_path_query(p_data, f.path::jsonpath, '{}', true) q limit 5) v)), '{}')
    from (
      -- A string comes first, so that a $ within it is no path.
      select distinct m[2] as path
      from regexp_matches(p_filter::text, '("(?:[^"\\]|\\.)*")|(\$(?:\."(?:[^"\\]|\\.)*"|\.\*|\[[^]]*\])*)', 'g') m
      where m[2] is not null) f);
end
$_$;
ALTER FUNCTION hera_internal.filter_values(p_filter jsonpath, p_data jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.filter_values(p_filter jsonpath, p_data jsonb) IS 'The values that a filter looked at.';
CREATE FUNCTION hera_internal.find_installations(p_code text, p_installation_id uuid, p_fields text[], p_values text[], p_limit integer, OUT organization_id uuid, OUT installation_id uuid) RETURNS SETOF record
    LANGUAGE plpgsql
    AS $$
begin
  perform set_config('hera.inbound_connector', p_code, true);
  if p_installation_id is not null then
    return query
    select f.organization_id, f.installation_id
    from hera.installation_fields f
    where f.connector_code = p_code and f.field_name = '' and f.field_value = '' and f.installation_id = p_installation_id;
  elsif p_values is null then
    return query
    select f.organization_id, f.installation_id
    from hera.installation_fields f
    where f.connector_code = p_code and f.field_name = '' and f.field_value = ''
    order by f.installation_id
    limit p_limit;
  else
    return query
    select distinct on (f.installation_id) f.organization_id, f.installation_id
    from hera.installation_fields f
    where f.connector_code = p_code and f.field_name = any (p_fields) and f.field_value = any (p_values)
    order by f.installation_id
    limit p_limit;
  end if;
  perform set_config('hera.inbound_connector', '', true);
end
$$;
ALTER FUNCTION hera_internal.find_installations(p_code text, p_installation_id uuid, p_fields text[], p_values text[], p_limit integer, OUT organization_id uuid, OUT installation_id uuid) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.find_installations(p_code text, p_installation_id uuid, p_fields text[], p_values text[], p_limit integer, OUT organization_id uuid, OUT installation_id uuid) IS 'Installations of a connector across organizations.';
CREATE TABLE hera.connector_tasks (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    installation_id uuid NOT NULL,
    kind text NOT NULL,
    code text NOT NULL,
    due_at timestamp with time zone NOT NULL,
    fence uuid,
    tries smallint DEFAULT 0 NOT NULL,
    state jsonb DEFAULT '{}'::jsonb NOT NULL,
    sealed bytea,
    CONSTRAINT connector_tasks_kind_check CHECK ((kind = ANY (ARRAY['refresh'::text, 'poll'::text, 'health'::text, 'revoke'::text])))
);
ALTER TABLE ONLY hera.connector_tasks FORCE ROW LEVEL SECURITY;
ALTER TABLE hera.connector_tasks OWNER TO hera_owner;
COMMENT ON TABLE hera.connector_tasks IS 'Requests to providers that are due by the clock. code: the poll''s. state: of a poll {cursor, high, page, pages}. sealed: the request of a revoke.';
CREATE FUNCTION hera_internal.finish_health(p_task hera.connector_tasks, p_config jsonb, p_error jsonb, p_status integer) RETURNS text
    LANGUAGE plpgsql
    AS $$
declare
  v_now constant timestamptz := hera_internal.now();
  v_expected constant jsonb := p_config #> '{health,expect,status}';
  v_refresh text;
begin
  perform hera_internal.store_field('00000000-0000-0000-0000-000000000001', p_task.organization_id, p_task.installation_id,
    'last_checked_at', 'date', to_jsonb(v_now), e.smart_code)
  from hera.core_entities e
  where e.organization_id = p_task.organization_id and e.id = p_task.installation_id;
  if v_expected @> to_jsonb(p_status) or v_expected @> to_jsonb(p_status / 100 || 'xx') then
    update hera.connector_tasks t set tries = 0, due_at = hera_internal.poll_due(p_config -> 'health', v_now)
    where t.organization_id = p_task.organization_id and t.id = p_task.id;
    perform hera_internal.installation_works(p_task.organization_id, p_task.installation_id);
    return 'done';
  elsif p_error ->> 'class' = 'reauth' then
    v_refresh := hera_internal.request_refresh(p_task.organization_id, p_task.installation_id);
    if v_refresh = 'reauth_required' then
      return v_refresh;
    end if;
  end if;
  perform hera_internal.put_off_task(p_task, 'The health check', p_error);
  if v_refresh is null and p_task.tries >= 2 then
    perform hera_internal.installation_fails(p_task.organization_id, p_task.installation_id);
  end if;
  return 'retry';
end
$$;
ALTER FUNCTION hera_internal.finish_health(p_task hera.connector_tasks, p_config jsonb, p_error jsonb, p_status integer) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.finish_health(p_task hera.connector_tasks, p_config jsonb, p_error jsonb, p_status integer) IS 'Settles a health check.';
CREATE FUNCTION hera_internal.finish_poll(p_task hera.connector_tasks, p_config jsonb, p_error jsonb, p_body text) RETURNS text
    LANGUAGE plpgsql
    AS $_$
declare
  v_poll constant jsonb := jsonb_path_query_first(p_config, '$.polls[*] ? (@.code == $c)', jsonb_build_object('c', p_task.code));
  v_cursor constant text := p_task.state ->> 'cursor';
  v_pages constant int := coalesce((p_task.state ->> 'pages')::int, 0) + 1;
  v_body jsonb;
  v_high text;
  v_next text;
  v_refresh text;
begin
  if p_error ->> 'class' <> 'success' then
    if p_error ->> 'class' = 'reauth' then
      v_refresh := hera_internal.request_refresh(p_task.organization_id, p_task.installation_id);
      if v_refresh = 'reauth_required' then
        return v_refresh;
      end if;
    end if;
    perform hera_internal.put_off_task(p_task, format('The poll %s', p_task.code), p_error);
    return 'retry';
  end if;
  v_body := hera_internal.json_or_null(p_body);
  perform hera_internal.store_polled(p_task.organization_id, p_task.installation_id, p_config, v_poll ->> 'event', v_body);
  v_high := hera_internal.greatest_cursor(array(
    select x #>> '{}' from jsonb_path_query(v_body, coalesce(v_poll ->> 'cursor', '$ ? (1 == 0)')::jsonpath, '{}', true) x));
  v_next := hera_internal.first_text(v_body, array[v_poll #>> '{page,next}']);
  if v_next is not null and v_pages < 100
    and not ((v_poll #> '{page,stop_at_cursor}')::boolean is true
      and v_cursor is not null and hera_internal.greatest_cursor(array[v_high, v_cursor]) = v_cursor) then
    update hera.connector_tasks t
    set tries = 0, due_at = hera_internal.now(), state = t.state
      || jsonb_build_object('page', v_next, 'pages', v_pages, 'high', hera_internal.greatest_cursor(array[v_high, t.state ->> 'high']))
    where t.organization_id = p_task.organization_id and t.id = p_task.id;
    return 'more';
  end if;
  update hera.connector_tasks t
  set tries = 0, due_at = hera_internal.poll_due(v_poll, hera_internal.now()), state = jsonb_strip_nulls(jsonb_build_object(
    'cursor', hera_internal.greatest_cursor(array[v_high, t.state ->> 'high', v_cursor])))
  where t.organization_id = p_task.organization_id and t.id = p_task.id;
  perform hera_internal.installation_works(p_task.organization_id, p_task.installation_id);
  return 'done';
end
$_$;
ALTER FUNCTION hera_internal.finish_poll(p_task hera.connector_tasks, p_config jsonb, p_error jsonb, p_body text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.finish_poll(p_task hera.connector_tasks, p_config jsonb, p_error jsonb, p_body text) IS 'Settles a poll.';
CREATE FUNCTION hera_internal.finish_refresh(p_task hera.connector_tasks, p_config jsonb, p_error jsonb, p_status integer, p_body text) RETURNS text
    LANGUAGE plpgsql
    AS $$
declare
  v_actor constant uuid := uuid '00000000-0000-0000-0000-000000000001';
  v_answer constant jsonb := hera_internal.json_or_null(p_body);
begin
  if p_status between 200 and 299
    and hera_internal.store_tokens(v_actor, p_task.organization_id, p_task.installation_id, p_config, v_answer) then
    perform hera_internal.installation_works(p_task.organization_id, p_task.installation_id);
    return 'done';
  elsif exists (
    select from jsonb_array_elements_text(p_config #> '{auth,error_map,reauth}') r (path)
    where jsonb_path_exists(v_answer, r.path::jsonpath, '{}', true)) then
    perform hera_internal.end_authorization(p_task.organization_id, p_task.installation_id,
      hera_internal.told_error(p_task.organization_id, p_task.installation_id, 'The renewal of the token', p_error));
    return 'reauth_required';
  end if;
  perform hera_internal.put_off_task(p_task, 'The renewal of the token', p_error);
  if (hera_internal.token_state(p_task.organization_id, p_task.installation_id, p_config -> 'auth')).expires_at <= hera_internal.now() then
    perform hera_internal.installation_fails(p_task.organization_id, p_task.installation_id);
  end if;
  return 'retry';
end
$$;
ALTER FUNCTION hera_internal.finish_refresh(p_task hera.connector_tasks, p_config jsonb, p_error jsonb, p_status integer, p_body text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.finish_refresh(p_task hera.connector_tasks, p_config jsonb, p_error jsonb, p_status integer, p_body text) IS 'Settles a refresh.';
CREATE FUNCTION hera_internal.finish_revoke(p_task hera.connector_tasks, p_error jsonb) RETURNS text
    LANGUAGE plpgsql
    AS $$
begin
  if p_error ->> 'class' = 'retry' and p_task.tries < 9 then
    update hera.connector_tasks t
    set tries = t.tries + 1,
      due_at = hera_internal.now() + greatest((p_error ->> 'wait_s')::numeric, 5 * power(3, t.tries)) * interval '1 second'
    where t.organization_id = p_task.organization_id and t.id = p_task.id;
    return 'retry';
  end if;
  delete from hera.connector_tasks t where t.organization_id = p_task.organization_id and t.id = p_task.id;
  perform hera_internal.audit('00000000-0000-0000-0000-000000000001', p_task.organization_id, 'hera_connector_oauth_v1', 'REVOKE',
    p_task.installation_id, jsonb_build_object('result', case p_error ->> 'class' when 'success' then 'revoked' else p_error ->> 'code' end));
  return case p_error ->> 'class' when 'success' then 'done' else 'failed' end;
end
$$;
ALTER FUNCTION hera_internal.finish_revoke(p_task hera.connector_tasks, p_error jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.finish_revoke(p_task hera.connector_tasks, p_error jsonb) IS 'Settles a revocation.';
CREATE FUNCTION hera_internal.first_text(p_json jsonb, p_paths text[]) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $$
  select f.value #>> '{}'
  from unnest(p_paths) with ordinality p (path, n)
  cross join lateral (select jsonb_path_query_first(p_json, p.path::jsonpath, '{}', true) as value) f
  where jsonb_typeof(f.value) in ('string', 'number')
  order by p.n
  limit 1;
$$;
ALTER FUNCTION hera_internal.first_text(p_json jsonb, p_paths text[]) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.first_text(p_json jsonb, p_paths text[]) IS 'The first text or number that one of several paths finds.';
CREATE FUNCTION hera_internal.follow_events(p_organization_id uuid, p_items jsonb[], p_answers jsonb[]) RETURNS void
    LANGUAGE plpgsql
    AS $_$
declare
  v_installation_id uuid;
  v_config jsonb;
begin
  select (a ->> 'connector_id')::uuid into v_installation_id
  from unnest(p_answers) a
  where a ->> 'duplicate' = 'false' and (a -> 'connector_installed')::boolean
  limit 1;
  if not found then
    return;
  end if;
  v_config := hera_internal.installed_definition(p_organization_id, v_installation_id);
  if not jsonb_path_exists(v_config, '$.inbound.events[*] ? (exists (@.enrich) || exists (@.reconciles))') then
    return;
  end if;
  for i in 1 .. cardinality(p_items)
  loop
    continue when p_answers[i] ->> 'duplicate' is distinct from 'false';
    perform hera_internal.enrich_event(p_organization_id, v_installation_id, v_config, p_items[i] ->> 'event_type',
      (p_answers[i] ->> 'event_id')::uuid, p_items[i] -> 'event_data');
    perform hera_internal.reconcile_event(p_organization_id, v_installation_id, v_config, p_items[i] ->> 'event_type', p_items[i] -> 'event_data');
  end loop;
end
$_$;
ALTER FUNCTION hera_internal.follow_events(p_organization_id uuid, p_items jsonb[], p_answers jsonb[]) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.follow_events(p_organization_id uuid, p_items jsonb[], p_answers jsonb[]) IS 'Enrichment and reconciliation by new events.';
CREATE TABLE hera.inbound_requests (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    received_at timestamp with time zone NOT NULL,
    connector_code text NOT NULL,
    installation_id uuid,
    verified_by uuid[] NOT NULL,
    platform_verified boolean NOT NULL,
    method text NOT NULL,
    uri text NOT NULL,
    headers jsonb NOT NULL,
    body bytea NOT NULL,
    status text NOT NULL,
    status_reason text,
    accepted integer NOT NULL,
    duplicates integer NOT NULL,
    failed integer NOT NULL,
    rerun_at timestamp with time zone,
    CONSTRAINT inbound_requests_status_check CHECK ((status = ANY (ARRAY['processed'::text, 'failed'::text, 'ignored'::text])))
)
PARTITION BY RANGE (id);
ALTER TABLE ONLY hera.inbound_requests FORCE ROW LEVEL SECURITY;
ALTER TABLE hera.inbound_requests OWNER TO hera_owner;
COMMENT ON TABLE hera.inbound_requests IS 'Authentic requests of providers, as they came; secrets in headers and address are masked. One for several organizations is the platform''s.';
CREATE FUNCTION hera_internal.forget_failures(p_request hera.inbound_requests, p_done uuid[]) RETURNS void
    LANGUAGE plpgsql
    AS $$
begin
  perform hera_internal.set_tenant(p_request.organization_id);
  if p_request.rerun_at is not null and p_request.organization_id <> all (p_done) then
    perform hera_internal.keep_failed_items(null, p_request.organization_id, p_request, array[]::jsonb[]);
  end if;
end
$$;
ALTER FUNCTION hera_internal.forget_failures(p_request hera.inbound_requests, p_done uuid[]) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.forget_failures(p_request hera.inbound_requests, p_done uuid[]) IS 'Takes out failures that a re-run has mended.';
CREATE FUNCTION hera_internal.given_signatures(p_rule jsonb, p_headers jsonb) RETURNS text[]
    LANGUAGE plpgsql IMMUTABLE
    AS $_$
declare
  v_header constant text := p_headers ->> lower(p_rule #>> '{signature,header}');
  v_prefix constant text := p_rule #>> '{signature,strip_prefix}';
  v_pattern constant text := coalesce(p_rule #>> '{signature,pattern}',
    case p_rule ->> 'type' when 'standard_webhooks' then 'v1,([A-Za-z0-9+/=]+)' end);
begin
  if v_header is null then
    return null;
  elsif v_prefix is not null and starts_with(v_header, v_prefix) then
    return array[substring(v_header from length(v_prefix) + 1)];
  elsif v_pattern is not null then
    -- More than a handful is no rolled secret.
    return array(select m[1] from regexp_matches(v_header, v_pattern, 'g') m limit 5);
  elsif p_rule ->> 'type' = 'basic' then
    return array[substring(v_header from '^[Bb]asic +([A-Za-z0-9+/=]+) *$')];
  end if;
  return array[v_header];
end
$_$;
ALTER FUNCTION hera_internal.given_signatures(p_rule jsonb, p_headers jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.given_signatures(p_rule jsonb, p_headers jsonb) IS 'The signatures of a request for a rule.';
CREATE FUNCTION hera_internal.gives_secret(p_fields jsonb, p_change jsonb) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    AS $$
  select exists (
    select from jsonb_each_text(p_change) c
    where p_fields @> jsonb_build_array(jsonb_build_object('name', c.key, 'secret', true)) and c.value is not null and c.value not like '••••%');
$$;
ALTER FUNCTION hera_internal.gives_secret(p_fields jsonb, p_change jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.gives_secret(p_fields jsonb, p_change jsonb) IS 'Whether a change gives a secret.';
CREATE FUNCTION hera_internal.greatest_cursor(p_cursors text[]) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $_$
  select c
  from unnest(p_cursors) c, lateral (select bool_and(x ~ '^-?[0-9]{1,30}(\.[0-9]{1,30})?$') as numbers from unnest(p_cursors) x) n
  where c is not null
  order by case when n.numbers then c::numeric end desc, c collate "C" desc
  limit 1;
$_$;
ALTER FUNCTION hera_internal.greatest_cursor(p_cursors text[]) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.greatest_cursor(p_cursors text[]) IS 'The greatest of some cursors.';
CREATE FUNCTION hera_internal.guardrail(p_reason text, p_hint text) RETURNS void
    LANGUAGE plpgsql
    AS $$
begin
  raise exception using
    errcode = 'PT400',
    message = 'guardrail_violation:' || p_reason,
    detail = 'guardrail_violation:' || p_reason,
    hint = p_hint;
end
$$;
ALTER FUNCTION hera_internal.guardrail(p_reason text, p_hint text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.guardrail(p_reason text, p_hint text) IS 'Raises PT400 with the message guardrail_violation:<reason>.';
CREATE FUNCTION hera_internal.handshake_answer(p_code text, p_inbound jsonb, p_request jsonb, p_by_address boolean, p_address hera_internal.inbound_party) RETURNS jsonb
    LANGUAGE plpgsql
    AS $$
declare
  v_query constant jsonb := p_request -> 'query';
  v_log constant jsonb := jsonb_build_object('connector', p_code);
  v_rule jsonb;
  v_secrets jsonb;
  v_keys jsonb;
  v_hmac text;
begin
  select h.value into v_rule
  from jsonb_array_elements(p_inbound -> 'handshake') with ordinality h (value, n)
  where h.value #>> '{when,method}' = p_request ->> 'method'
    and v_query ?& array(select jsonb_array_elements_text(h.value #> '{when,query}'))
  order by h.n
  limit 1;
  if not found then
    return null;
  end if;
  v_secrets := hera_internal.handshake_secrets(p_code, p_inbound, p_by_address, p_address);
  v_keys := coalesce(v_secrets -> (v_rule #>> '{respond,hmac,key}'), '[]');
  if not hera_internal.handshake_holds(v_rule -> 'require', v_query, v_secrets)
    or v_rule #> '{respond,hmac}' is not null and jsonb_array_length(v_keys) <> 1 then
    return hera_internal.inbound_error((v_rule #>> '{otherwise,status}')::int, 'handshake_refused', 'The handshake is refused.',
      v_log || jsonb '{"outcome": "handshake_refused"}');
  end if;
  if v_rule #> '{respond,hmac}' is not null then
    v_hmac := hera_internal.inbound_signature((v_rule #> '{respond,hmac}') || jsonb '{"type": "hmac", "encoding": "hex"}',
      v_keys ->> 0, p_request, '');
  end if;
  return jsonb_build_object('status', (v_rule #>> '{respond,status}')::int,
    'headers', jsonb_build_object('content-type', v_rule #>> '{respond,content_type}'),
    'body', hera_internal.handshake_text(v_rule -> 'respond', v_query, v_hmac),
    'log', v_log || jsonb '{"outcome": "handshake"}');
end
$$;
ALTER FUNCTION hera_internal.handshake_answer(p_code text, p_inbound jsonb, p_request jsonb, p_by_address boolean, p_address hera_internal.inbound_party) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.handshake_answer(p_code text, p_inbound jsonb, p_request jsonb, p_by_address boolean, p_address hera_internal.inbound_party) IS 'The answer to a handshake, or null.';
CREATE FUNCTION hera_internal.handshake_holds(p_require jsonb, p_query jsonb, p_secrets jsonb) RETURNS boolean
    LANGUAGE plpgsql
    AS $$
declare
  v_require jsonb;
  v_given text;
  v_secret text;
  v_holds boolean := true;
  v_same boolean;
begin
  for v_require in select r.value from jsonb_array_elements(p_require) r
  loop
    v_given := coalesce(p_query ->> (v_require ->> 'query'), '');
    v_holds := v_holds
      and (v_require ->> 'equals' is null or v_given = v_require ->> 'equals')
      and (v_require ->> 'regex' is null or v_given ~ (v_require ->> 'regex'));
    if v_require ? 'equals_secret' then
      v_same := false;
      for v_secret in select s.value from jsonb_array_elements_text(p_secrets -> (v_require ->> 'equals_secret')) s
      loop
        v_same := hera_internal.same_secret(v_given, v_secret) or v_same;
      end loop;
      v_holds := v_holds and v_same;
    end if;
  end loop;
  return v_holds;
end
$$;
ALTER FUNCTION hera_internal.handshake_holds(p_require jsonb, p_query jsonb, p_secrets jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.handshake_holds(p_require jsonb, p_query jsonb, p_secrets jsonb) IS 'Whether a handshake is in order.';
CREATE FUNCTION hera_internal.handshake_secrets(p_code text, p_inbound jsonb, p_by_address boolean, p_address hera_internal.inbound_party) RETURNS jsonb
    LANGUAGE plpgsql
    AS $$
declare
  v_names constant text[] := hera_internal.secrets_of_rules(p_inbound);
  v_found record;
  v_secrets jsonb;
  v_all jsonb := jsonb '{}';
  v_name text;
begin
  if p_by_address then
    return case when p_address.installation_id is null then '{}'
      else hera_internal.inbound_secrets(p_address.organization_id, p_address.installation_id, v_names) end;
  end if;
  for v_found in
    select f.organization_id, f.installation_id
    from hera_internal.find_installations(p_code, null, null, null, 200) f
    order by f.organization_id <> hera_internal.platform_id(), f.installation_id
  loop
    perform hera_internal.set_tenant(v_found.organization_id);
    v_secrets := hera_internal.inbound_secrets(v_found.organization_id, v_found.installation_id, v_names);
    for v_name in select jsonb_object_keys(v_secrets)
    loop
      if not coalesce(v_all -> v_name, '[]') @> (v_secrets -> v_name) then
        v_all := v_all || jsonb_build_object(v_name, coalesce(v_all -> v_name, '[]') || (v_secrets -> v_name));
      end if;
    end loop;
    -- The platform's own stand for all.
    exit when v_found.organization_id = hera_internal.platform_id() and v_secrets <> '{}';
  end loop;
  return v_all;
end
$$;
ALTER FUNCTION hera_internal.handshake_secrets(p_code text, p_inbound jsonb, p_by_address boolean, p_address hera_internal.inbound_party) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.handshake_secrets(p_code text, p_inbound jsonb, p_by_address boolean, p_address hera_internal.inbound_party) IS 'The secrets for a handshake.';
CREATE FUNCTION hera_internal.handshake_text(p_respond jsonb, p_query jsonb, p_hmac text) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $_$
  select string_agg(case
      when t.part[1] !~ '^\{\{' then t.part[1]
      when p_respond ->> 'content_type' like '%json%' then substring(to_jsonb(v.value)::text from '^"(.*)"$')
      else v.value end, '' order by t.n)
  from regexp_matches(p_respond ->> 'template', '\{\{[^{}]*\}\}|\{|[^{]+', 'g') with ordinality t (part, n)
  cross join lateral (
    select coalesce(case btrim(t.part[1], '{} ') when 'hmac' then p_hmac else p_query ->> substring(btrim(t.part[1], '{} ') from '^query\.(.+)$') end, '')
      as value) v;
$_$;
ALTER FUNCTION hera_internal.handshake_text(p_respond jsonb, p_query jsonb, p_hmac text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.handshake_text(p_respond jsonb, p_query jsonb, p_hmac text) IS 'The body of a handshake''s answer.';
CREATE FUNCTION hera_internal.header_fault(p_headers jsonb) RETURNS text
    LANGUAGE plpgsql IMMUTABLE
    AS $_$
declare
  v_name text;
  v_value jsonb;
begin
  if jsonb_typeof(p_headers) <> 'object' then
    return 'must be an object of header names and values';
  elsif (select count(*) from jsonb_object_keys(p_headers)) > 20 then
    return 'may have at most 20 headers';
  end if;
  for v_name, v_value in select * from jsonb_each(p_headers)
  loop
    if v_name !~ '^[!#$%&''*+.^_`|~0-9A-Za-z-]{1,128}$' then
      return 'has a name that is no HTTP token: ' || left(regexp_replace(v_name, '[^ -~]', '?', 'g'), 50);
    elsif lower(v_name) ~ '^(webhook-|x-hera-|proxy-|sec-)'
      or lower(v_name) in ('host', 'content-length', 'content-type', 'content-encoding', 'transfer-encoding', 'connection',
        'keep-alive', 'upgrade', 'te', 'trailer', 'expect', 'user-agent', 'date', 'traceparent', 'tracestate') then
      return format('may not set %s, which belongs to the delivery', v_name);
    elsif jsonb_typeof(v_value) <> 'string' or length(v_value #>> '{}') > 2048
      or (v_value #>> '{}') !~ '^[!-~]([ \t!-~]*[!-~])?$' then
      return format('has a value for %s that is not 1 to 2048 visible ASCII characters', v_name);
    end if;
  end loop;
  return null;
end
$_$;
ALTER FUNCTION hera_internal.header_fault(p_headers jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.header_fault(p_headers jsonb) IS 'The fault of custom webhook headers, or null.';
CREATE FUNCTION hera_internal.health_state(p_organization_id uuid, p_installation_id uuid) RETURNS text
    LANGUAGE sql STABLE
    AS $$
  select case
    when e.status = 'inactive' then null
    when e.status in ('pending_auth', 'reauth_required') then 'reauth_required'
    when e.status = 'error' then 'failing'
    when exists (
      select from hera.core_dynamic_data d
      where d.organization_id = p_organization_id and d.entity_id = p_installation_id and d.field_name = 'last_error') then 'degraded'
    when exists (
      select
      from hera.core_dynamic_data d
      where d.organization_id = p_organization_id and d.entity_id = p_installation_id and d.field_name = 'token_expires_at'
        and d.field_value_date < hera_internal.now() + interval '7 days'
        and not exists (
          select from hera.connector_tasks t
          where t.organization_id = p_organization_id and t.installation_id = p_installation_id and t.kind = 'refresh'
            and t.due_at < d.field_value_date)) then 'token_expiring'
    else 'ok' end
  from hera.core_entities e
  where e.organization_id = p_organization_id and e.id = p_installation_id;
$$;
ALTER FUNCTION hera_internal.health_state(p_organization_id uuid, p_installation_id uuid) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.health_state(p_organization_id uuid, p_installation_id uuid) IS 'The health of an installation in one word.';
CREATE FUNCTION hera_internal.hmac_sha256(p_message bytea, p_key bytea) RETURNS bytea
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN public.hmac(p_message, p_key, 'sha256'::text);
ALTER FUNCTION hera_internal.hmac_sha256(p_message bytea, p_key bytea) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.hmac_sha256(p_message bytea, p_key bytea) IS 'HMAC-SHA256 of a message.';
CREATE FUNCTION hera_internal.hold_back(p_batch hera_internal.outbox_batch, p_now timestamp with time zone) RETURNS hera_internal.outbox_batch
    LANGUAGE plpgsql
    AS $$
declare
  v_kept hera_internal.outbox_batch;
  v_stopped_organizations uuid[];
  v_stopped_deliveries uuid[];
begin
  perform hera_internal.refill_rate(p_batch, p_now);
  with d as (
    -- Whether a call may be made its installation says: see hera_internal.prepare_calls.
    select d.*, s.status, w.rate_limit_per_second as rate,
      row_number() over (partition by w.organization_id, w.webhook_no order by d.nth) as in_line, b.tokens, w.webhook_no,
      s.status = 'active' and hera_internal.is_sealed_off(w.organization_id, w.id, p_now) as sealed_off
    from unnest(p_batch.organization_ids, p_batch.delivery_ids, p_batch.attempts, p_batch.base_attempts) with ordinality
      as d (organization_id, delivery_id, attempt, base_attempt, nth)
    join hera.webhooks w
      on w.organization_id = d.organization_id and w.webhook_no = hera_internal.delivery_webhook_no(d.delivery_id)
    cross join lateral (select case w.kind when 'channel' then 'active' else w.status end as status) s
    left join hera.outbox_rate b on b.organization_id = w.organization_id and b.webhook_no = w.webhook_no
  ), spent as (
    update hera.outbox_rate b set tokens = b.tokens - least(floor(b.tokens), u.wanted),
      put_off = b.put_off + greatest(0, u.wanted - floor(b.tokens))::bigint,
      last_put_off_at = case when u.wanted > floor(b.tokens) then p_now else b.last_put_off_at end
    from (
      select d.organization_id, d.webhook_no, count(*) as wanted
      from d where d.status = 'active' and d.rate is not null and not d.sealed_off
      group by d.organization_id, d.webhook_no) u
    where b.organization_id = u.organization_id and b.webhook_no = u.webhook_no
  ), later as (
    insert into hera.outbox_scheduled (organization_id, delivery_id, attempt, base_attempt, due_at)
    select d.organization_id, d.delivery_id, d.attempt, d.base_attempt, p_now + case
        when d.sealed_off then interval '1 minute'
        else ((d.in_line - d.tokens) / d.rate)::float8 * interval '1 second' end
    from d where d.sealed_off or d.status = 'active' and d.rate is not null and d.in_line > floor(d.tokens)
  ), stopped as (
    insert into hera.dead_letters (organization_id, delivery_id, status, reason, attempts, created_at)
    select d.organization_id, d.delivery_id, 'disabled', 'webhook_' || d.status, d.attempt - 1, p_now
    from d where d.status <> 'active'
    on conflict (organization_id, delivery_id) do update
      set status = excluded.status, reason = excluded.reason, attempts = excluded.attempts, created_at = excluded.created_at
  )
  select
    coalesce(array_agg(d.organization_id order by d.nth) filter (where d.status = 'active'), '{}'),
    coalesce(array_agg(d.delivery_id order by d.nth) filter (where d.status = 'active'), '{}'),
    coalesce(array_agg(d.attempt order by d.nth) filter (where d.status = 'active'), '{}'),
    coalesce(array_agg(d.base_attempt order by d.nth) filter (where d.status = 'active'), '{}'),
    array_agg(d.organization_id) filter (where d.status <> 'active'),
    array_agg(d.delivery_id) filter (where d.status <> 'active')
  into v_kept.organization_ids, v_kept.delivery_ids, v_kept.attempts, v_kept.base_attempts,
    v_stopped_organizations, v_stopped_deliveries
  from d
  where not d.sealed_off and not (d.status = 'active' and d.rate is not null and d.in_line > floor(d.tokens));
  perform hera_internal.fifo_advance(v_stopped_organizations, v_stopped_deliveries);
  return v_kept;
end
$$;
ALTER FUNCTION hera_internal.hold_back(p_batch hera_internal.outbox_batch, p_now timestamp with time zone) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.hold_back(p_batch hera_internal.outbox_batch, p_now timestamp with time zone) IS 'The part of a batch that may be sent now.';
CREATE FUNCTION hera_internal.hour_of(p_at timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN date_bin('01:00:00'::interval, p_at, '2000-01-01 00:00:00+00'::timestamp with time zone);
ALTER FUNCTION hera_internal.hour_of(p_at timestamp with time zone) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.hour_of(p_at timestamp with time zone) IS 'The start of the hour.';
CREATE FUNCTION hera_internal.hubspot_uri(p_uri text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE
    AS $_$
begin
  if strpos(p_uri, '%') = 0 then
    return p_uri;
  end if;
  return (
    select string_agg(
      case when t.part[1] ~* '^%(3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)$'
        then chr(get_byte(decode(substring(t.part[1] from 2), 'hex'), 0)) else t.part[1] end, '' order by t.n)
    from regexp_matches(p_uri, '%[0-9A-Fa-f]{2}|%|[^%]+', 'g') with ordinality t (part, n));
end
$_$;
ALTER FUNCTION hera_internal.hubspot_uri(p_uri text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.hubspot_uri(p_uri text) IS 'A URI with the percent codes decoded that HubSpot decodes before it signs.';
CREATE FUNCTION hera_internal.id_before(p_id uuid) RETURNS uuid
    LANGUAGE plpgsql IMMUTABLE
    AS $$
declare
  v_bytes bytea := uuid_send(p_id);
begin
  for i in reverse 15 .. 0
  loop
    if get_byte(v_bytes, i) > 0 then
      return encode(set_byte(v_bytes, i, get_byte(v_bytes, i) - 1), 'hex')::uuid;
    end if;
    v_bytes := set_byte(v_bytes, i, 255);
  end loop;
  return p_id;
end
$$;
ALTER FUNCTION hera_internal.id_before(p_id uuid) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.id_before(p_id uuid) IS 'The id just before.';
CREATE FUNCTION hera_internal.id_floor(p_at timestamp with time zone) RETURNS uuid
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ((lpad(to_hex((floor((EXTRACT(epoch FROM p_at) * (1000)::numeric)))::bigint), 12, '0'::text) || '00000000000000000000'::text))::uuid;
ALTER FUNCTION hera_internal.id_floor(p_at timestamp with time zone) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.id_floor(p_at timestamp with time zone) IS 'Every id made at p_at (milliseconds) or later is greater.';
CREATE FUNCTION hera_internal.identity_changed(p_subject text) RETURNS void
    LANGUAGE plpgsql
    AS $$
begin
  perform pg_notify('hera_identity', coalesce(encode(sha256(convert_to(p_subject, 'UTF8')), 'hex'), '*'));
end
$$;
ALTER FUNCTION hera_internal.identity_changed(p_subject text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.identity_changed(p_subject text) IS 'Notifies hosts that an identity is to be resolved anew.';
CREATE FUNCTION hera_internal.import_installation(p_actor_user_id uuid, p_organization_id uuid, p_source_id uuid, p_item jsonb, p_home boolean, p_skip_unknown boolean) RETURNS jsonb
    LANGUAGE plpgsql
    AS $$
declare
  v_source_id uuid := hera_internal.to_uuid('document.installations.id', p_item ->> 'id');
  v_opened jsonb := hera_internal.opened_secrets(p_source_id, v_source_id, p_item -> 'secrets', p_skip_unknown);
  v_missing jsonb;
  v_definition_id uuid;
  v_id uuid;
  v_before jsonb;
  v_status text;
  v_changed boolean;
  v_field record;
begin
  v_definition_id := hera_internal.importable_definition(p_organization_id, p_item ->> 'code',
    p_item #> '{fields,installation_config,value}');
  select e.id, to_jsonb(e) into v_id, v_before
  from hera.core_entities e
  where e.organization_id = p_organization_id and e.entity_type = 'INTEGRATION_CONNECTOR_INSTALL'
    and (e.entity_code = p_item ->> 'code' and e.status <> 'inactive'
      or e.id = hera_internal.imported_id(p_organization_id, p_source_id, v_source_id, 'INTEGRATION_CONNECTOR_INSTALL'))
  order by e.status = 'inactive'
  limit 1;
  v_id := coalesce(v_id, hera_internal.imported_id(p_organization_id, p_source_id, v_source_id, 'INTEGRATION_CONNECTOR_INSTALL'));
  select coalesce(jsonb_agg(distinct s ->> 'name'), '[]') into v_missing
  from jsonb_array_elements(p_item -> 'secrets') s
  where not v_opened ? (s ->> 'name') and not exists (
    select from hera.secrets h where h.organization_id = p_organization_id and h.entity_id = v_id and h.name = s ->> 'name');
  v_status := case
    when v_missing <> '[]' then 'reauth_required'
    when p_home then p_item ->> 'status'
    else coalesce(v_before ->> 'status', 'paused') end;
  v_changed := v_before is null
    or v_before -> 'entity_name' is distinct from p_item -> 'name'
    or v_before ->> 'entity_description' is distinct from p_item ->> 'description'
    or v_before ->> 'smart_code' is distinct from p_item ->> 'smart_code' or v_before ->> 'status' is distinct from v_status
    or v_before -> 'metadata' is distinct from p_item -> 'metadata';
  if v_changed then
    insert into hera.core_entities as e (
      id, organization_id, entity_type, entity_name, entity_code, entity_description, smart_code, status, metadata, created_by, updated_by)
    values (v_id, p_organization_id, 'INTEGRATION_CONNECTOR_INSTALL', p_item ->> 'name', p_item ->> 'code', p_item ->> 'description',
      p_item ->> 'smart_code', v_status, nullif(p_item -> 'metadata', 'null'), p_actor_user_id, p_actor_user_id)
    on conflict (id, organization_id) do update set
      entity_name = excluded.entity_name, entity_description = excluded.entity_description, smart_code = excluded.smart_code,
      status = excluded.status, metadata = excluded.metadata, updated_at = hera_internal.now(), updated_by = p_actor_user_id,
      version = e.version + 1;
    perform hera_internal.store_field(p_actor_user_id, p_organization_id, v_id, 'status', 'text',
      to_jsonb(v_status), p_item ->> 'smart_code');
    perform hera_internal.link(p_actor_user_id, p_organization_id, v_id, 'CONNECTOR_INSTALLED_BY', p_organization_id);
    perform hera_internal.link(p_actor_user_id, p_organization_id, v_id, 'CONNECTOR_BASED_ON', v_definition_id);
  end if;
  if v_before is null then
    perform hera_internal.add_links(p_actor_user_id, p_organization_id, p_actor_user_id, 'INTEGRATION_MANAGES', array[v_id]);
  end if;
  for v_field in
    select f.key as name, f.value ->> 'type' as type, f.value -> 'value' as value, f.value ->> 'smart_code' as smart_code
    from jsonb_each(p_item -> 'fields') f
    where not exists (
      select from hera.core_dynamic_data d
      where d.organization_id = p_organization_id and d.entity_id = v_id and d.field_name = f.key
        and hera_internal.field_json(d) = f.value -> 'value')
  loop
    perform hera_internal.store_field(p_actor_user_id, p_organization_id, v_id, v_field.name, v_field.type,
      v_field.value, v_field.smart_code);
    v_changed := true;
  end loop;
  perform hera_internal.index_installation(p_organization_id, v_id);
  v_changed := hera_internal.restore_secrets(p_organization_id, v_id, v_opened) or v_changed;
  perform hera_internal.keep_tasks(p_organization_id, v_id);
  return jsonb_build_object('type', 'installation', 'id', v_id, 'source_id', v_source_id, 'code', p_item ->> 'code',
    'secrets_missing', v_missing,
    'action', case when v_before is null then 'created' when v_changed then 'updated' else 'unchanged' end);
end
$$;
ALTER FUNCTION hera_internal.import_installation(p_actor_user_id uuid, p_organization_id uuid, p_source_id uuid, p_item jsonb, p_home boolean, p_skip_unknown boolean) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.import_installation(p_actor_user_id uuid, p_organization_id uuid, p_source_id uuid, p_item jsonb, p_home boolean, p_skip_unknown boolean) IS 'Imports an installation.';
CREATE FUNCTION hera_internal.import_organization(p_actor_user_id uuid, p_organization_id uuid, p_role text, p_part jsonb, p_same_database boolean, p_skip_unknown boolean) RETURNS jsonb
    LANGUAGE plpgsql
    AS $$
declare
  v_source_id uuid := hera_internal.to_uuid('document.organizations.id', p_part ->> 'id');
  v_home boolean := p_same_database and v_source_id = p_organization_id;
  v_done jsonb := jsonb '[]';
  v_item jsonb;
begin
  if p_role = 'platform_admin' then
    v_done := hera_internal.import_platform_part(p_actor_user_id, p_organization_id, p_part);
  end if;
  for v_item in select i from jsonb_array_elements(p_part -> 'installations') i
  loop
    v_done := v_done || hera_internal.import_installation(p_actor_user_id, p_organization_id, v_source_id, v_item, v_home, p_skip_unknown);
  end loop;
  for v_item in select w from jsonb_array_elements(p_part -> 'webhooks') w
  loop
    v_done := v_done || hera_internal.import_webhook(p_actor_user_id, p_organization_id, v_source_id, v_item, v_home, p_skip_unknown);
  end loop;
  -- After the webhooks, which keep their numbers. One that is not in the document is made with its first call.
  perform hera_internal.ensure_channel(p_organization_id, e.id, hera_internal.installed_definition(p_organization_id, e.id),
    case when v_home then (i ->> 'channel_no')::int end)
  from jsonb_array_elements(p_part -> 'installations') i
  join hera.core_entities e
    on e.organization_id = p_organization_id and e.entity_type = 'INTEGRATION_CONNECTOR_INSTALL' and e.entity_code = i ->> 'code'
    and e.status <> 'inactive'
  where jsonb_typeof(i -> 'channel_no') = 'number';
  perform hera_internal.sync_channel(p_organization_id, w.id)
  from hera.webhooks w where w.organization_id = p_organization_id and w.kind = 'channel';
  return v_done;
end
$$;
ALTER FUNCTION hera_internal.import_organization(p_actor_user_id uuid, p_organization_id uuid, p_role text, p_part jsonb, p_same_database boolean, p_skip_unknown boolean) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.import_organization(p_actor_user_id uuid, p_organization_id uuid, p_role text, p_part jsonb, p_same_database boolean, p_skip_unknown boolean) IS 'Imports an organization''s configuration.';
CREATE FUNCTION hera_internal.import_platform(p_actor_user_id uuid, p_document jsonb, p_same_database boolean, p_skip_unknown boolean) RETURNS jsonb
    LANGUAGE plpgsql
    AS $$
declare
  v_part jsonb;
  v_id uuid;
  v_done jsonb := jsonb '[]';
begin
  for v_part in
    select o from jsonb_array_elements(p_document -> 'organizations') o
    order by o ->> 'id' <> hera_internal.platform_id()::text, o ->> 'id'
  loop
    v_id := hera_internal.to_uuid('document.organizations.id', v_part ->> 'id');
    perform hera_internal.set_tenant(hera_internal.platform_id());
    if not exists (select from hera.core_organizations o where o.id = v_id) then
      perform hera_internal.check_retention_settings(coalesce(v_part #> '{settings,retention}', '{}'));
      perform hera_internal.create_organization(p_actor_user_id, v_part - array['definitions', 'assignments', 'installations', 'webhooks']);
      v_done := v_done || jsonb_build_object('type', 'organization', 'id', v_id, 'code', v_part ->> 'code', 'action', 'created');
    end if;
    perform hera_internal.set_tenant(v_id);
    v_done := v_done || hera_internal.import_organization(p_actor_user_id, v_id, 'platform_admin', v_part, p_same_database, p_skip_unknown);
  end loop;
  perform hera_internal.set_tenant(hera_internal.platform_id());
  return v_done;
end
$$;
ALTER FUNCTION hera_internal.import_platform(p_actor_user_id uuid, p_document jsonb, p_same_database boolean, p_skip_unknown boolean) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.import_platform(p_actor_user_id uuid, p_document jsonb, p_same_database boolean, p_skip_unknown boolean) IS 'Imports all organizations of a backup.';
CREATE FUNCTION hera_internal.import_platform_part(p_actor_user_id uuid, p_organization_id uuid, p_part jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    AS $$
declare
  v_done jsonb := jsonb '[]';
  v_item jsonb;
  v_same boolean;
begin
  for v_item in
    select d from jsonb_array_elements(p_part -> 'definitions') d where p_organization_id = hera_internal.platform_id()
  loop
    v_same := null;
    select coalesce(v.config = v_item -> 'config', false) into v_same
    from hera.core_entities e
    left join hera.connector_versions v
      on v.organization_id = e.organization_id and v.definition_id = e.id and to_jsonb(v.version) = v_item #> '{config,version}'
    where e.organization_id = p_organization_id and e.entity_type = 'INTEGRATION_CONNECTOR_DEF' and e.entity_code = v_item ->> 'code';
    if v_same is distinct from true then
      perform hera_internal.store_definition(p_actor_user_id, v_item ->> 'code', v_item -> 'config');
    end if;
    v_done := v_done || jsonb_build_object('type', 'definition', 'code', v_item ->> 'code',
      'action', case when v_same is null then 'created' when v_same then 'unchanged' else 'updated' end);
  end loop;
  perform hera_internal.add_links(p_actor_user_id, p_organization_id, p_organization_id, 'ORG_AUTHORIZED_FOR', array(
    select e.id
    from jsonb_array_elements_text(p_part -> 'assignments') a
    join hera.core_entities e
      on e.organization_id = hera_internal.platform_id() and e.entity_type = 'INTEGRATION_CONNECTOR_DEF' and e.entity_code = a));
  return v_done;
end
$$;
ALTER FUNCTION hera_internal.import_platform_part(p_actor_user_id uuid, p_organization_id uuid, p_part jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.import_platform_part(p_actor_user_id uuid, p_organization_id uuid, p_part jsonb) IS 'Imports definitions and assignments.';
CREATE FUNCTION hera_internal.import_webhook(p_actor_user_id uuid, p_organization_id uuid, p_source_id uuid, p_item jsonb, p_home boolean, p_skip_unknown boolean) RETURNS jsonb
    LANGUAGE plpgsql
    AS $$
declare
  v_source_id uuid := hera_internal.to_uuid('document.webhooks.id', p_item ->> 'id');
  v_id uuid := hera_internal.imported_id(p_organization_id, p_source_id, v_source_id, 'INTEGRATION_WEBHOOK');
  v_opened jsonb := hera_internal.opened_secrets(p_source_id, v_source_id, p_item -> 'secrets', p_skip_unknown);
  v_config jsonb := p_item -> 'config';
  v_missing jsonb := jsonb '[]';
  v_old hera.webhooks;
  v_same boolean;
  v_changed boolean;
begin
  perform hera_internal.check_keys('webhook_config', v_config, array['url', 'topics', 'filter', 'transform', 'headers', 'retry_policy',
    'timeout_ms', 'rate_limit_per_second', 'ordering', 'description', 'metadata']);
  if v_config ? 'headers' and not v_opened ? 'headers' then
    v_config := v_config - 'headers';
    v_missing := v_missing || jsonb '"headers"';
  end if;
  v_config := hera_internal.merge_webhook_config('{}', v_config)
    || case when v_config ? 'headers' then jsonb_build_object('headers', v_config -> 'headers') else '{}' end;
  perform hera_internal.check_webhook_config(v_config);
  select * into v_old from hera.webhooks w where w.organization_id = p_organization_id and w.id = v_id;
  select d.field_value_json = v_config and v_old.connector_code is not distinct from p_item ->> 'connector_code' into v_same
  from hera.core_dynamic_data d
  where d.organization_id = p_organization_id and d.entity_id = v_id and d.field_name = 'webhook_config';
  v_changed := v_same is distinct from true;
  if v_changed then
    perform hera_internal.store_webhook(p_actor_user_id, p_organization_id, v_id, v_config, null);
    perform hera_internal.bind_imported_webhook(p_actor_user_id, p_organization_id, v_id, p_item,
      v_old.id is null and p_organization_id = p_source_id);
  end if;
  if v_old.id is null and not p_home then
    update hera.webhooks w set status = 'inactive', status_reason = 'Imported: enable it when it shall send.'
    where w.organization_id = p_organization_id and w.id = v_id;
  elsif p_home and (v_old.status, v_old.status_reason) is distinct from (p_item ->> 'status', p_item ->> 'status_reason') then
    update hera.webhooks w set status = p_item ->> 'status', status_reason = p_item ->> 'status_reason'
    where w.organization_id = p_organization_id and w.id = v_id;
    v_changed := true;
  end if;
  v_changed := hera_internal.restore_secrets(p_organization_id, v_id, v_opened) or v_changed;
  if not exists (
    select from hera.secrets s where s.organization_id = p_organization_id and s.entity_id = v_id and s.name = 'signing') then
    perform hera_internal.store_webhook_secret(p_organization_id, v_id, hera_internal.new_webhook_secret(), interval '0');
    v_missing := v_missing || jsonb '"signing"';
  end if;
  return jsonb_build_object('type', 'webhook', 'id', v_id, 'source_id', v_source_id, 'code', v_config ->> 'url',
    'secrets_missing', v_missing,
    'action', case when v_old.id is null then 'created' when v_changed then 'updated' else 'unchanged' end);
end
$$;
ALTER FUNCTION hera_internal.import_webhook(p_actor_user_id uuid, p_organization_id uuid, p_source_id uuid, p_item jsonb, p_home boolean, p_skip_unknown boolean) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.import_webhook(p_actor_user_id uuid, p_organization_id uuid, p_source_id uuid, p_item jsonb, p_home boolean, p_skip_unknown boolean) IS 'Imports a webhook.';
CREATE FUNCTION hera_internal.importable_definition(p_organization_id uuid, p_code text, p_config jsonb) RETURNS uuid
    LANGUAGE plpgsql
    AS $$
declare
  v_definition record := hera_internal.definition_of(p_code);
begin
  if v_definition.config ->> 'status' = 'retired' then
    perform hera_internal.fail(409, 'connector.retired', format('The connector %s is retired.', p_code),
      'Take the installation out of the document.');
  end if;
  perform hera_internal.check_assigned(p_organization_id, v_definition.id, v_definition.config);
  -- As a change of itself: each field is checked, and no secret is another one.
  perform hera_internal.merge_installation_config(v_definition.config -> 'fields', coalesce(p_config, '{}'), coalesce(p_config, '{}'));
  return v_definition.id;
end
$$;
ALTER FUNCTION hera_internal.importable_definition(p_organization_id uuid, p_code text, p_config jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.importable_definition(p_organization_id uuid, p_code text, p_config jsonb) IS 'The definition of a code, or an error.';
CREATE FUNCTION hera_internal.imported_id(p_organization_id uuid, p_source_id uuid, p_id uuid, p_type text) RETURNS uuid
    LANGUAGE plpgsql STABLE
    AS $$
begin
  if p_organization_id = p_source_id and not exists (
    select from hera.core_entities e where e.organization_id = p_organization_id and e.id = p_id and e.entity_type <> p_type) then
    return p_id;
  end if;
  -- UUIDv8 (RFC 9562): the bytes are ours to choose.
  return encode(set_byte(set_byte(v.bytes, 6, 128 + get_byte(v.bytes, 6) % 16), 8, 128 + get_byte(v.bytes, 8) % 64), 'hex')::uuid
  from (select substring(sha256(uuid_send(p_organization_id) || uuid_send(p_source_id) || uuid_send(p_id)) for 16) as bytes) v;
end
$$;
ALTER FUNCTION hera_internal.imported_id(p_organization_id uuid, p_source_id uuid, p_id uuid, p_type text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.imported_id(p_organization_id uuid, p_source_id uuid, p_id uuid, p_type text) IS 'Maps an id of a backup.';
CREATE FUNCTION hera_internal.inbound_accounts(p_inbound jsonb, p_body jsonb, p_headers jsonb, p_limit integer) RETURNS text[]
    LANGUAGE plpgsql IMMUTABLE
    AS $$
declare
  v_in constant text := p_inbound #>> '{account_ref,in}';
  v_steps jsonb;
  v_found text[];
  v_accounts text[] := array[]::text[];
begin
  -- The rules mostly begin with the same steps.
  for v_steps in
    select distinct x.steps
    from (
      select (
        select jsonb_agg(s.step order by s.n)
        from jsonb_array_elements(e.value -> 'each') with ordinality s (step, n)
        where s.n <= (
          select min(t.n) from jsonb_array_elements(e.value -> 'each') with ordinality t (step, n) where t.step ->> 'as' = v_in)) as steps
      from jsonb_array_elements(p_inbound -> 'events') e) x
    where x.steps is not null
  loop
    v_found := array(
      select distinct a.account
      from hera_internal.walk_steps(v_steps, p_body, p_limit) b
      cross join lateral (
        select jsonb_path_query_first(b -> v_in, p.path::jsonpath, b || jsonb_build_object('headers', p_headers), true) #>> '{}' as account
        from jsonb_array_elements_text(p_inbound #> '{account_ref,paths}') p (path)) a
      where a.account is not null);
    v_accounts := v_accounts || v_found;
  end loop;
  return (array(select distinct a from unnest(v_accounts) a where length(a) <= 255))[1 : p_limit];
end
$$;
ALTER FUNCTION hera_internal.inbound_accounts(p_inbound jsonb, p_body jsonb, p_headers jsonb, p_limit integer) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.inbound_accounts(p_inbound jsonb, p_body jsonb, p_headers jsonb, p_limit integer) IS 'The accounts that a body names.';
CREATE FUNCTION hera_internal.inbound_error(p_status integer, p_error text, p_message text, p_log jsonb) RETURNS jsonb
    LANGUAGE sql IMMUTABLE
    RETURN jsonb_build_object('status', p_status, 'headers', '{}'::jsonb, 'body', NULL::unknown, 'error', jsonb_build_object('code', p_error, 'message', p_message), 'log', p_log);
ALTER FUNCTION hera_internal.inbound_error(p_status integer, p_error text, p_message text, p_log jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.inbound_error(p_status integer, p_error text, p_message text, p_log jsonb) IS 'A refusal of an inbound request.';
CREATE FUNCTION hera_internal.inbound_events(p_inbound jsonb, p_body jsonb, p_headers jsonb DEFAULT '{}'::jsonb, p_body_hash text DEFAULT NULL::text, OUT event_type text, OUT smart_code text, OUT event_key text, OUT account_ref text, OUT occurred_at text, OUT event_data jsonb) RETURNS SETOF record
    LANGUAGE plpgsql IMMUTABLE
    AS $_$
declare
  v_account_in constant text := p_inbound #>> '{account_ref,in}';
  v_headers constant jsonb := jsonb_build_object('headers', p_headers);
  v_account_paths constant jsonpath[] := array(
    select p::jsonpath from jsonb_array_elements_text(p_inbound #> '{account_ref,paths}') with ordinality x (p, n) order by x.n);
  v_rule jsonb;
  v_keys jsonpath[];
  v_path jsonpath;
  v_occurred_at jsonpath;
  v_data jsonpath;
  v_bound jsonb;
  v_item jsonb;
  v_last text;
  v_part text;
  v_known boolean;
  v_fallback text;
  v_nth int;
begin
  for v_rule in select e.value from jsonb_array_elements(p_inbound -> 'events') e where e.value ? 'each'
  loop
    event_type := v_rule ->> 'type';
    smart_code := v_rule ->> 'smart_code';
    v_fallback := hera_internal.fallback_key(v_rule -> 'key_fallback', p_headers, p_body_hash);
    v_nth := 0;
    v_last := v_rule #>> '{each,-1,as}';
    v_keys := array(select k::jsonpath from jsonb_array_elements_text(v_rule -> 'key') with ordinality x (k, n) order by x.n);
    v_occurred_at := (v_rule ->> 'occurred_at')::jsonpath;
    v_data := coalesce(v_rule ->> 'data', '$')::jsonpath;
    for v_bound in select b || v_headers from hera_internal.walk_steps(v_rule -> 'each', p_body) b
    loop
      -- The last step binds the item that is the event.
      v_item := v_bound -> v_last;
      v_nth := v_nth + 1;
      event_key := null;
      v_known := false;
      foreach v_path in array v_keys
      loop
        v_part := jsonb_path_query_first(v_item, v_path, v_bound, true) #>> '{}';
        v_known := v_known or v_part is not null;
        event_key := case when event_key is null then '' else event_key || ':' end || coalesce(v_part, '');
      end loop;
      if not v_known then
        event_key := v_fallback || case v_nth when 1 then '' else ':' || v_nth end;
      end if;
      account_ref := null;
      foreach v_path in array v_account_paths
      loop
        account_ref := jsonb_path_query_first(v_bound -> v_account_in, v_path, v_bound, true) #>> '{}';
        exit when account_ref is not null;
      end loop;
      occurred_at := jsonb_path_query_first(v_item, v_occurred_at, v_bound, true) #>> '{}';
      event_data := jsonb_path_query_first(v_item, v_data, v_bound, true);
      return next;
    end loop;
  end loop;
end
$_$;
ALTER FUNCTION hera_internal.inbound_events(p_inbound jsonb, p_body jsonb, p_headers jsonb, p_body_hash text, OUT event_type text, OUT smart_code text, OUT event_key text, OUT account_ref text, OUT occurred_at text, OUT event_data jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.inbound_events(p_inbound jsonb, p_body jsonb, p_headers jsonb, p_body_hash text, OUT event_type text, OUT smart_code text, OUT event_key text, OUT account_ref text, OUT occurred_at text, OUT event_data jsonb) IS 'The events in a provider''s request.';
CREATE FUNCTION hera_internal.inbound_items(p_request hera.inbound_requests, p_definition_id uuid, p_parties hera_internal.inbound_party[], p_sole boolean, p_body jsonb) RETURNS jsonb[]
    LANGUAGE plpgsql
    AS $$
declare
  v_hash constant text := encode(sha256(p_request.body), 'hex');
  v_first constant int := (p_parties[1]).version;
  v_items jsonb[] := array[]::jsonb[];
  v_known jsonb := jsonb '{}';
  v_version int;
  v_inbound jsonb;
  v_event record;
  v_item jsonb;
  v_account text;
  v_for jsonb;
begin
  for v_version in select distinct x.version from unnest(p_parties) x union select v_first
  loop
    v_inbound := hera_internal.definition_version(p_definition_id, v_version) -> 'inbound';
    -- What is asked of the provider, or is an answer of its, comes by another way.
    v_inbound := v_inbound || jsonb_build_object('events', (
      select jsonb_agg(e.value order by e.n) from jsonb_array_elements(v_inbound -> 'events') with ordinality e (value, n)
      where coalesce(e.value ->> 'origin', 'webhook') in ('webhook', 'derived')));
    for v_event in
      select e.* from hera_internal.inbound_events(v_inbound, p_body, p_request.headers, v_hash) with ordinality e
    loop
      v_account := hera_internal.plain_account(v_event.account_ref, v_inbound -> 'account_prefixes');
      v_for := v_known -> coalesce(v_account, '');
      if v_for is null then
        select coalesce(jsonb_agg(jsonb_build_object('organization_id', p.organization_id, 'version', p.version)), '[]') into v_for
        from unnest(hera_internal.parties_of_account(p_parties, p_sole, p_request.installation_id is not null, v_account)) p;
        v_known := v_known || jsonb_build_object(coalesce(v_account, ''), v_for);
      end if;
      v_item := jsonb_build_object('event_source', p_request.connector_code, 'event_type', v_event.event_type,
        'connector_code', p_request.connector_code, 'smart_code', v_event.smart_code,
        'idempotency_key', hera_internal.natural_key(p_request.connector_code, v_event.account_ref, v_event.event_type,
          coalesce(v_event.event_key, v_hash || ':' || v_event.ordinality)),
        'occurred_at', hera_internal.event_time(v_event.occurred_at), 'inbound_request_id', p_request.id, 'event_data', v_event.event_data);
      for n in 0 .. jsonb_array_length(v_for) - 1
      loop
        if v_for #> array[n::text, 'version'] = coalesce(to_jsonb(v_version), 'null') then
          v_items := v_items || (v_item || jsonb_build_object('organization_id', v_for #> array[n::text, 'organization_id']));
        end if;
      end loop;
      if v_for = '[]' and v_version is not distinct from v_first then
        v_items := v_items || (v_item || jsonb_build_object('reason',
          case when v_account is null then 'the item names no account' else format('the account %s is no installation''s', left(v_account, 255)) end));
      end if;
    end loop;
  end loop;
  return v_items;
end
$$;
ALTER FUNCTION hera_internal.inbound_items(p_request hera.inbound_requests, p_definition_id uuid, p_parties hera_internal.inbound_party[], p_sole boolean, p_body jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.inbound_items(p_request hera.inbound_requests, p_definition_id uuid, p_parties hera_internal.inbound_party[], p_sole boolean, p_body jsonb) IS 'The items of a request with their organizations.';
CREATE FUNCTION hera_internal.inbound_json(p_body bytea, OUT body jsonb, OUT fault text) RETURNS record
    LANGUAGE plpgsql IMMUTABLE
    AS $$
begin
  if octet_length(p_body) = 0 then
    fault := 'the body is empty';
    return;
  end if;
  begin
    body := convert_from(p_body, 'UTF8')::jsonb;
  exception
    when character_not_in_repertoire or untranslatable_character then
      fault := 'the body holds a NUL or is not UTF-8';
    when data_exception then
      fault := 'the body is not JSON';
    when statement_too_complex or program_limit_exceeded then
      fault := 'the body is nested too deeply or too large';
  end;
  if body is not null then
    fault := 'the body ' || hera_internal.json_fault(body, body::text, 16777216);
    body := case when fault is null then body end;
  end if;
end
$$;
ALTER FUNCTION hera_internal.inbound_json(p_body bytea, OUT body jsonb, OUT fault text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.inbound_json(p_body bytea, OUT body jsonb, OUT fault text) IS 'The body as JSON, or its fault.';
CREATE FUNCTION hera_internal.inbound_party(p_organization_id uuid, p_installation_id uuid) RETURNS hera_internal.inbound_party
    LANGUAGE plpgsql
    AS $$
declare
  v_party hera_internal.inbound_party;
begin
  perform hera_internal.set_tenant(p_organization_id);
  select e.organization_id, e.id, (e.metadata ->> 'definition_version')::int, e.status, array[]::text[], null
  into v_party
  from hera.core_entities e
  where e.organization_id = p_organization_id and e.id = p_installation_id and e.status <> 'inactive';
  return v_party;
end
$$;
ALTER FUNCTION hera_internal.inbound_party(p_organization_id uuid, p_installation_id uuid) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.inbound_party(p_organization_id uuid, p_installation_id uuid) IS 'An installation as inbound requests see it.';
CREATE FUNCTION hera_internal.inbound_proof(p_definition_id uuid, p_code text, p_inbound jsonb, p_request jsonb, p_body bytea, p_by_address boolean, p_address hera_internal.inbound_party, p_open boolean, OUT parties hera_internal.inbound_party[], OUT platform_verified boolean, OUT sole boolean) RETURNS record
    LANGUAGE plpgsql
    AS $$
declare
  v_tries int := least(200, greatest(10, 33554432 / greatest(octet_length(p_body), 1)));
  v_platform uuid;
  v_accounts text[];
  v_looked_at int;
begin
  parties := array[]::hera_internal.inbound_party[];
  platform_verified := false;
  sole := false;
  if p_by_address then
    if p_address.installation_id is null then
      -- An installation that is not there takes as long as one whose secret is another.
      perform hera_internal.request_verdict(p_inbound -> 'verify', p_inbound ->> 'verify_policy', (
        select jsonb_object_agg(n, jsonb '["decoy"]') from unnest(hera_internal.secrets_of_rules(p_inbound)) n), p_request, p_body);
      return;
    end if;
    parties := hera_internal.trusted_parties(p_definition_id, array[p_address.organization_id], array[p_address.installation_id],
      p_request, p_body, p_open, false, v_tries);
    sole := cardinality(parties) = 1;
    return;
  end if;
  perform hera_internal.set_tenant(hera_internal.platform_id());
  select e.id into v_platform
  from hera.core_entities e
  where e.organization_id = hera_internal.platform_id() and e.entity_type = 'INTEGRATION_CONNECTOR_INSTALL'
    and e.entity_code = p_code and e.status <> 'inactive';
  if found then
    parties := hera_internal.trusted_parties(p_definition_id, array[hera_internal.platform_id()], array[v_platform],
      p_request, p_body, false, false, v_tries);
    platform_verified := cardinality(parties) = 1;
  end if;
  if not p_inbound ? 'account_ref' and platform_verified then
    sole := true;
    return;
  end if;
  if p_inbound ? 'account_ref' then
    v_accounts := hera_internal.inbound_accounts(p_inbound, (hera_internal.inbound_json(p_body)).body, p_request -> 'headers', 1000);
    select hera_internal.trusted_parties(p_definition_id, array_agg(f.organization_id), array_agg(f.installation_id),
      p_request, p_body, p_open, platform_verified, v_tries), count(*)
    into parties, v_looked_at
    from hera_internal.find_installations(p_code, null, array(select jsonb_array_elements_text(p_inbound -> 'account_fields')),
      hera_internal.account_values(v_accounts, p_inbound -> 'account_prefixes'), 1000) f;
  end if;
  v_tries := v_tries - coalesce(v_looked_at, 0);
  if cardinality(parties) = 0 and not platform_verified and v_tries > 0 then
    select hera_internal.trusted_parties(p_definition_id, (array_agg(f.organization_id))[1 : v_tries],
        (array_agg(f.installation_id))[1 : v_tries], p_request, p_body, p_open, false, v_tries), count(*) <= v_tries
    into parties, sole
    from hera_internal.find_installations(p_code, null, null, null, v_tries + 1) f;
    sole := sole and cardinality(parties) = 1;
  end if;
end
$$;
ALTER FUNCTION hera_internal.inbound_proof(p_definition_id uuid, p_code text, p_inbound jsonb, p_request jsonb, p_body bytea, p_by_address boolean, p_address hera_internal.inbound_party, p_open boolean, OUT parties hera_internal.inbound_party[], OUT platform_verified boolean, OUT sole boolean) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.inbound_proof(p_definition_id uuid, p_code text, p_inbound jsonb, p_request jsonb, p_body bytea, p_by_address boolean, p_address hera_internal.inbound_party, p_open boolean, OUT parties hera_internal.inbound_party[], OUT platform_verified boolean, OUT sole boolean) IS 'Whom an inbound request is authentic for.';
CREATE FUNCTION hera_internal.inbound_request(p_method text, p_uri text, p_headers jsonb) RETURNS jsonb
    LANGUAGE sql IMMUTABLE
    AS $_$
  select jsonb_build_object(
    'method', coalesce(upper(p_method), ''), 'uri', coalesce(p_uri, ''),
    'headers', hera_internal.lower_keys(case when jsonb_typeof(p_headers) = 'object' then p_headers end),
    'query', (
      select coalesce(jsonb_object_agg(hera_internal.url_decode(split_part(q.part, '=', 1)),
        hera_internal.url_decode(substring(q.part from '=(.*)$')) order by q.n desc) filter (where q.part <> ''), '{}')
      from (
        select x.part, x.n
        from string_to_table(substring(split_part(p_uri, '#', 1) from '\?(.*)$'), '&') with ordinality x (part, n)
        limit 200) q));
$_$;
ALTER FUNCTION hera_internal.inbound_request(p_method text, p_uri text, p_headers jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.inbound_request(p_method text, p_uri text, p_headers jsonb) IS 'A request as verification rules read it.';
CREATE FUNCTION hera_internal.inbound_secrets(p_organization_id uuid, p_installation_id uuid, p_names text[]) RETURNS jsonb
    LANGUAGE sql STABLE
    AS $$
  select coalesce(jsonb_object_agg(x.name, x.opened), '{}')
  from (
    select s.name, jsonb_agg(hera_internal.unseal(s.sealed) order by s.version desc) as opened
    from hera.secrets s
    where s.organization_id = p_organization_id and s.entity_id = p_installation_id and s.name = any (p_names)
      and (s.expires_at is null or s.expires_at > hera_internal.now())
    group by s.name) x;
$$;
ALTER FUNCTION hera_internal.inbound_secrets(p_organization_id uuid, p_installation_id uuid, p_names text[]) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.inbound_secrets(p_organization_id uuid, p_installation_id uuid, p_names text[]) IS 'Secrets of an installation, opened.';
CREATE FUNCTION hera_internal.inbound_signature(p_rule jsonb, p_secret text, p_request jsonb, p_body bytea) RETURNS text
    LANGUAGE plpgsql IMMUTABLE
    AS $_$
declare
  v_type constant text := p_rule ->> 'type';
  v_parts constant jsonb := coalesce(p_rule -> 'message', case v_type when 'standard_webhooks'
    then jsonb '["header:webhook-id", "literal:.", "header:webhook-timestamp", "literal:.", "body"]' end);
  v_key bytea := convert_to(p_secret, 'UTF8');
  v_timestamp text;
  v_message bytea;
begin
  if v_type in ('shared_secret', 'basic') then
    return p_secret;
  elsif v_type = 'standard_webhooks' and p_secret ~ '^whsec_([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{2}==)$' then
    v_key := decode(substring(p_secret from 7), 'base64');
  end if;
  v_timestamp := p_request #>> array['headers', lower(p_rule #>> '{timestamp,header}')];
  if p_rule #>> '{timestamp,pattern}' is not null then
    v_timestamp := substring(v_timestamp from p_rule #>> '{timestamp,pattern}');
  end if;
  select string_agg(
    case
      when m.part = 'body' then p_body
      else convert_to(coalesce(case
        when m.part = 'method' then p_request ->> 'method'
        when m.part = 'uri' then p_request ->> 'uri'
        when m.part = 'uri:hubspot' then hera_internal.hubspot_uri(p_request ->> 'uri')
        when m.part = 'timestamp' then v_timestamp
        when m.part = 'secret' then p_secret
        when m.part like 'header:%' then p_request #>> array['headers', lower(substring(m.part from 8))]
        when m.part like 'query:%' then p_request #>> array['query', substring(m.part from 7)]
        else substring(m.part from 9)
      end, ''), 'UTF8')
    end, '' order by m.n) into v_message
  from jsonb_array_elements_text(v_parts) with ordinality m (part, n);
  return replace(encode(
    case v_type when 'hash' then sha256(v_message) else hera_internal.hmac_sha256(v_message, v_key) end,
    coalesce(p_rule ->> 'encoding', case v_type when 'standard_webhooks' then 'base64' else 'hex' end)), e'\n', '');
end
$_$;
ALTER FUNCTION hera_internal.inbound_signature(p_rule jsonb, p_secret text, p_request jsonb, p_body bytea) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.inbound_signature(p_rule jsonb, p_secret text, p_request jsonb, p_body bytea) IS 'The signature of a request by a verification rule.';
CREATE FUNCTION hera_internal.index_installation(p_organization_id uuid, p_installation_id uuid) RETURNS void
    LANGUAGE plpgsql
    AS $$
begin
  delete from hera.installation_fields f where f.organization_id = p_organization_id and f.installation_id = p_installation_id;
  insert into hera.installation_fields (organization_id, installation_id, connector_code, field_name, field_value)
  select e.organization_id, e.id, e.entity_code, x.name, x.value
  from hera.core_entities e
  cross join lateral (
    select '' as name, '' as value
    union all
    -- Masks stand for secrets.
    select c.key, c.value
    from hera.core_dynamic_data d
    cross join lateral jsonb_each_text(d.field_value_json) c
    where d.organization_id = e.organization_id and d.entity_id = e.id and d.field_name = 'installation_config'
      and c.value not like '••••%' and length(c.value) <= 255) x
  where e.organization_id = p_organization_id and e.id = p_installation_id and e.status <> 'inactive';
end
$$;
ALTER FUNCTION hera_internal.index_installation(p_organization_id uuid, p_installation_id uuid) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.index_installation(p_organization_id uuid, p_installation_id uuid) IS 'Keeps hera.installation_fields in step with an installation.';
CREATE FUNCTION hera_internal.install_connector(p_actor_user_id uuid, p_organization_id uuid, p_code text, p_config jsonb) RETURNS uuid
    LANGUAGE plpgsql
    AS $$
declare
  v_definition record := hera_internal.definition_of(p_code);
  v_webhook_id uuid;
  v_id uuid;
begin
  if v_definition.config ->> 'status' = 'retired' then
    perform hera_internal.fail(409, 'connector.retired', 'The connector is retired and can''t be installed.', 'Choose another connector.');
  end if;
  perform hera_internal.check_assigned(p_organization_id, v_definition.id, v_definition.config);
  insert into hera.core_entities (
    id, organization_id, entity_type, entity_name, entity_code, smart_code, status, metadata, created_by, updated_by)
  values (hera_internal.new_id(hera_internal.now()), p_organization_id, 'INTEGRATION_CONNECTOR_INSTALL', v_definition.name, p_code,
    'HERA.INTEGRATION.INSTALL.' || hera_internal.smart_code_segment(p_code) || '.v1', 'pending_auth',
    jsonb_build_object('definition_version', v_definition.config -> 'version'), p_actor_user_id, p_actor_user_id)
  on conflict (organization_id, entity_code) where entity_type = 'INTEGRATION_CONNECTOR_INSTALL' and status <> 'inactive' do nothing
  returning id into v_id;
  if v_id is null then
    perform hera_internal.fail(409, 'connector.installed', 'The connector is installed already.', 'Change it with CONFIGURE.');
  end if;
  perform hera_internal.configure_installation(p_actor_user_id, p_organization_id, v_id, v_definition.config -> 'fields', '{}', p_config);
  perform hera_internal.set_installation_status(p_actor_user_id, p_organization_id, v_id,
    hera_internal.live_status(p_organization_id, v_id, v_definition.config -> 'auth'));
  perform hera_internal.link(p_actor_user_id, p_organization_id, v_id, 'CONNECTOR_BASED_ON', v_definition.id);
  perform hera_internal.link(p_actor_user_id, p_organization_id, v_id, 'CONNECTOR_INSTALLED_BY', p_organization_id);
  perform hera_internal.add_links(p_actor_user_id, p_organization_id, p_actor_user_id, 'INTEGRATION_MANAGES', array[v_id]);
  perform hera_internal.add_links(p_actor_user_id, p_organization_id, v_id, 'CONNECTOR_DEPENDS_ON',
    hera_internal.dependencies_of(p_organization_id, v_definition.config));
  perform hera_internal.ensure_channel(p_organization_id, v_id, v_definition.config);
  for v_webhook_id in
    update hera.webhooks w set installation_id = v_id
    where w.organization_id = p_organization_id and w.connector_code = p_code and w.kind = 'webhook'
    returning w.id
  loop
    perform hera_internal.link(p_actor_user_id, p_organization_id, v_webhook_id, 'WEBHOOK_BELONGS_TO', v_id);
  end loop;
  return v_id;
end
$$;
ALTER FUNCTION hera_internal.install_connector(p_actor_user_id uuid, p_organization_id uuid, p_code text, p_config jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.install_connector(p_actor_user_id uuid, p_organization_id uuid, p_code text, p_config jsonb) IS 'Installs a connector; answers the installation''s id.';
CREATE FUNCTION hera_internal.installation_fails(p_organization_id uuid, p_installation_id uuid) RETURNS void
    LANGUAGE plpgsql
    AS $$
begin
  if exists (
    select from hera.core_entities e
    where e.organization_id = p_organization_id and e.id = p_installation_id and e.status = 'active') then
    perform hera_internal.set_installation_status('00000000-0000-0000-0000-000000000001', p_organization_id, p_installation_id, 'error');
  end if;
end
$$;
ALTER FUNCTION hera_internal.installation_fails(p_organization_id uuid, p_installation_id uuid) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.installation_fails(p_organization_id uuid, p_installation_id uuid) IS 'Notes that an installation fails.';
CREATE FUNCTION hera_internal.installation_health(p_organization_id uuid, p_installation_id uuid) RETURNS jsonb
    LANGUAGE sql STABLE
    AS $$
  select jsonb_build_object('last_success_at', null, 'last_error', null, 'last_checked_at', null, 'token_expires_at', null,
    'state', hera_internal.health_state(p_organization_id, p_installation_id))
    || coalesce(jsonb_object_agg(d.field_name, coalesce(to_jsonb(d.field_value_date), to_jsonb(d.field_value_text))), '{}')
  from hera.core_dynamic_data d
  where d.organization_id = p_organization_id and d.entity_id = p_installation_id
    and d.field_name in ('last_success_at', 'last_error', 'last_checked_at', 'token_expires_at');
$$;
ALTER FUNCTION hera_internal.installation_health(p_organization_id uuid, p_installation_id uuid) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.installation_health(p_organization_id uuid, p_installation_id uuid) IS 'The health fields of an installation.';
CREATE FUNCTION hera_internal.installation_of(p_organization_id uuid, p_code text, OUT id uuid, OUT status text, OUT config jsonb) RETURNS record
    LANGUAGE plpgsql
    AS $$
begin
  select e.id, e.status into id, status
  from hera.core_entities e
  where e.organization_id = p_organization_id and e.entity_type = 'INTEGRATION_CONNECTOR_INSTALL' and e.entity_code = p_code
  order by e.status = 'inactive', e.created_at desc
  limit 1
  for update;
  select d.field_value_json into config
  from hera.core_dynamic_data d
  where d.organization_id = p_organization_id and d.entity_id = installation_of.id and d.field_name = 'installation_config';
end
$$;
ALTER FUNCTION hera_internal.installation_of(p_organization_id uuid, p_code text, OUT id uuid, OUT status text, OUT config jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.installation_of(p_organization_id uuid, p_code text, OUT id uuid, OUT status text, OUT config jsonb) IS 'Locks and answers the installation of a connector.';
CREATE FUNCTION hera_internal.installation_secret(p_organization_id uuid, p_installation_id uuid, p_name text) RETURNS text
    LANGUAGE sql STABLE
    AS $$
  select hera_internal.unseal(s.sealed)
  from hera.secrets s
  where s.organization_id = p_organization_id and s.entity_id = p_installation_id and s.name = p_name
    and (s.expires_at is null or s.expires_at > hera_internal.now())
  order by s.version desc
  limit 1;
$$;
ALTER FUNCTION hera_internal.installation_secret(p_organization_id uuid, p_installation_id uuid, p_name text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.installation_secret(p_organization_id uuid, p_installation_id uuid, p_name text) IS 'A secret of an installation, in clear.';
CREATE FUNCTION hera_internal.installation_works(p_organization_id uuid, p_installation_id uuid) RETURNS void
    LANGUAGE plpgsql
    AS $$
begin
  perform hera_internal.set_installation_health(p_organization_id, p_installation_id);
  if exists (
    select from hera.core_entities e
    where e.organization_id = p_organization_id and e.id = p_installation_id and e.status = 'error') then
    perform hera_internal.set_installation_status('00000000-0000-0000-0000-000000000001', p_organization_id, p_installation_id, 'active');
  end if;
  perform hera_internal.keep_tasks(p_organization_id, p_installation_id);
end
$$;
ALTER FUNCTION hera_internal.installation_works(p_organization_id uuid, p_installation_id uuid) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.installation_works(p_organization_id uuid, p_installation_id uuid) IS 'Notes that an installation works.';
CREATE FUNCTION hera_internal.installed_definition(p_organization_id uuid, p_installation_id uuid) RETURNS jsonb
    LANGUAGE sql STABLE
    AS $$
  select hera_internal.definition_version(r.to_entity_id, (e.metadata ->> 'definition_version')::int)
  from hera.core_relationships r
  join hera.core_entities e on e.organization_id = r.organization_id and e.id = r.from_entity_id
  where r.organization_id = p_organization_id and r.from_entity_id = p_installation_id
    and r.relationship_type = 'CONNECTOR_BASED_ON' and r.is_active;
$$;
ALTER FUNCTION hera_internal.installed_definition(p_organization_id uuid, p_installation_id uuid) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.installed_definition(p_organization_id uuid, p_installation_id uuid) IS 'The connector definition of an installation.';
CREATE FUNCTION hera_internal.is_assigned(p_organization_id uuid, p_definition_id uuid) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
  select exists (
    select from hera.core_relationships r
    where r.organization_id = p_organization_id and r.from_entity_id = p_organization_id and r.to_entity_id = p_definition_id
      and r.relationship_type = 'ORG_AUTHORIZED_FOR' and r.is_active);
$$;
ALTER FUNCTION hera_internal.is_assigned(p_organization_id uuid, p_definition_id uuid) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.is_assigned(p_organization_id uuid, p_definition_id uuid) IS 'True where an ORG_AUTHORIZED_FOR link is active.';
CREATE FUNCTION hera_internal.is_call(p_event hera.events) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    RETURN (((p_event).smart_code ~~ 'HERA.INTEGRATION.CALL.%'::text) AND ((p_event).event_type ~~ 'action.%'::text) AND ((p_event).installation_id IS NOT NULL));
ALTER FUNCTION hera_internal.is_call(p_event hera.events) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.is_call(p_event hera.events) IS 'True where an event is a call of a provider.';
CREATE FUNCTION hera_internal.is_sealed_off(p_organization_id uuid, p_webhook_id uuid, p_now timestamp with time zone) RETURNS boolean
    LANGUAGE plpgsql STABLE
    AS $$
declare
  v_key text;
  v_known bytea[];
begin
  foreach v_key in array hera_internal.encryption_keys()
  loop
    v_known := v_known || hera_internal.key_fingerprint(v_key);
  end loop;
  return exists (
    select from hera.secrets s
    where s.organization_id = p_organization_id and s.entity_id = p_webhook_id
      and (s.expires_at is null or s.expires_at > p_now) and substring(s.sealed for 4) <> all (v_known));
end
$$;
ALTER FUNCTION hera_internal.is_sealed_off(p_organization_id uuid, p_webhook_id uuid, p_now timestamp with time zone) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.is_sealed_off(p_organization_id uuid, p_webhook_id uuid, p_now timestamp with time zone) IS 'True where a secret of the webhook can''t be opened here.';
CREATE FUNCTION hera_internal.json_fault(p_json jsonb, p_text text, p_max_bytes integer DEFAULT 1048576) RETURNS text
    LANGUAGE plpgsql IMMUTABLE
    AS $_$
begin
  if octet_length(p_text) > p_max_bytes then
    return format('is larger than %s bytes', p_max_bytes);
  end if;
  if jsonb_path_exists(p_json, '$.**{65}') then
    return 'is nested deeper than 64';
  end if;
  -- A number with a large exponent is printed with a long run of zeros; looking for one is ten times cheaper than visiting each number.
  -- Written out digit by digit it has none, and is no larger than it came.
  if p_text like '%00000000000000000000000000000000%' and jsonb_path_exists(
    p_json, '$.** ? (@.type() == "number" && (@ > 1e308 || @ < -1e308 || (@ > -1e-308 && @ < 1e-308 && @ != 0)))') then
    return 'holds a number beyond 1e308';
  end if;
  return null;
end
$_$;
ALTER FUNCTION hera_internal.json_fault(p_json jsonb, p_text text, p_max_bytes integer) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.json_fault(p_json jsonb, p_text text, p_max_bytes integer) IS 'The fault of a JSON document (p_text is its text), or null.';
CREATE FUNCTION hera_internal.json_or_null(p_text text) RETURNS jsonb
    LANGUAGE plpgsql IMMUTABLE
    AS $$
begin
  return p_text::jsonb;
exception
  when others then
    return null;
end
$$;
ALTER FUNCTION hera_internal.json_or_null(p_text text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.json_or_null(p_text text) IS 'A text as JSON, null where it is none.';
CREATE FUNCTION hera_internal.keep_answer(p_organization_id uuid, p_function text, p_key text, p_answer jsonb, p_shown_once text[] DEFAULT NULL::text[]) RETURNS jsonb
    LANGUAGE plpgsql
    AS $$
begin
  if p_key is null then
    return p_answer;
  end if;
  -- The call may have ended in another organization than that of its key.
  perform hera_internal.set_tenant(p_organization_id);
  update hera.idempotent_calls c
  set answer = case
    when p_answer #> p_shown_once is null then p_answer
    else jsonb_set(p_answer, p_shown_once, to_jsonb(hera_internal.mask(p_answer #>> p_shown_once)))
  end
  where c.organization_id = p_organization_id and c.function_name = p_function and c.idempotency_key = p_key;
  return p_answer || '{"duplicate": false}';
end
$$;
ALTER FUNCTION hera_internal.keep_answer(p_organization_id uuid, p_function text, p_key text, p_answer jsonb, p_shown_once text[]) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.keep_answer(p_organization_id uuid, p_function text, p_key text, p_answer jsonb, p_shown_once text[]) IS 'Keeps the answer of a call under its idempotency key.';
CREATE TABLE hera.oauth_states (
    organization_id uuid NOT NULL,
    state_hash bytea NOT NULL,
    installation_id uuid NOT NULL,
    actor_user_id uuid NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    fence uuid,
    sealed bytea NOT NULL
);
ALTER TABLE ONLY hera.oauth_states FORCE ROW LEVEL SECURITY;
ALTER TABLE hera.oauth_states OWNER TO hera_owner;
COMMENT ON TABLE hera.oauth_states IS 'Authorizations that were begun. Of the state only the SHA-256 is stored; sealed: {connector_code, redirect_uri, return_path, code_verifier, code}.';
CREATE FUNCTION hera_internal.keep_authorization(p_state hera.oauth_states, p_code text) RETURNS void
    LANGUAGE plpgsql
    AS $$
declare
  v_status text;
begin
  select e.status into v_status
  from hera.core_entities e
  where e.organization_id = p_state.organization_id and e.id = p_state.installation_id;
  if v_status <> 'paused' then
    perform hera_internal.set_installation_status(p_state.actor_user_id, p_state.organization_id, p_state.installation_id, 'active');
  end if;
  perform hera_internal.set_installation_health(p_state.organization_id, p_state.installation_id);
  perform hera_internal.keep_tasks(p_state.organization_id, p_state.installation_id);
  perform hera_internal.audit(p_state.actor_user_id, p_state.organization_id, 'hera_connector_oauth_v1', 'AUTHORIZED', p_state.installation_id,
    jsonb_build_object('code', p_code));
  perform hera_internal.publish(p_state.actor_user_id, p_state.organization_id, 'hera.connector.authorized',
    jsonb_build_object('connector_code', p_code, 'installation_id', p_state.installation_id), null,
    'HERA.INTEGRATION.CONNECTOR.AUTHORIZED.v1');
end
$$;
ALTER FUNCTION hera_internal.keep_authorization(p_state hera.oauth_states, p_code text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.keep_authorization(p_state hera.oauth_states, p_code text) IS 'Notes that an installation was authorized.';
CREATE FUNCTION hera_internal.keep_failed_items(p_actor_user_id uuid, p_organization_id uuid, p_request hera.inbound_requests, p_items jsonb[]) RETURNS void
    LANGUAGE plpgsql
    AS $$
declare
  v_now constant timestamptz := hera_internal.now();
  v_hash constant text := encode(sha256(p_request.body), 'hex');
  v_kept uuid[] := array[]::uuid[];
  v_item jsonb;
  v_data jsonb;
  v_key text;
  v_id uuid;
begin
  foreach v_item in array p_items
  loop
    v_key := p_request.connector_code || ':failed:'
      || encode(sha256(convert_to(coalesce(v_item ->> 'idempotency_key', v_hash), 'UTF8')), 'hex');
    v_data := v_item -> 'event_data';
    -- What ingest can't hold stands in the request.
    if v_data is null or jsonb_typeof(v_data) not in ('object', 'array') or octet_length(v_data::text) > 1048576 then
      v_data := jsonb_build_object('inbound_request_id', p_request.id);
    end if;
    v_id := hera_internal.new_id(v_now);
    insert into hera.idempotency_keys (organization_id, idempotency_key, event_id, content_hash)
    values (p_organization_id, v_key, v_id, '\x00') on conflict do nothing;
    if found then
      insert into hera.events (organization_id, id, created_at, created_by, deliveries, status, status_reason, event_source, event_type,
        smart_code, connector_code, idempotency_key, event_data, occurred_at, inbound_request_id)
      values (p_organization_id, v_id, v_now, p_actor_user_id, 0, 'failed', left(v_item ->> 'reason', 1000), p_request.connector_code,
        coalesce(v_item ->> 'event_type', 'unmapped'),
        coalesce(v_item ->> 'smart_code', hera_internal.smart_code_of(p_request.connector_code, coalesce(v_item ->> 'event_type', 'unmapped'))),
        p_request.connector_code, v_key, v_data::text::json, (v_item ->> 'occurred_at')::timestamptz, p_request.id);
    else
      select k.event_id into v_id from hera.idempotency_keys k where k.organization_id = p_organization_id and k.idempotency_key = v_key;
      update hera.events e set status_reason = left(v_item ->> 'reason', 1000)
      where e.organization_id = p_organization_id and e.id = v_id and e.status_reason is distinct from left(v_item ->> 'reason', 1000);
    end if;
    v_kept := v_kept || v_id;
  end loop;
  if p_request.rerun_at is not null then
    with gone as (
      delete from hera.events e
      where e.organization_id = p_organization_id and e.status = 'failed' and e.inbound_request_id = p_request.id and e.id <> all (v_kept)
        and e.id between hera_internal.id_floor(p_request.received_at) and hera_internal.id_floor(v_now + interval '1 second')
      returning e.idempotency_key
    )
    delete from hera.idempotency_keys k using gone g where k.organization_id = p_organization_id and k.idempotency_key = g.idempotency_key;
  end if;
end
$$;
ALTER FUNCTION hera_internal.keep_failed_items(p_actor_user_id uuid, p_organization_id uuid, p_request hera.inbound_requests, p_items jsonb[]) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.keep_failed_items(p_actor_user_id uuid, p_organization_id uuid, p_request hera.inbound_requests, p_items jsonb[]) IS 'Keeps what no event could be made of.';
CREATE FUNCTION hera_internal.keep_request(p_request hera.inbound_requests) RETURNS void
    LANGUAGE sql
    AS $$
  insert into hera.inbound_requests select (p_request).*;
$$;
ALTER FUNCTION hera_internal.keep_request(p_request hera.inbound_requests) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.keep_request(p_request hera.inbound_requests) IS 'Writes an inbound request.';
CREATE FUNCTION hera_internal.keep_tasks(p_organization_id uuid, p_installation_id uuid) RETURNS void
    LANGUAGE plpgsql
    AS $$
declare
  v_now constant timestamptz := hera_internal.now();
  v_config constant jsonb := hera_internal.installed_definition(p_organization_id, p_installation_id);
  v_status text;
  v_kinds text[];
  v_codes text[];
  v_dues timestamptz[];
begin
  select e.status into v_status from hera.core_entities e where e.organization_id = p_organization_id and e.id = p_installation_id;
  select array_agg(w.kind), array_agg(w.code), array_agg(w.due_at) into v_kinds, v_codes, v_dues
  from (
    select 'refresh', '', (hera_internal.token_state(p_organization_id, p_installation_id, v_config -> 'auth')).refresh_at
    where v_status in ('active', 'error', 'paused')
    union all
    select 'poll', p.value ->> 'code', hera_internal.poll_due(p.value, v_now)
    from jsonb_array_elements(v_config -> 'polls') p where v_status in ('active', 'error')
    union all
    select 'health', '', hera_internal.poll_due(v_config -> 'health', v_now) where v_config ? 'health' and v_status in ('active', 'error')
    ) w (kind, code, due_at)
  where w.due_at is not null;
  delete from hera.connector_tasks t
  where t.organization_id = p_organization_id and t.installation_id = p_installation_id and t.kind <> 'revoke'
    and not exists (select from unnest(v_kinds, v_codes) w (kind, code) where w.kind = t.kind and w.code = t.code);
  insert into hera.connector_tasks as t (organization_id, id, installation_id, kind, code, due_at)
  select p_organization_id, gen_random_uuid(), p_installation_id, w.kind, w.code, w.due_at
  from unnest(v_kinds, v_codes, v_dues) w (kind, code, due_at)
  on conflict (organization_id, installation_id, kind, code) do update set due_at = excluded.due_at
  where t.kind = 'refresh' and t.fence is null and t.tries = 0;
end
$$;
ALTER FUNCTION hera_internal.keep_tasks(p_organization_id uuid, p_installation_id uuid) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.keep_tasks(p_organization_id uuid, p_installation_id uuid) IS 'Brings the tasks of an installation in step.';
CREATE FUNCTION hera_internal.kept_events(p_organization_id uuid, p_low uuid, p_high uuid) RETURNS SETOF uuid
    LANGUAGE sql STABLE
    AS $$
  select hera_internal.delivery_event_id(d.delivery_id)
  from (
    select u as delivery_id from hera_internal.under_way(p_organization_id, p_low, p_high) u
    union all
    select x.delivery_id from hera.dead_letters x
    where (p_organization_id is null or x.organization_id = p_organization_id) and x.delivery_id between p_low and p_high
    union all
    select i.delivery_id
    from hera.replay_jobs j
    join hera.replay_items i
      on i.organization_id = j.organization_id and i.job_id = j.id and i.position > j.queued + j.skipped
    where j.status in ('running', 'paused') and (p_organization_id is null or j.organization_id = p_organization_id)
      and i.delivery_id between p_low and p_high) d;
$$;
ALTER FUNCTION hera_internal.kept_events(p_organization_id uuid, p_low uuid, p_high uuid) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.kept_events(p_organization_id uuid, p_low uuid, p_high uuid) IS 'Events with an open delivery.';
CREATE FUNCTION hera_internal.key_fingerprint(p_key text) RETURNS bytea
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN SUBSTRING(sha256(convert_to(('hera.key.'::text || p_key), 'UTF8'::name)) FROM 1 FOR 4);
ALTER FUNCTION hera_internal.key_fingerprint(p_key text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.key_fingerprint(p_key text) IS 'Four bytes that name a key.';
CREATE FUNCTION hera_internal.kind_fault(p_value jsonb, p_kind text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE
    AS $_$
declare
  v_type text := jsonb_typeof(p_value);
  v_text text := p_value #>> '{}';
begin
  if p_kind = 'any' then
    return null;
  elsif p_kind in ('boolean', 'object', 'number') then
    return case when v_type <> p_kind then 'must be a JSON ' || p_kind end;
  elsif p_kind = 'integer' then
    return case when v_type <> 'number' or v_text !~ '^(0|[1-9][0-9]{0,9})$' then 'must be a whole number' end;
  elsif p_kind = 'status' then
    return case when v_text !~ '^[1-5]([0-9][0-9]|xx)$' then 'must be an HTTP status such as 429 or "5xx"' end;
  elsif v_type <> 'string' or v_text = '' or length(v_text) > 4096 then
    return 'must be a text of 1 to 4096 characters';
  elsif p_kind like '%|%' then
    return case when v_text <> all (string_to_array(p_kind, '|')) then 'must be one of ' || replace(ltrim(p_kind, '|'), '|', ', ') end;
  end if;
  case p_kind
    when 'string' then null;
    when 'code' then
      return case when v_text !~ '^[a-z0-9][a-z0-9-]{0,62}$' then 'must have 1 to 63 lower-case letters, digits or dashes' end;
    when 'name' then
      return case when v_text !~ '^[a-z][a-z0-9_]{0,62}$' then 'must be a name such as access_token' end;
    when 'url' then
      return case when v_text !~ '^(https://|\{\{(vars|fields)\.)' then 'must begin with https://, {{vars.…}} or {{fields.…}}' end;
    when 'smart_code' then
      return case when not hera_internal.smart_code_ok(v_text) then 'must be a smart code such as HERA.ACME.EVENT.ORDER.PAID.v1' end;
    when 'jsonpath' then
      perform v_text::jsonpath;
    when 'regex' then
      perform '' ~ v_text;
    when 'cron' then
      return case when hera_internal.cron_next(v_text, timestamptz '2026-01-01 00:00:00+00') is null
        then 'must be a cron expression of 5 or 6 fields that comes to pass, such as */15 * * * *' end;
  end case;
  return null;
exception
  when others then
    return format('is not a %s: %s', p_kind, sqlerrm);
end
$_$;
ALTER FUNCTION hera_internal.kind_fault(p_value jsonb, p_kind text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.kind_fault(p_value jsonb, p_kind text) IS 'The fault of a value of a kind, or null.';
CREATE FUNCTION hera_internal.last_delivery_id(p_event_id uuid) RETURNS uuid
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (encode(OVERLAY(uuid_send(p_event_id) PLACING '\xffffff'::bytea FROM 14 FOR 3), 'hex'::text))::uuid;
ALTER FUNCTION hera_internal.last_delivery_id(p_event_id uuid) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.last_delivery_id(p_event_id uuid) IS 'All delivery ids of an event lie between its id and this.';
CREATE TABLE hera.latency_rollup (
    organization_id uuid NOT NULL,
    hour timestamp with time zone NOT NULL,
    event_source text NOT NULL,
    latency_bucket smallint NOT NULL,
    events integer NOT NULL
);
ALTER TABLE ONLY hera.latency_rollup FORCE ROW LEVEL SECURITY;
ALTER TABLE hera.latency_rollup OWNER TO hera_owner;
COMMENT ON TABLE hera.latency_rollup IS 'Events by the hour in which they were first delivered, and the time from accepting to that.';
CREATE FUNCTION hera_internal.latency_hours(p_organization_id uuid, p_from timestamp with time zone, p_until timestamp with time zone) RETURNS SETOF hera.latency_rollup
    LANGUAGE plpgsql STABLE ROWS 20000
    SET plan_cache_mode TO 'force_custom_plan'
    AS $$
declare
  v_open timestamptz := least(p_until, greatest(p_from, hera_internal.rollup_until()));
begin
  return query
  select r.*
  from hera.latency_rollup r
  where r.hour >= p_from and r.hour < v_open and (p_organization_id is null or r.organization_id = p_organization_id);
  return query
  select r.* from hera_internal.latency_recount(p_organization_id, v_open, p_until) r;
end
$$;
ALTER FUNCTION hera_internal.latency_hours(p_organization_id uuid, p_from timestamp with time zone, p_until timestamp with time zone) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.latency_hours(p_organization_id uuid, p_from timestamp with time zone, p_until timestamp with time zone) IS 'First deliveries by source and latency, by hour.';
CREATE FUNCTION hera_internal.latency_recount(p_organization_id uuid, p_from timestamp with time zone, p_until timestamp with time zone) RETURNS SETOF hera.latency_rollup
    LANGUAGE plpgsql STABLE
    SET plan_cache_mode TO 'force_custom_plan'
    AS $$
begin
  return query
  with delivered as materialized (
    select distinct on (a.organization_id, hera_internal.delivery_event_id(a.delivery_id))
      a.organization_id, hera_internal.delivery_event_id(a.delivery_id) as event_id, a.started_at, a.duration_ms
    from hera.attempts a
    where a.started_at >= p_from and a.started_at < p_until and a.status_code between 200 and 299
      and (p_organization_id is null or a.organization_id = p_organization_id)
    order by 1, 2, a.started_at, a.duration_ms
  ), first as (
    -- An event of this period can't have been delivered before it. (A start is reckoned back from the report, hence the minute.)
    select d.organization_id, d.started_at, d.duration_ms, e.event_source, e.created_at
    from delivered d
    join hera.events e on e.organization_id = d.organization_id and e.id = d.event_id
    where e.id >= hera_internal.id_floor(p_from) and e.id < hera_internal.id_floor(p_until + interval '1 minute')
      -- Says the same; the block range index knows times.
      and e.created_at >= p_from and e.created_at < p_until + interval '1 minute'
    union all
    select d.organization_id, d.started_at, d.duration_ms, e.event_source, e.created_at
    from delivered d
    join hera.events e on e.organization_id = d.organization_id and e.id = d.event_id
    where d.event_id < hera_internal.id_floor(p_from)
      and not exists (
        select from hera.attempts o
        where o.organization_id = e.organization_id
          and o.delivery_id >= e.id and o.delivery_id <= hera_internal.last_delivery_id(e.id)
          and o.started_at < p_from and o.status_code between 200 and 299)
  )
  select f.organization_id, hera_internal.hour_of(f.started_at), f.event_source,
    hera_internal.bucket(extract(epoch from f.started_at - f.created_at)::float8 * 1000 + f.duration_ms), count(*)::int
  from first f
  group by 1, 2, 3, 4;
end
$$;
ALTER FUNCTION hera_internal.latency_recount(p_organization_id uuid, p_from timestamp with time zone, p_until timestamp with time zone) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.latency_recount(p_organization_id uuid, p_from timestamp with time zone, p_until timestamp with time zone) IS 'What hera.latency_rollup should say of a period.';
CREATE FUNCTION hera_internal.leave_leases(p_lease_ids bigint[], p_delivery_ids uuid[]) RETURNS void
    LANGUAGE plpgsql
    AS $$
declare
  v_emptied int;
begin
  delete from hera.outbox_leases l where l.id = any (p_lease_ids) and l.delivery_ids <@ p_delivery_ids;
  get diagnostics v_emptied = row_count;
  if v_emptied = cardinality(p_lease_ids) then
    return;
  end if;
  update hera.outbox_leases l
  set organization_ids = k.organization_ids, delivery_ids = k.delivery_ids, attempts = k.attempts, base_attempts = k.base_attempts
  from hera.outbox_leases o
  cross join lateral (
    select array_agg(m.organization_id) as organization_ids, array_agg(m.delivery_id) as delivery_ids,
      array_agg(m.attempt) as attempts, array_agg(m.base_attempt) as base_attempts
    from unnest(o.organization_ids, o.delivery_ids, o.attempts, o.base_attempts) as m (organization_id, delivery_id, attempt, base_attempt)
    where m.delivery_id <> all (p_delivery_ids)) k
  where o.id = any (p_lease_ids) and l.id = o.id and k.delivery_ids is not null;
end
$$;
ALTER FUNCTION hera_internal.leave_leases(p_lease_ids bigint[], p_delivery_ids uuid[]) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.leave_leases(p_lease_ids bigint[], p_delivery_ids uuid[]) IS 'Removes deliveries from leases.';
CREATE FUNCTION hera_internal.line_amount(p_line jsonb) RETURNS numeric
    LANGUAGE plpgsql IMMUTABLE
    AS $$
begin
  return coalesce((p_line ->> 'line_amount')::numeric, (p_line ->> 'quantity')::numeric * (p_line ->> 'unit_amount')::numeric);
end
$$;
ALTER FUNCTION hera_internal.line_amount(p_line jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.line_amount(p_line jsonb) IS 'line_amount, or quantity * unit_amount.';
CREATE FUNCTION hera_internal.line_fault(p_organization_id uuid, p_name text, p_line jsonb) RETURNS jsonb
    LANGUAGE plpgsql IMMUTABLE
    AS $_$
declare
  v_gl boolean;
  v_fault jsonb;
  v_field text;
  v_message text;
begin
  if jsonb_typeof(p_line) <> 'object' then
    return jsonb_build_object('success', false, 'error', 'transaction.invalid', 'status', 400, 'field', p_name,
      'message', p_name || ' must be a JSON object');
  end if;
  v_fault := hera_internal.common_fault(p_organization_id, p_name, p_line);
  if v_fault is not null then
    return v_fault;
  end if;
  v_gl := p_line ->> 'smart_code' like '%.GL.%';
  select f.field, f.message into v_field, v_message
  from (values
    ('line_number', case when p_line ->> 'line_number' !~ '^[1-9][0-9]{0,5}$' then 'must be a whole number from 1 to 999999' end),
    ('entity_id', hera_internal.uuid_fault(p_line -> 'entity_id')),
    ('line_type', hera_internal.text_fault(p_line -> 'line_type', 64)),
    ('description', hera_internal.text_fault(p_line -> 'description', 1000)),
    ('quantity', hera_internal.amount_fault(p_line -> 'quantity')),
    ('unit_amount', hera_internal.amount_fault(p_line -> 'unit_amount')),
    ('line_amount', hera_internal.amount_fault(p_line -> 'line_amount')),
    ('line_data', case when jsonb_typeof(p_line -> 'line_data') not in ('object', 'null') then 'must be a JSON object' end),
    ('line_data.currency', hera_internal.currency_fault(p_line #> '{line_data,currency}'))
  ) as f (field, message)
  where f.message is not null
  limit 1;
  if v_field is null and v_gl and hera_internal.line_amount(p_line) is null then
    v_field := 'line_amount';
    v_message := 'is required on a posting';
  end if;
  if v_field is not null then
    return jsonb_build_object('success', false, 'error', 'transaction.invalid', 'status', 400, 'field', p_name || '.' || v_field,
      'message', format('%s.%s %s', p_name, v_field, v_message));
  elsif v_gl and coalesce(p_line #>> '{line_data,side}', '') not in ('DR', 'CR') then
    return jsonb_build_object('success', false, 'error', 'guardrail_violation:GL_SIDE_REQUIRED', 'status', 400,
      'field', p_name || '.line_data.side', 'message', p_name || '.line_data.side must be DR or CR, since the smart code holds .GL.');
  elsif v_gl and hera_internal.line_amount(p_line) < 0 then
    return jsonb_build_object('success', false, 'error', 'guardrail_violation:NEGATIVE_GL_AMOUNT', 'status', 400,
      'field', p_name || '.line_amount', 'message', p_name || '.line_amount is negative; post it to the other side');
  end if;
  return null;
end
$_$;
ALTER FUNCTION hera_internal.line_fault(p_organization_id uuid, p_name text, p_line jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.line_fault(p_organization_id uuid, p_name text, p_line jsonb) IS 'The fault of one line, or null.';
CREATE FUNCTION hera_internal.lines_fault(p_transaction jsonb, p_lines jsonb) RETURNS jsonb
    LANGUAGE plpgsql IMMUTABLE
    AS $$
declare
  v_number bigint;
  v_balance record;
begin
  select coalesce((e.value ->> 'line_number')::bigint, e.ordinality) into v_number
  from jsonb_array_elements(p_lines) with ordinality e
  group by 1
  having count(*) > 1
  limit 1;
  if v_number is not null then
    return jsonb_build_object('success', false, 'error', 'transaction.invalid', 'status', 400, 'field', 'lines.line_number',
      'message', format('lines.line_number %s stands twice; a line without one is numbered by its place', v_number));
  end if;
  if p_transaction ->> 'total_amount' is null and p_transaction ->> 'transaction_currency_code' is null
    and (select count(distinct coalesce(l #>> '{line_data,currency}', '')) from jsonb_array_elements(p_lines) l) > 1 then
    return jsonb_build_object('success', false, 'error', 'transaction.invalid', 'status', 400,
      'field', 'transaction.transaction_currency_code',
      'message', 'transaction.transaction_currency_code or total_amount is required, since the lines have several currencies');
  end if;
  select b.currency, b.debit, b.credit into v_balance
  from (
    select coalesce(l #>> '{line_data,currency}', p_transaction ->> 'transaction_currency_code') as currency,
      coalesce(sum(hera_internal.line_amount(l)) filter (where l #>> '{line_data,side}' = 'DR'), 0) as debit,
      coalesce(sum(hera_internal.line_amount(l)) filter (where l #>> '{line_data,side}' = 'CR'), 0) as credit
    from jsonb_array_elements(p_lines) l
    where l ->> 'smart_code' like '%.GL.%'
    group by 1) b
  where round(b.debit - b.credit, 2) <> 0
  limit 1;
  if found then
    return jsonb_build_object('success', false, 'error', 'guardrail_violation:GL_NOT_BALANCED', 'status', 400, 'field', 'lines',
      'message', format('lines: debits %s, credits %s%s', v_balance.debit, v_balance.credit, coalesce(' ' || v_balance.currency, '')));
  end if;
  return null;
end
$$;
ALTER FUNCTION hera_internal.lines_fault(p_transaction jsonb, p_lines jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.lines_fault(p_transaction jsonb, p_lines jsonb) IS 'Repeated line numbers and GL_NOT_BALANCED.';
CREATE FUNCTION hera_internal.lines_total(p_transaction jsonb, p_lines jsonb) RETURNS numeric
    LANGUAGE plpgsql IMMUTABLE
    AS $$
begin
  return (
    select coalesce(
      sum(hera_internal.line_amount(l)) filter (where l ->> 'smart_code' not like '%.GL.%'),
      sum(hera_internal.line_amount(l)) filter (where l ->> 'smart_code' like '%.GL.%' and l #>> '{line_data,side}' = 'DR'),
      0)
    from jsonb_array_elements(p_lines) l
    -- Without a currency of the transaction the lines have but one (hera_internal.lines_fault sees to it).
    where coalesce(l #>> '{line_data,currency}' = p_transaction ->> 'transaction_currency_code', true));
end
$$;
ALTER FUNCTION hera_internal.lines_total(p_transaction jsonb, p_lines jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.lines_total(p_transaction jsonb, p_lines jsonb) IS 'The computed total of a transaction.';
CREATE FUNCTION hera_internal.link(p_actor_user_id uuid, p_organization_id uuid, p_from_id uuid, p_type text, p_to_id uuid) RETURNS void
    LANGUAGE plpgsql
    AS $$
begin
  perform hera_internal.set_links(p_actor_user_id, p_organization_id, p_from_id, p_type, array_remove(array[p_to_id], null));
end
$$;
ALTER FUNCTION hera_internal.link(p_actor_user_id uuid, p_organization_id uuid, p_from_id uuid, p_type text, p_to_id uuid) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.link(p_actor_user_id uuid, p_organization_id uuid, p_from_id uuid, p_type text, p_to_id uuid) IS 'Sets the one active link of a type.';
CREATE FUNCTION hera_internal.link_event(p_organization_id uuid, p_event_id uuid, p_transaction_id uuid) RETURNS void
    LANGUAGE plpgsql
    AS $$
begin
  update hera.events e set transaction_id = p_transaction_id
  where e.organization_id = p_organization_id and e.id = p_event_id;
  update hera.universal_transactions t set event_id = p_event_id
  where t.organization_id = p_organization_id and t.id = p_transaction_id;
end
$$;
ALTER FUNCTION hera_internal.link_event(p_organization_id uuid, p_event_id uuid, p_transaction_id uuid) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.link_event(p_organization_id uuid, p_event_id uuid, p_transaction_id uuid) IS 'Notes event and transaction at each other.';
CREATE FUNCTION hera_internal.list_answer(p_name text, p_rows jsonb, p_max_rows integer) RETURNS jsonb
    LANGUAGE sql IMMUTABLE
    RETURN jsonb_build_object('success', true, p_name, p_rows, 'next_cursor', CASE WHEN (jsonb_array_length(p_rows) = p_max_rows) THEN ((p_rows -> '-1'::integer) ->> 'id'::text) ELSE NULL::text END);
ALTER FUNCTION hera_internal.list_answer(p_name text, p_rows jsonb, p_max_rows integer) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.list_answer(p_name text, p_rows jsonb, p_max_rows integer) IS '{success, <name>: rows, next_cursor}';
CREATE FUNCTION hera_internal.list_filter(p_filter jsonb, p_known text[], OUT max_rows integer, OUT cursor_id uuid, OUT after_id uuid, OUT before_id uuid, OUT webhook_id uuid, OUT event_id uuid, OUT event_source text, OUT event_type text, OUT connector_code text, OUT status text) RETURNS record
    LANGUAGE plpgsql STABLE
    AS $_$
declare
  -- Ids tell times from 1970 on; what lies outside is as good as the bound.
  v_first constant timestamptz := timestamptz '1970-01-01 00:00:00+00';
  v_last constant timestamptz := timestamptz '9999-12-31 00:00:00+00';
  v_key text;
begin
  perform hera_internal.check_keys('filter', p_filter, array['limit', 'cursor'] || p_known);
  foreach v_key in array array['since', 'until']
  loop
    begin
      perform (p_filter ->> v_key)::timestamptz;
    exception
      when others then
        perform hera_internal.fail(400, 'filter.invalid', format('filter.%s is not a time', v_key), 'For example 2026-01-31T12:00:00Z.');
    end;
  end loop;
  if coalesce(p_filter ->> 'limit', '50') !~ '^[0-9]{1,4}$' or (p_filter ->> 'limit')::int not between 1 and 1000 then
    perform hera_internal.fail(400, 'filter.invalid', 'filter.limit must be a whole number from 1 to 1000', null);
  end if;
  max_rows := coalesce((p_filter ->> 'limit')::int, 50);
  cursor_id := coalesce(hera_internal.to_uuid('filter.cursor', p_filter ->> 'cursor'), 'ffffffff-ffff-ffff-ffff-ffffffffffff');
  after_id := coalesce(case when p_filter ->> 'since' is not null then
    hera_internal.id_floor(greatest(v_first, least(v_last, (p_filter ->> 'since')::timestamptz))) end, '00000000-0000-0000-0000-000000000000');
  before_id := coalesce(case when p_filter ->> 'until' is not null then
    hera_internal.id_floor(greatest(v_first, least(v_last, (p_filter ->> 'until')::timestamptz))) end, 'ffffffff-ffff-ffff-ffff-ffffffffffff');
  webhook_id := hera_internal.to_uuid('filter.webhook_id', p_filter ->> 'webhook_id');
  event_id := hera_internal.to_uuid('filter.event_id', p_filter ->> 'event_id');
  event_source := p_filter ->> 'event_source';
  event_type := p_filter ->> 'event_type';
  connector_code := p_filter ->> 'connector_code';
  status := p_filter ->> 'status';
end
$_$;
ALTER FUNCTION hera_internal.list_filter(p_filter jsonb, p_known text[], OUT max_rows integer, OUT cursor_id uuid, OUT after_id uuid, OUT before_id uuid, OUT webhook_id uuid, OUT event_id uuid, OUT event_source text, OUT event_type text, OUT connector_code text, OUT status text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.list_filter(p_filter jsonb, p_known text[], OUT max_rows integer, OUT cursor_id uuid, OUT after_id uuid, OUT before_id uuid, OUT webhook_id uuid, OUT event_id uuid, OUT event_source text, OUT event_type text, OUT connector_code text, OUT status text) IS 'Types the filter of a list: limit (1 to 1000, default 50), cursor (an id), since, until, and the given keys.';
CREATE FUNCTION hera_internal.live_status(p_organization_id uuid, p_installation_id uuid, p_auth jsonb) RETURNS text
    LANGUAGE sql STABLE
    AS $$
  select case
    when p_auth ->> 'type' <> 'oauth2' then 'active'
    when exists (
      select from hera.secrets s
      where s.organization_id = p_organization_id and s.entity_id = p_installation_id
        and s.name in ('oauth_access_token', p_auth ->> 'token_field')) then 'active'
    else 'pending_auth'
  end;
$$;
ALTER FUNCTION hera_internal.live_status(p_organization_id uuid, p_installation_id uuid, p_auth jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.live_status(p_organization_id uuid, p_installation_id uuid, p_auth jsonb) IS 'active or pending_auth.';
CREATE FUNCTION hera_internal.log_attempts(p_batch hera_internal.outbox_batch, p_results hera_internal.outbox_results, p_now timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    AS $$
begin
  insert into hera.attempts (started_at, organization_id, delivery_id, duration_ms, status_code, attempt, error, response_body)
  select p_now - r.duration_ms * interval '1 ms', r.organization_id, r.delivery_id, r.duration_ms, r.status_code, r.attempt,
    r.error, nullif(r.response_body, '')
  from unnest(p_batch.organization_ids, p_batch.delivery_ids, p_batch.attempts,
      p_results.status_codes, p_results.durations_ms, p_results.errors, p_results.response_bodies)
    as r (organization_id, delivery_id, attempt, status_code, duration_ms, error, response_body);
end
$$;
ALTER FUNCTION hera_internal.log_attempts(p_batch hera_internal.outbox_batch, p_results hera_internal.outbox_results, p_now timestamp with time zone) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.log_attempts(p_batch hera_internal.outbox_batch, p_results hera_internal.outbox_results, p_now timestamp with time zone) IS 'Writes the attempt log.';
CREATE FUNCTION hera_internal.lower_keys(p_object jsonb) RETURNS jsonb
    LANGUAGE sql IMMUTABLE
    AS $$
  select coalesce(jsonb_object_agg(lower(e.key), e.value), '{}') from jsonb_each(p_object) e;
$$;
ALTER FUNCTION hera_internal.lower_keys(p_object jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.lower_keys(p_object jsonb) IS 'An object with lower-case keys.';
CREATE FUNCTION hera_internal.maintenance_step(p_step text, p_now timestamp with time zone) RETURNS jsonb
    LANGUAGE plpgsql
    AS $$
begin
  return case p_step
    when 'monitoring' then hera_internal.roll_up(p_now)
    when 'audit' then hera_internal.seal_audits(p_now)
    when 'retention' then hera_internal.apply_retention(p_now)
    when 'partitions' then jsonb_build_object('made', hera_internal.ensure_partitions((p_now at time zone 'UTC')::date))
      || hera_internal.drop_old_partitions(p_now)
  end;
exception
  when others then
    return jsonb_build_object('fault', sqlerrm, 'sqlstate', sqlstate);
end
$$;
ALTER FUNCTION hera_internal.maintenance_step(p_step text, p_now timestamp with time zone) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.maintenance_step(p_step text, p_now timestamp with time zone) IS 'Runs monitoring, audit, retention or partitions; answers what it did or {fault, sqlstate}.';
CREATE FUNCTION hera_internal.mask(p_secret text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ('••••'::text || CASE WHEN (length(p_secret) >= 12) THEN "right"(p_secret, 4) ELSE ''::text END);
ALTER FUNCTION hera_internal.mask(p_secret text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.mask(p_secret text) IS 'Masks a secret for display.';
CREATE FUNCTION hera_internal.masked_request(p_inbound jsonb, p_request jsonb, OUT uri text, OUT headers jsonb) RETURNS record
    LANGUAGE plpgsql IMMUTABLE
    AS $_$
declare
  v_name constant text := '(token|secret|passw|auth|key|cookie|session|credential)';
  v_secret text[];
  v_proof text[];
  v_parameters text[];
begin
  v_secret := array(
    select lower(v #>> '{signature,header}') from jsonb_array_elements(p_inbound -> 'verify') v
    where v ->> 'type' in ('shared_secret', 'basic'));
  v_proof := array(
    select lower(v #>> '{signature,header}') from jsonb_array_elements(p_inbound -> 'verify') v
    where v ->> 'type' not in ('shared_secret', 'basic'));
  select coalesce(jsonb_object_agg(h.key, case
      when h.key = any (v_secret) or h.key = 'authorization' or h.key ~ v_name and h.key <> all (v_proof || array['idempotency-key'])
        then to_jsonb('••••'::text)
      else h.value end), '{}')
  into headers
  from jsonb_each(p_request -> 'headers') h;
  v_parameters := array(select jsonb_path_query(p_inbound, '$.handshake[*].require[*] ? (exists (@.equals_secret)).query') #>> '{}');
  select left(split_part(p_request ->> 'uri', '?', 1) || coalesce('?' || string_agg(case
      when hera_internal.url_decode(split_part(q.part, '=', 1)) = any (v_parameters) or lower(split_part(q.part, '=', 1)) ~ v_name
        then split_part(q.part, '=', 1) || '=••••'
      else q.part end, '&' order by q.n), ''), 8192)
  into uri
  from string_to_table(substring(p_request ->> 'uri' from '\?(.*)$'), '&') with ordinality q (part, n);
end
$_$;
ALTER FUNCTION hera_internal.masked_request(p_inbound jsonb, p_request jsonb, OUT uri text, OUT headers jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.masked_request(p_inbound jsonb, p_request jsonb, OUT uri text, OUT headers jsonb) IS 'A request without its secrets.';
CREATE FUNCTION hera_internal.members_of(p_organization_id uuid) RETURNS jsonb
    LANGUAGE plpgsql
    AS $$
declare
  v_members jsonb;
  v_answer jsonb;
begin
  select jsonb_agg(to_jsonb(m) order by m.created_at, m.user_entity_id) into v_members
  from hera.memberships m
  where m.organization_id = p_organization_id;
  perform hera_internal.set_tenant(hera_internal.platform_id());
  select coalesce(jsonb_agg(jsonb_build_object(
      'user_entity_id', u.id, 'auth_uid', u.entity_code, 'name', u.entity_name, 'email', u.metadata ->> 'email',
      'role', m.value ->> 'role', 'is_active', m.value -> 'is_active') order by m.ordinality), '[]')
  into v_answer
  from jsonb_array_elements(v_members) with ordinality m
  join hera.core_entities u
    on u.id = (m.value ->> 'user_entity_id')::uuid and u.organization_id = hera_internal.platform_id() and u.entity_type = 'USER';
  perform hera_internal.set_tenant(p_organization_id);
  return v_answer;
end
$$;
ALTER FUNCTION hera_internal.members_of(p_organization_id uuid) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.members_of(p_organization_id uuid) IS 'The members of an organization as a JSON array.';
CREATE FUNCTION hera_internal.merge_installation_config(p_fields jsonb, p_config jsonb, p_change jsonb, OUT config jsonb, OUT secrets jsonb) RETURNS record
    LANGUAGE plpgsql
    AS $$
declare
  v_field jsonb;
  v_name text;
  v_value jsonb;
  v_fault text;
begin
  perform hera_internal.check_keys('installation_config', p_change, array(select f ->> 'name' from jsonb_array_elements(p_fields) f));
  config := p_config;
  secrets := '{}';
  for v_field in select f from jsonb_array_elements(p_fields) f
  loop
    v_name := v_field ->> 'name';
    v_value := nullif(p_change -> v_name, 'null');
    if v_value is null and (p_change ? v_name or not config ? v_name) and (v_field -> 'made_if_absent')::boolean then
      v_value := to_jsonb(hera_internal.new_webhook_secret());
    elsif v_value is null and (p_change ? v_name or not config ? v_name) then
      v_value := nullif(v_field -> 'default', 'null');
    end if;
    if v_value is null then
      if p_change ? v_name then
        config := config - v_name;
        secrets := secrets || case when (v_field -> 'secret')::boolean then jsonb_build_object(v_name, null) else '{}' end;
      end if;
      if (v_field -> 'required')::boolean and not config ? v_name then
        perform hera_internal.fail(400, 'installation_config.missing', format('installation_config.%s is missing', v_name),
          v_field ->> 'description');
      end if;
      continue;
    end if;
    continue when (v_field -> 'secret')::boolean and v_value = config -> v_name;
    v_fault := case
      when (v_field -> 'secret')::boolean and v_value #>> '{}' like '••••%' then 'is the mask of another secret; send the secret itself'
      else hera_internal.field_fault(v_field, v_value)
    end;
    if v_fault is not null then
      perform hera_internal.fail(400, 'installation_config.invalid', format('installation_config.%s %s', v_name, v_fault),
        v_field ->> 'description');
    end if;
    if (v_field -> 'secret')::boolean then
      secrets := secrets || jsonb_build_object(v_name, v_value);
      v_value := to_jsonb(hera_internal.mask(v_value #>> '{}'));
    end if;
    config := config || jsonb_build_object(v_name, v_value);
  end loop;
end
$$;
ALTER FUNCTION hera_internal.merge_installation_config(p_fields jsonb, p_config jsonb, p_change jsonb, OUT config jsonb, OUT secrets jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.merge_installation_config(p_fields jsonb, p_config jsonb, p_change jsonb, OUT config jsonb, OUT secrets jsonb) IS 'Checks and merges a change of an installation''s configuration.';
CREATE FUNCTION hera_internal.merge_json(p_json jsonb, p_change jsonb) RETURNS jsonb
    LANGUAGE plpgsql IMMUTABLE
    AS $$
declare
  v_merged jsonb := case when jsonb_typeof(p_json) = 'object' then p_json else '{}' end;
  v_key text;
  v_value jsonb;
begin
  if jsonb_typeof(p_change) <> 'object' then
    return p_change;
  end if;
  for v_key, v_value in select e.key, e.value from jsonb_each(p_change) e
  loop
    if v_value = 'null' then
      v_merged := v_merged - v_key;
    else
      v_merged := v_merged || jsonb_build_object(v_key, hera_internal.merge_json(v_merged -> v_key, v_value));
    end if;
  end loop;
  return v_merged;
end
$$;
ALTER FUNCTION hera_internal.merge_json(p_json jsonb, p_change jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.merge_json(p_json jsonb, p_change jsonb) IS 'JSON Merge Patch.';
CREATE FUNCTION hera_internal.merge_webhook_config(p_config jsonb, p_change jsonb) RETURNS jsonb
    LANGUAGE plpgsql IMMUTABLE
    AS $$
declare
  v_defaults constant jsonb := jsonb '{
    "topics": ["*"], "ordering": "none", "timeout_ms": 30000,
    "retry_policy": {"max_attempts": 5, "backoff_factor": 2, "initial_delay_ms": 5000, "max_delay_ms": 3600000}}';
  v_merged jsonb := p_config || (p_change - array['secret', 'headers', 'retry_policy']);
begin
  v_merged := v_defaults || coalesce((select jsonb_object_agg(e.key, e.value) from jsonb_each(v_merged) e where e.value <> 'null'), '{}');
  if jsonb_typeof(p_change -> 'retry_policy') not in ('object', 'null') then
    perform hera_internal.fail(400, 'webhook_config.invalid', 'webhook_config.retry_policy must be a JSON object', null);
  end if;
  if jsonb_typeof(p_change -> 'retry_policy') = 'object' then
    perform hera_internal.check_keys('webhook_config.retry_policy', p_change -> 'retry_policy',
      array['max_attempts', 'backoff_factor', 'initial_delay_ms', 'max_delay_ms']);
  end if;
  return v_merged || jsonb_build_object('retry_policy',
    (v_defaults -> 'retry_policy') || coalesce(p_config -> 'retry_policy', '{}')
    || case when jsonb_typeof(p_change -> 'retry_policy') = 'object' then jsonb_strip_nulls(p_change -> 'retry_policy') else '{}' end);
end
$$;
ALTER FUNCTION hera_internal.merge_webhook_config(p_config jsonb, p_change jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.merge_webhook_config(p_config jsonb, p_change jsonb) IS 'Merges a change into a webhook configuration.';
CREATE FUNCTION hera_internal.monitor(p_what text, p_role text, p_organization_id uuid, p_filter hera_internal.monitor_filter) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    AS $$
begin
  return jsonb_build_object('success', true, 'since', p_filter.since, 'until', p_filter.until)
    || case
      when p_organization_id = hera_internal.platform_id() and p_role = 'platform_admin'
        then hera_internal.monitor_everywhere(p_what, p_filter)
      else hera_internal.monitor_figures(p_what, p_organization_id, p_filter)
    end;
end
$$;
ALTER FUNCTION hera_internal.monitor(p_what text, p_role text, p_organization_id uuid, p_filter hera_internal.monitor_filter) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.monitor(p_what text, p_role text, p_organization_id uuid, p_filter hera_internal.monitor_filter) IS 'Figures of one organization, or of all for platform admins.';
CREATE FUNCTION hera_internal.monitor_alerts(p_numbers jsonb) RETURNS jsonb
    LANGUAGE sql IMMUTABLE
    RETURN (SELECT COALESCE(jsonb_agg(a.code ORDER BY a.nth), '[]'::jsonb) AS "coalesce" FROM (VALUES (1,'past_due'::text,(((monitor_alerts.p_numbers ->> 'oldest_past_due_seconds'::text))::numeric > (300)::numeric)), (2,'failing'::text,(((monitor_alerts.p_numbers ->> 'success_rate'::text))::numeric < 0.9)), (3,'dead_letters'::text,(((monitor_alerts.p_numbers ->> 'dlq'::text))::numeric > (0)::numeric)), (4,'webhook_disabled'::text,(((monitor_alerts.p_numbers ->> 'webhooks_disabled'::text))::numeric > (0)::numeric)), (5,'connector_error'::text,(((monitor_alerts.p_numbers ->> 'installations_in_error'::text))::numeric > (0)::numeric)), (6,'connector_reauth'::text,((((monitor_alerts.p_numbers ->> 'installations_to_authorize'::text))::numeric + ((monitor_alerts.p_numbers ->> 'tokens_expired'::text))::numeric) > (0)::numeric)), (7,'token_expiring'::text,(((monitor_alerts.p_numbers ->> 'tokens_expiring_in_7_days'::text))::numeric > (0)::numeric))) a(nth, code, holds) WHERE a.holds);
ALTER FUNCTION hera_internal.monitor_alerts(p_numbers jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.monitor_alerts(p_numbers jsonb) IS 'Codes of what asks for attention.';
CREATE FUNCTION hera_internal.monitor_backlog(p_organization_id uuid, p_filter hera_internal.monitor_filter) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    AS $$
declare
  v_now constant timestamptz := hera_internal.now();
begin
  return (
    with backlog as materialized (
      select b.* from hera_internal.backlog(p_organization_id, v_now) b
    ), put_off as (
      select b.organization_id, b.webhook_no, b.put_off, b.last_put_off_at
      from hera.outbox_rate b
      where p_organization_id is null or b.organization_id = p_organization_id
    )
    select jsonb_build_object(
        'pending', coalesce(sum(b.pending), 0), 'waiting', coalesce(sum(b.waiting), 0), 'in_flight', coalesce(sum(b.in_flight), 0),
        'failed', coalesce(sum(b.failed), 0), 'delayed', coalesce(sum(b.delayed), 0), 'due', coalesce(sum(b.due), 0),
        'oldest_past_due_seconds', round(extract(epoch from v_now - min(b.oldest_due_at)), 3),
        'rate_limit_put_off', (select coalesce(sum(p.put_off), 0) from put_off p))
      || jsonb_build_object('organizations', (
        select coalesce(jsonb_agg(to_jsonb(x) order by x.due desc, x.pending desc, x.organization_id), '[]')
        from (
          select t.organization_id, o.organization_name, sum(t.due) as due, sum(t.pending) as pending, sum(t.in_flight) as in_flight,
            sum(t.failed) as failed, sum(t.delayed) as delayed,
            round(extract(epoch from v_now - min(t.oldest_due_at)), 3) as oldest_past_due_seconds
          from backlog t
          join hera.core_organizations o on o.id = t.organization_id
          group by t.organization_id, o.organization_name
          order by 3 desc, 4 desc, t.organization_id
          limit p_filter.max_rows) x))
      || jsonb_build_object('webhooks', (
        select coalesce(jsonb_agg(to_jsonb(x) order by x.due desc, x.pending desc, x.webhook_id), '[]')
        from (
          select t.organization_id, w.id as webhook_id, w.url, w.status, t.due, t.pending, t.waiting, t.in_flight, t.failed, t.delayed,
            round(extract(epoch from v_now - t.oldest_due_at), 3) as oldest_past_due_seconds,
            coalesce(p.put_off, 0) as rate_limit_put_off, p.last_put_off_at as rate_limit_last_put_off_at
          from backlog t
          join hera.webhooks w on w.organization_id = t.organization_id and w.webhook_no = t.webhook_no
          left join put_off p on p.organization_id = t.organization_id and p.webhook_no = t.webhook_no
          order by t.due desc, t.pending desc, w.id
          limit p_filter.max_rows) x))
    from backlog b);
end
$$;
ALTER FUNCTION hera_internal.monitor_backlog(p_organization_id uuid, p_filter hera_internal.monitor_filter) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.monitor_backlog(p_organization_id uuid, p_filter hera_internal.monitor_filter) IS 'What is to be sent, and since when.';
CREATE FUNCTION hera_internal.monitor_connector_totals(p_organization_id uuid) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    AS $$
begin
  return (
    select jsonb_build_object(
      'installations', coalesce(sum(x.installations), 0), 'installations_active', coalesce(sum(x.active), 0),
      'installations_in_error', coalesce(sum(x.error), 0), 'installations_to_authorize', coalesce(sum(x.reauth_required), 0),
      'tokens_expired', coalesce(sum(x.tokens_expired), 0), 'tokens_expiring_in_7_days', coalesce(sum(x.tokens_expiring_in_7_days), 0))
    from jsonb_to_recordset(hera_internal.monitor_connectors(p_organization_id, null) -> 'connectors')
      as x (installations int, active int, error int, reauth_required int, tokens_expired int, tokens_expiring_in_7_days int));
end
$$;
ALTER FUNCTION hera_internal.monitor_connector_totals(p_organization_id uuid) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.monitor_connector_totals(p_organization_id uuid) IS 'Numbers of installations.';
CREATE FUNCTION hera_internal.monitor_connectors(p_organization_id uuid, p_filter hera_internal.monitor_filter) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    AS $$
declare
  v_now constant timestamptz := hera_internal.now();
begin
  return (
    with installation as materialized (
      select e.organization_id, e.id, e.entity_code as code, e.status, hera_internal.health_state(e.organization_id, e.id) as state, e.created_at,
        t.field_value_date as token_expires_at, s.field_value_date as last_success_at,
        coalesce(f.field_value_text, f.field_value_json::text) as last_error
      from hera.core_entities e
      left join hera.core_dynamic_data t
        on t.organization_id = e.organization_id and t.entity_id = e.id and t.field_name = 'token_expires_at'
      left join hera.core_dynamic_data s
        on s.organization_id = e.organization_id and s.entity_id = e.id and s.field_name = 'last_success_at'
      left join hera.core_dynamic_data f
        on f.organization_id = e.organization_id and f.entity_id = e.id and f.field_name = 'last_error'
      where e.entity_type = 'INTEGRATION_CONNECTOR_INSTALL' and e.status <> 'inactive'
        and (p_organization_id is null or e.organization_id = p_organization_id)
    )
    select jsonb_build_object(
      'connectors', (
        select coalesce(jsonb_agg(to_jsonb(c) order by c.code), '[]')
        from (
          select i.code, count(*) as installations, count(*) filter (where i.status = 'active') as active,
            count(*) filter (where i.status = 'paused') as paused, count(*) filter (where i.status = 'error') as error,
            count(*) filter (where i.status = 'pending_auth') as pending_auth,
            count(*) filter (where i.status = 'reauth_required') as reauth_required,
            count(*) filter (where i.token_expires_at <= v_now) as tokens_expired,
            count(*) filter (where i.token_expires_at > v_now and i.token_expires_at <= v_now + interval '7 days')
              as tokens_expiring_in_7_days
          from installation i
          group by i.code) c),
      'installations', (
        select coalesce(jsonb_agg(to_jsonb(x) order by x.token_expires_at nulls last, x.code, x.id), '[]')
        from (
          select i.*, round(extract(epoch from i.token_expires_at - v_now)) as token_expires_in_seconds
          from installation i
          order by i.token_expires_at nulls last, i.code, i.id
          limit p_filter.max_rows) x)));
end
$$;
ALTER FUNCTION hera_internal.monitor_connectors(p_organization_id uuid, p_filter hera_internal.monitor_filter) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.monitor_connectors(p_organization_id uuid, p_filter hera_internal.monitor_filter) IS 'Installations, their health and tokens.';
CREATE FUNCTION hera_internal.monitor_deliveries(p_organization_id uuid, p_filter hera_internal.monitor_filter) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    AS $$
declare
  v_webhook constant record := hera_internal.monitored_webhook(p_organization_id, p_filter.webhook_id);
  v_shown hera_internal.monitor_filter := p_filter;
  v_since timestamptz;
  v_hours jsonb;
begin
  select max(h.hour) filter (where h.upto >= p_filter.max_rows),
    coalesce(jsonb_agg(jsonb_build_object('hour', h.hour, 'attempts', h.attempts, 'delivered', h.delivered, 'retries', h.retries,
      'success_rate', round(h.delivered::numeric / h.attempts, 4)) order by h.hour desc) filter (where h.nth <= p_filter.max_rows), '[]')
  into v_since, v_hours
  from (
    select w.hour, sum(w.attempts)::bigint as attempts, sum(w.delivered)::bigint as delivered, sum(w.retries)::bigint as retries,
      sum(count(*)) over (order by w.hour desc) as upto, row_number() over (order by w.hour desc) as nth
    from (
      select r.hour, r.organization_id, r.webhook_no, sum(r.attempts) as attempts, sum(r.retries) as retries,
        coalesce(sum(r.attempts) filter (where r.cause like '2__'), 0) as delivered
      from hera_internal.delivery_hours(v_webhook.organization_id, p_filter.since, p_filter.until) r
      where v_webhook.webhook_no is null or r.webhook_no = v_webhook.webhook_no
      group by r.hour, r.organization_id, r.webhook_no) w
    group by w.hour) h;
  v_shown.since := coalesce(v_since, p_filter.since);
  return jsonb_build_object('hours', v_hours, 'deliveries', (
    select coalesce(jsonb_agg(to_jsonb(d) order by d.hour desc, d.attempts desc, d.webhook_id), '[]')
    from hera_internal.delivery_figures(p_organization_id, v_shown, true, p_filter.max_rows) d));
end
$$;
ALTER FUNCTION hera_internal.monitor_deliveries(p_organization_id uuid, p_filter hera_internal.monitor_filter) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.monitor_deliveries(p_organization_id uuid, p_filter hera_internal.monitor_filter) IS 'Delivery success by hour and webhook.';
CREATE FUNCTION hera_internal.monitor_events(p_organization_id uuid, p_filter hera_internal.monitor_filter) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    AS $$
begin
  return (
    with accepted as (
      select r.hour, r.event_source, sum(r.events) as events,
        sum(r.events) filter (where r.status = 'processed') as processed, sum(r.events) filter (where r.status = 'failed') as failed
      from hera_internal.event_hours(p_organization_id, p_filter.since, p_filter.until) r
      where p_filter.event_source is null or r.event_source = p_filter.event_source
      group by r.hour, r.event_source
    ), latency as (
      select r.hour, r.event_source, r.latency_bucket, sum(r.events) as events,
        sum(sum(r.events)) over (partition by r.hour, r.event_source order by r.latency_bucket) as upto,
        sum(sum(r.events)) over (partition by r.hour, r.event_source) as total
      from hera_internal.latency_hours(p_organization_id, p_filter.since, p_filter.until) r
      where p_filter.event_source is null or r.event_source = p_filter.event_source
      group by r.hour, r.event_source, r.latency_bucket
    ), delivered as (
      select l.hour, l.event_source, max(l.total) as events,
        min(l.latency_bucket) filter (where l.upto >= 0.5 * l.total) as p50,
        min(l.latency_bucket) filter (where l.upto >= 0.95 * l.total) as p95
      from latency l
      group by l.hour, l.event_source
    )
    select jsonb_build_object('events', coalesce(jsonb_agg(to_jsonb(x) order by x.hour desc, x.events desc, x.event_source), '[]'))
    from (
      select hour, event_source, coalesce(a.events, 0) as events, coalesce(a.processed, 0) as processed, coalesce(a.failed, 0) as failed,
        coalesce(d.events, 0) as first_delivered,
        hera_internal.bucket_ms(d.p50) as latency_p50_ms, hera_internal.bucket_ms(d.p95) as latency_p95_ms
      from accepted a
      full join delivered d using (hour, event_source)
      order by hour desc, 3 desc, event_source
      limit p_filter.max_rows) x);
end
$$;
ALTER FUNCTION hera_internal.monitor_events(p_organization_id uuid, p_filter hera_internal.monitor_filter) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.monitor_events(p_organization_id uuid, p_filter hera_internal.monitor_filter) IS 'Events by hour and source.';
CREATE FUNCTION hera_internal.monitor_everywhere(p_what text, p_filter hera_internal.monitor_filter) RETURNS jsonb
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
begin
  return hera_internal.monitor_figures(p_what, null, p_filter);
end
$$;
ALTER FUNCTION hera_internal.monitor_everywhere(p_what text, p_filter hera_internal.monitor_filter) OWNER TO hera_worker_owner;
COMMENT ON FUNCTION hera_internal.monitor_everywhere(p_what text, p_filter hera_internal.monitor_filter) IS 'Figures of all organizations.';
CREATE FUNCTION hera_internal.monitor_failures(p_organization_id uuid, p_filter hera_internal.monitor_filter) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET plan_cache_mode TO 'force_custom_plan'
    AS $$
declare
  v_webhook constant record := hera_internal.monitored_webhook(p_organization_id, p_filter.webhook_id);
begin
  return (
    with counted as materialized (
      select r.cause, sum(r.attempts) as attempts, sum(r.retries) as retries
      from hera_internal.delivery_hours(v_webhook.organization_id, p_filter.since, p_filter.until) r
      where v_webhook.webhook_no is null or r.webhook_no = v_webhook.webhook_no
      group by r.cause
    ), dead as (
      select d.status, d.reason, coalesce(d.last_status_code::text, d.last_error) as cause, count(*) as deliveries,
        min(d.created_at) as oldest, max(d.created_at) as newest
      from hera.dead_letters d
      where (v_webhook.organization_id is null or d.organization_id = v_webhook.organization_id)
        and (v_webhook.webhook_no is null or hera_internal.delivery_webhook_no(d.delivery_id) = v_webhook.webhook_no)
      group by 1, 2, 3
    )
    select jsonb_build_object(
      'attempts', (select coalesce(sum(c.attempts), 0) from counted c),
      'retries', (select coalesce(sum(c.retries), 0) from counted c),
      'failed_attempts', (
        select coalesce(jsonb_agg(jsonb_build_object('cause', c.cause, 'attempts', c.attempts, 'retries', c.retries)
          order by c.attempts desc, c.cause), '[]')
        from counted c where c.cause not like '2__'),
      'dead_letters', (select coalesce(jsonb_agg(to_jsonb(d) order by d.deliveries desc, d.reason, d.cause), '[]') from dead d)));
end
$$;
ALTER FUNCTION hera_internal.monitor_failures(p_organization_id uuid, p_filter hera_internal.monitor_filter) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.monitor_failures(p_organization_id uuid, p_filter hera_internal.monitor_filter) IS 'Failed attempts and dead letters by cause.';
CREATE FUNCTION hera_internal.monitor_figures(p_what text, p_organization_id uuid, p_filter hera_internal.monitor_filter) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    AS $$
begin
  -- A webhook that is not there is an error, whether or not there is anything to count.
  perform hera_internal.monitored_webhook(p_organization_id, p_filter.webhook_id);
  return case p_what
    when 'overview' then hera_internal.monitor_overview(p_organization_id, p_filter)
    when 'events' then hera_internal.monitor_events(p_organization_id, p_filter)
    when 'deliveries' then hera_internal.monitor_deliveries(p_organization_id, p_filter)
    when 'webhooks' then hera_internal.monitor_webhooks(p_organization_id, p_filter)
    when 'failures' then hera_internal.monitor_failures(p_organization_id, p_filter)
    when 'backlog' then hera_internal.monitor_backlog(p_organization_id, p_filter)
    when 'connectors' then hera_internal.monitor_connectors(p_organization_id, p_filter)
  end;
end
$$;
ALTER FUNCTION hera_internal.monitor_figures(p_what text, p_organization_id uuid, p_filter hera_internal.monitor_filter) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.monitor_figures(p_what text, p_organization_id uuid, p_filter hera_internal.monitor_filter) IS 'Figures of one kind.';
CREATE FUNCTION hera_internal.monitor_filter(p_filter jsonb, p_known text[]) RETURNS hera_internal.monitor_filter
    LANGUAGE plpgsql
    AS $$
declare
  v_filter hera_internal.monitor_filter;
  v_list record;
begin
  perform hera_internal.check_keys('filter', p_filter, array['since', 'until', 'limit'] || p_known);
  v_list := hera_internal.list_filter(p_filter, array['since', 'until', 'webhook_id', 'event_source']);
  v_filter.until := hera_internal.hour_of(coalesce((p_filter ->> 'until')::timestamptz, hera_internal.now()) - interval '1 microsecond')
    + interval '1 hour';
  v_filter.since := hera_internal.hour_of(coalesce((p_filter ->> 'since')::timestamptz, v_filter.until - interval '24 hours'));
  if not isfinite(v_filter.since) or not isfinite(v_filter.until) or v_filter.since >= v_filter.until
    or v_filter.until - v_filter.since > interval '93 days' then
    perform hera_internal.fail(400, 'filter.invalid', 'filter.since must be before filter.until, and at most 93 days',
      'Ask for a shorter period.');
  end if;
  v_filter.webhook_id := v_list.webhook_id;
  v_filter.event_source := v_list.event_source;
  v_filter.max_rows := coalesce((p_filter ->> 'limit')::int, 200);
  return v_filter;
end
$$;
ALTER FUNCTION hera_internal.monitor_filter(p_filter jsonb, p_known text[]) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.monitor_filter(p_filter jsonb, p_known text[]) IS 'Types {since, until, limit (1 to 1000, default 200)} and the given keys.';
CREATE FUNCTION hera_internal.monitor_overview(p_organization_id uuid, p_filter hera_internal.monitor_filter) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET plan_cache_mode TO 'force_custom_plan'
    AS $$
declare
  v_numbers jsonb;
begin
  select jsonb_build_object('events', coalesce(sum(r.events), 0),
    'events_failed', coalesce(sum(r.events) filter (where r.status = 'failed'), 0))
  into v_numbers
  from hera_internal.event_hours(p_organization_id, p_filter.since, p_filter.until) r;
  v_numbers := v_numbers || (
    with bucket as (
      select r.latency_bucket, sum(r.events) as events, sum(sum(r.events)) over (order by r.latency_bucket) as upto,
        sum(sum(r.events)) over () as total
      from hera_internal.latency_hours(p_organization_id, p_filter.since, p_filter.until) r
      group by r.latency_bucket
    )
    select jsonb_build_object('first_delivered', coalesce(max(b.total), 0),
      'latency_p50_ms', hera_internal.bucket_ms(min(b.latency_bucket) filter (where b.upto >= 0.5 * b.total)),
      'latency_p95_ms', hera_internal.bucket_ms(min(b.latency_bucket) filter (where b.upto >= 0.95 * b.total)))
    from bucket b);
  v_numbers := v_numbers || (
    with bucket as (
      select r.duration_bucket, sum(r.attempts) as attempts, coalesce(sum(r.attempts) filter (where r.cause like '2__'), 0) as delivered,
        sum(r.retries) as retries, sum(sum(r.attempts)) over (order by r.duration_bucket) as upto, sum(sum(r.attempts)) over () as total
      from hera_internal.delivery_hours(p_organization_id, p_filter.since, p_filter.until) r
      group by r.duration_bucket
    )
    select jsonb_build_object('attempts', coalesce(sum(b.attempts), 0), 'delivered', coalesce(sum(b.delivered), 0),
      'retries', coalesce(sum(b.retries), 0), 'success_rate', round(sum(b.delivered) / sum(b.attempts), 4),
      'duration_p50_ms', hera_internal.bucket_ms(min(b.duration_bucket) filter (where b.upto >= 0.5 * b.total)),
      'duration_p95_ms', hera_internal.bucket_ms(min(b.duration_bucket) filter (where b.upto >= 0.95 * b.total)))
    from bucket b);
  v_numbers := v_numbers
    || (hera_internal.monitor_backlog(p_organization_id, p_filter) - array['organizations', 'webhooks'])
    || (
      select jsonb_build_object('dlq', count(*) filter (where d.status = 'dlq'), 'blocked', count(*) filter (where d.status = 'blocked'),
        'disabled', count(*) filter (where d.status = 'disabled'), 'cancelled', count(*) filter (where d.status = 'cancelled'))
      from hera.dead_letters d
      where p_organization_id is null or d.organization_id = p_organization_id)
    || (
      select jsonb_build_object('webhooks_active', count(*) filter (where w.status = 'active'),
        'webhooks_disabled', count(*) filter (where w.status = 'disabled'))
      from hera.webhooks w
      where w.kind = 'webhook' and (p_organization_id is null or w.organization_id = p_organization_id))
    || hera_internal.monitor_connector_totals(p_organization_id);
  return v_numbers || jsonb_build_object('alerts', hera_internal.monitor_alerts(v_numbers));
end
$$;
ALTER FUNCTION hera_internal.monitor_overview(p_organization_id uuid, p_filter hera_internal.monitor_filter) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.monitor_overview(p_organization_id uuid, p_filter hera_internal.monitor_filter) IS 'The headline numbers.';
CREATE FUNCTION hera_internal.monitor_webhooks(p_organization_id uuid, p_filter hera_internal.monitor_filter) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    AS $$
begin
  return (
    select jsonb_build_object('webhooks', coalesce(jsonb_agg(to_jsonb(x) - 'hour'
      order by x.duration_p95_ms desc nulls last, x.attempts desc, x.webhook_id), '[]'))
    from (
      select d.*, w.rate_limit_per_second, coalesce(b.put_off, 0) as rate_limit_put_off, b.last_put_off_at as rate_limit_last_put_off_at
      from hera_internal.delivery_figures(p_organization_id, p_filter, false, null) d
      join hera.webhooks w on w.organization_id = d.organization_id and w.id = d.webhook_id
      left join hera.outbox_rate b on b.organization_id = w.organization_id and b.webhook_no = w.webhook_no
      order by d.duration_p95_ms desc nulls last, d.attempts desc, d.webhook_id
      limit p_filter.max_rows) x);
end
$$;
ALTER FUNCTION hera_internal.monitor_webhooks(p_organization_id uuid, p_filter hera_internal.monitor_filter) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.monitor_webhooks(p_organization_id uuid, p_filter hera_internal.monitor_filter) IS 'Slow webhooks.';
CREATE FUNCTION hera_internal.monitored_webhook(p_organization_id uuid, p_webhook_id uuid, OUT organization_id uuid, OUT webhook_no integer) RETURNS record
    LANGUAGE plpgsql STABLE
    AS $$
begin
  organization_id := p_organization_id;
  if p_webhook_id is not null then
    select w.organization_id, w.webhook_no into monitored_webhook.organization_id, monitored_webhook.webhook_no
    from hera.webhooks w
    where w.id = p_webhook_id and (p_organization_id is null or w.organization_id = p_organization_id);
    if not found then
      perform hera_internal.fail(404, 'not_found', 'No such webhook.', 'LIST of hera_webhook_config_v1 shows the webhooks.');
    end if;
  end if;
end
$$;
ALTER FUNCTION hera_internal.monitored_webhook(p_organization_id uuid, p_webhook_id uuid, OUT organization_id uuid, OUT webhook_no integer) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.monitored_webhook(p_organization_id uuid, p_webhook_id uuid, OUT organization_id uuid, OUT webhook_no integer) IS 'Organization and number of a webhook.';
CREATE FUNCTION hera_internal.natural_key(p_code text, p_account text, p_type text, p_key text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE
    AS $$
declare
  v_key constant text := concat_ws(':', p_code, coalesce(p_account, ''), p_type, p_key);
begin
  if length(v_key) <= 255 then
    return v_key;
  end if;
  return p_code || ':' || encode(sha256(convert_to(v_key, 'UTF8')), 'hex');
end
$$;
ALTER FUNCTION hera_internal.natural_key(p_code text, p_account text, p_type text, p_key text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.natural_key(p_code text, p_account text, p_type text, p_key text) IS 'The idempotency key of a provider''s event.';
CREATE FUNCTION hera_internal.new_api_key() RETURNS text
    LANGUAGE sql
    RETURN ((('hera_'::text || SUBSTRING(replace((gen_random_uuid())::text, '-'::text, ''::text) FROM 21)) || '_'::text) || translate(encode(sha256((uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))), 'base64'::text), '+/='::text, '-_'::text));
ALTER FUNCTION hera_internal.new_api_key() OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.new_api_key() IS 'A new API key.';
CREATE FUNCTION hera_internal.new_id(p_at timestamp with time zone) RETURNS uuid
    LANGUAGE sql
    RETURN (((OVERLAY(lpad(to_hex(((((date_part('epoch'::text, p_at) * (1000000)::double precision))::bigint * 512) / 125)), 15, '0'::text) PLACING '7'::text FROM 13 FOR 0) || substr((gen_random_uuid())::text, 19, 12)) || '000000'::text))::uuid;
ALTER FUNCTION hera_internal.new_id(p_at timestamp with time zone) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.new_id(p_at timestamp with time zone) IS 'UUIDv7 of the given time, last three bytes zero.';
CREATE FUNCTION hera_internal.new_oauth_state(p_organization_id uuid) RETURNS text
    LANGUAGE plpgsql
    AS $$
declare
  v_content constant bytea := uuid_send(p_organization_id)
    || substring(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())) for 24);
begin
  return hera_internal.base64url(v_content || hera_internal.oauth_state_mac(v_content, (hera_internal.encryption_keys())[1]));
end
$$;
ALTER FUNCTION hera_internal.new_oauth_state(p_organization_id uuid) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.new_oauth_state(p_organization_id uuid) IS 'A signed state for an authorization.';
CREATE FUNCTION hera_internal.new_webhook_secret() RETURNS text
    LANGUAGE sql
    RETURN ('whsec_'::text || encode(SUBSTRING(sha256((uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))) FROM 1 FOR 24), 'base64'::text));
ALTER FUNCTION hera_internal.new_webhook_secret() OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.new_webhook_secret() IS 'A new webhook secret.';
CREATE FUNCTION hera_internal.next_webhook_no(p_organization_id uuid, p_wanted integer DEFAULT NULL::integer) RETURNS integer
    LANGUAGE plpgsql
    AS $$
declare
  v_webhook_no int := p_wanted;
begin
  perform pg_advisory_xact_lock(hashtextextended('hera.webhook_no.' || p_organization_id, 0));
  if p_wanted is null or exists (
    select from hera.webhooks w where w.organization_id = p_organization_id and w.webhook_no = p_wanted) then
    select coalesce(max(w.webhook_no), 0) + 1 into v_webhook_no from hera.webhooks w where w.organization_id = p_organization_id;
  end if;
  if v_webhook_no > 65535 then
    perform hera_internal.fail(409, 'webhook.limit', 'The organization has made 65,535 webhooks.', 'Change an existing one with UPDATE.');
  end if;
  return v_webhook_no;
end
$$;
ALTER FUNCTION hera_internal.next_webhook_no(p_organization_id uuid, p_wanted integer) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.next_webhook_no(p_organization_id uuid, p_wanted integer) IS 'The number of a new webhook.';
CREATE FUNCTION hera_internal.no_delivery_reason(p_predicates jsonb, p_event hera.events, p_created_at timestamp with time zone, p_updated_at timestamp with time zone) RETURNS text
    LANGUAGE plpgsql IMMUTABLE
    AS $$
begin
  return coalesce(
    (select (e.p ->> 'predicate') || '_not_matched'
     from jsonb_array_elements(p_predicates) with ordinality as e (p, nth)
     where not (e.p ->> 'matched')::boolean
     order by e.nth
     limit 1),
    case
      when hera_internal.is_call(p_event) then 'call_of_a_provider'
      when p_event.event_source = 'hera' and p_event.event_type = 'webhook.test' then 'test_of_another_webhook'
      when p_created_at > p_event.created_at then 'webhook_is_newer'
      when p_updated_at > p_event.created_at then 'webhook_changed_since'
      else 'not_recorded'
    end);
end
$$;
ALTER FUNCTION hera_internal.no_delivery_reason(p_predicates jsonb, p_event hera.events, p_created_at timestamp with time zone, p_updated_at timestamp with time zone) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.no_delivery_reason(p_predicates jsonb, p_event hera.events, p_created_at timestamp with time zone, p_updated_at timestamp with time zone) IS 'Why there is no delivery.';
CREATE FUNCTION hera_internal.note_call(p_channel hera.webhooks, p_outcome text, p_error jsonb, p_headers jsonb, p_config jsonb, p_until timestamp with time zone, p_now timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    AS $$
declare
  v_until constant timestamptz := hera_internal.used_up_until(p_config, p_headers, p_now);
  v_health jsonb;
begin
  if v_until is not null or p_until is not null then
    update hera.webhooks w set calls_after = greatest(w.calls_after, v_until, p_until)
    where w.organization_id = p_channel.organization_id and w.id = p_channel.id;
  end if;
  if p_outcome = 'succeeded' then
    v_health := hera_internal.installation_health(p_channel.organization_id, p_channel.id);
    if v_health ->> 'last_error' is not null
      or coalesce((v_health ->> 'last_success_at')::timestamptz, '-infinity') < p_now - interval '1 minute' then
      perform hera_internal.set_installation_health(p_channel.organization_id, p_channel.id);
    end if;
  else
    perform hera_internal.set_installation_health(p_channel.organization_id, p_channel.id,
      concat_ws(': ', p_error ->> 'code', p_error ->> 'message'));
  end if;
end
$$;
ALTER FUNCTION hera_internal.note_call(p_channel hera.webhooks, p_outcome text, p_error jsonb, p_headers jsonb, p_config jsonb, p_until timestamp with time zone, p_now timestamp with time zone) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.note_call(p_channel hera.webhooks, p_outcome text, p_error jsonb, p_headers jsonb, p_config jsonb, p_until timestamp with time zone, p_now timestamp with time zone) IS 'Health of an installation after a call.';
CREATE FUNCTION hera_internal.now() RETURNS timestamp with time zone
    LANGUAGE sql
    RETURN clock_timestamp();
ALTER FUNCTION hera_internal.now() OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.now() IS 'The current time, as all functions of this schema take it.';
CREATE FUNCTION hera_internal.oauth_outcome(p_error text, p_kept jsonb) RETURNS jsonb
    LANGUAGE sql IMMUTABLE
    AS $$
  select jsonb_build_object('success', p_error is null, 'connector_code', p_kept -> 'connector_code', 'error', p_error,
    'location', (p_kept ->> 'return_path') || '?connector=' || hera_internal.url_encode(p_kept ->> 'connector_code')
      || case when p_error is null then '&result=authorized' else '&result=failed&error=' || hera_internal.url_encode(p_error) end);
$$;
ALTER FUNCTION hera_internal.oauth_outcome(p_error text, p_kept jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.oauth_outcome(p_error text, p_kept jsonb) IS 'The outcome of an authorization.';
CREATE FUNCTION hera_internal.oauth_state_mac(p_content bytea, p_key text) RETURNS bytea
    LANGUAGE sql IMMUTABLE
    AS $$
  select hera_internal.hmac_sha256(p_content, sha256(convert_to('hera.oauth.state.' || p_key, 'UTF8')));
$$;
ALTER FUNCTION hera_internal.oauth_state_mac(p_content bytea, p_key text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.oauth_state_mac(p_content bytea, p_key text) IS 'Signs a state.';
CREATE FUNCTION hera_internal.oauth_state_organization(p_state text) RETURNS uuid
    LANGUAGE plpgsql STABLE
    AS $_$
declare
  v_bytes bytea;
  v_key text;
begin
  if p_state is null or p_state !~ '^[A-Za-z0-9_-]{96}$' then
    return null;
  end if;
  v_bytes := decode(translate(p_state, '-_', '+/'), 'base64');
  foreach v_key in array hera_internal.encryption_keys()
  loop
    -- Of hashes, so that the time of the comparison tells nothing.
    if sha256(hera_internal.oauth_state_mac(substring(v_bytes for 40), v_key)) = sha256(substring(v_bytes from 41)) then
      return encode(substring(v_bytes for 16), 'hex')::uuid;
    end if;
  end loop;
  return null;
end
$_$;
ALTER FUNCTION hera_internal.oauth_state_organization(p_state text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.oauth_state_organization(p_state text) IS 'The organization of a state that is ours.';
CREATE FUNCTION hera_internal.opened_secrets(p_source_id uuid, p_entity_id uuid, p_secrets jsonb, p_skip_unknown boolean) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    AS $$
declare
  v_secret record;
  v_sealed bytea;
  v_mac text;
  v_opened jsonb := jsonb '{}';
begin
  for v_secret in
    select s.*
    from jsonb_to_recordset(p_secrets) as s (name text, version int, sealed text, expires_at timestamptz, mac text)
    order by s.name, s.version
  loop
    continue when v_secret.expires_at <= hera_internal.now();
    v_sealed := decode(v_secret.sealed, 'base64');
    v_mac := hera_internal.secret_mac(p_source_id, p_entity_id, v_secret.name, v_secret.version, v_secret.expires_at, v_sealed);
    continue when v_mac is null and p_skip_unknown;
    if v_mac is null then
      perform hera_internal.fail(409, 'import.key_unknown',
        'The secrets of the document were sealed with a key that this session does not have.',
        'Add that key to HERA_ENCRYPTION_KEY, or import with {"unknown_keys": "skip"} and enter the secrets again.');
    elsif v_mac is distinct from v_secret.mac then
      perform hera_internal.fail(409, 'import.secret_altered',
        format('The secret %s of %s is not as it was exported.', left(v_secret.name, 100), p_entity_id),
        'Use the document as hera_integration_export_v1 answered it.');
    end if;
    v_opened := v_opened || jsonb_build_object(v_secret.name, coalesce(v_opened -> v_secret.name, '[]') || jsonb_build_object(
      'version', v_secret.version, 'secret', hera_internal.unseal(v_sealed), 'expires_at', v_secret.expires_at));
  end loop;
  return v_opened;
end
$$;
ALTER FUNCTION hera_internal.opened_secrets(p_source_id uuid, p_entity_id uuid, p_secrets jsonb, p_skip_unknown boolean) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.opened_secrets(p_source_id uuid, p_entity_id uuid, p_secrets jsonb, p_skip_unknown boolean) IS 'Opens the secrets of a backup.';
CREATE FUNCTION hera_internal.organization_fault(p_name text, p_code text) RETURNS text
    LANGUAGE sql IMMUTABLE
    RETURN CASE WHEN ((COALESCE(btrim(p_name), ''::text) = ''::text) OR (length(p_name) > 200)) THEN 'organization.name must have 1 to 200 characters'::text WHEN ((p_code IS NULL) OR (p_code !~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$'::text)) THEN 'organization.code must have 1 to 63 letters, digits, dots, dashes or underscores'::text ELSE NULL::text END;
ALTER FUNCTION hera_internal.organization_fault(p_name text, p_code text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.organization_fault(p_name text, p_code text) IS 'The fault of an organization''s name or code, or null.';
CREATE FUNCTION hera_internal.organization_json(p_organization hera.core_organizations) RETURNS jsonb
    LANGUAGE sql IMMUTABLE
    RETURN jsonb_build_object('id', (p_organization).id, 'name', (p_organization).organization_name, 'code', (p_organization).organization_code, 'type', (p_organization).organization_type, 'status', (p_organization).status, 'settings', (p_organization).settings, 'created_at', (p_organization).created_at, 'updated_at', (p_organization).updated_at);
ALTER FUNCTION hera_internal.organization_json(p_organization hera.core_organizations) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.organization_json(p_organization hera.core_organizations) IS 'An organization as JSON.';
CREATE FUNCTION hera_internal.organizations_of(p_actor_user_id uuid) RETURNS jsonb
    LANGUAGE plpgsql
    AS $$
declare
  v_all boolean;
  v_list jsonb;
begin
  perform hera_internal.check_actor(p_actor_user_id);
  perform hera_internal.set_tenant(hera_internal.platform_id());
  perform set_config('hera.user_entity_id', p_actor_user_id::text, true);
  select coalesce(bool_or(m.role = 'platform_admin'), false) into v_all
  from hera.memberships m
  where m.organization_id = hera_internal.platform_id() and m.user_entity_id = p_actor_user_id and m.is_active
    and (m.expires_at is null or m.expires_at > hera_internal.now());
  select coalesce(jsonb_agg(hera_internal.organization_json(o) order by o.organization_name, o.id), '[]') into v_list
  from hera.core_organizations o
  where v_all or exists (
    select from hera.memberships m
    where m.organization_id = o.id and m.user_entity_id = p_actor_user_id and m.is_active
      and (m.expires_at is null or m.expires_at > hera_internal.now()));
  perform set_config('hera.user_entity_id', '', true);
  return v_list;
end
$$;
ALTER FUNCTION hera_internal.organizations_of(p_actor_user_id uuid) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.organizations_of(p_actor_user_id uuid) IS 'The organizations that an actor may list, as a JSON array.';
CREATE FUNCTION hera_internal.outbox_tick(p_now timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    AS $$
declare
  v_lease hera.outbox_leases;
  v_count int;
  v_batch hera_internal.outbox_batch;
  v_results hera_internal.outbox_results;
begin
  for v_lease in
    delete from hera.outbox_leases l
    where l.id = any (array(
      select x.id from hera.outbox_leases x where x.leased_until < p_now order by x.id limit 20 for update skip locked))
    returning l.*
  loop
    v_count := cardinality(v_lease.delivery_ids);
    v_batch := row(v_lease.organization_ids, v_lease.delivery_ids, v_lease.attempts, v_lease.base_attempts);
    v_results := row(array_fill(null::int, array[v_count]),
      array_fill(least(2147483647, extract(epoch from p_now - v_lease.leased_at) * 1000)::int, array[v_count]),
      array_fill(null::text, array[v_count]), array_fill('lease_lost'::text, array[v_count]), array_fill(null::int, array[v_count]));
    if v_lease.has_calls then
      perform hera_internal.settle_batch(v_batch, v_results, null, p_now);
    else
      perform hera_internal.settle(v_batch, v_results, p_now);
    end if;
  end loop;
  with due as materialized (
    select s.ctid as place
    from hera.outbox_scheduled s
    where s.due_at <= p_now
    order by s.due_at
    limit 2000
    for update skip locked
  ), taken as (
    delete from hera.outbox_scheduled s where s.ctid = any (array(select place from due))
    returning s.organization_id, s.delivery_id, s.attempt, s.base_attempt, s.due_at
  )
  insert into hera.outbox_ready (organization_id, delivery_id, attempt, base_attempt)
  select t.organization_id, t.delivery_id, t.attempt, t.base_attempt from taken t order by t.due_at;
  perform hera_internal.fifo_wake();
end
$$;
ALTER FUNCTION hera_internal.outbox_tick(p_now timestamp with time zone) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.outbox_tick(p_now timestamp with time zone) IS 'Expired leases, due retries, idle fifo lines.';
CREATE FUNCTION hera_internal.page_answer(p_name text, p_rows jsonb, p_field text, p_filter jsonb, p_known text[], p_id text DEFAULT 'id'::text) RETURNS jsonb
    LANGUAGE plpgsql IMMUTABLE
    AS $_$
declare
  v_limit int;
  v_after bigint := 0;
  v_rows jsonb;
  v_more boolean;
begin
  perform hera_internal.check_keys(p_field, p_filter, array['limit', 'cursor'] || p_known);
  if coalesce(p_filter ->> 'limit', '1') !~ '^[0-9]{1,4}$' or (p_filter ->> 'limit')::int not between 1 and 1000 then
    perform hera_internal.fail(400, p_field || '.invalid', p_field || '.limit must be a whole number from 1 to 1000', null);
  end if;
  v_limit := (p_filter ->> 'limit')::int;
  if p_filter ->> 'cursor' is not null then
    select e.nth into v_after
    from jsonb_array_elements(p_rows) with ordinality e (row_json, nth)
    where e.row_json ->> p_id = p_filter ->> 'cursor';
    if not found then
      perform hera_internal.fail(400, p_field || '.invalid', p_field || '.cursor is not of this list',
        'Pass next_cursor of the page before.');
    end if;
  end if;
  select coalesce(jsonb_agg(x.row_json order by x.nth) filter (where v_limit is null or x.place <= v_limit), '[]'), max(x.place) > v_limit
  into v_rows, v_more
  from (
    select e.row_json, e.nth, row_number() over (order by e.nth) as place
    from jsonb_array_elements(p_rows) with ordinality e (row_json, nth)
    where e.nth > v_after
      and not exists (select from unnest(p_known) k where p_filter ->> k is not null and e.row_json ->> k is distinct from p_filter ->> k)) x;
  return jsonb_build_object('success', true, p_name, v_rows, 'next_cursor', case when v_more then v_rows -> -1 ->> p_id end);
end
$_$;
ALTER FUNCTION hera_internal.page_answer(p_name text, p_rows jsonb, p_field text, p_filter jsonb, p_known text[], p_id text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.page_answer(p_name text, p_rows jsonb, p_field text, p_filter jsonb, p_known text[], p_id text) IS '{success, <name>: rows, next_cursor}';
CREATE FUNCTION hera_internal.parties_of_account(p_parties hera_internal.inbound_party[], p_sole boolean, p_by_address boolean, p_account text) RETURNS hera_internal.inbound_party[]
    LANGUAGE plpgsql IMMUTABLE
    AS $$
declare
  v_own hera_internal.inbound_party[];
begin
  if p_sole and (p_by_address or cardinality(p_parties[1].accounts) = 0) then
    return p_parties;
  elsif p_account is null then
    return array[]::hera_internal.inbound_party[];
  end if;
  v_own := array(select p from unnest(p_parties) p where p.trust = 'own' and p_account = any (p.accounts));
  if cardinality(v_own) > 0 then
    return v_own;
  end if;
  return array(
    select p from unnest(p_parties) p
    where p.trust = 'platform' and p_account = any (p.accounts)
    order by p.status = 'pending_auth', p.installation_id
    limit 1);
end
$$;
ALTER FUNCTION hera_internal.parties_of_account(p_parties hera_internal.inbound_party[], p_sole boolean, p_by_address boolean, p_account text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.parties_of_account(p_parties hera_internal.inbound_party[], p_sole boolean, p_by_address boolean, p_account text) IS 'Who gets an item of a request.';
CREATE FUNCTION hera_internal.partition_health() RETURNS TABLE(table_name text, partitions bigint, first_day date, last_day date, days_ahead integer, estimated_rows bigint, dead_rows bigint, bytes bigint, default_holds_rows boolean)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $_$
begin
  return query
  select p.parent, count(p.day), min(p.day), max(p.day), max(p.day) - (hera_internal.now() at time zone 'UTC')::date,
    sum(p.n_live_tup)::bigint, sum(p.n_dead_tup)::bigint, sum(pg_total_relation_size(p.relid))::bigint,
    case p.parent
      when 'events' then exists (select from hera.events_default)
      when 'attempts' then exists (select from hera.attempts_default)
      else exists (select from hera.inbound_requests_default) end
  from (
    select c.relname::text as parent, t.relid, t.n_live_tup, t.n_dead_tup,
      to_date(substring(t.relname from '_([0-9]{8})$'), 'YYYYMMDD') as day
    from pg_class c
    join pg_inherits i on i.inhparent = c.oid
    join pg_stat_all_tables t on t.relid = i.inhrelid
    where c.relnamespace = 'hera'::regnamespace and c.relname in ('events', 'attempts', 'inbound_requests') and c.relkind = 'p') p
  group by p.parent;
end
$_$;
ALTER FUNCTION hera_internal.partition_health() OWNER TO hera_worker_owner;
COMMENT ON FUNCTION hera_internal.partition_health() IS 'Partitions of the tables that have one a day.';
CREATE FUNCTION hera_internal.party_verdict(p_organization_id uuid, p_installation_id uuid, p_inbound jsonb, p_request jsonb, p_body bytea, INOUT p_known jsonb, p_late boolean, OUT verdict text) RETURNS record
    LANGUAGE plpgsql
    AS $$
declare
  v_rules jsonb := p_inbound -> 'verify';
  v_secrets constant jsonb := hera_internal.inbound_secrets(p_organization_id, p_installation_id, hera_internal.secrets_of_rules(p_inbound));
  v_key text;
begin
  if strpos(v_rules::text, 'field') > 0 then
    v_rules := hera_internal.filled_rules(v_rules, (
      select coalesce(jsonb_object_agg(f.field_name, f.field_value), '{}')
      from hera.installation_fields f
      where f.organization_id = p_organization_id and f.installation_id = p_installation_id));
  end if;
  if p_late then
    v_rules := (
      select coalesce(jsonb_agg(case when r.value ? 'timestamp' then jsonb_set(r.value, '{timestamp,tolerance_s}', '2000000000') else r.value end
        order by r.n), '[]')
      from jsonb_array_elements(v_rules) with ordinality r (value, n));
  end if;
  v_key := encode(sha256(convert_to(concat(v_rules, v_secrets), 'UTF8')), 'hex');
  verdict := p_known ->> v_key;
  if verdict is null then
    verdict := hera_internal.request_verdict(v_rules, p_inbound ->> 'verify_policy', v_secrets, p_request, p_body);
    p_known := p_known || jsonb_build_object(v_key, verdict);
  end if;
end
$$;
ALTER FUNCTION hera_internal.party_verdict(p_organization_id uuid, p_installation_id uuid, p_inbound jsonb, p_request jsonb, p_body bytea, INOUT p_known jsonb, p_late boolean, OUT verdict text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.party_verdict(p_organization_id uuid, p_installation_id uuid, p_inbound jsonb, p_request jsonb, p_body bytea, INOUT p_known jsonb, p_late boolean, OUT verdict text) IS 'Whether an installation''s secret verifies a request.';
CREATE FUNCTION hera_internal.path_fault(p_path text, OUT fault text, OUT at_character integer, OUT weight integer) RETURNS record
    LANGUAGE plpgsql IMMUTABLE
    AS $_$
declare
  v_operator constant text := '(?:[=!<>]=|<>|[<>])';
  v_constant constant text := '(?:""|-?[0-9][0-9.e+-]*|true|false|null)';
  v_subscript constant text := '(?:[0-9]+|last(?: *- *[0-9]+)?)';
  -- Quoted strings hold no operators, and keywords are read in any case.
  v_bare text := translate(hera_internal.blank(p_path, '"(?:[^"\\]|\\.)*"', '""'),
    E'\t\n\r\fABCDEFGHIJKLMNOPQRSTUVWXYZ', '    abcdefghijklmnopqrstuvwxyz');
  v_open text;
  v_pattern text;
begin
  weight := length(regexp_replace(v_bare, '[^$+*/%-]', '', 'g')) + 2 * length(regexp_replace(v_bare, '[^?@]', '', 'g'))
    + 2 * (select count(*) from regexp_matches(v_bare, '\. *[a-z_]+ *\(', 'g'));
  select r.fault, r.pattern into fault, v_pattern
  from (values
    (1, '\\|/\*', 'may not hold \ or comments outside of strings'),
    (2, '\*\*', 'may not use **'),
    (3, 'like_regex', 'may not use like_regex'),
    (4, '(?:date|time)[a-z_]* *\(', 'may not use datetime() and its kind'),
    (5, '\$[^][ .()?=!<>&|+*/%-]', 'may not use variables'),
    (6, '(?<=^(?:[^(?]*[(?]){20}[^(?]*)[(?]', 'is too complex: at most 20 parentheses or filters'),
    (7, '(?<=^(?:[^*]*\*){4}[^*]*)\*', 'is too complex: at most 4 wildcards')
  ) as r (nth, pattern, fault)
  where v_bare ~ r.pattern
  order by r.nth
  limit 1;
  if fault is null and weight > 12 then
    fault := format('is too complex: %s passes over the document, at most 12 ($ and operators count 1; @, ? and methods 2)', weight);
    return;
  end if;
  if fault is null then
    v_bare := hera_internal.blank(v_bare, format('\[ *(?:\*|%1$s(?: +to +%1$s)?) *\]', v_subscript));
    if position('[' in v_bare) > 0 then
      fault := 'may use the subscripts [*], [3], [last], [last - 1] and [0 to 9] alone';
      v_pattern := '\[';
    end if;
  end if;
  if fault is null then
    -- A constant stands alone: true in $.true, $.is_true or $."true" is a key.
    v_open := hera_internal.blank(v_bare, '(?:^|(?<=[ (&|!=<>,+*/%-]))(?<!\. *)' || v_constant || ' *' || v_operator);
    v_open := hera_internal.blank(v_open, v_operator || ' *' || v_constant);
    if v_open ~ v_operator then
      fault := 'compares two paths; one side must be a constant';
      v_bare := v_open;
      v_pattern := v_operator;
    end if;
  end if;
  -- Innermost parentheses first: what holds a $ stays one, everything else goes.
  while fault is null
  loop
    if v_bare ~ '\? *\([^()]*\$[^()]*\)' then
      fault := 'may not use $ within ? (…), only @';
      v_pattern := '\? *\([^()]*\$[^()]*\)';
    end if;
    v_open := hera_internal.blank(hera_internal.blank(v_bare, '\([^()$]*\)'), '\([^()]*\$[^()]*\)', '$');
    exit when fault is not null or v_open = v_bare;
    v_bare := v_open;
  end loop;
  if fault is not null then
    at_character := length((regexp_split_to_array(v_bare, v_pattern))[1]) + 1;
  end if;
end
$_$;
ALTER FUNCTION hera_internal.path_fault(p_path text, OUT fault text, OUT at_character integer, OUT weight integer) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.path_fault(p_path text, OUT fault text, OUT at_character integer, OUT weight integer) IS 'Why a jsonpath is refused, at which character, and how many passes it makes.';
CREATE FUNCTION hera_internal.path_walks(p_path text) RETURNS boolean
    LANGUAGE plpgsql IMMUTABLE
    AS $_$
begin
  -- The plain path of most transforms, without a regular expression.
  if ltrim(p_path) like '$%' and translate(p_path, '*?[(', '') = p_path then
    return false;
  end if;
  return p_path ~* '[*?]|keyvalue|\[[^]]*\mto\M|^\s*(lax|strict)';
end
$_$;
ALTER FUNCTION hera_internal.path_walks(p_path text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.path_walks(p_path text) IS 'True for a path with a wildcard, filter, range, keyvalue() or a mode of its own.';
CREATE FUNCTION hera_internal.pgp_open(p_sealed bytea, p_key text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN public.pgp_sym_decrypt(p_sealed, p_key);
ALTER FUNCTION hera_internal.pgp_open(p_sealed bytea, p_key text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.pgp_open(p_sealed bytea, p_key text) IS 'Decrypts what pgp_seal made.';
CREATE FUNCTION hera_internal.pgp_seal(p_text text, p_key text) RETURNS bytea
    LANGUAGE sql PARALLEL SAFE
    RETURN public.pgp_sym_encrypt(p_text, p_key, 's2k-mode=1,compress-algo=0,cipher-algo=aes256'::text);
ALTER FUNCTION hera_internal.pgp_seal(p_text text, p_key text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.pgp_seal(p_text text, p_key text) IS 'Encrypts a text with one key.';
CREATE FUNCTION hera_internal.pick_connector(p_connectors jsonb, p_type text) RETURNS jsonb
    LANGUAGE sql IMMUTABLE
    AS $$
  select c.value
  from jsonb_array_elements(p_connectors) with ordinality c (value, n)
  where c.value ->> 'type' = p_type
  order by c.value ->> 'status' = 'inactive', c.n desc
  limit 1;
$$;
ALTER FUNCTION hera_internal.pick_connector(p_connectors jsonb, p_type text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.pick_connector(p_connectors jsonb, p_type text) IS 'The live or newest connector of a type.';
CREATE FUNCTION hera_internal.plain_account(p_account text, p_prefixes jsonb) RETURNS text
    LANGUAGE plpgsql IMMUTABLE
    AS $$
begin
  if p_prefixes is null then
    return p_account;
  end if;
  return coalesce((
    select substring(p_account from length(x.prefix) + 1)
    from jsonb_array_elements_text(p_prefixes) x (prefix)
    where starts_with(p_account, x.prefix) and length(p_account) > length(x.prefix)
    order by length(x.prefix) desc
    limit 1), p_account);
end
$$;
ALTER FUNCTION hera_internal.plain_account(p_account text, p_prefixes jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.plain_account(p_account text, p_prefixes jsonb) IS 'An account without its prefix.';
CREATE FUNCTION hera_internal.platform_id() RETURNS uuid
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN '00000000-0000-0000-0000-000000000000'::uuid;
ALTER FUNCTION hera_internal.platform_id() OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.platform_id() IS 'The id of the platform organization.';
CREATE FUNCTION hera_internal.platform_settings() RETURNS jsonb
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
  select coalesce((select o.settings from hera.core_organizations o where o.id = '00000000-0000-0000-0000-000000000000'), '{}');
$$;
ALTER FUNCTION hera_internal.platform_settings() OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.platform_settings() IS 'core_organizations.settings of the platform organization.';
CREATE FUNCTION hera_internal.poll_due(p_rule jsonb, p_after timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE sql
    AS $$
  select case
    when p_rule ? 'cron' then hera_internal.cron_next(p_rule ->> 'cron', p_after)
    else p_after + coalesce((p_rule ->> 'every_s')::int, 900) * (0.9 + 0.2 * random()) * interval '1 second' end;
$$;
ALTER FUNCTION hera_internal.poll_due(p_rule jsonb, p_after timestamp with time zone) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.poll_due(p_rule jsonb, p_after timestamp with time zone) IS 'When a poll or health check is due next.';
CREATE FUNCTION hera_internal.poll_request(p_organization_id uuid, p_installation_id uuid, p_config jsonb, p_task hera.connector_tasks) RETURNS jsonb
    LANGUAGE plpgsql
    AS $_$
declare
  v_poll jsonb := jsonb_path_query_first(p_config, '$.polls[*] ? (@.code == $c)', jsonb_build_object('c', p_task.code));
begin
  if v_poll is null or exists (
    select from jsonb_array_elements_text(v_poll -> 'needs') n
    where not exists (
      select from hera.core_dynamic_data d
      where d.organization_id = p_organization_id and d.entity_id = p_installation_id and d.field_name = 'installation_config'
        and d.field_value_json ->> n <> '')) then
    return null;
  end if;
  v_poll := jsonb_build_object('method', 'GET') || v_poll;
  if p_task.state ? 'page' then
    v_poll := v_poll || jsonb_build_object('query', coalesce(v_poll -> 'query', '{}')
      || jsonb_build_object(v_poll #>> '{page,param}', '{{page}}'));
  end if;
  return hera_internal.provider_request(p_organization_id, p_installation_id, p_config, v_poll,
    jsonb_build_object('since', p_task.state -> 'cursor', 'page', p_task.state -> 'page'));
end
$_$;
ALTER FUNCTION hera_internal.poll_request(p_organization_id uuid, p_installation_id uuid, p_config jsonb, p_task hera.connector_tasks) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.poll_request(p_organization_id uuid, p_installation_id uuid, p_config jsonb, p_task hera.connector_tasks) IS 'The request of a poll.';
CREATE TABLE hera.universal_transactions (
    id uuid NOT NULL,
    organization_id uuid NOT NULL,
    transaction_type text NOT NULL,
    transaction_code text NOT NULL,
    transaction_date timestamp with time zone NOT NULL,
    source_entity_id uuid,
    target_entity_id uuid,
    total_amount numeric DEFAULT 0 NOT NULL,
    transaction_status text DEFAULT 'completed'::text NOT NULL,
    reference_number text,
    smart_code text NOT NULL,
    transaction_currency_code text,
    business_context jsonb,
    metadata jsonb,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    created_by uuid NOT NULL,
    updated_by uuid NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    event_id uuid,
    idempotency_key text,
    content_hash bytea
);
ALTER TABLE ONLY hera.universal_transactions FORCE ROW LEVEL SECURITY;
ALTER TABLE hera.universal_transactions OWNER TO hera_owner;
COMMENT ON TABLE hera.universal_transactions IS 'Every business transaction.';
CREATE FUNCTION hera_internal.posted_answer(p_transaction hera.universal_transactions, p_duplicate boolean) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    AS $$
begin
  return jsonb_build_object(
    'success', true, 'message', case when p_duplicate then 'transaction already posted' else 'transaction posted' end,
    'transaction_id', p_transaction.id, 'transaction_code', p_transaction.transaction_code, 'smart_code', p_transaction.smart_code,
    'total_amount', p_transaction.total_amount, 'event_id', p_transaction.event_id, 'duplicate', p_duplicate,
    'lines', (
      select count(*) from hera.universal_transaction_lines l
      where l.organization_id = p_transaction.organization_id and l.transaction_id = p_transaction.id));
end
$$;
ALTER FUNCTION hera_internal.posted_answer(p_transaction hera.universal_transactions, p_duplicate boolean) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.posted_answer(p_transaction hera.universal_transactions, p_duplicate boolean) IS '{success, message, transaction_id, transaction_code, smart_code, total_amount, event_id, duplicate, lines}';
CREATE FUNCTION hera_internal.prepare_calls(p_batch hera_internal.outbox_batch, p_now timestamp with time zone, OUT plain hera_internal.outbox_batch, OUT sendable hera_internal.outbox_batch, OUT calls hera_internal.outbox_batch, OUT sealed bytea[], OUT urls text[]) RETURNS record
    LANGUAGE plpgsql
    AS $$
declare
  v_row record;
  v_request record;
  v_fault text;
begin
  select coalesce(array_agg(d.organization_id order by d.nth), '{}'), coalesce(array_agg(d.delivery_id order by d.nth), '{}'),
    coalesce(array_agg(d.attempt order by d.nth), '{}'), coalesce(array_agg(d.base_attempt order by d.nth), '{}')
  into plain.organization_ids, plain.delivery_ids, plain.attempts, plain.base_attempts
  from hera_internal.batch_rows(p_batch, 'webhook') d;
  for v_row in select d.* from hera_internal.batch_rows(p_batch, 'channel') d order by d.nth
  loop
    if v_row.calls_after > p_now then
      insert into hera.outbox_scheduled (organization_id, delivery_id, attempt, base_attempt, due_at)
      values (v_row.organization_id, v_row.delivery_id, v_row.attempt, v_row.base_attempt, v_row.calls_after);
      continue;
    end if;
    v_request := hera_internal.call_request(v_row.organization_id, v_row.webhook_id, v_row.delivery_id);
    if v_request.sealed is not null then
      calls.organization_ids := calls.organization_ids || v_row.organization_id;
      calls.delivery_ids := calls.delivery_ids || v_row.delivery_id;
      calls.attempts := calls.attempts || v_row.attempt;
      calls.base_attempts := calls.base_attempts || v_row.base_attempt;
      sealed := sealed || v_request.sealed;
      urls := urls || v_request.url;
    elsif v_request.hold not in ('connector_inactive', 'connector_error') and p_now < hera_internal.id_time(v_row.delivery_id) + interval '1 day' then
      insert into hera.outbox_scheduled (organization_id, delivery_id, attempt, base_attempt, due_at)
      values (v_row.organization_id, v_row.delivery_id, v_row.attempt, v_row.base_attempt, p_now + interval '1 minute');
    else
      v_fault := coalesce(v_request.fault, v_request.hold);
      perform hera_internal.end_call(v_row.organization_id, v_row.delivery_id, (v_row.attempt - 1)::smallint, 'failed',
        jsonb_build_object('class', 'permanent', 'code', v_fault), null, p_now);
    end if;
  end loop;
  sendable.organization_ids := plain.organization_ids || calls.organization_ids;
  sendable.delivery_ids := plain.delivery_ids || calls.delivery_ids;
  sendable.attempts := plain.attempts || calls.attempts;
  sendable.base_attempts := plain.base_attempts || calls.base_attempts;
end
$$;
ALTER FUNCTION hera_internal.prepare_calls(p_batch hera_internal.outbox_batch, p_now timestamp with time zone, OUT plain hera_internal.outbox_batch, OUT sendable hera_internal.outbox_batch, OUT calls hera_internal.outbox_batch, OUT sealed bytea[], OUT urls text[]) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.prepare_calls(p_batch hera_internal.outbox_batch, p_now timestamp with time zone, OUT plain hera_internal.outbox_batch, OUT sendable hera_internal.outbox_batch, OUT calls hera_internal.outbox_batch, OUT sealed bytea[], OUT urls text[]) IS 'The requests of the calls in a batch.';
CREATE FUNCTION hera_internal.preview_events(p_organization_id uuid, p_before hera.webhooks, p_now hera.webhooks, p_limit integer) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    AS $$
declare
  v_deadline constant timestamptz := clock_timestamp() + interval '1 second';
  v_event hera.events;
  v_matches boolean;
  v_matched boolean;
  v_events jsonb[] := array[]::jsonb[];
  v_rendered jsonb[] := array[]::jsonb[];
  v_complete boolean := true;
begin
  for v_event in select * from hera.events e where e.organization_id = p_organization_id order by e.id desc limit p_limit
  loop
    if clock_timestamp() > v_deadline then
      v_complete := false;
      exit;
    end if;
    v_matches := hera_internal.webhook_wants(p_now, v_event);
    v_matched := case when p_before.id is not null then hera_internal.webhook_wants(p_before, v_event) end;
    v_events := v_events || jsonb_build_object('event_id', v_event.id, 'topic', v_event.event_source || '.' || v_event.event_type,
      'created_at', v_event.created_at, 'matches', v_matches, 'matched_before', v_matched);
    if v_matches and cardinality(v_rendered) < 5 then
      v_rendered := v_rendered || jsonb_build_object('event_id', v_event.id, 'data', hera_internal.shown(
        case when p_now.transform is null then v_event.event_data::jsonb
        else hera_internal.transformed_data(v_event, p_now.transform) end, 20000));
    end if;
  end loop;
  return jsonb_build_object('events', to_jsonb(v_events), 'rendered', to_jsonb(v_rendered), 'complete', v_complete);
end
$$;
ALTER FUNCTION hera_internal.preview_events(p_organization_id uuid, p_before hera.webhooks, p_now hera.webhooks, p_limit integer) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.preview_events(p_organization_id uuid, p_before hera.webhooks, p_now hera.webhooks, p_limit integer) IS 'Recent events against a webhook before and after a change.';
CREATE FUNCTION hera_internal.provider_error(p_config jsonb, p_status integer, p_error text, p_headers jsonb, p_body text, p_attempt integer DEFAULT 1) RETURNS jsonb
    LANGUAGE plpgsql
    AS $_$
declare
  v_body constant jsonb := hera_internal.json_or_null(p_body);
  v_now constant timestamptz := hera_internal.now();
  v_rule jsonb;
  v_backoff jsonb;
  v_class text;
  v_wait numeric;
  v_until timestamptz;
begin
  select r.value into v_rule
  from jsonb_array_elements(p_config -> 'errors') with ordinality r (value, n)
  where p_error is null
    and (not r.value -> 'when' ? 'status' or r.value #> '{when,status}' @> to_jsonb(p_status)
      or r.value #> '{when,status}' @> to_jsonb(p_status / 100 || 'xx'))
    and (not r.value -> 'when' ? 'jsonpath' or jsonb_path_exists(v_body, (r.value #>> '{when,jsonpath}')::jsonpath, '{}', true))
  order by r.n
  limit 1;
  v_backoff := v_rule -> 'backoff';
  v_class := coalesce(v_rule ->> 'class', case
    when p_status between 200 and 299 then 'success'
    when p_error = 'blocked_address' or p_status not in (408, 429) and p_status < 500 then 'permanent'
    else 'retry' end);
  if v_class = 'retry' then
    -- least and greatest pass over nulls.
    if v_backoff ? 'wait_s' then
      v_wait := least((v_backoff ->> 'wait_s')::numeric * power(coalesce((v_backoff ->> 'factor')::numeric, 1), least(p_attempt - 1, 30)),
        coalesce((v_backoff ->> 'max_s')::numeric, 86400), 604800);
    end if;
    if p_headers ->> 'retry-after' ~ '^[0-9]{1,9}$' then
      v_wait := greatest(v_wait, least(86400, (p_headers ->> 'retry-after')::numeric));
    end if;
    if v_backoff ->> 'until' = 'utc_midnight' and not coalesce(p_headers, '{}') ? 'retry-after' then
      v_until := (date_trunc('day', v_now at time zone 'UTC') + interval '1 day') at time zone 'UTC';
      v_wait := extract(epoch from v_until - v_now);
    end if;
  end if;
  return jsonb_build_object('class', v_class, 'by_code', coalesce(v_rule -> 'when' ? 'jsonpath', false), 'wait_s', v_wait, 'until', v_until,
    'code', left(coalesce(p_error, hera_internal.first_text(v_body,
      '{$.error.code, $.errorCode, $.serviceErrorCode, $.policyName, $.category, $.code, $.error}'), 'http_' || p_status), 100),
    'message', hera_internal.first_text(v_body, '{$.error.message, $.error_description, $.message, $.error.type}'));
end
$_$;
ALTER FUNCTION hera_internal.provider_error(p_config jsonb, p_status integer, p_error text, p_headers jsonb, p_body text, p_attempt integer) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.provider_error(p_config jsonb, p_status integer, p_error text, p_headers jsonb, p_body text, p_attempt integer) IS 'What an answer of a provider means, by its definition.';
CREATE FUNCTION hera_internal.provider_request(p_organization_id uuid, p_installation_id uuid, p_config jsonb, p_request jsonb, p_values jsonb DEFAULT '{}'::jsonb, p_with_auth boolean DEFAULT true) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    AS $$
declare
  v_auth constant jsonb := case when p_with_auth then p_config -> 'auth' else '{}' end;
  v_is_form constant boolean := coalesce(p_request ->> 'body_format' = 'form', false);
  v_headers constant jsonb := coalesce(v_auth -> 'headers', '{}') || coalesce(p_request -> 'headers', '{}');
  v_query constant jsonb := coalesce(v_auth -> 'query', '{}') || coalesce(p_request -> 'query', '{}');
  v_values constant jsonb := hera_internal.request_values(p_organization_id, p_installation_id, p_config,
    concat_ws(' ', p_request ->> 'url', v_headers, v_query, p_request -> 'body'), p_values);
  v_body text;
begin
  if p_request ? 'body' then
    v_body := case when v_is_form then coalesce(hera_internal.fill_query(p_request -> 'body', v_values), '')
      else hera_internal.fill_json(p_request -> 'body', v_values)::text end;
  end if;
  return jsonb_build_object(
    'method', p_request ->> 'method',
    'url', hera_internal.fill_url(p_request ->> 'url', v_query, v_values),
    'headers', jsonb_build_object('Accept', 'application/json', 'User-Agent', 'HERA-Connector/1.0')
      || case when v_body is null then '{}'
        else jsonb_build_object('Content-Type', case when v_is_form then 'application/x-www-form-urlencoded' else 'application/json' end) end
      || hera_internal.fill_headers(v_headers, v_values),
    'body', v_body);
end
$$;
ALTER FUNCTION hera_internal.provider_request(p_organization_id uuid, p_installation_id uuid, p_config jsonb, p_request jsonb, p_values jsonb, p_with_auth boolean) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.provider_request(p_organization_id uuid, p_installation_id uuid, p_config jsonb, p_request jsonb, p_values jsonb, p_with_auth boolean) IS 'A filled request to a provider, with secrets in clear: to be sealed at once.';
CREATE FUNCTION hera_internal.publish(p_actor_user_id uuid, p_organization_id uuid, p_topic text, p_payload jsonb, p_key text, p_smart_code text) RETURNS jsonb
    LANGUAGE plpgsql
    AS $$
declare
  v_dot constant int := strpos(p_topic, '.');
  v_answer jsonb;
begin
  if coalesce(v_dot, 0) < 2 or v_dot = length(p_topic) then
    perform hera_internal.fail(400, 'topic.invalid', 'p_topic must be <source>.<type>', 'For example shop.order.paid.');
  end if;
  v_answer := hera_internal.accept_event(p_actor_user_id, p_organization_id, left(p_topic, v_dot - 1), substr(p_topic, v_dot + 1),
    p_payload, null, p_key, p_smart_code);
  if v_answer ? 'error' then
    perform hera_internal.fail_answer(v_answer);
  end if;
  return v_answer;
end
$$;
ALTER FUNCTION hera_internal.publish(p_actor_user_id uuid, p_organization_id uuid, p_topic text, p_payload jsonb, p_key text, p_smart_code text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.publish(p_actor_user_id uuid, p_organization_id uuid, p_topic text, p_payload jsonb, p_key text, p_smart_code text) IS 'Takes in an event under a topic.';
CREATE FUNCTION hera_internal.publish_transaction(p_actor_user_id uuid, p_transaction hera.universal_transactions, p_topic text) RETURNS uuid
    LANGUAGE plpgsql
    AS $$
declare
  v_answer jsonb;
  v_event_id uuid;
begin
  v_answer := hera_internal.publish(p_actor_user_id, p_transaction.organization_id, p_topic,
    hera_internal.transaction_json(p_transaction) || jsonb_build_object('lines',
      hera_internal.transaction_lines_json(p_transaction.organization_id, p_transaction.id)),
    null, p_transaction.smart_code);
  v_event_id := (v_answer ->> 'event_id')::uuid;
  perform hera_internal.link_event(p_transaction.organization_id, v_event_id, p_transaction.id);
  return v_event_id;
end
$$;
ALTER FUNCTION hera_internal.publish_transaction(p_actor_user_id uuid, p_transaction hera.universal_transactions, p_topic text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.publish_transaction(p_actor_user_id uuid, p_transaction hera.universal_transactions, p_topic text) IS 'Emits an event for a transaction.';
CREATE FUNCTION hera_internal.purge_audit(p_organization_id uuid, p_before timestamp with time zone, p_limit integer) RETURNS integer
    LANGUAGE plpgsql
    AS $$
declare
  v_ids uuid[];
  v_last hera.audit_seals;
  v_rows int;
begin
  -- Whole seals, at least one of 1000 rows at most, so that the limit is kept roughly.
  select * into v_last
  from hera.audit_seals s
  where s.organization_id = p_organization_id
    and s.seal_no in (
      select x.seal_no
      from hera.audit_seals x
      where x.organization_id = p_organization_id and x.sealed_at < p_before
        and exists (select from hera.audit_seals n where n.organization_id = p_organization_id and n.seal_no > x.seal_no)
      order by x.seal_no
      limit greatest(1, p_limit / 1000))
  order by s.seal_no desc
  limit 1;
  if v_last.seal_no is null then
    return 0;
  end if;
  with gone as (
    delete from hera.audit_seals s where s.organization_id = p_organization_id and s.seal_no <= v_last.seal_no returning s.ids
  )
  select array_agg(i) into v_ids from gone cross join unnest(gone.ids) i;
  delete from hera.audit_log l where l.organization_id = p_organization_id and l.id = any (v_ids);
  get diagnostics v_rows = row_count;
  perform hera_internal.audit(null, p_organization_id, 'hera_outbox_maintain_v1', 'PURGE_AUDIT', null,
    jsonb_build_object('to_seal', v_last.seal_no, 'hash', encode(v_last.hash, 'hex'), 'rows', v_rows));
  return v_rows;
end
$$;
ALTER FUNCTION hera_internal.purge_audit(p_organization_id uuid, p_before timestamp with time zone, p_limit integer) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.purge_audit(p_organization_id uuid, p_before timestamp with time zone, p_limit integer) IS 'Applies retention to an audit trail.';
CREATE FUNCTION hera_internal.purge_rows(p_organization_id uuid, p_kind text, p_from timestamp with time zone, p_before timestamp with time zone, p_limit integer) RETURNS integer
    LANGUAGE plpgsql
    AS $$
declare
  v_low constant uuid := hera_internal.platform_id();
  v_before_id constant uuid := hera_internal.id_floor(p_before);
  v_rows int;
begin
  if p_kind = 'events' then
    delete from hera.events e
    where e.organization_id = p_organization_id and e.id < v_before_id and e.id = any (array(
      select x.id
      from hera.events x
      where x.organization_id = p_organization_id and x.id < v_before_id
        and x.id not in (select hera_internal.kept_events(p_organization_id, v_low, v_before_id))
      limit p_limit));
  elsif p_kind = 'attempts' then
    delete from hera.attempts t
    where t.organization_id = p_organization_id and t.started_at >= p_from and t.started_at < p_before and (t.tableoid, t.ctid) in (
      select x.tableoid, x.ctid
      from hera.attempts x
      where x.organization_id = p_organization_id and x.started_at >= p_from and x.started_at < p_before
      limit p_limit);
  elsif p_kind = 'dead_letters' then
    delete from hera.dead_letters d
    where d.organization_id = p_organization_id and d.delivery_id = any (array(
        select x.delivery_id
        from hera.dead_letters x
        where x.organization_id = p_organization_id and x.created_at < p_before limit p_limit))
      -- One that was replayed and died again meanwhile is new.
      and d.created_at < p_before;
  elsif p_kind = 'inbound_requests' then
    delete from hera.inbound_requests r
    where r.organization_id = p_organization_id and r.id < v_before_id and r.id = any (array(
      select x.id
      from hera.inbound_requests x
      where x.organization_id = p_organization_id and x.id < v_before_id
      limit p_limit));
  elsif p_kind = 'idempotency_keys' then
    delete from hera.idempotent_calls c
    where c.organization_id = p_organization_id and c.created_at < p_before;
    delete from hera.idempotency_keys k
    where k.organization_id = p_organization_id and k.idempotency_key = any (array(
      select x.idempotency_key
      from hera.idempotency_keys x
      where x.organization_id = p_organization_id and x.event_id < v_before_id limit p_limit));
  elsif p_kind = 'replay_jobs' then
    delete from hera.replay_jobs j
    where j.organization_id = p_organization_id and j.finished_at < p_before;
  elsif p_kind = 'audit' then
    return hera_internal.purge_audit(p_organization_id, p_before, p_limit);
  end if;
  get diagnostics v_rows = row_count;
  return v_rows;
end
$$;
ALTER FUNCTION hera_internal.purge_rows(p_organization_id uuid, p_kind text, p_from timestamp with time zone, p_before timestamp with time zone, p_limit integer) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.purge_rows(p_organization_id uuid, p_kind text, p_from timestamp with time zone, p_before timestamp with time zone, p_limit integer) IS 'Deletes a batch of old rows of an organization.';
CREATE FUNCTION hera_internal.put_off_task(p_task hera.connector_tasks, p_what text, p_error jsonb) RETURNS void
    LANGUAGE plpgsql
    AS $$
begin
  update hera.connector_tasks t
  set tries = least(t.tries + 1, 1000),
    due_at = hera_internal.now() + greatest((p_error ->> 'wait_s')::numeric, least(3600, 5 * power(2, least(t.tries, 10)))) * interval '1 second'
  where t.organization_id = p_task.organization_id and t.id = p_task.id;
  perform hera_internal.set_installation_health(p_task.organization_id, p_task.installation_id,
    hera_internal.told_error(p_task.organization_id, p_task.installation_id, p_what, p_error));
end
$$;
ALTER FUNCTION hera_internal.put_off_task(p_task hera.connector_tasks, p_what text, p_error jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.put_off_task(p_task hera.connector_tasks, p_what text, p_error jsonb) IS 'Has a task tried again later.';
CREATE FUNCTION hera_internal.queue_health() RETURNS TABLE(table_name text, row_count bigint, oldest_at timestamp with time zone, dead_rows bigint, bytes bigint, last_vacuum_at timestamp with time zone)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
begin
  return query
  with queue (name, row_count, oldest_at) as (
    select 'outbox_ready', (select count(*) from hera.outbox_ready),
      (select hera_internal.id_time(r.delivery_id) from hera.outbox_ready r order by r.position limit 1)
    union all
    select 'outbox_scheduled', count(*), min(s.due_at) from hera.outbox_scheduled s
    union all
    select 'outbox_leases', count(*), min(l.leased_at) from hera.outbox_leases l
    union all
    select 'outbox_fifo_wait', (select count(*) from hera.outbox_fifo_wait),
      (select hera_internal.id_time(f.delivery_id) from hera.outbox_fifo_wait f order by f.position limit 1)
    union all
    select 'outbox_fifo_lane', count(*), null from hera.outbox_fifo_lane
    union all
    select 'dead_letters', null, null
  )
  select q.name, coalesce(q.row_count, t.n_live_tup), q.oldest_at, t.n_dead_tup, pg_total_relation_size(t.relid),
    greatest(t.last_vacuum, t.last_autovacuum)
  from queue q
  join pg_stat_all_tables t on t.schemaname = 'hera' and t.relname = q.name;
end
$$;
ALTER FUNCTION hera_internal.queue_health() OWNER TO hera_worker_owner;
COMMENT ON FUNCTION hera_internal.queue_health() IS 'Rows, age and dead rows of the outbox tables.';
CREATE FUNCTION hera_internal.queue_replay(p_job hera.replay_jobs, p_count integer) RETURNS integer
    LANGUAGE plpgsql
    AS $$
declare
  v_from constant int := p_job.queued + p_job.skipped;
  v_ids uuid[];
  v_ordering text;
  v_webhook_no int;
  v_queued int;
begin
  select w.ordering, w.webhook_no into v_ordering, v_webhook_no
  from hera.webhooks w
  where w.organization_id = p_job.organization_id and w.id = p_job.webhook_id;
  select array_agg(i.delivery_id order by i.position) into v_ids
  from hera.replay_items i
  where i.organization_id = p_job.organization_id and i.job_id = p_job.id and i.position > v_from and i.position <= v_from + p_count;
  with chosen as materialized (
    select i.delivery_id, d.delivery_id is not null as dead, greatest(d.attempts, t.attempts, 0) as base
    from unnest(v_ids) as i (delivery_id)
    join hera.events e on e.organization_id = p_job.organization_id and e.id = hera_internal.delivery_event_id(i.delivery_id)
    left join hera.dead_letters d on d.organization_id = p_job.organization_id and d.delivery_id = i.delivery_id
    cross join lateral (
      select max(a.attempt) as attempts
      from hera.attempts a
      where a.delivery_id = i.delivery_id and a.organization_id = p_job.organization_id
        and a.started_at >= hera_internal.id_time(i.delivery_id) - interval '1 hour') t
    where i.delivery_id not in (select hera_internal.under_way(p_job.organization_id, v_ids[1], v_ids[cardinality(v_ids)]))
  ), revived as (
    delete from hera.dead_letters d
    using chosen c
    where d.organization_id = p_job.organization_id and d.delivery_id = c.delivery_id and c.dead and c.base < 250
    returning d.delivery_id
  ), queued as (
    select c.delivery_id, c.base
    from chosen c
    left join revived r on r.delivery_id = c.delivery_id
    where c.base < 250 and (not c.dead or r.delivery_id is not null)
  ), ready as (
    insert into hera.outbox_ready (organization_id, delivery_id, attempt, base_attempt)
    select p_job.organization_id, q.delivery_id, q.base + 1, q.base from queued q where v_ordering = 'none' order by q.delivery_id
  ), waiting as (
    insert into hera.outbox_fifo_wait (organization_id, webhook_no, delivery_id, base_attempt)
    select p_job.organization_id, v_webhook_no, q.delivery_id, q.base from queued q where v_ordering = 'fifo' order by q.delivery_id
  )
  select count(*) into v_queued from queued;
  return v_queued;
end
$$;
ALTER FUNCTION hera_internal.queue_replay(p_job hera.replay_jobs, p_count integer) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.queue_replay(p_job hera.replay_jobs, p_count integer) IS 'Queues the next deliveries of a replay.';
CREATE FUNCTION hera_internal.queue_revoke(p_actor_user_id uuid, p_organization_id uuid, p_installation_id uuid) RETURNS void
    LANGUAGE plpgsql
    AS $$
declare
  v_config constant jsonb := hera_internal.installed_definition(p_organization_id, p_installation_id);
  v_id constant uuid := gen_random_uuid();
begin
  if not v_config -> 'auth' ? 'revoke' or not exists (
    select from hera.secrets s
    where s.organization_id = p_organization_id and s.entity_id = p_installation_id and s.name = 'oauth_access_token') then
    return;
  end if;
  insert into hera.connector_tasks (organization_id, id, installation_id, kind, code, due_at, sealed)
  values (p_organization_id, v_id, p_installation_id, 'revoke', v_id, hera_internal.now(), hera_internal.seal(
    hera_internal.token_request(p_organization_id, p_installation_id, v_config, 'revoke', '{}', '{}')::text));
exception
  when sqlstate 'PT400' or sqlstate 'PT409' or sqlstate 'PT500' then
    perform hera_internal.audit(p_actor_user_id, p_organization_id, 'hera_connector_oauth_v1', 'REVOKE', p_installation_id,
      jsonb_build_object('result', 'request_not_possible'));
end
$$;
ALTER FUNCTION hera_internal.queue_revoke(p_actor_user_id uuid, p_organization_id uuid, p_installation_id uuid) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.queue_revoke(p_actor_user_id uuid, p_organization_id uuid, p_installation_id uuid) IS 'Has an authorization taken back at the provider.';
CREATE FUNCTION hera_internal.reads() RETURNS uuid[]
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
  select coalesce(array_agg(r.organization_id), '{}') from hera.reader_organizations r where r.login = session_user;
$$;
ALTER FUNCTION hera_internal.reads() OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.reads() IS 'The organizations that hera.reader_organizations assigns to session_user.';
CREATE FUNCTION hera_internal.reads_all() RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (pg_has_role(SESSION_USER, 'hera_dba'::name, 'member'::text) OR pg_has_role(SESSION_USER, 'hera_owner'::name, 'member'::text));
ALTER FUNCTION hera_internal.reads_all() OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.reads_all() IS 'True for superusers, the owner and hera_dba.';
CREATE FUNCTION hera_internal.reconcile_call(p_organization_id uuid, p_installation_id uuid, p_hera_id text, p_outcome text, p_result jsonb DEFAULT '{}'::jsonb) RETURNS boolean
    LANGUAGE plpgsql
    AS $_$
declare
  v_now constant timestamptz := hera_internal.now();
  v_call hera.dead_letters;
begin
  if p_hera_id is null or p_hera_id !~ '^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$' then
    return false;
  end if;
  select d.* into v_call
  from hera.dead_letters d
  join hera.webhooks w
    on w.organization_id = d.organization_id and w.webhook_no = hera_internal.delivery_webhook_no(d.delivery_id)
    and w.kind = 'channel' and w.id = p_installation_id
  where d.organization_id = p_organization_id and d.delivery_id = p_hera_id::uuid and d.reason = 'outcome_unknown'
  for update of d;
  if not found then
    return false;
  elsif p_outcome = 'succeeded' then
    delete from hera.dead_letters d where d.organization_id = p_organization_id and d.delivery_id = v_call.delivery_id;
    -- Delivered is what the log says.
    insert into hera.attempts (started_at, organization_id, delivery_id, duration_ms, status_code, attempt, error)
    values (v_now, p_organization_id, v_call.delivery_id, 0, 200, v_call.attempts + 1, 'reconciled');
  end if;
  perform hera_internal.end_call(p_organization_id, v_call.delivery_id, v_call.attempts, p_outcome,
    case when p_outcome = 'failed' then jsonb_build_object('class', 'permanent', 'code', 'reconciled_failed') || p_result end,
    p_result || '{"reconciled": true}', v_now);
  return true;
end
$_$;
ALTER FUNCTION hera_internal.reconcile_call(p_organization_id uuid, p_installation_id uuid, p_hera_id text, p_outcome text, p_result jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.reconcile_call(p_organization_id uuid, p_installation_id uuid, p_hera_id text, p_outcome text, p_result jsonb) IS 'Settles a call of which nobody knew what became of it.';
CREATE FUNCTION hera_internal.reconcile_event(p_organization_id uuid, p_installation_id uuid, p_config jsonb, p_type text, p_data jsonb) RETURNS boolean
    LANGUAGE plpgsql
    AS $_$
declare
  v_rule constant jsonb := jsonb_path_query_first(p_config, '$.inbound.events[*] ? (@.type == $t).reconciles', jsonb_build_object('t', p_type));
  v_failed constant boolean := v_rule ? 'failed' and jsonb_path_exists(p_data, (v_rule ->> 'failed')::jsonpath, '{}', true);
  v_result jsonb;
begin
  if v_rule is null then
    return false;
  end if;
  select coalesce(jsonb_object_agg(r.key, jsonb_path_query_first(p_data, r.value::jsonpath, '{}', true)), '{}') into v_result
  from jsonb_each_text(v_rule -> 'result') r;
  return hera_internal.reconcile_call(p_organization_id, p_installation_id,
    jsonb_path_query_first(p_data, (v_rule ->> 'id')::jsonpath, '{}', true) #>> '{}', case when v_failed then 'failed' else 'succeeded' end, v_result);
end
$_$;
ALTER FUNCTION hera_internal.reconcile_event(p_organization_id uuid, p_installation_id uuid, p_config jsonb, p_type text, p_data jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.reconcile_event(p_organization_id uuid, p_installation_id uuid, p_config jsonb, p_type text, p_data jsonb) IS 'Settles the call that an event tells of.';
CREATE FUNCTION hera_internal.references_fault(p_organization_id uuid, p_transaction jsonb, p_lines jsonb) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    AS $$
declare
  v_field text;
begin
  select r.field into v_field
  from (
    select 'transaction.source_entity_id' as field, p_transaction ->> 'source_entity_id' as id
    union all
    select 'transaction.target_entity_id', p_transaction ->> 'target_entity_id'
    union all
    select format('lines[%s].entity_id', e.ordinality - 1), e.value ->> 'entity_id'
    from jsonb_array_elements(p_lines) with ordinality e
  ) r
  where r.id is not null
    and not exists (select from hera.core_entities e where e.organization_id = p_organization_id and e.id = r.id::uuid)
  limit 1;
  if v_field is null then
    return null;
  end if;
  return jsonb_build_object('success', false, 'error', 'not_found', 'status', 404, 'field', v_field,
    'message', v_field || ' names no entity of the organization');
end
$$;
ALTER FUNCTION hera_internal.references_fault(p_organization_id uuid, p_transaction jsonb, p_lines jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.references_fault(p_organization_id uuid, p_transaction jsonb, p_lines jsonb) IS 'The first reference to an entity that is not there, or null.';
CREATE FUNCTION hera_internal.refill_rate(p_batch hera_internal.outbox_batch, p_now timestamp with time zone) RETURNS void
    LANGUAGE sql
    AS $$
  insert into hera.outbox_rate as b (organization_id, webhook_no, tokens, refilled_at)
  select k.organization_id, k.webhook_no, coalesce(w.rate_burst, greatest(1, w.rate_limit_per_second)), p_now
  from (
    select distinct d.organization_id, hera_internal.delivery_webhook_no(d.delivery_id) as webhook_no
    from unnest(p_batch.organization_ids, p_batch.delivery_ids) as d (organization_id, delivery_id)) k
  join hera.webhooks w on w.organization_id = k.organization_id and w.webhook_no = k.webhook_no
  where w.rate_limit_per_second is not null
  order by k.organization_id, k.webhook_no
  on conflict (organization_id, webhook_no) do update set
    -- What the bucket may hold at most is what a new row would hold.
    tokens = least(excluded.tokens, b.tokens + (
      select w.rate_limit_per_second from hera.webhooks w where w.organization_id = b.organization_id and w.webhook_no = b.webhook_no)
      * greatest(0, extract(epoch from excluded.refilled_at - b.refilled_at))),
    refilled_at = greatest(b.refilled_at, excluded.refilled_at);
$$;
ALTER FUNCTION hera_internal.refill_rate(p_batch hera_internal.outbox_batch, p_now timestamp with time zone) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.refill_rate(p_batch hera_internal.outbox_batch, p_now timestamp with time zone) IS 'Refills token buckets.';
CREATE FUNCTION hera_internal.refresh_request(p_organization_id uuid, p_installation_id uuid, p_config jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    AS $$
begin
  if not (hera_internal.token_state(p_organization_id, p_installation_id, p_config -> 'auth')).can_refresh then
    return null;
  end if;
  return hera_internal.token_request(p_organization_id, p_installation_id, p_config, 'token',
    coalesce(p_config #> '{auth,refresh,params}', '{"grant_type": "refresh_token", "refresh_token": "{{refresh_token}}"}'), '{}');
end
$$;
ALTER FUNCTION hera_internal.refresh_request(p_organization_id uuid, p_installation_id uuid, p_config jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.refresh_request(p_organization_id uuid, p_installation_id uuid, p_config jsonb) IS 'The request that renews a token.';
CREATE FUNCTION hera_internal.refuse_authorization(p_state hera.oauth_states, p_error text, p_reason text, p_kept jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    AS $$
begin
  perform hera_internal.set_installation_health(p_state.organization_id, p_state.installation_id, p_reason);
  perform hera_internal.audit(p_state.actor_user_id, p_state.organization_id, 'hera_connector_oauth_v1', 'REFUSED', p_state.installation_id,
    jsonb_build_object('code', p_kept -> 'connector_code', 'error', p_error));
  return hera_internal.oauth_outcome(p_error, p_kept);
end
$$;
ALTER FUNCTION hera_internal.refuse_authorization(p_state hera.oauth_states, p_error text, p_reason text, p_kept jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.refuse_authorization(p_state hera.oauth_states, p_error text, p_reason text, p_kept jsonb) IS 'Notes a refused authorization.';
CREATE FUNCTION hera_internal.refuse_unless_live(p_code text, p_status text) RETURNS void
    LANGUAGE plpgsql
    AS $$
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
ALTER FUNCTION hera_internal.refuse_unless_live(p_code text, p_status text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.refuse_unless_live(p_code text, p_status text) IS 'Raises PT409 unless an installation is active.';
CREATE FUNCTION hera_internal.render(p_template jsonb, p_context jsonb) RETURNS jsonb
    LANGUAGE plpgsql IMMUTABLE
    AS $$
declare
  v_keys text[];
  v_values jsonb[] := array[]::jsonb[];
  v_value jsonb;
  v_bytes bigint := 0;
begin
  case jsonb_typeof(p_template)
    when 'string' then
      return hera_internal.render_text(p_template, p_context);
    when 'object' then
      v_keys := array(select jsonb_object_keys(p_template));
    when 'array' then
      v_keys := array(select generate_series(0, jsonb_array_length(p_template) - 1))::text[];
    else
      return p_template;
  end case;
  for i in 1 .. cardinality(v_keys)
  loop
    v_value := hera_internal.render(p_template #> v_keys[i : i], p_context);
    v_values[i] := v_value;
    v_bytes := v_bytes + pg_column_size(v_value);
    if v_bytes > 4194304 then
      perform hera_internal.fail(413, 'transform.too_large', 'the transform makes more than 4 MiB of this event',
        'Select less in the transform.');
    end if;
  end loop;
  if jsonb_typeof(p_template) = 'array' then
    return to_jsonb(v_values);
  end if;
  return (select coalesce(jsonb_object_agg(u.k, u.v), '{}') from unnest(v_keys, v_values) as u (k, v));
end
$$;
ALTER FUNCTION hera_internal.render(p_template jsonb, p_context jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.render(p_template jsonb, p_context jsonb) IS 'Fills a JSON template from a context.';
CREATE FUNCTION hera_internal.render_text(p_template jsonb, p_context jsonb) RETURNS jsonb
    LANGUAGE plpgsql IMMUTABLE
    AS $$
declare
  v_text constant text := p_template #>> '{}';
  v_pieces text[];
  v_result text;
  v_at int := 1;
  v_path text;
begin
  if strpos(v_text, '{{') = 0 then
    return p_template;
  end if;
  -- A path stands between two pieces, in double braces.
  v_pieces := regexp_split_to_array(v_text, '\{\{[^{}]*\}\}');
  v_result := v_pieces[1];
  for i in 2 .. cardinality(v_pieces)
  loop
    v_at := v_at + length(v_pieces[i - 1]) + 2;
    v_path := split_part(substr(v_text, v_at), '}}', 1);
    v_at := v_at + length(v_path) + 2;
    if cardinality(v_pieces) = 2 and v_pieces[1] = '' and v_pieces[2] = '' then
      return coalesce(hera_internal.template_value(p_context, v_path), 'null');
    end if;
    v_result := concat(v_result, hera_internal.template_value(p_context, v_path) #>> '{}', v_pieces[i]);
    if octet_length(v_result) > 4194304 then
      perform hera_internal.fail(413, 'transform.too_large', 'the transform makes more than 4 MiB of this event',
        'Select less in the transform.');
    end if;
  end loop;
  return to_jsonb(v_result);
end
$$;
ALTER FUNCTION hera_internal.render_text(p_template jsonb, p_context jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.render_text(p_template jsonb, p_context jsonb) IS 'Fills one text of a template.';
CREATE FUNCTION hera_internal.repeated_call(p_organization_id uuid, p_function text, p_key text, p_content jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    AS $$
declare
  v_macs bytea[];
  v_call hera.idempotent_calls;
begin
  if p_key is null then
    return null;
  end if;
  perform hera_internal.durable();
  v_macs := hera_internal.content_macs(p_content::text);
  insert into hera.idempotent_calls (organization_id, function_name, idempotency_key, created_at, content_hash)
  values (p_organization_id, p_function, p_key, hera_internal.now(), v_macs[1])
  on conflict do nothing;
  if found then
    return null;
  end if;
  select * into v_call
  from hera.idempotent_calls c
  where c.organization_id = p_organization_id and c.function_name = p_function and c.idempotency_key = p_key;
  if v_call.content_hash <> all (v_macs) then
    perform hera_internal.fail(422, 'idempotency.mismatch', 'idempotency_key stands for a call with other content.',
      'Choose a new key for a new call.');
  end if;
  return v_call.answer || '{"duplicate": true}';
end
$$;
ALTER FUNCTION hera_internal.repeated_call(p_organization_id uuid, p_function text, p_key text, p_content jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.repeated_call(p_organization_id uuid, p_function text, p_key text, p_content jsonb) IS 'The answer to a call that is repeated under its idempotency key, or null for a new call.';
CREATE FUNCTION hera_internal.repeated_event(p_organization_id uuid, p_key text, p_hash bytea, p_source text, p_type text, p_connector_code text, p_data jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    AS $$
declare
  v_answer jsonb;
begin
  select case
      when k.content_hash = p_hash
        or (e.event_source, e.event_type, e.event_data::jsonb) = (p_source, p_type, p_data)
          and e.connector_code is not distinct from p_connector_code then jsonb_build_object(
        'success', true, 'message', 'event already accepted', 'event_id', k.event_id, 'smart_code', e.smart_code,
        'connector_id', e.installation_id, 'connector_installed', e.installation_id is not null,
        'transaction_id', e.transaction_id, 'duplicate', true, 'deliveries', coalesce(e.deliveries, 0))
      else jsonb_build_object(
        'success', false, 'error', 'idempotency.mismatch', 'status', 422, 'field', 'idempotency_key',
        'message', 'idempotency_key stands for an event with other content; choose a new key for a new event')
    end
  into v_answer
  from hera.idempotency_keys k
  left join hera.events e on e.organization_id = k.organization_id and e.id = k.event_id
  where k.organization_id = p_organization_id and k.idempotency_key = p_key;
  return v_answer;
end
$$;
ALTER FUNCTION hera_internal.repeated_event(p_organization_id uuid, p_key text, p_hash bytea, p_source text, p_type text, p_connector_code text, p_data jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.repeated_event(p_organization_id uuid, p_key text, p_hash bytea, p_source text, p_type text, p_connector_code text, p_data jsonb) IS 'The answer for a repeated idempotency key.';
CREATE FUNCTION hera_internal.repeated_transaction(p_organization_id uuid, p_key text, p_hash bytea) RETURNS jsonb
    LANGUAGE plpgsql
    AS $$
declare
  v_transaction hera.universal_transactions;
begin
  select * into v_transaction
  from hera.universal_transactions t
  where t.organization_id = p_organization_id and t.idempotency_key = p_key;
  if v_transaction.content_hash <> p_hash then
    perform hera_internal.fail(422, 'idempotency.mismatch', 'idempotency_key stands for a transaction with other content',
      'Choose a new key for a new transaction.');
  end if;
  return hera_internal.posted_answer(v_transaction, true);
end
$$;
ALTER FUNCTION hera_internal.repeated_transaction(p_organization_id uuid, p_key text, p_hash bytea) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.repeated_transaction(p_organization_id uuid, p_key text, p_hash bytea) IS 'The answer for a repeated idempotency key.';
CREATE FUNCTION hera_internal.replay_candidates(p_organization_id uuid, p_plan hera_internal.replay_plan, p_limit integer) RETURNS SETOF uuid
    LANGUAGE plpgsql STABLE
    AS $$
declare
  v_low uuid := coalesce(p_plan.delivery_id, hera_internal.id_floor(p_plan.since), '00000000-0000-0000-0000-000000000000');
  v_high uuid := coalesce(p_plan.delivery_id, hera_internal.id_floor(p_plan.until), 'ffffffff-ffff-ffff-ffff-ffffffffffff');
  -- An attempt is not older than its event, give or take what the clocks of hosts add.
  v_from timestamptz := coalesce(hera_internal.id_time(p_plan.delivery_id), p_plan.since, '-infinity') - interval '1 hour';
begin
  if p_plan.kind = 'missed' then
    return query
    select m.delivery_id
    from (
      select hera_internal.delivery_id(e.id, w.webhook_no) as delivery_id
      from hera.webhooks w
      join hera.events e on e.organization_id = w.organization_id
      where w.organization_id = p_organization_id and w.id = p_plan.webhook_id
        and e.id >= v_low and e.id < v_high and e.status = 'processed'
        and w.topics && hera_internal.topic_candidates(e.event_source || '.' || e.event_type)
        and (w.connector_code is null or w.connector_code = e.connector_code)
        and (w.filter is null or jsonb_path_match(e.event_data::jsonb, w.filter, '{}', true))
        -- A test is for the webhook that it was made for.
        and (e.event_source, e.event_type) <> ('hera', 'webhook.test')
        -- A call goes to its provider alone.
        and not hera_internal.is_call(e)) m
    where not exists (
        select from hera.attempts t
        where t.delivery_id = m.delivery_id and t.organization_id = p_organization_id and t.started_at >= v_from)
      and not exists (select from hera.dead_letters d where d.organization_id = p_organization_id and d.delivery_id = m.delivery_id)
      and m.delivery_id not in (select hera_internal.under_way(p_organization_id, v_low, v_high))
    limit p_limit;
  else
    return query
    select s.delivery_id
    from (
      select d.delivery_id
      from hera.dead_letters d
      where d.organization_id = p_organization_id and d.delivery_id between v_low and v_high
      union
      select t.delivery_id
      from hera.attempts t
      where t.organization_id = p_organization_id and t.delivery_id between v_low and v_high and t.started_at >= v_from
        and p_plan.kind <> 'dead_letters') s
    where hera_internal.delivery_webhook_no(s.delivery_id) = p_plan.webhook_no
      and s.delivery_id not in (select hera_internal.under_way(p_organization_id, v_low, v_high))
      and exists (
        select from hera.events e where e.organization_id = p_organization_id and e.id = hera_internal.delivery_event_id(s.delivery_id))
    limit p_limit;
  end if;
end
$$;
ALTER FUNCTION hera_internal.replay_candidates(p_organization_id uuid, p_plan hera_internal.replay_plan, p_limit integer) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.replay_candidates(p_organization_id uuid, p_plan hera_internal.replay_plan, p_limit integer) IS 'Deliveries that a replay would send.';
CREATE FUNCTION hera_internal.replay_json(p_job hera.replay_jobs) RETURNS jsonb
    LANGUAGE sql IMMUTABLE
    RETURN jsonb_build_object('id', (p_job).id, 'kind', (p_job).kind, 'webhook_id', (p_job).webhook_id, 'request', (p_job).request, 'status', (p_job).status, 'status_reason', (p_job).status_reason, 'per_second', (p_job).per_second, 'total', (p_job).total, 'queued', (p_job).queued, 'skipped', (p_job).skipped, 'remaining', (((p_job).total - (p_job).queued) - (p_job).skipped), 'created_at', (p_job).created_at, 'created_by', (p_job).created_by, 'updated_at', (p_job).updated_at, 'finished_at', (p_job).finished_at);
ALTER FUNCTION hera_internal.replay_json(p_job hera.replay_jobs) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.replay_json(p_job hera.replay_jobs) IS 'A replay as JSON.';
CREATE FUNCTION hera_internal.replay_plan(p_organization_id uuid, p_replay jsonb) RETURNS hera_internal.replay_plan
    LANGUAGE plpgsql
    AS $_$
declare
  v_plan hera_internal.replay_plan;
  v_kept timestamptz;
begin
  perform hera_internal.check_keys('replay', p_replay,
    array['delivery_id', 'webhook_id', 'dead_letters', 'missed', 'since', 'until', 'per_second']);
  if coalesce(p_replay ->> 'per_second', '50') !~ '^[0-9]{1,4}(\.[0-9]{1,3})?$'
    or coalesce(p_replay ->> 'per_second', '50')::numeric not between 0.1 and 1000 then
    perform hera_internal.fail(400, 'replay.invalid', 'replay.per_second must be a number from 0.1 to 1000', null);
  end if;
  v_plan.per_second := coalesce(p_replay ->> 'per_second', '50')::numeric;
  v_plan.delivery_id := hera_internal.to_uuid('replay.delivery_id', p_replay ->> 'delivery_id');
  v_plan.webhook_id := hera_internal.to_uuid('replay.webhook_id', p_replay ->> 'webhook_id');
  v_plan.since := hera_internal.to_time('replay.since', p_replay ->> 'since');
  v_plan.until := hera_internal.to_time('replay.until', p_replay ->> 'until');
  v_plan.kind := case
    when v_plan.delivery_id is not null and p_replay - array['delivery_id', 'per_second'] = '{}' then 'delivery'
    when v_plan.delivery_id is not null or v_plan.webhook_id is null then null
    when p_replay -> 'dead_letters' = 'true' and not p_replay ? 'missed' then 'dead_letters'
    when p_replay -> 'missed' = 'true' and not p_replay ? 'dead_letters' then 'missed'
    when v_plan.since is not null and not p_replay ?| array['dead_letters', 'missed'] then 'period'
  end;
  if v_plan.kind is null then
    perform hera_internal.fail(400, 'replay.invalid', 'replay says not what to send again',
      'Send {"delivery_id": …}, or {"webhook_id": …} with "dead_letters": true, "missed": true or "since": ….');
  end if;
  select w.id, w.webhook_no into v_plan.webhook_id, v_plan.webhook_no
  from hera.webhooks w
  where w.organization_id = p_organization_id
    and (w.id = v_plan.webhook_id or w.webhook_no = hera_internal.delivery_webhook_no(v_plan.delivery_id));
  if v_plan.webhook_no is null then
    perform hera_internal.fail(404, 'not_found', 'No such webhook or delivery.', 'hera_webhook_deliveries_v1 shows the deliveries.');
  end if;
  if v_plan.kind in ('period', 'missed') and exists (
    select from hera.webhooks w where w.organization_id = p_organization_id and w.id = v_plan.webhook_id and w.kind = 'channel') then
    perform hera_internal.fail(400, 'replay.invalid', 'Calls of a provider are not made again by period.', 'Send delivery_id, or dead_letters: true.');
  elsif v_plan.kind = 'missed' then
    -- What retention has taken of attempts and dead letters would look missed.
    select max(hera_internal.now() - p.days * interval '1 day') into v_kept
    from hera_internal.retention_policies() p
    where p.organization_id = p_organization_id and p.kind in ('attempts', 'dead_letters');
    perform hera_internal.set_tenant(p_organization_id);
    v_plan.since := greatest(v_plan.since, v_kept);
  end if;
  return v_plan;
end
$_$;
ALTER FUNCTION hera_internal.replay_plan(p_organization_id uuid, p_replay jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.replay_plan(p_organization_id uuid, p_replay jsonb) IS 'Types the request of a replay.';
CREATE FUNCTION hera_internal.request_in_time(p_rule jsonb, p_headers jsonb) RETURNS boolean
    LANGUAGE plpgsql STABLE
    AS $_$
declare
  v_rule constant jsonb := coalesce(p_rule -> 'timestamp', case p_rule ->> 'type' when 'standard_webhooks'
    then jsonb '{"header": "webhook-timestamp", "unit": "s", "tolerance_s": 300}' end);
  v_given text;
begin
  if v_rule is null then
    return true;
  end if;
  v_given := p_headers ->> lower(v_rule ->> 'header');
  if v_rule ->> 'pattern' is not null then
    v_given := substring(v_given from v_rule ->> 'pattern');
  end if;
  if v_given is null or v_given !~ '^[0-9]{1,15}$' then
    return false;
  end if;
  return abs(extract(epoch from hera_internal.now()) - v_given::numeric / case v_rule ->> 'unit' when 'ms' then 1000 else 1 end)
    <= (v_rule ->> 'tolerance_s')::int;
end
$_$;
ALTER FUNCTION hera_internal.request_in_time(p_rule jsonb, p_headers jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.request_in_time(p_rule jsonb, p_headers jsonb) IS 'Whether a request is from about now.';
CREATE FUNCTION hera_internal.request_json(p_request hera.inbound_requests) RETURNS jsonb
    LANGUAGE sql IMMUTABLE
    RETURN jsonb_build_object('id', (p_request).id, 'received_at', (p_request).received_at, 'connector_code', (p_request).connector_code, 'installation_id', (p_request).installation_id, 'method', (p_request).method, 'uri', (p_request).uri, 'bytes', octet_length((p_request).body), 'status', (p_request).status, 'status_reason', (p_request).status_reason, 'accepted', (p_request).accepted, 'duplicates', (p_request).duplicates, 'failed', (p_request).failed, 'rerun_at', (p_request).rerun_at);
ALTER FUNCTION hera_internal.request_json(p_request hera.inbound_requests) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.request_json(p_request hera.inbound_requests) IS 'An inbound request as JSON.';
CREATE FUNCTION hera_internal.request_refresh(p_organization_id uuid, p_installation_id uuid, p_used_since timestamp with time zone DEFAULT NULL::timestamp with time zone) RETURNS text
    LANGUAGE plpgsql
    AS $$
declare
  v_now constant timestamptz := hera_internal.now();
  v_auth constant jsonb := hera_internal.installed_definition(p_organization_id, p_installation_id) -> 'auth';
  v_token record;
begin
  perform from hera.core_entities e where e.organization_id = p_organization_id and e.id = p_installation_id for update;
  v_token := hera_internal.token_state(p_organization_id, p_installation_id, v_auth);
  if v_token.given_at > p_used_since then
    return 'due';
  elsif v_token.given_at is null or not v_token.can_refresh or v_auth #>> '{refresh,strategy}' = 'exchange'
    or v_token.given_at > v_now - interval '5 minutes' and coalesce(v_token.expires_at > v_now, true) then
    perform hera_internal.end_authorization(p_organization_id, p_installation_id, 'The provider refuses the access token.');
    return 'reauth_required';
  end if;
  -- A token without an end has no task yet.
  insert into hera.connector_tasks as t (organization_id, id, installation_id, kind, code, due_at)
  values (p_organization_id, gen_random_uuid(), p_installation_id, 'refresh', '', v_now)
  on conflict (organization_id, installation_id, kind, code) do update set due_at = v_now
  where t.fence is null and t.due_at > v_now;
  return 'due';
end
$$;
ALTER FUNCTION hera_internal.request_refresh(p_organization_id uuid, p_installation_id uuid, p_used_since timestamp with time zone) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.request_refresh(p_organization_id uuid, p_installation_id uuid, p_used_since timestamp with time zone) IS 'Has the token of a refused call renewed: due or reauth_required.';
CREATE FUNCTION hera_internal.request_values(p_organization_id uuid, p_installation_id uuid, p_config jsonb, p_templates text, p_values jsonb) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    AS $$
declare
  v_names constant text[] := array(
    select distinct btrim(split_part(m[1], '|', 1)) from regexp_matches(p_templates, '\{\{([^{}]*)\}\}', 'g') m);
  v_fields jsonb;
  v_token text;
  v_name text;
  v_value jsonb;
  v_filled jsonb := '{}';
begin
  if exists (select from unnest(v_names) n where n like 'fields.%') then
    select d.field_value_json into v_fields
    from hera.core_dynamic_data d
    where d.organization_id = p_organization_id and d.entity_id = p_installation_id and d.field_name = 'installation_config';
  end if;
  if v_names && array['access_token', 'appsecret_proof'] then
    v_token := coalesce(p_values ->> 'access_token',
      hera_internal.installation_secret(p_organization_id, p_installation_id, 'oauth_access_token'),
      hera_internal.installation_secret(p_organization_id, p_installation_id, p_config #>> '{auth,token_field}'));
    if v_token is null then
      perform hera_internal.fail(409, 'connector.token_missing', 'The installation has no access token.',
        'Authorize it at the provider, or CONFIGURE it with a token where the connector takes one.');
    end if;
  end if;
  foreach v_name in array v_names
  loop
    if v_name = 'access_token' then
      v_value := to_jsonb(v_token);
    elsif v_name = 'appsecret_proof' then
      v_value := to_jsonb(encode(hera_internal.hmac_sha256(convert_to(v_token, 'UTF8'), convert_to(
        hera_internal.installation_secret(p_organization_id, p_installation_id, 'app_secret'), 'UTF8')), 'hex'));
    elsif v_name like 'vars.%' then
      v_value := p_config -> 'vars' -> substr(v_name, 6);
    elsif v_name like 'fields.%'
      and p_config -> 'fields' @> jsonb_build_array(jsonb_build_object('name', substr(v_name, 8), 'secret', true)) then
      v_value := to_jsonb(hera_internal.installation_secret(p_organization_id, p_installation_id, substr(v_name, 8)));
    elsif v_name like 'fields.%' then
      v_value := v_fields -> substr(v_name, 8);
    else
      v_value := p_values #> string_to_array(v_name, '.');
    end if;
    if v_value <> 'null' then
      v_filled := v_filled || jsonb_build_object(v_name, v_value);
    end if;
  end loop;
  return v_filled;
end
$$;
ALTER FUNCTION hera_internal.request_values(p_organization_id uuid, p_installation_id uuid, p_config jsonb, p_templates text, p_values jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.request_values(p_organization_id uuid, p_installation_id uuid, p_config jsonb, p_templates text, p_values jsonb) IS 'What the placeholders of a request stand for; holds secrets.';
CREATE FUNCTION hera_internal.request_verdict(p_rules jsonb, p_policy text, p_secrets jsonb, p_request jsonb, p_body bytea) RETURNS text
    LANGUAGE plpgsql
    AS $$
declare
  v_headers constant jsonb := p_request -> 'headers';
  v_rule jsonb;
  v_given text[];
  v_secret text;
  v_fits boolean;
  v_seen boolean := false;
begin
  for v_rule in
    select r.value from jsonb_array_elements(p_rules) with ordinality r (value, n)
    where r.value -> 'enabled' is distinct from 'false'
    order by r.n
  loop
    continue when v_rule ? 'when' and (not v_headers ? lower(v_rule #>> '{when,header}')
      or v_headers ->> lower(v_rule #>> '{when,header}') <> v_rule #>> '{when,equals}');
    v_given := hera_internal.given_signatures(v_rule, v_headers);
    continue when v_given is null and not v_rule ? 'when';
    v_seen := true;
    v_fits := false;
    if hera_internal.request_in_time(v_rule, v_headers) then
      for v_secret in select s.value from jsonb_array_elements_text(p_secrets -> (v_rule ->> 'key')) s
      loop
        v_fits := hera_internal.signature_fits(v_rule, v_secret, p_request, p_body, v_given) or v_fits;
      end loop;
    end if;
    if v_fits then
      return 'verified';
    end if;
    exit when p_policy is distinct from 'any';
  end loop;
  return case when v_seen then 'refused' else 'unsigned' end;
end
$$;
ALTER FUNCTION hera_internal.request_verdict(p_rules jsonb, p_policy text, p_secrets jsonb, p_request jsonb, p_body bytea) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.request_verdict(p_rules jsonb, p_policy text, p_secrets jsonb, p_request jsonb, p_body bytea) IS 'verified, refused or unsigned.';
CREATE FUNCTION hera_internal.requests_to_rerun(p_organization_id uuid, p_ids uuid[], p_code text, p_since timestamp with time zone, p_limit integer) RETURNS SETOF hera.inbound_requests
    LANGUAGE plpgsql
    AS $$
declare
  v_low constant uuid := case when p_since is null then hera_internal.platform_id() else hera_internal.id_floor(p_since) end;
  v_shared uuid[];
  v_rows hera.inbound_requests[];
begin
  perform hera_internal.set_tenant(p_organization_id);
  v_rows := array(
    select r from hera.inbound_requests r
    where r.organization_id = p_organization_id
      and (r.id = any (p_ids) or p_ids is null and r.status = 'failed' and r.connector_code = p_code and r.id >= v_low)
    order by r.id limit p_limit);
  if p_organization_id <> hera_internal.platform_id() then
    v_shared := array(
      select distinct e.inbound_request_id from hera.events e
      where e.organization_id = p_organization_id and e.status = 'failed' and e.id >= v_low
        and (e.inbound_request_id = any (p_ids) or p_ids is null and e.connector_code = p_code)
        and e.inbound_request_id is not null and not exists (select from unnest(v_rows) x where x.id = e.inbound_request_id)
      order by 1 limit p_limit);
    perform hera_internal.set_tenant(hera_internal.platform_id());
    v_rows := v_rows || array(
      select r from hera.inbound_requests r
      where r.organization_id = hera_internal.platform_id() and r.id = any (v_shared)
      order by r.id);
  end if;
  return query select x.* from unnest(v_rows) x order by x.id limit p_limit;
end
$$;
ALTER FUNCTION hera_internal.requests_to_rerun(p_organization_id uuid, p_ids uuid[], p_code text, p_since timestamp with time zone, p_limit integer) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.requests_to_rerun(p_organization_id uuid, p_ids uuid[], p_code text, p_since timestamp with time zone, p_limit integer) IS 'The requests that are to be run again.';
CREATE FUNCTION hera_internal.rerun_request(p_organization_id uuid, p_request hera.inbound_requests) RETURNS jsonb
    LANGUAGE plpgsql
    AS $$
declare
  v_platform constant uuid := hera_internal.platform_id();
  v_row hera.inbound_requests := p_request;
  v_definition_id uuid;
  v_inbound jsonb;
  v_parties hera_internal.inbound_party[];
begin
  perform hera_internal.set_tenant(v_platform);
  v_definition_id := (hera_internal.definition_of(p_request.connector_code)).id;
  v_inbound := hera_internal.definition_version(v_definition_id, null) -> 'inbound';
  v_row.rerun_at := hera_internal.now();
  select hera_internal.trusted_parties(v_definition_id, array_agg(x.organization_id), array_agg(x.installation_id),
    hera_internal.inbound_request(p_request.method, p_request.uri, p_request.headers), p_request.body, false, p_request.platform_verified, 200, true,
    p_request.verified_by)
  into v_parties
  from (
    select f.organization_id, f.installation_id
    from unnest(p_request.verified_by) v (id)
    cross join lateral hera_internal.find_installations(p_request.connector_code, v.id, null, null, 1) f
    union
    select f.organization_id, f.installation_id
    from hera_internal.find_installations(p_request.connector_code, null,
      array(select jsonb_array_elements_text(v_inbound -> 'account_fields')),
      hera_internal.account_values(hera_internal.inbound_accounts(v_inbound, (hera_internal.inbound_json(p_request.body)).body, p_request.headers, 1000),
        v_inbound -> 'account_prefixes'), 1000) f
    where p_request.installation_id is null) x
  where p_organization_id in (x.organization_id, v_platform);
  v_row := hera_internal.take_inbound(v_row, v_definition_id, coalesce(v_parties, '{}'),
    cardinality(p_request.verified_by) = 1 and not p_request.platform_verified and cardinality(v_parties) = 1,
    nullif(p_organization_id, v_platform));
  if p_organization_id in (v_row.organization_id, v_platform) then
    update hera.inbound_requests r
    set status = v_row.status, status_reason = v_row.status_reason, accepted = r.accepted + v_row.accepted, failed = v_row.failed,
      rerun_at = v_row.rerun_at
    where r.organization_id = v_row.organization_id and r.id = v_row.id;
  end if;
  return jsonb_build_object('request_id', v_row.id, 'status', v_row.status, 'reason', v_row.status_reason, 'accepted', v_row.accepted,
    'duplicates', v_row.duplicates, 'failed', v_row.failed);
end
$$;
ALTER FUNCTION hera_internal.rerun_request(p_organization_id uuid, p_request hera.inbound_requests) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.rerun_request(p_organization_id uuid, p_request hera.inbound_requests) IS 'Makes events of a kept request again.';
CREATE FUNCTION hera_internal.restore_secrets(p_organization_id uuid, p_entity_id uuid, p_opened jsonb) RETURNS boolean
    LANGUAGE plpgsql
    AS $$
declare
  v_now timestamptz := hera_internal.now();
  v_name text;
  v_versions jsonb;
  v_have jsonb;
  v_changed boolean := false;
begin
  for v_name, v_versions in select * from jsonb_each(p_opened)
  loop
    select jsonb_agg(jsonb_build_object('version', s.version, 'secret', hera_internal.unseal(s.sealed), 'expires_at', s.expires_at)
      order by s.version)
    into v_have
    from hera.secrets s
    where s.organization_id = p_organization_id and s.entity_id = p_entity_id and s.name = v_name
      and (s.expires_at is null or s.expires_at > v_now);
    continue when v_have = v_versions;
    delete from hera.secrets s where s.organization_id = p_organization_id and s.entity_id = p_entity_id and s.name = v_name;
    insert into hera.secrets (organization_id, entity_id, name, version, sealed, hint, created_at, expires_at)
    select p_organization_id, p_entity_id, v_name, v.version, hera_internal.seal(v.secret),
      hera_internal.mask(v.secret), v_now, v.expires_at
    from jsonb_to_recordset(v_versions) as v (version int, secret text, expires_at timestamptz);
    v_changed := true;
  end loop;
  return v_changed;
end
$$;
ALTER FUNCTION hera_internal.restore_secrets(p_organization_id uuid, p_entity_id uuid, p_opened jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.restore_secrets(p_organization_id uuid, p_entity_id uuid, p_opened jsonb) IS 'Sets the secrets of an entity.';
CREATE FUNCTION hera_internal.retention_defaults() RETURNS TABLE(kind text, days integer)
    LANGUAGE sql IMMUTABLE
    AS $$
  values ('dead_letters', 365), ('events', 365), ('attempts', 90), ('inbound_requests', 30), ('replay_jobs', 90), ('idempotency_keys', null), ('audit', null);
$$;
ALTER FUNCTION hera_internal.retention_defaults() OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.retention_defaults() IS 'The kinds of data that retention knows, with default days.';
CREATE FUNCTION hera_internal.retention_policies() RETURNS TABLE(organization_id uuid, kind text, days integer)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
#variable_conflict use_column
begin
  perform hera_internal.set_tenant(hera_internal.platform_id());
  return query
  select o.id, d.kind,
    nullif(coalesce(o.settings #>> array['retention', d.kind], p.settings #>> array['retention', d.kind], d.days::text), 'forever')::int
  from hera.core_organizations o
  cross join hera_internal.retention_defaults() d
  join hera.core_organizations p on p.id = hera_internal.platform_id();
end
$$;
ALTER FUNCTION hera_internal.retention_policies() OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.retention_policies() IS 'Days (null: for ever) by organization and kind.';
CREATE FUNCTION hera_internal.revoke_api_key(p_actor_user_id uuid, p_organization_id uuid, p_id uuid, p_hash bytea) RETURNS void
    LANGUAGE plpgsql
    AS $$
begin
  update hera.api_keys k set key_hash = null
  where k.organization_id = p_organization_id and k.id = p_id;
  update hera.memberships m set is_active = false, updated_at = hera_internal.now(), updated_by = p_actor_user_id
  where m.organization_id = p_organization_id and m.user_entity_id = p_id;
  perform hera_internal.identity_changed('key:' || encode(p_hash, 'hex'));
end
$$;
ALTER FUNCTION hera_internal.revoke_api_key(p_actor_user_id uuid, p_organization_id uuid, p_id uuid, p_hash bytea) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.revoke_api_key(p_actor_user_id uuid, p_organization_id uuid, p_id uuid, p_hash bytea) IS 'Revokes an API key.';
CREATE FUNCTION hera_internal.role_rank(p_role text) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN array_position(ARRAY['member'::text, 'integration_manager'::text, 'org_admin'::text, 'platform_admin'::text], p_role);
ALTER FUNCTION hera_internal.role_rank(p_role text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.role_rank(p_role text) IS 'The rank of a role, from 1.';
CREATE FUNCTION hera_internal.roll_up(p_now timestamp with time zone) RETURNS jsonb
    LANGUAGE plpgsql
    AS $$
declare
  v_from timestamptz;
  v_until timestamptz;
  v_final timestamptz;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('hera.roll_up', 0)) then
    return jsonb_build_object('busy', true);
  end if;
  v_from := coalesce((select s.final_before from hera.rollup_state s), hera_internal.hour_of(least(p_now,
    (select min(e.created_at) from hera.events e), (select min(a.started_at) from hera.attempts a))));
  -- Requests that were under way two minutes ago have been reported; the rare ones that were not are found by the next count.
  v_until := greatest(v_from, least(
    date_bin('1 minute', p_now - interval '2 minutes', '2000-01-01 00:00:00+00'), v_from + interval '24 hours'));
  -- Before counting: a lease that is reported meanwhile keeps its hour open.
  v_final := greatest(v_from, least(hera_internal.hour_of(v_until), hera_internal.hour_of(p_now - interval '3 hours'),
    (select hera_internal.hour_of(min(l.leased_at)) from hera.outbox_leases l)));
  delete from hera.event_rollup r where r.hour >= v_from;
  insert into hera.event_rollup select r.* from hera_internal.event_recount(null, v_from, v_until) r;
  delete from hera.latency_rollup r where r.hour >= v_from;
  insert into hera.latency_rollup select r.* from hera_internal.latency_recount(null, v_from, v_until) r;
  delete from hera.delivery_rollup r where r.hour >= v_from;
  insert into hera.delivery_rollup select r.* from hera_internal.delivery_recount(null, v_from, v_until) r;
  delete from hera.event_rollup r where r.hour < p_now - interval '400 days';
  delete from hera.latency_rollup r where r.hour < p_now - interval '400 days';
  delete from hera.delivery_rollup r where r.hour < p_now - interval '400 days';
  insert into hera.rollup_state as s (final_before, complete_before, counted_at)
  values (v_final, v_until, p_now)
  on conflict (one_row) do update set final_before = excluded.final_before,
    complete_before = excluded.complete_before, counted_at = excluded.counted_at;
  return jsonb_build_object('final_before', v_final, 'complete_before', v_until);
end
$$;
ALTER FUNCTION hera_internal.roll_up(p_now timestamp with time zone) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.roll_up(p_now timestamp with time zone) IS 'Counts the open hours into the rollups; answers {final_before, complete_before}.';
CREATE FUNCTION hera_internal.rollup_until() RETURNS timestamp with time zone
    LANGUAGE plpgsql STABLE
    AS $$
begin
  return (select s.complete_before from hera.rollup_state s);
end
$$;
ALTER FUNCTION hera_internal.rollup_until() OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.rollup_until() IS 'Where the rollups end.';
CREATE FUNCTION hera_internal.rotate_webhook_secret(p_webhook hera.webhooks, p_change jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    AS $$
declare
  v_secret text := coalesce(p_change ->> 'secret', hera_internal.new_webhook_secret());
  v_overlap jsonb := coalesce(nullif(p_change -> 'overlap_seconds', 'null'), '86400');
begin
  if jsonb_typeof(v_overlap) <> 'number' or v_overlap::numeric not between 0 and 604800 then
    perform hera_internal.fail(400, 'webhook_config.invalid', 'webhook_config.overlap_seconds must be a number from 0 to 604800', null);
  end if;
  perform hera_internal.store_webhook_secret(p_webhook.organization_id, p_webhook.id, v_secret,
    v_overlap::numeric::float8 * interval '1 second');
  return jsonb_build_object('secret', v_secret);
end
$$;
ALTER FUNCTION hera_internal.rotate_webhook_secret(p_webhook hera.webhooks, p_change jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.rotate_webhook_secret(p_webhook hera.webhooks, p_change jsonb) IS 'Replaces a signing secret.';
CREATE FUNCTION hera_internal.rules_of_parties(p_inbound jsonb, p_parties hera_internal.inbound_party[]) RETURNS jsonb
    LANGUAGE plpgsql
    AS $$
declare
  v_rules jsonb := coalesce(p_inbound -> 'verify', '[]');
  v_party hera_internal.inbound_party;
begin
  if strpos(v_rules::text, '{{fields.') = 0 then
    return v_rules;
  end if;
  foreach v_party in array p_parties
  loop
    perform hera_internal.set_tenant(v_party.organization_id);
    v_rules := v_rules || hera_internal.filled_rules(p_inbound -> 'verify', (
      select coalesce(jsonb_object_agg(f.field_name, f.field_value), '{}')
      from hera.installation_fields f
      where f.organization_id = v_party.organization_id and f.installation_id = v_party.installation_id));
  end loop;
  return v_rules;
end
$$;
ALTER FUNCTION hera_internal.rules_of_parties(p_inbound jsonb, p_parties hera_internal.inbound_party[]) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.rules_of_parties(p_inbound jsonb, p_parties hera_internal.inbound_party[]) IS 'Verification rules as installations have them.';
CREATE FUNCTION hera_internal.same_secret(p_given text, p_secret text) RETURNS boolean
    LANGUAGE plpgsql
    AS $$
declare
  v_key constant bytea := uuid_send(gen_random_uuid());
begin
  return sha256(v_key || convert_to(p_given, 'UTF8')) = sha256(v_key || convert_to(p_secret, 'UTF8'));
end
$$;
ALTER FUNCTION hera_internal.same_secret(p_given text, p_secret text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.same_secret(p_given text, p_secret text) IS 'Compares two secrets in constant time.';
CREATE FUNCTION hera_internal.samples_fault(p_config jsonb) RETURNS text
    LANGUAGE plpgsql IMMUTABLE
    AS $_$
declare
  v_sample jsonb;
  v_found jsonb;
  v_expected jsonb;
begin
  for v_sample in select s.value from jsonb_array_elements(p_config -> 'samples') s
  loop
    select coalesce(jsonb_agg(e.event order by e.event), '[]') into v_expected
    from jsonb_array_elements(v_sample -> 'events') e (event);
    -- A sample says of an event what it wants to; it must be said of each event.
    select coalesce(jsonb_agg(e.event order by e.event), '[]') into v_found
    from (
      select jsonb_strip_nulls(jsonb_build_object('type', i.event_type, 'key', i.event_key,
        'account_ref', case when v_sample -> 'events' @? '$[*].account_ref' then i.account_ref end,
        'occurred_at', case when v_sample -> 'events' @? '$[*].occurred_at' then i.occurred_at end)) as event
      from hera_internal.inbound_events(p_config -> 'inbound', v_sample -> 'body',
        hera_internal.lower_keys(v_sample -> 'headers')) i) e;
    if v_found <> v_expected then
      return format('connector_config.samples: %s gives %s and not %s', v_sample ->> 'name', v_found, v_expected);
    end if;
  end loop;
  return null;
exception
  -- With silent jsonpath the only data-dependent fault left is a rule that reads a variable that nothing binds.
  when undefined_object then
    return 'connector_config.samples: a jsonpath reads a variable that no step binds: ' || sqlerrm;
end
$_$;
ALTER FUNCTION hera_internal.samples_fault(p_config jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.samples_fault(p_config jsonb) IS 'The fault that the samples of a definition show, or null.';
CREATE FUNCTION hera_internal.schema_fault(p_path text, p_value jsonb, p_schema jsonb) RETURNS text
    LANGUAGE plpgsql IMMUTABLE
    AS $_$
declare
  v_type constant text := jsonb_typeof(p_value);
  v_text constant text := p_value #>> '{}';
  v_key text;
  v_value jsonb;
  v_fault text;
begin
  if p_schema ? 'type' and v_type <> p_schema ->> 'type'
    and not (p_schema ->> 'type' = 'integer' and v_type = 'number' and v_text ~ '^-?[0-9]{1,18}$') then
    return format('%s must be of type %s', p_path, p_schema ->> 'type');
  elsif p_schema ? 'enum' and not exists (select from jsonb_array_elements(p_schema -> 'enum') e where e = p_value) then
    return format('%s must be one of %s', p_path, p_schema -> 'enum');
  elsif v_type = 'string' and (length(v_text) > (p_schema -> 'maxLength')::int or length(v_text) < (p_schema -> 'minLength')::int) then
    return format('%s must have %s to %s characters', p_path, coalesce(p_schema -> 'minLength', '0'), coalesce(p_schema ->> 'maxLength', 'any number of'));
  elsif v_type = 'string' and v_text !~ (p_schema ->> 'pattern') then
    return format('%s must match %s', p_path, p_schema ->> 'pattern');
  elsif v_type = 'number' and (p_value::numeric > (p_schema -> 'maximum')::numeric or p_value::numeric < (p_schema -> 'minimum')::numeric) then
    return format('%s must be from %s to %s', p_path, coalesce(p_schema ->> 'minimum', 'any'), coalesce(p_schema ->> 'maximum', 'any'));
  elsif v_type = 'array' and jsonb_array_length(p_value) > (p_schema -> 'maxItems')::int then
    return format('%s must have at most %s items', p_path, p_schema -> 'maxItems');
  elsif v_type = 'array' and p_schema ? 'items' then
    for v_key, v_value in select e.n - 1, e.value from jsonb_array_elements(p_value) with ordinality e (value, n)
    loop
      v_fault := coalesce(v_fault, hera_internal.schema_fault(p_path || '[' || v_key || ']', v_value, p_schema -> 'items'));
    end loop;
  elsif v_type = 'object' then
    select r.value into v_key from jsonb_array_elements_text(p_schema -> 'required') r where not p_value ? r.value limit 1;
    if found then
      return format('%s.%s is missing', p_path, v_key);
    end if;
    for v_key, v_value in select e.key, e.value from jsonb_each(p_value) e
    loop
      if p_schema ? 'properties' and not p_schema -> 'properties' ? v_key then
        return format('%s has an unknown key %s; the known ones are %s', p_path, left(v_key, 100),
          (select string_agg(k, ', ' order by k) from jsonb_object_keys(p_schema -> 'properties') k));
      end if;
      v_fault := coalesce(v_fault, hera_internal.schema_fault(p_path || '.' || left(v_key, 100), v_value, p_schema -> 'properties' -> v_key));
    end loop;
  end if;
  return v_fault;
end
$_$;
ALTER FUNCTION hera_internal.schema_fault(p_path text, p_value jsonb, p_schema jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.schema_fault(p_path text, p_value jsonb, p_schema jsonb) IS 'The first departure of a value from a JSON Schema, or null.';
CREATE FUNCTION hera_internal.schema_keywords_fault(p_path text, p_schema jsonb) RETURNS text
    LANGUAGE plpgsql IMMUTABLE
    AS $$
declare
  v_key text;
  v_value jsonb;
  v_fault text;
begin
  v_fault := hera_internal.shape_fault(p_path, p_schema, '{"type?": "string|integer|number|boolean|array|object", "required?": ["string"],
    "properties?": {"*": "object"}, "default?": "any", "enum?": ["any"], "minLength?": "integer", "maxLength?": "integer", "pattern?": "regex",
    "minimum?": "number", "maximum?": "number", "maxItems?": "integer", "items?": "object", "title?": "string", "description?": "string"}');
  if v_fault is not null then
    return v_fault;
  end if;
  for v_key, v_value in select e.key, e.value from jsonb_each(p_schema -> 'properties') e
  loop
    v_fault := coalesce(v_fault, hera_internal.schema_keywords_fault(p_path || '.' || v_key, v_value));
  end loop;
  if p_schema ? 'items' then
    v_fault := coalesce(v_fault, hera_internal.schema_keywords_fault(p_path || '[]', p_schema -> 'items'));
  end if;
  if p_schema ? 'default' then
    v_fault := coalesce(v_fault, hera_internal.schema_fault(p_path || '.default', p_schema -> 'default', p_schema));
  end if;
  return v_fault;
end
$$;
ALTER FUNCTION hera_internal.schema_keywords_fault(p_path text, p_schema jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.schema_keywords_fault(p_path text, p_schema jsonb) IS 'The fault of a JSON Schema, or null.';
CREATE FUNCTION hera_internal.seal(p_secret text) RETURNS bytea
    LANGUAGE plpgsql
    AS $$
declare
  v_key text := (hera_internal.encryption_keys())[1];
begin
  return hera_internal.key_fingerprint(v_key) || hera_internal.pgp_seal(p_secret, v_key);
end
$$;
ALTER FUNCTION hera_internal.seal(p_secret text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.seal(p_secret text) IS 'Encrypts a secret. Errors: PT500 encryption.key_missing.';
CREATE FUNCTION hera_internal.seal_audit(p_organization_id uuid, p_now timestamp with time zone) RETURNS integer
    LANGUAGE plpgsql
    AS $$
declare
  v_ids uuid[];
  v_hashes bytea[];
  v_no bigint;
  v_previous bytea;
begin
  with taken as (
    delete from hera.audit_pending p
    where p.organization_id = p_organization_id and p.id = any (array(
      select x.id from hera.audit_pending x where x.organization_id = p_organization_id order by x.id limit 1000))
    returning p.id
  )
  select array_agg(t.id order by t.id),
    array_agg(case when l.id is null then '' else hera_internal.audit_row_hash(l) end order by t.id)
  into v_ids, v_hashes
  from taken t
  left join hera.audit_log l on l.organization_id = p_organization_id and l.id = t.id;
  if v_ids is null then
    return 0;
  end if;
  select s.seal_no, s.hash into v_no, v_previous
  from hera.audit_seals s
  where s.organization_id = p_organization_id
  order by s.seal_no desc
  limit 1;
  v_no := coalesce(v_no, 0) + 1;
  v_previous := coalesce(v_previous, '');
  insert into hera.audit_seals (organization_id, seal_no, sealed_at, ids, row_hashes, previous_hash, hash)
  values (p_organization_id, v_no, p_now, v_ids, v_hashes, v_previous,
    hera_internal.audit_seal_hash(p_organization_id, v_no, p_now, v_ids, v_hashes, v_previous));
  return cardinality(v_ids);
end
$$;
ALTER FUNCTION hera_internal.seal_audit(p_organization_id uuid, p_now timestamp with time zone) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.seal_audit(p_organization_id uuid, p_now timestamp with time zone) IS 'Makes one seal of an organization''s audit trail.';
CREATE FUNCTION hera_internal.seal_audits(p_now timestamp with time zone) RETURNS jsonb
    LANGUAGE plpgsql
    AS $$
declare
  v_organization_id uuid;
  v_organizations uuid[] := array[]::uuid[];
  v_count int;
  v_rows int := 0;
  v_seals int := 0;
begin
  -- Two at once would both write the next seal of a chain.
  if pg_try_advisory_xact_lock(hashtextextended('hera.seal_audits', 0)) then
    for v_organization_id in select distinct p.organization_id from hera.audit_pending p order by p.organization_id
    loop
      loop
        v_count := hera_internal.seal_audit(v_organization_id, p_now);
        v_rows := v_rows + v_count;
        v_seals := v_seals + (v_count > 0)::int;
        exit when v_count < 1000 or v_rows >= 20000;
      end loop;
      v_organizations := v_organizations || v_organization_id;
      exit when v_rows >= 20000;
    end loop;
    perform hera_internal.audit(null, hera_internal.platform_id(), 'hera_audit_seal_v1', 'WITNESS', null,
      jsonb_build_object('heads', jsonb_object_agg(h.organization_id,
        jsonb_build_object('seal_no', h.seal_no, 'hash', encode(h.hash, 'hex')))))
    from (
      select distinct on (s.organization_id) s.organization_id, s.seal_no, s.hash
      from hera.audit_seals s
      where s.organization_id = any (v_organizations) and s.organization_id <> hera_internal.platform_id()
      order by s.organization_id, s.seal_no desc) h
    having count(*) > 0;
  end if;
  return jsonb_build_object('sealed', v_rows, 'seals', v_seals, 'organizations', cardinality(v_organizations),
    'pending', (select count(*) from hera.audit_pending));
end
$$;
ALTER FUNCTION hera_internal.seal_audits(p_now timestamp with time zone) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.seal_audits(p_now timestamp with time zone) IS 'Seals pending audit rows of all organizations.';
CREATE FUNCTION hera_internal.seal_for_sender(p_text text) RETURNS bytea
    LANGUAGE plpgsql
    AS $$
      declare
        v_iv constant bytea := public.gen_random_bytes(16);
      begin
        return v_iv || public.encrypt_iv(
          convert_to(p_text, 'UTF8'), sha256(convert_to('hera.sender.' || (hera_internal.encryption_keys())[1], 'UTF8')), v_iv, 'aes-cbc/pad:pkcs');
      end
      $$;
ALTER FUNCTION hera_internal.seal_for_sender(p_text text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.seal_for_sender(p_text text) IS 'Encrypts a text for the host of this session.';
CREATE FUNCTION hera_internal.sealed_with(p_sealed bytea) RETURNS bytea
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN SUBSTRING(p_sealed FROM 1 FOR 4);
ALTER FUNCTION hera_internal.sealed_with(p_sealed bytea) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.sealed_with(p_sealed bytea) IS 'Names the key of a sealed secret; see hera_internal.key_fingerprint.';
CREATE FUNCTION hera_internal.secret_fault(p_secret text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE
    AS $_$
begin
  if p_secret like 'whsec\_%' then
    if octet_length(decode(substring(p_secret from 7), 'base64')) not between 24 and 64 then
      return 'must hold 24 to 64 bytes after whsec_';
    end if;
  elsif p_secret !~ '^[!-~]{16,}$' or length(p_secret) > 256 then
    return 'must be whsec_ and base64, or 16 to 256 visible ASCII characters';
  end if;
  return null;
exception
  when invalid_parameter_value then
    return 'must be base64 after whsec_';
end
$_$;
ALTER FUNCTION hera_internal.secret_fault(p_secret text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.secret_fault(p_secret text) IS 'The fault of a webhook secret, or null.';
CREATE FUNCTION hera_internal.secret_mac(p_organization_id uuid, p_entity_id uuid, p_name text, p_version integer, p_expires_at timestamp with time zone, p_sealed bytea) RETURNS text
    LANGUAGE plpgsql STABLE
    AS $$
declare
  v_key text;
begin
  foreach v_key in array hera_internal.encryption_keys()
  loop
    if hera_internal.key_fingerprint(v_key) = hera_internal.sealed_with(p_sealed) then
      return encode(hera_internal.hmac_sha256(
        convert_to(jsonb_build_array('hera.backup', p_organization_id, p_entity_id, p_name, p_version,
          extract(epoch from p_expires_at))::text, 'UTF8') || p_sealed,
        decode(v_key, 'base64')), 'hex');
    end if;
  end loop;
  return null;
end
$$;
ALTER FUNCTION hera_internal.secret_mac(p_organization_id uuid, p_entity_id uuid, p_name text, p_version integer, p_expires_at timestamp with time zone, p_sealed bytea) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.secret_mac(p_organization_id uuid, p_entity_id uuid, p_name text, p_version integer, p_expires_at timestamp with time zone, p_sealed bytea) IS 'Authenticates a secret of a backup.';
CREATE FUNCTION hera_internal.secret_names_fault(p_config jsonb) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $_$
  select format('connector_config.%s names %s, which is no secret field of the definition', p.path, p.name)
  from (
    select 'auth.token_field', p_config #>> '{auth,token_field}'
    union all
    select 'inbound.verify', v ->> 'key' from jsonb_array_elements(p_config #> '{inbound,verify}') v
    union all
    select 'inbound.handshake', jsonb_path_query(p_config, '$.inbound.handshake[*].require[*].equals_secret') #>> '{}'
    union all
    select 'inbound.handshake', jsonb_path_query(p_config, '$.inbound.handshake[*].respond.hmac.key') #>> '{}') p (path, name)
  where p.name is not null
    and not p_config -> 'fields' @> jsonb_build_array(jsonb_build_object('name', p.name, 'secret', true))
  limit 1;
$_$;
ALTER FUNCTION hera_internal.secret_names_fault(p_config jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.secret_names_fault(p_config jsonb) IS 'The fault of the secrets that a definition names, or null.';
CREATE FUNCTION hera_internal.secrets_of_rules(p_inbound jsonb) RETURNS text[]
    LANGUAGE sql IMMUTABLE
    AS $_$
  select array(
    select v ->> 'key' from jsonb_array_elements(p_inbound -> 'verify') v
    union
    select jsonb_path_query(p_inbound, '$.handshake[*].require[*].equals_secret') #>> '{}'
    union
    select jsonb_path_query(p_inbound, '$.handshake[*].respond.hmac.key') #>> '{}');
$_$;
ALTER FUNCTION hera_internal.secrets_of_rules(p_inbound jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.secrets_of_rules(p_inbound jsonb) IS 'The secrets that inbound rules need.';
CREATE FUNCTION hera_internal.send_test(p_actor_user_id uuid, p_webhook hera.webhooks) RETURNS jsonb
    LANGUAGE plpgsql
    AS $$
declare
  v_now timestamptz := hera_internal.now();
  v_event_id uuid := hera_internal.new_id(v_now);
begin
  perform hera_internal.durable();
  if p_webhook.status <> 'active' then
    perform hera_internal.fail(409, 'webhook.inactive', 'The webhook is ' || p_webhook.status || '.', 'Enable it first with operation ENABLE.');
  end if;
  insert into hera.events (organization_id, id, created_at, created_by, deliveries, status, event_source, event_type, smart_code, event_data)
  values (p_webhook.organization_id, v_event_id, v_now, p_actor_user_id, 1, 'processed', 'hera', 'webhook.test',
    'HERA.INTEGRATION.EVENT.WEBHOOK.TEST.v1', jsonb_build_object('webhook_id', p_webhook.id, 'message', 'A test of this webhook.'));
  if p_webhook.ordering = 'fifo' then
    perform hera_internal.enqueue_aside(p_webhook.organization_id, v_event_id, array[p_webhook.webhook_no], null, v_now);
  else
    insert into hera.outbox_ready (organization_id, delivery_id, attempt, base_attempt)
    values (p_webhook.organization_id, hera_internal.delivery_id(v_event_id, p_webhook.webhook_no), 1, 0);
  end if;
  return jsonb_build_object('success', true, 'event_id', v_event_id,
    'delivery_id', hera_internal.delivery_id(v_event_id, p_webhook.webhook_no));
end
$$;
ALTER FUNCTION hera_internal.send_test(p_actor_user_id uuid, p_webhook hera.webhooks) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.send_test(p_actor_user_id uuid, p_webhook hera.webhooks) IS 'Enqueues a test event for one webhook.';
CREATE FUNCTION hera_internal.set_installation_health(p_organization_id uuid, p_installation_id uuid, p_error text DEFAULT NULL::text, p_token_expires_at timestamp with time zone DEFAULT NULL::timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    AS $$
declare
  v_actor constant uuid := uuid '00000000-0000-0000-0000-000000000001';
  v_smart_code text;
begin
  select e.smart_code into v_smart_code
  from hera.core_entities e
  where e.organization_id = p_organization_id and e.id = p_installation_id and e.entity_type = 'INTEGRATION_CONNECTOR_INSTALL';
  if not found then
    return;
  end if;
  if p_error is null then
    perform hera_internal.store_field(v_actor, p_organization_id, p_installation_id, 'last_success_at', 'date',
      to_jsonb(hera_internal.now()), v_smart_code);
    delete from hera.core_dynamic_data d
    where d.organization_id = p_organization_id and d.entity_id = p_installation_id and d.field_name = 'last_error';
  else
    perform hera_internal.store_field(v_actor, p_organization_id, p_installation_id, 'last_error', 'text',
      to_jsonb(left(p_error, 1000)), v_smart_code);
  end if;
  if p_token_expires_at is not null then
    perform hera_internal.store_field(v_actor, p_organization_id, p_installation_id, 'token_expires_at', 'date',
      to_jsonb(p_token_expires_at), v_smart_code);
  end if;
end
$$;
ALTER FUNCTION hera_internal.set_installation_health(p_organization_id uuid, p_installation_id uuid, p_error text, p_token_expires_at timestamp with time zone) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.set_installation_health(p_organization_id uuid, p_installation_id uuid, p_error text, p_token_expires_at timestamp with time zone) IS 'Notes success, error and token expiry of an installation.';
CREATE FUNCTION hera_internal.set_installation_status(p_actor_user_id uuid, p_organization_id uuid, p_installation_id uuid, p_status text) RETURNS void
    LANGUAGE plpgsql
    AS $$
declare
  v_next constant jsonb := jsonb '{
    "pending_auth":    ["active", "paused", "error", "inactive"],
    "active":          ["pending_auth", "paused", "error", "reauth_required", "inactive"],
    "paused":          ["pending_auth", "active", "inactive"],
    "error":           ["pending_auth", "active", "paused", "reauth_required", "inactive"],
    "reauth_required": ["pending_auth", "active", "paused", "error", "inactive"],
    "inactive":        []}';
  v_status text;
  v_smart_code text;
begin
  select e.status, e.smart_code into v_status, v_smart_code
  from hera.core_entities e
  where e.organization_id = p_organization_id and e.id = p_installation_id
  for update;
  if v_status <> p_status and v_status = 'inactive' then
    perform hera_internal.fail(409, 'connector.inactive', 'The connector was uninstalled.', 'INSTALL it again.');
  elsif v_status <> p_status and not v_next -> v_status ? p_status then
    perform hera_internal.fail(409, 'connector.transition', format('An installation that is %s can''t become %s.', v_status, p_status),
      'RESUME it first.');
  end if;
  update hera.core_entities e
  set status = p_status, updated_at = hera_internal.now(), updated_by = p_actor_user_id, version = e.version + 1
  where e.organization_id = p_organization_id and e.id = p_installation_id and e.status <> p_status;
  perform hera_internal.store_field(p_actor_user_id, p_organization_id, p_installation_id, 'status', 'text',
    to_jsonb(p_status), v_smart_code);
  perform hera_internal.sync_channel(p_organization_id, p_installation_id);
  if p_status = 'inactive' then
    perform hera_internal.index_installation(p_organization_id, p_installation_id);
  end if;
end
$$;
ALTER FUNCTION hera_internal.set_installation_status(p_actor_user_id uuid, p_organization_id uuid, p_installation_id uuid, p_status text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.set_installation_status(p_actor_user_id uuid, p_organization_id uuid, p_installation_id uuid, p_status text) IS 'Moves an installation to a status that may follow its own.';
CREATE FUNCTION hera_internal.set_links(p_actor_user_id uuid, p_organization_id uuid, p_from_id uuid, p_type text, p_to_ids uuid[]) RETURNS void
    LANGUAGE plpgsql
    AS $$
begin
  perform hera_internal.end_links(p_actor_user_id, p_organization_id, array(
    select r.id from hera.core_relationships r
    where r.organization_id = p_organization_id and r.from_entity_id = p_from_id and r.relationship_type = p_type
      and r.is_active and r.to_entity_id <> all (p_to_ids)));
  perform hera_internal.add_links(p_actor_user_id, p_organization_id, p_from_id, p_type, p_to_ids);
end
$$;
ALTER FUNCTION hera_internal.set_links(p_actor_user_id uuid, p_organization_id uuid, p_from_id uuid, p_type text, p_to_ids uuid[]) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.set_links(p_actor_user_id uuid, p_organization_id uuid, p_from_id uuid, p_type text, p_to_ids uuid[]) IS 'Sets the active links of a type.';
CREATE FUNCTION hera_internal.set_replay_status(p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_job_id uuid) RETURNS hera.replay_jobs
    LANGUAGE plpgsql
    AS $$
declare
  v_now timestamptz := hera_internal.now();
  v_job hera.replay_jobs;
begin
  select * into v_job from hera.replay_jobs j where j.organization_id = p_organization_id and j.id = p_job_id for update;
  if not found then
    perform hera_internal.fail(404, 'not_found', 'No such replay.', 'LIST shows the replays.');
  elsif v_job.finished_at is not null then
    perform hera_internal.fail(409, 'replay.finished', 'The replay is ' || v_job.status || '.', 'CREATE makes a new one.');
  elsif p_operation = 'RESUME' and not exists (
    select from hera.webhooks w where w.organization_id = p_organization_id and w.id = v_job.webhook_id and w.status = 'active') then
    perform hera_internal.fail(409, 'webhook.inactive', 'The webhook is not active.', 'Enable it with ENABLE of hera_webhook_config_v1.');
  end if;
  update hera.replay_jobs j set
    status = case p_operation when 'PAUSE' then 'paused' when 'RESUME' then 'running' else 'cancelled' end,
    status_reason = null,
    -- A pause saves up no rate.
    spent_until = greatest(j.spent_until, v_now - interval '1 second'),
    finished_at = case when p_operation = 'CANCEL' then v_now end,
    updated_at = v_now, updated_by = p_actor_user_id
  where j.organization_id = p_organization_id and j.id = p_job_id
  returning * into v_job;
  return v_job;
end
$$;
ALTER FUNCTION hera_internal.set_replay_status(p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_job_id uuid) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.set_replay_status(p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_job_id uuid) IS 'Pauses, resumes or cancels a replay.';
CREATE FUNCTION hera_internal.set_tenant(p_organization_id uuid) RETURNS void
    LANGUAGE plpgsql
    AS $$
begin
  perform set_config('hera.organization_id', p_organization_id::text, true);
end
$$;
ALTER FUNCTION hera_internal.set_tenant(p_organization_id uuid) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.set_tenant(p_organization_id uuid) IS 'Sets the tenant of this transaction.';
CREATE FUNCTION hera_internal.set_webhook_status(p_actor_user_id uuid, p_webhook hera.webhooks, p_status text) RETURNS jsonb
    LANGUAGE plpgsql
    AS $$
begin
  update hera.webhooks w set status = p_status, status_reason = null
  where w.organization_id = p_webhook.organization_id and w.id = p_webhook.id;
  update hera.core_entities e set updated_at = hera_internal.now(), updated_by = p_actor_user_id, version = e.version + 1
  where e.organization_id = p_webhook.organization_id and e.id = p_webhook.id;
  return null;
end
$$;
ALTER FUNCTION hera_internal.set_webhook_status(p_actor_user_id uuid, p_webhook hera.webhooks, p_status text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.set_webhook_status(p_actor_user_id uuid, p_webhook hera.webhooks, p_status text) IS 'Sets the status of a webhook.';
CREATE FUNCTION hera_internal.settle(p_batch hera_internal.outbox_batch, p_results hera_internal.outbox_results, p_now timestamp with time zone) RETURNS jsonb
    LANGUAGE plpgsql
    AS $$
declare
  v_total constant int := cardinality(p_batch.delivery_ids);
  v_failed int := 0;
  v_dead uuid[] := array[]::uuid[];
begin
  perform hera_internal.log_attempts(p_batch, p_results, p_now);
  if (200 <= all (p_results.status_codes) and 299 >= all (p_results.status_codes)) is not true then
    with result as (
      select r.*, w.id as webhook_id,
        case
          when r.status_code = 410 then 'gone'
          when r.error = 'blocked_address' then 'blocked_address'
          when r.attempt - r.base_attempt >= w.max_attempts or r.attempt >= 250 then 'attempts_exhausted'
        end as reason,
        least(w.max_delay_ms, w.initial_delay_ms * power(w.backoff_factor::float8, r.attempt - r.base_attempt - 1))
          * (0.9 + 0.2 * random()) as backoff_ms
      from unnest(p_batch.organization_ids, p_batch.delivery_ids, p_batch.attempts, p_batch.base_attempts,
          p_results.status_codes, p_results.errors, p_results.retry_after_s)
        as r (organization_id, delivery_id, attempt, base_attempt, status_code, error, retry_after_s)
      join hera.webhooks w
        on w.organization_id = r.organization_id and w.webhook_no = hera_internal.delivery_webhook_no(r.delivery_id)
      where r.status_code is null or r.status_code not between 200 and 299
    ), gone as (
      update hera.webhooks w set status = 'disabled', status_reason = 'The receiver answered 410 Gone.'
      from result r
      where r.reason = 'gone' and w.organization_id = r.organization_id and w.id = r.webhook_id and w.status = 'active'
    ), dead as (
      insert into hera.dead_letters (
        organization_id, delivery_id, status, reason, attempts, last_status_code, last_error, created_at)
      select r.organization_id, r.delivery_id, case r.reason when 'blocked_address' then 'blocked' else 'dlq' end,
        r.reason, r.attempt, r.status_code, r.error, p_now
      from result r
      where r.reason is not null
      on conflict (organization_id, delivery_id) do update set
        status = excluded.status, reason = excluded.reason, attempts = excluded.attempts,
        last_status_code = excluded.last_status_code, last_error = excluded.last_error, created_at = excluded.created_at
      returning delivery_id
    ), later as (
      insert into hera.outbox_scheduled (organization_id, delivery_id, attempt, base_attempt, due_at)
      select r.organization_id, r.delivery_id, r.attempt + 1, r.base_attempt,
        p_now + interval '1 ms' * case
          when r.error = 'lease_lost' then 0
          when r.status_code in (429, 503) then greatest(r.backoff_ms, least(86400, coalesce(r.retry_after_s, 0)) * 1000.0)
          else r.backoff_ms end
      from result r
      where r.reason is null
      returning 1
    )
    select (select count(*) from later), (select coalesce(array_agg(delivery_id), '{}') from dead) into v_failed, v_dead;
  end if;
  if exists (select from hera.outbox_fifo_lane) then
    perform hera_internal.fifo_advance(
      array_agg(s.organization_id), array_agg(s.delivery_id))
    from unnest(p_batch.organization_ids, p_batch.delivery_ids, p_results.status_codes) as s (organization_id, delivery_id, status_code)
    where s.status_code between 200 and 299 or s.delivery_id = any (v_dead);
  end if;
  return jsonb_build_object('delivered', v_total - v_failed - cardinality(v_dead), 'failed', v_failed, 'dlq', cardinality(v_dead));
end
$$;
ALTER FUNCTION hera_internal.settle(p_batch hera_internal.outbox_batch, p_results hera_internal.outbox_results, p_now timestamp with time zone) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.settle(p_batch hera_internal.outbox_batch, p_results hera_internal.outbox_results, p_now timestamp with time zone) IS 'Logs attempts and decides: delivered, scheduled again, or dead.';
CREATE FUNCTION hera_internal.settle_batch(p_batch hera_internal.outbox_batch, p_results hera_internal.outbox_results, p_headers text[], p_now timestamp with time zone) RETURNS jsonb
    LANGUAGE plpgsql
    AS $$
declare
  v_plain hera_internal.outbox_batch;
  v_results hera_internal.outbox_results;
  v_counts jsonb := hera_internal.settle_calls(p_batch, p_results, p_headers, p_now);
  v_more jsonb;
begin
  select array_agg(d.organization_id), array_agg(d.delivery_id), array_agg(d.attempt), array_agg(d.base_attempt),
    array_agg(p_results.status_codes[d.nth]), array_agg(p_results.durations_ms[d.nth]), array_agg(left(p_results.response_bodies[d.nth], 16384)),
    array_agg(p_results.errors[d.nth]), array_agg(p_results.retry_after_s[d.nth])
  into v_plain.organization_ids, v_plain.delivery_ids, v_plain.attempts, v_plain.base_attempts,
    v_results.status_codes, v_results.durations_ms, v_results.response_bodies, v_results.errors, v_results.retry_after_s
  from hera_internal.batch_rows(p_batch, 'webhook') d;
  if v_plain.delivery_ids is null then
    return v_counts;
  end if;
  v_more := hera_internal.settle(v_plain, v_results, p_now);
  return (
    select jsonb_object_agg(c.key, c.value::int + (v_more -> c.key)::int) from jsonb_each_text(v_counts) c);
end
$$;
ALTER FUNCTION hera_internal.settle_batch(p_batch hera_internal.outbox_batch, p_results hera_internal.outbox_results, p_headers text[], p_now timestamp with time zone) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.settle_batch(p_batch hera_internal.outbox_batch, p_results hera_internal.outbox_results, p_headers text[], p_now timestamp with time zone) IS 'Settles a batch that holds calls.';
CREATE FUNCTION hera_internal.settle_call(p_organization_id uuid, p_delivery_id uuid, p_attempt smallint, p_base_attempt smallint, p_status integer, p_duration_ms integer, p_error text, p_headers jsonb, p_body text, p_now timestamp with time zone) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
declare
  v_channel hera.webhooks;
  v_config jsonb;
  v_action jsonb;
  v_verdict jsonb;
  v_error jsonb;
  v_outcome text;
  v_code text;
  v_body text;
begin
  perform hera_internal.set_tenant(p_organization_id);
  select * into v_channel from hera.webhooks w
  where w.organization_id = p_organization_id and w.webhook_no = hera_internal.delivery_webhook_no(p_delivery_id);
  -- Before anything of it is kept or cut: half a secret would be found by nobody.
  v_body := hera_internal.without_secrets(p_organization_id, v_channel.id, p_body);
  v_config := hera_internal.installed_definition(p_organization_id, v_channel.id);
  select hera_internal.action_of(v_config, substr(e.event_type, 8)) into v_action
  from hera.events e where e.organization_id = p_organization_id and e.id = hera_internal.delivery_event_id(p_delivery_id);
  v_verdict := hera_internal.call_verdict(v_config, v_action, p_status, p_error, p_headers, v_body, p_attempt - p_base_attempt,
    case when p_attempt >= 250 then 0 else v_channel.max_attempts end);
  v_outcome := v_verdict ->> 'outcome';
  v_error := v_verdict -> 'error';
  v_error := v_error || jsonb_strip_nulls(jsonb_build_object('message', left(v_error ->> 'message', 500)));
  v_code := case v_outcome when 'succeeded' then case when p_status not between 200 and 299 then 'duplicate_ok' end
    when 'reauth' then 'reauth' else v_error ->> 'code' end;
  insert into hera.attempts (started_at, organization_id, delivery_id, duration_ms, status_code, attempt, error, response_body)
  values (p_now - p_duration_ms * interval '1 ms', p_organization_id, p_delivery_id, p_duration_ms,
    case when v_outcome = 'succeeded' then case when p_status between 200 and 299 then p_status else 200 end
      when p_status not between 200 and 299 then p_status end,
    p_attempt, v_code, nullif(left(v_body, 16384), ''));
  if v_outcome = 'reauth' then
    perform hera_internal.call_unauthorized(v_channel, p_delivery_id, p_attempt, p_base_attempt,
      p_now - p_duration_ms * interval '1 ms', p_now);
  elsif v_outcome = 'again' then
    perform hera_internal.call_again(v_channel, p_delivery_id, p_attempt, p_base_attempt, v_verdict -> 'wait_s', p_now);
  elsif v_outcome = 'disable' then
    perform hera_internal.stop_calls(v_channel);
    v_outcome := 'failed';
  end if;
  if v_outcome in ('succeeded', 'failed', 'unknown') then
    perform hera_internal.end_call(p_organization_id, p_delivery_id, p_attempt, v_outcome, case when v_outcome <> 'succeeded' then v_error end,
      hera_internal.call_result(v_action, p_headers, v_body), p_now);
  end if;
  perform hera_internal.note_call(v_channel, v_outcome, v_error, p_headers, v_config,
    case when p_status = 429 then p_now + (v_verdict ->> 'wait_s')::float8 * interval '1 second' end, p_now);
  return case when v_outcome = 'succeeded' then 'delivered' when v_outcome in ('again', 'reauth') then 'failed' else 'dlq' end;
end
$$;
ALTER FUNCTION hera_internal.settle_call(p_organization_id uuid, p_delivery_id uuid, p_attempt smallint, p_base_attempt smallint, p_status integer, p_duration_ms integer, p_error text, p_headers jsonb, p_body text, p_now timestamp with time zone) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.settle_call(p_organization_id uuid, p_delivery_id uuid, p_attempt smallint, p_base_attempt smallint, p_status integer, p_duration_ms integer, p_error text, p_headers jsonb, p_body text, p_now timestamp with time zone) IS 'Logs an attempt of a call and decides what becomes of it.';
CREATE FUNCTION hera_internal.settle_calls(p_batch hera_internal.outbox_batch, p_results hera_internal.outbox_results, p_headers text[], p_now timestamp with time zone) RETURNS jsonb
    LANGUAGE plpgsql
    AS $$
declare
  v_row record;
  v_headers jsonb;
  v_counts jsonb := jsonb '{"delivered": 0, "failed": 0, "dlq": 0}';
  v_became text;
begin
  for v_row in
    select d.* from hera_internal.batch_rows(p_batch, 'channel') d order by d.organization_id, d.webhook_id, d.delivery_id
  loop
    v_headers := coalesce(hera_internal.json_or_null(p_headers[v_row.nth]), '{}');
    if p_results.retry_after_s[v_row.nth] is not null then
      v_headers := v_headers || jsonb_build_object('retry-after', p_results.retry_after_s[v_row.nth]::text);
    end if;
    begin
      v_became := hera_internal.settle_call(v_row.organization_id, v_row.delivery_id, v_row.attempt, v_row.base_attempt,
        p_results.status_codes[v_row.nth], coalesce(p_results.durations_ms[v_row.nth], 0), p_results.errors[v_row.nth], v_headers,
        p_results.response_bodies[v_row.nth], p_now);
    exception
      when transaction_rollback or query_canceled or lock_not_available then
        raise;
      when others then
        -- Else no claim would ever get past it: each would find its lease over and settle it again.
        v_became := 'dlq';
        insert into hera.dead_letters as d (
          organization_id, delivery_id, status, reason, attempts, last_status_code, last_error, created_at)
        values (v_row.organization_id, v_row.delivery_id, 'dlq', 'settle_failed', v_row.attempt, p_results.status_codes[v_row.nth], sqlstate, p_now)
        on conflict (organization_id, delivery_id) do nothing;
    end;
    v_counts := v_counts || jsonb_build_object(v_became, (v_counts -> v_became)::int + 1);
  end loop;
  return v_counts;
end
$$;
ALTER FUNCTION hera_internal.settle_calls(p_batch hera_internal.outbox_batch, p_results hera_internal.outbox_results, p_headers text[], p_now timestamp with time zone) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.settle_calls(p_batch hera_internal.outbox_batch, p_results hera_internal.outbox_results, p_headers text[], p_now timestamp with time zone) IS 'Settles the calls of a batch.';
CREATE FUNCTION hera_internal.shape_fault(p_path text, p_value jsonb, p_shape jsonb) RETURNS text
    LANGUAGE plpgsql IMMUTABLE
    AS $_$
declare
  v_kind text := jsonb_typeof(p_shape);
  v_key text;
  v_value jsonb;
  v_fault text;
begin
  if v_kind = 'string' then
    return p_path || ' ' || hera_internal.kind_fault(p_value, p_shape #>> '{}');
  elsif jsonb_typeof(p_value) is distinct from v_kind then
    return p_path || ' must be ' || case v_kind when 'array' then 'a list' else 'a JSON object' end;
  elsif v_kind = 'array' then
    for v_key, v_value in select e.n - 1, e.value from jsonb_array_elements(p_value) with ordinality e (value, n)
    loop
      v_fault := coalesce(v_fault, hera_internal.shape_fault(p_path || '[' || v_key || ']', v_value, p_shape -> 0));
    end loop;
    return v_fault;
  end if;
  select k into v_key from jsonb_object_keys(p_shape) k where k !~ '[?*]$' and not p_value ? k limit 1;
  if found then
    return format('%s.%s is missing', p_path, v_key);
  end if;
  for v_key, v_value in select e.key, e.value from jsonb_each(p_value) e
  loop
    if not p_shape ?| array[v_key, v_key || '?', '*'] then
      return format('%s has an unknown key %s; the known ones are %s', p_path, left(v_key, 100),
        (select string_agg(rtrim(k, '?'), ', ' order by k) from jsonb_object_keys(p_shape) k));
    end if;
    v_fault := coalesce(v_fault, hera_internal.shape_fault(p_path || '.' || left(v_key, 100), v_value,
      coalesce(p_shape -> v_key, p_shape -> (v_key || '?'), p_shape -> '*')));
  end loop;
  return v_fault;
end
$_$;
ALTER FUNCTION hera_internal.shape_fault(p_path text, p_value jsonb, p_shape jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.shape_fault(p_path text, p_value jsonb, p_shape jsonb) IS 'The first departure of a document from a shape, or null.';
CREATE FUNCTION hera_internal.shape_schema(p_shape jsonb) RETURNS jsonb
    LANGUAGE plpgsql IMMUTABLE
    AS $_$
declare
  v_kind constant text := p_shape #>> '{}';
  v_text constant jsonb := jsonb '{"type": "string", "minLength": 1, "maxLength": 4096}';
begin
  if jsonb_typeof(p_shape) = 'array' then
    return jsonb_build_object('type', 'array', 'items', hera_internal.shape_schema(p_shape -> 0));
  elsif jsonb_typeof(p_shape) = 'object' then
    return jsonb_build_object(
      'type', 'object',
      'properties', (
        select coalesce(jsonb_object_agg(rtrim(s.key, '?'), hera_internal.shape_schema(s.value)), '{}')
        from jsonb_each(p_shape) s where s.key <> '*'),
      'required', (
        select coalesce(jsonb_agg(k order by k), '[]') from jsonb_object_keys(p_shape) k where k !~ '[?*]$'),
      'additionalProperties', coalesce(hera_internal.shape_schema(p_shape -> '*'), 'false'));
  end if;
  return case
    when v_kind is null then null
    when v_kind = 'any' then '{}'
    when v_kind in ('boolean', 'object', 'number') then jsonb_build_object('type', v_kind)
    when v_kind = 'integer' then '{"type": "integer", "minimum": 0, "maximum": 9999999999}'
    when v_kind = 'status' then jsonb '{"anyOf": [{"type": "integer", "minimum": 100, "maximum": 599}, {"type": "string", "pattern": "^[1-5]xx$"}]}'
    when v_kind like '%|%' then jsonb_build_object('enum', to_jsonb(string_to_array(ltrim(v_kind, '|'), '|')))
    else v_text || case v_kind
      when 'code' then jsonb '{"pattern": "^[a-z0-9][a-z0-9-]{0,62}$"}'
      when 'name' then jsonb '{"pattern": "^[a-z][a-z0-9_]{0,62}$"}'
      when 'url' then jsonb '{"pattern": "^(https://|\\{\\{(vars|fields)\\.)"}'
      when 'smart_code' then jsonb '{"pattern": "^HERA(\\.[A-Z0-9_]{2,30}){2,9}\\.v[0-9]{1,6}$"}'
      when 'jsonpath' then jsonb '{"description": "A jsonpath of PostgreSQL."}'
      when 'regex' then jsonb '{"description": "A regular expression of PostgreSQL."}'
      when 'cron' then jsonb '{"description": "A cron expression of 5 fields, or 6 with seconds first, in UTC."}'
      else '{}' end
  end;
end
$_$;
ALTER FUNCTION hera_internal.shape_schema(p_shape jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.shape_schema(p_shape jsonb) IS 'A shape as JSON Schema.';
CREATE FUNCTION hera_internal.shown(p_value jsonb, p_max_length integer) RETURNS jsonb
    LANGUAGE plpgsql IMMUTABLE
    AS $$
declare
  v_text constant text := p_value::text;
begin
  return case when length(v_text) <= p_max_length then p_value else to_jsonb(left(v_text, p_max_length) || '…') end;
end
$$;
ALTER FUNCTION hera_internal.shown(p_value jsonb, p_max_length integer) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.shown(p_value jsonb, p_max_length integer) IS 'A value, cut to p_max_length characters of its text.';
CREATE FUNCTION hera_internal.signature_fits(p_rule jsonb, p_secret text, p_request jsonb, p_body bytea, p_given text[]) RETURNS boolean
    LANGUAGE plpgsql
    AS $$
declare
  v_expected text;
  v_given text;
  v_fits boolean := false;
begin
  if coalesce(p_secret, '') = '' or cardinality(p_given) = 0 then
    return false;
  end if;
  v_expected := hera_internal.inbound_signature(p_rule, p_secret, p_request, p_body);
  foreach v_given in array p_given
  loop
    if v_given is null or length(v_given) > 8192 then
      continue;
    elsif p_rule ->> 'type' = 'basic' then
      v_given := hera_internal.basic_credentials(v_given, p_secret);
    elsif p_rule ->> 'type' in ('hmac', 'hash') and coalesce(p_rule ->> 'encoding', 'hex') = 'hex' then
      v_given := lower(v_given);
    end if;
    v_fits := hera_internal.same_secret(coalesce(v_given, ''), v_expected) or v_fits;
  end loop;
  return v_fits;
end
$$;
ALTER FUNCTION hera_internal.signature_fits(p_rule jsonb, p_secret text, p_request jsonb, p_body bytea, p_given text[]) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.signature_fits(p_rule jsonb, p_secret text, p_request jsonb, p_body bytea, p_given text[]) IS 'Whether a signature is valid.';
CREATE FUNCTION hera_internal.signs_events(p_inbound jsonb, p_handshake jsonb, p_part text) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    AS $$
  select exists (
    select
    from (
      select '' as literal
      union all
      select string_agg(substring(m from 9), '' order by n)
      from jsonb_array_elements(p_inbound -> 'verify') v
      cross join lateral jsonb_array_elements_text(v -> 'message') with ordinality x (m, n)
      where m like 'literal:%'
      group by v) l
    cross join unnest(array['{}', '[]', '{"id":1}', '[{"type":"a"}]', '{"a": {"b": "c"}}', 'id=1&type=a']) b (body)
    where not exists (
      select from jsonb_array_elements(p_handshake -> 'require') r
      where r ->> 'query' = substring(p_part from 7) and r ? 'regex' and l.literal || b.body !~ (r ->> 'regex')));
$$;
ALTER FUNCTION hera_internal.signs_events(p_inbound jsonb, p_handshake jsonb, p_part text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.signs_events(p_inbound jsonb, p_handshake jsonb, p_part text) IS 'Whether a handshake would sign an event.';
CREATE FUNCTION hera_internal.smart_code_of(p_source text, p_type text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE
    AS $$
begin
  return 'HERA.INTEGRATION.EVENT.' || hera_internal.smart_code_segment(p_source) || '.'
    || hera_internal.smart_code_segment(p_type) || '.v1';
end
$$;
ALTER FUNCTION hera_internal.smart_code_of(p_source text, p_type text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.smart_code_of(p_source text, p_type text) IS 'HERA.INTEGRATION.EVENT.<SOURCE>.<TYPE>.v1';
CREATE FUNCTION hera_internal.smart_code_ok(p_smart_code text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (p_smart_code ~ '^HERA(\.[A-Z0-9_]{2,30}){2,9}\.v[0-9]{1,6}$'::text);
ALTER FUNCTION hera_internal.smart_code_ok(p_smart_code text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.smart_code_ok(p_smart_code text) IS 'True for a well-formed smart code.';
CREATE FUNCTION hera_internal.smart_code_segment(p_text text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN rpad("left"(regexp_replace(upper(p_text), '[^A-Z0-9]'::text, '_'::text, 'g'::text), 30), GREATEST(2, LEAST(30, length(p_text))), '_'::text);
ALTER FUNCTION hera_internal.smart_code_segment(p_text text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.smart_code_segment(p_text text) IS 'Upper case, other signs as _, padded to 2 and cut to 30.';
CREATE FUNCTION hera_internal.snapshot_holders() RETURNS TABLE(kind text, name text, application text, state text, since timestamp with time zone, xmin_age integer)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
begin
  return query
  select h.*
  from (
    select 'session', coalesce(a.usename::text, a.backend_type) || ' (' || a.pid || ')', a.application_name, a.state, a.xact_start,
      age(coalesce(a.backend_xmin, a.backend_xid))
    from pg_stat_activity a
    where coalesce(a.backend_xmin, a.backend_xid) is not null and a.pid <> pg_backend_pid()
      and (a.datname = current_database() or a.datname is null)
    union all
    select 'replication slot', s.slot_name::text, null, case when s.active then 'active' else 'inactive' end, null,
      greatest(age(s.xmin), age(s.catalog_xmin))
    from pg_replication_slots s
    where s.xmin is not null or s.catalog_xmin is not null
    union all
    select 'prepared transaction', p.gid, null, null, p.prepared, age(p.transaction)
    from pg_prepared_xacts p
    where p.database = current_database()) h (kind, name, application, state, since, xmin_age)
  order by h.xmin_age desc, h.since;
end
$$;
ALTER FUNCTION hera_internal.snapshot_holders() OWNER TO hera_worker_owner;
COMMENT ON FUNCTION hera_internal.snapshot_holders() IS 'Sessions, slots and transactions that hold dead rows.';
CREATE FUNCTION hera_internal.stand_in_line(p_organization_id uuid, p_delivery_id uuid, p_attempts integer) RETURNS boolean
    LANGUAGE plpgsql
    AS $$
declare
  v_webhook_no constant int := hera_internal.delivery_webhook_no(p_delivery_id);
begin
  if not exists (
    select from hera.webhooks w
    where w.organization_id = p_organization_id and w.webhook_no = v_webhook_no and w.ordering = 'fifo') then
    return false;
  end if;
  insert into hera.outbox_fifo_lane (organization_id, webhook_no, delivery_id)
  values (p_organization_id, v_webhook_no, p_delivery_id)
  on conflict do nothing;
  if exists (
    select from hera.outbox_fifo_lane l
    where l.organization_id = p_organization_id and l.webhook_no = v_webhook_no and l.delivery_id = p_delivery_id) then
    return false;
  end if;
  insert into hera.outbox_fifo_wait (organization_id, webhook_no, delivery_id, base_attempt)
  values (p_organization_id, v_webhook_no, p_delivery_id, p_attempts);
  return true;
end
$$;
ALTER FUNCTION hera_internal.stand_in_line(p_organization_id uuid, p_delivery_id uuid, p_attempts integer) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.stand_in_line(p_organization_id uuid, p_delivery_id uuid, p_attempts integer) IS 'Puts a delivery behind the one that holds its fifo line.';
CREATE FUNCTION hera_internal.stop_calls(p_channel hera.webhooks) RETURNS void
    LANGUAGE plpgsql
    AS $$
begin
  if exists (
    select from hera.core_entities e
    where e.organization_id = p_channel.organization_id and e.id = p_channel.id and e.status in ('active', 'reauth_required')) then
    perform hera_internal.set_installation_status(uuid '00000000-0000-0000-0000-000000000001', p_channel.organization_id, p_channel.id, 'error');
    perform hera_internal.keep_tasks(p_channel.organization_id, p_channel.id);
  end if;
end
$$;
ALTER FUNCTION hera_internal.stop_calls(p_channel hera.webhooks) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.stop_calls(p_channel hera.webhooks) IS 'Stops the calls of an installation.';
CREATE FUNCTION hera_internal.store_call(p_actor_user_id uuid, p_organization_id uuid, p_channel hera.webhooks, p_config jsonb, p_action text, p_input jsonb, p_key text, p_traceparent text DEFAULT NULL::text) RETURNS jsonb
    LANGUAGE plpgsql
    AS $$
declare
  v_code constant text := p_channel.connector_code;
  v_type constant text := 'action.' || p_action;
  v_smart_code constant text := 'HERA.INTEGRATION.CALL.' || hera_internal.smart_code_segment(v_code) || '.'
    || hera_internal.smart_code_segment(p_action) || '.v1';
  v_now constant timestamptz := hera_internal.now();
  v_id uuid := hera_internal.new_id(v_now);
  v_delivery_id uuid := hera_internal.delivery_id(v_id, p_channel.webhook_no);
  v_hash constant bytea := hera_internal.content_hash(v_code, v_type, v_code, p_input::text);
  v_due timestamptz;
  v_answer jsonb := hera_internal.event_fault(v_code, v_type, p_input, p_input::text, v_code, p_key, v_smart_code);
begin
  if v_answer is not null then
    return v_answer;
  end if;
  if p_key is not null then
    insert into hera.idempotency_keys (organization_id, idempotency_key, event_id, content_hash)
    values (p_organization_id, p_key, v_id, v_hash)
    on conflict do nothing;
    if not found then
      v_answer := hera_internal.repeated_event(p_organization_id, p_key, v_hash, v_code, v_type, v_code, p_input);
      return case when v_answer ? 'error' then v_answer
        else hera_internal.call_answer(p_organization_id, (v_answer ->> 'event_id')::uuid, true) end;
    end if;
  end if;
  insert into hera.events (
    organization_id, id, created_at, created_by, installation_id, deliveries, status, event_source, event_type, smart_code,
    connector_code, idempotency_key, event_data, traceparent)
  values (p_organization_id, v_id, v_now, p_actor_user_id, p_channel.id, 1, 'processed', v_code, v_type, v_smart_code,
    v_code, p_key, p_input::text::json, p_traceparent);
  v_due := hera_internal.call_slot(p_organization_id, p_channel.id, p_config, p_action, p_input, v_now);
  if v_due is null then
    insert into hera.outbox_ready (organization_id, delivery_id, attempt, base_attempt) values (p_organization_id, v_delivery_id, 1, 0);
  else
    insert into hera.outbox_scheduled (organization_id, delivery_id, attempt, base_attempt, due_at)
    values (p_organization_id, v_delivery_id, 1, 0, v_due);
  end if;
  return hera_internal.call_answer(p_organization_id, v_id, false);
end
$$;
ALTER FUNCTION hera_internal.store_call(p_actor_user_id uuid, p_organization_id uuid, p_channel hera.webhooks, p_config jsonb, p_action text, p_input jsonb, p_key text, p_traceparent text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.store_call(p_actor_user_id uuid, p_organization_id uuid, p_channel hera.webhooks, p_config jsonb, p_action text, p_input jsonb, p_key text, p_traceparent text) IS 'Stores a call of a provider and enqueues it.';
CREATE FUNCTION hera_internal.store_definition(p_actor_user_id uuid, p_code text, p_config jsonb) RETURNS uuid
    LANGUAGE plpgsql
    AS $$
declare
  v_platform constant uuid := hera_internal.platform_id();
  v_smart_code constant text := p_config ->> 'smart_code';
  v_fault text := hera_internal.kind_fault(to_jsonb(p_code), 'code');
  v_version int;
  v_newest int;
  v_metadata jsonb;
  v_id uuid;
begin
  if p_code is null or v_fault is not null then
    perform hera_internal.fail(400, 'connector_code.invalid', 'connector_code must have 1 to 63 lower-case letters, digits or dashes',
      'For example acme-orders; it is part of the address of the provider''s callbacks.');
  elsif v_smart_code is null then
    perform hera_internal.guardrail('SMARTCODE_MISSING', 'Give connector_config.smart_code, such as HERA.INTEGRATION.CONNECTOR.ACME.v1.');
  elsif not hera_internal.smart_code_ok(v_smart_code) then
    perform hera_internal.guardrail('SMARTCODE_REGEX_FAIL', 'Give connector_config.smart_code as in HERA.INTEGRATION.CONNECTOR.ACME.v1.');
  end if;
  v_fault := coalesce(hera_internal.definition_fault(p_config), hera_internal.dependency_fault(p_code, p_config));
  if v_fault is not null then
    perform hera_internal.fail(400, 'connector_config.invalid', v_fault, 'Correct it there; docs/connectors.md tells each key.');
  end if;
  v_version := (p_config ->> 'version')::int;
  select e.id, (e.metadata ->> 'newest_version')::int into v_id, v_newest
  from hera.core_entities e
  where e.organization_id = v_platform and e.entity_type = 'INTEGRATION_CONNECTOR_DEF' and e.entity_code = p_code
  for update;
  if exists (
    select from hera.connector_versions v
    where v.organization_id = v_platform and v.definition_id = v_id and v.version = v_version and v.config = p_config)
    and (v_version < v_newest or hera_internal.definition_version(v_id, null) = p_config) then
    return v_id;
  end if;
  v_metadata := jsonb_build_object('newest_version', greatest(v_newest, v_version), 'event_smart_codes', coalesce((
      select e.metadata -> 'event_smart_codes' from hera.core_entities e
      where e.organization_id = v_platform and e.id = v_id and v_newest is not null), '{}')
    || jsonb_build_object(v_version, hera_internal.event_smart_codes(p_config)));
  if v_version < v_newest then
    update hera.core_entities e
    set metadata = v_metadata, updated_at = hera_internal.now(), updated_by = p_actor_user_id, version = e.version + 1
    where e.organization_id = v_platform and e.id = v_id;
    perform hera_internal.store_version(p_actor_user_id, v_id, v_version, p_config);
    return v_id;
  end if;
  insert into hera.core_entities as e (
    id, organization_id, entity_type, entity_name, entity_code, entity_description, smart_code, status, metadata, created_by, updated_by)
  values (hera_internal.new_id(hera_internal.now()), v_platform, 'INTEGRATION_CONNECTOR_DEF', p_config ->> 'name', p_code,
    p_config ->> 'description', v_smart_code, p_config ->> 'status', v_metadata, p_actor_user_id, p_actor_user_id)
  on conflict (organization_id, entity_type, entity_code)
    where entity_type in ('INTEGRATION_CONNECTOR_DEF', 'RELATIONSHIP_TYPE', 'INTEGRATION_EVENT_TYPE', 'INTEGRATION_ENDPOINT')
  do update set entity_name = excluded.entity_name, entity_description = excluded.entity_description,
    smart_code = excluded.smart_code, status = excluded.status, metadata = excluded.metadata,
    updated_at = hera_internal.now(), updated_by = excluded.updated_by, version = e.version + 1
  returning e.id into v_id;
  perform hera_internal.store_version(p_actor_user_id, v_id, v_version, p_config);
  perform hera_internal.store_field(p_actor_user_id, v_platform, v_id, 'connector_config', 'json', p_config, v_smart_code);
  perform hera_internal.set_links(p_actor_user_id, v_platform, v_id, 'CONNECTOR_SUPPORTS',
    hera_internal.event_types_of(p_actor_user_id, p_code, p_config));
  perform hera_internal.set_links(p_actor_user_id, v_platform, v_id, 'CONNECTOR_DEPENDS_ON', array(
    select e.id from hera.core_entities e
    where e.organization_id = v_platform and e.entity_type = 'INTEGRATION_CONNECTOR_DEF' and p_config -> 'depends_on' ? e.entity_code));
  return v_id;
end
$$;
ALTER FUNCTION hera_internal.store_definition(p_actor_user_id uuid, p_code text, p_config jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.store_definition(p_actor_user_id uuid, p_code text, p_config jsonb) IS 'Checks and upserts a connector definition.';
CREATE FUNCTION hera_internal.store_events(p_actor_user_id uuid, p_organization_id uuid, p_events hera.events[], p_places integer[]) RETURNS integer[]
    LANGUAGE plpgsql
    AS $$
declare
  v_counts int[] := array_fill(null::int, array[cardinality(p_events)]);
  v_place int[];
  v_webhook int[];
  v_kind text[];
begin
  if p_places is null then
    return v_counts;
  end if;
  select array_agg(x.place order by x.place, x.webhook_no), array_agg(x.webhook_no order by x.place, x.webhook_no),
    array_agg(x.kind order by x.place, x.webhook_no)
  into v_place, v_webhook, v_kind
  from (
    select p.place, w.webhook_no, case when w.status = 'disabled' then 'disabled' else w.ordering end as kind
    from unnest(p_places) as p (place)
    cross join lateral (select (p_events[p.place]).*) e
    cross join lateral (select hera_internal.topic_candidates(e.event_source || '.' || e.event_type) as candidates offset 0) t
    join hera.webhooks w
      on w.organization_id = p_organization_id
      and w.status <> 'inactive'
      and w.topics && t.candidates
      and (w.connector_code is null or w.connector_code = e.connector_code)
      and (w.filter is null or jsonb_path_match(e.event_data::jsonb, w.filter, '{}', true))) x;
  for i in 1 .. cardinality(p_places)
  loop
    v_counts[p_places[i]] := 0;
  end loop;
  for i in 1 .. coalesce(cardinality(v_place), 0)
  loop
    if v_kind[i] <> 'disabled' then
      v_counts[v_place[i]] := v_counts[v_place[i]] + 1;
    end if;
  end loop;
  insert into hera.events (
    organization_id, id, created_at, created_by, installation_id, deliveries, status, event_source, event_type, smart_code,
    connector_code, idempotency_key, event_data, traceparent, occurred_at, inbound_request_id)
  select p_organization_id, e.id, e.created_at, p_actor_user_id, e.installation_id, v_counts[e.ordinality], 'processed', e.event_source,
    e.event_type, e.smart_code, e.connector_code, e.idempotency_key, e.event_data, e.traceparent, e.occurred_at, e.inbound_request_id
  from unnest(p_events) with ordinality as e
  where v_counts[e.ordinality] is not null;
  insert into hera.outbox_ready (organization_id, delivery_id, attempt, base_attempt)
  select p_organization_id, hera_internal.delivery_id((p_events[m.place]).id, m.webhook_no), 1, 0
  from unnest(v_place, v_webhook, v_kind) with ordinality as m (place, webhook_no, kind, nth)
  where m.kind = 'none'
  order by m.nth;
  if 'fifo' = any (v_kind) or 'disabled' = any (v_kind) then
    perform hera_internal.enqueue_aside(p_organization_id, (p_events[m.place]).id,
      array_agg(m.webhook_no) filter (where m.kind = 'fifo'), array_agg(m.webhook_no) filter (where m.kind = 'disabled'),
      (p_events[m.place]).created_at)
    from unnest(v_place, v_webhook, v_kind) as m (place, webhook_no, kind)
    group by m.place
    order by m.place;
  end if;
  return v_counts;
end
$$;
ALTER FUNCTION hera_internal.store_events(p_actor_user_id uuid, p_organization_id uuid, p_events hera.events[], p_places integer[]) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.store_events(p_actor_user_id uuid, p_organization_id uuid, p_events hera.events[], p_places integer[]) IS 'Writes events and their deliveries; the number of deliveries of each.';
CREATE FUNCTION hera_internal.store_field(p_actor_user_id uuid, p_organization_id uuid, p_entity_id uuid, p_name text, p_type text, p_value jsonb, p_smart_code text) RETURNS void
    LANGUAGE plpgsql
    AS $$
begin
  insert into hera.core_dynamic_data as d (
    organization_id, entity_id, field_name, field_type, field_value_text, field_value_number, field_value_boolean,
    field_value_date, field_value_json, smart_code, created_by, updated_by)
  values (p_organization_id, p_entity_id, p_name, p_type,
    case when p_type = 'text' then p_value #>> '{}' end,
    case when p_type = 'number' then (p_value #>> '{}')::numeric end,
    case when p_type = 'boolean' then (p_value #>> '{}')::boolean end,
    case when p_type = 'date' then (p_value #>> '{}')::timestamptz end,
    case when p_type = 'json' then p_value end,
    p_smart_code, p_actor_user_id, p_actor_user_id)
  on conflict (entity_id, field_name, organization_id) do update set
    field_type = excluded.field_type, field_value_text = excluded.field_value_text,
    field_value_number = excluded.field_value_number, field_value_boolean = excluded.field_value_boolean,
    field_value_date = excluded.field_value_date, field_value_json = excluded.field_value_json,
    updated_at = hera_internal.now(), updated_by = excluded.updated_by, version = d.version + 1;
end
$$;
ALTER FUNCTION hera_internal.store_field(p_actor_user_id uuid, p_organization_id uuid, p_entity_id uuid, p_name text, p_type text, p_value jsonb, p_smart_code text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.store_field(p_actor_user_id uuid, p_organization_id uuid, p_entity_id uuid, p_name text, p_type text, p_value jsonb, p_smart_code text) IS 'Inserts or updates a field of an entity.';
CREATE FUNCTION hera_internal.store_inbound(p_request hera.inbound_requests, p_organization_id uuid, p_items jsonb[], p_traceparent text, OUT accepted integer, OUT duplicates integer, OUT failed integer, OUT reason text) RETURNS record
    LANGUAGE plpgsql
    AS $$
declare
  v_actor constant uuid := uuid '00000000-0000-0000-0000-000000000001';
  v_suspended boolean;
  v_answers jsonb[];
  v_failed jsonb[] := array[]::jsonb[];
begin
  perform hera_internal.set_tenant(p_organization_id);
  select o.status <> 'active' into v_suspended from hera.core_organizations o where o.id = p_organization_id;
  v_answers := array(
    select case
      when i ? 'reason' then i
      when v_suspended then jsonb '{"error": "organization_suspended", "message": "the organization is suspended"}' end
    from unnest(p_items) with ordinality x (i, n) order by x.n);
  v_answers := hera_internal.accept_events(v_actor, p_organization_id, p_items, v_answers, p_traceparent);
  perform hera_internal.follow_events(p_organization_id, p_items, v_answers);
  accepted := 0;
  duplicates := 0;
  for i in 1 .. cardinality(p_items)
  loop
    if v_answers[i] ? 'reason' or v_answers[i] ? 'error' and v_answers[i] ->> 'error' <> 'idempotency.mismatch' then
      reason := coalesce(v_answers[i] ->> 'reason', concat_ws(': ', v_answers[i] ->> 'error', v_answers[i] ->> 'message'));
      v_failed := v_failed || (p_items[i] || jsonb_build_object('reason', reason, 'n', i));
    elsif v_answers[i] ->> 'duplicate' = 'false' then
      accepted := accepted + 1;
    else
      duplicates := duplicates + 1;
    end if;
  end loop;
  failed := cardinality(v_failed);
  reason := v_failed[1] ->> 'reason';
  perform hera_internal.keep_failed_items(v_actor, p_organization_id, p_request, v_failed);
end
$$;
ALTER FUNCTION hera_internal.store_inbound(p_request hera.inbound_requests, p_organization_id uuid, p_items jsonb[], p_traceparent text, OUT accepted integer, OUT duplicates integer, OUT failed integer, OUT reason text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.store_inbound(p_request hera.inbound_requests, p_organization_id uuid, p_items jsonb[], p_traceparent text, OUT accepted integer, OUT duplicates integer, OUT failed integer, OUT reason text) IS 'Writes the items of one organization.';
CREATE FUNCTION hera_internal.store_polled(p_organization_id uuid, p_installation_id uuid, p_config jsonb, p_event text, p_body jsonb) RETURNS integer
    LANGUAGE plpgsql
    AS $_$
declare
  v_code text;
  v_items jsonb[];
begin
  select e.entity_code into v_code from hera.core_entities e where e.organization_id = p_organization_id and e.id = p_installation_id;
  select array_agg(jsonb_build_object('event_source', v_code, 'event_type', e.event_type, 'connector_code', v_code,
    'smart_code', e.smart_code, 'idempotency_key', hera_internal.natural_key(v_code, e.account_ref, e.event_type, e.event_key),
    'occurred_at', hera_internal.event_time(e.occurred_at), 'event_data', e.event_data))
  into v_items
  from hera_internal.inbound_events(p_config -> 'inbound' || jsonb_build_object('events',
    jsonb_path_query_array(p_config, '$.inbound.events[*] ? (@.type == $e)', jsonb_build_object('e', p_event))), p_body) e
  where e.event_key is not null;
  if v_items is null then
    return 0;
  end if;
  return (
    select count(*)
    from unnest(hera_internal.accept_events('00000000-0000-0000-0000-000000000001', p_organization_id, v_items,
      array_fill(null::jsonb, array[cardinality(v_items)]))) a
    where a ->> 'duplicate' = 'false');
end
$_$;
ALTER FUNCTION hera_internal.store_polled(p_organization_id uuid, p_installation_id uuid, p_config jsonb, p_event text, p_body jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.store_polled(p_organization_id uuid, p_installation_id uuid, p_config jsonb, p_event text, p_body jsonb) IS 'Takes in what a poll brought.';
CREATE FUNCTION hera_internal.store_secret(p_organization_id uuid, p_entity_id uuid, p_name text, p_secret text, p_overlap interval DEFAULT '00:00:00'::interval) RETURNS void
    LANGUAGE plpgsql
    AS $$
declare
  v_now timestamptz := hera_internal.now();
begin
  delete from hera.secrets s
  where s.organization_id = p_organization_id and s.entity_id = p_entity_id and s.name = p_name
    and (s.expires_at <= v_now or p_overlap <= interval '0');
  update hera.secrets s set expires_at = least(s.expires_at, v_now + p_overlap)
  where s.organization_id = p_organization_id and s.entity_id = p_entity_id and s.name = p_name;
  insert into hera.secrets (organization_id, entity_id, name, version, sealed, hint, created_at)
  select p_organization_id, p_entity_id, p_name, coalesce(max(s.version), 0) + 1,
    hera_internal.seal(p_secret), hera_internal.mask(p_secret), v_now
  from hera.secrets s
  where s.organization_id = p_organization_id and s.entity_id = p_entity_id and s.name = p_name;
end
$$;
ALTER FUNCTION hera_internal.store_secret(p_organization_id uuid, p_entity_id uuid, p_name text, p_secret text, p_overlap interval) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.store_secret(p_organization_id uuid, p_entity_id uuid, p_name text, p_secret text, p_overlap interval) IS 'Stores a secret, sealed.';
CREATE FUNCTION hera_internal.store_tokens(p_actor_user_id uuid, p_organization_id uuid, p_installation_id uuid, p_config jsonb, p_answer jsonb) RETURNS boolean
    LANGUAGE plpgsql
    AS $_$
declare
  v_now constant timestamptz := hera_internal.now();
  v_smart_code text;
  v_config jsonb;
  v_change jsonb := '{}';
  v_name text;
  v_value text;
  v_found jsonb := '{}';
begin
  for v_name, v_value in
    select m.key, hera_internal.first_text(p_answer, array[m.value]) from jsonb_each_text(p_config #> '{auth,response_map}') m
  loop
    v_found := v_found || case when coalesce(v_value, '') = '' then '{}' else jsonb_build_object(v_name, v_value) end;
  end loop;
  if not v_found ? 'access_token' then
    return false;
  end if;
  perform hera_internal.store_secret(p_organization_id, p_installation_id, 'oauth_access_token', v_found ->> 'access_token');
  if v_found ? 'refresh_token' then
    perform hera_internal.store_secret(p_organization_id, p_installation_id, 'oauth_refresh_token', v_found ->> 'refresh_token');
  end if;
  select e.smart_code into v_smart_code
  from hera.core_entities e
  where e.organization_id = p_organization_id and e.id = p_installation_id;
  delete from hera.core_dynamic_data d
  where d.organization_id = p_organization_id and d.entity_id = p_installation_id and d.field_name = 'token_expires_at';
  foreach v_name in array array['expires_in', 'refresh_token_expires_in']
  loop
    -- A century is as good as no end.
    if v_found ->> v_name ~ '^[0-9]{1,10}(\.[0-9]+)?$' and (v_found ->> v_name)::numeric < 3153600000 then
      perform hera_internal.store_field(p_actor_user_id, p_organization_id, p_installation_id,
        case v_name when 'expires_in' then 'token_expires_at' else 'refresh_token_expires_at' end, 'date',
        to_jsonb(v_now + (v_found ->> v_name)::numeric * interval '1 second'), v_smart_code);
    end if;
  end loop;
  if v_found ? 'scope' then
    perform hera_internal.store_field(p_actor_user_id, p_organization_id, p_installation_id, 'oauth_scope', 'text',
      v_found -> 'scope', v_smart_code);
  end if;
  select coalesce(jsonb_object_agg(f.value ->> 'name', v_found -> (f.value ->> 'name')), '{}') into v_change
  from jsonb_array_elements(p_config -> 'fields') f
  where v_found ? (f.value ->> 'name') and f.value ->> 'type' = 'string' and f.value -> 'secret' is distinct from 'true';
  if v_change <> '{}' then
    -- A field that does not take the value stays as it was: the tokens are worth more.
    begin
      select d.field_value_json into v_config
      from hera.core_dynamic_data d
      where d.organization_id = p_organization_id and d.entity_id = p_installation_id and d.field_name = 'installation_config';
      perform hera_internal.configure_installation(p_actor_user_id, p_organization_id, p_installation_id, p_config -> 'fields', v_config, v_change);
    exception
      when sqlstate 'PT400' then null;
    end;
  end if;
  update hera.connector_tasks t set fence = null, tries = 0
  where t.organization_id = p_organization_id and t.installation_id = p_installation_id and t.kind = 'refresh';
  return true;
end
$_$;
ALTER FUNCTION hera_internal.store_tokens(p_actor_user_id uuid, p_organization_id uuid, p_installation_id uuid, p_config jsonb, p_answer jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.store_tokens(p_actor_user_id uuid, p_organization_id uuid, p_installation_id uuid, p_config jsonb, p_answer jsonb) IS 'Stores the tokens of an answer, sealed.';
CREATE FUNCTION hera_internal.store_transaction(p_actor_user_id uuid, p_organization_id uuid, p_transaction jsonb, p_lines jsonb, p_key text, p_hash bytea) RETURNS uuid
    LANGUAGE plpgsql
    AS $$
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
ALTER FUNCTION hera_internal.store_transaction(p_actor_user_id uuid, p_organization_id uuid, p_transaction jsonb, p_lines jsonb, p_key text, p_hash bytea) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.store_transaction(p_actor_user_id uuid, p_organization_id uuid, p_transaction jsonb, p_lines jsonb, p_key text, p_hash bytea) IS 'Writes a transaction and its lines.';
CREATE FUNCTION hera_internal.store_version(p_actor_user_id uuid, p_definition_id uuid, p_version integer, p_config jsonb) RETURNS void
    LANGUAGE plpgsql
    AS $$
declare
  v_now constant timestamptz := hera_internal.now();
begin
  insert into hera.connector_versions as v (
    organization_id, definition_id, version, config, created_at, created_by, updated_at, updated_by)
  values (hera_internal.platform_id(), p_definition_id, p_version, p_config, v_now, p_actor_user_id, v_now, p_actor_user_id)
  on conflict (organization_id, definition_id, version) do update set
    config = excluded.config, updated_at = excluded.updated_at, updated_by = excluded.updated_by;
end
$$;
ALTER FUNCTION hera_internal.store_version(p_actor_user_id uuid, p_definition_id uuid, p_version integer, p_config jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.store_version(p_actor_user_id uuid, p_definition_id uuid, p_version integer, p_config jsonb) IS 'Inserts or mends a version of a definition.';
CREATE FUNCTION hera_internal.store_webhook(p_actor_user_id uuid, p_organization_id uuid, p_webhook_id uuid, p_config jsonb, p_connector_code text) RETURNS void
    LANGUAGE plpgsql
    AS $$
declare
  v_now timestamptz := hera_internal.now();
  v_policy jsonb := p_config -> 'retry_policy';
  v_connector record;
  v_installation_id uuid;
  v_webhook_no int;
begin
  if p_connector_code is not null then
    v_connector := hera_internal.event_connector(p_organization_id, p_connector_code);
    if v_connector.fault is not null then
      perform hera_internal.fail_answer(v_connector.fault);
    end if;
    v_installation_id := v_connector.installation_id;
  end if;
  insert into hera.core_entities as e (
    id, organization_id, entity_type, entity_name, entity_code, entity_description, smart_code, created_at, updated_at, created_by, updated_by)
  values (p_webhook_id, p_organization_id, 'INTEGRATION_WEBHOOK', left(p_config ->> 'url', 200), 'WHK-' || p_webhook_id,
    p_config ->> 'description', 'HERA.INTEGRATION.WEBHOOK.CONFIG.v1', v_now, v_now, p_actor_user_id, p_actor_user_id)
  on conflict (id, organization_id) do update set
    entity_name = excluded.entity_name, entity_description = excluded.entity_description,
    updated_at = v_now, updated_by = excluded.updated_by, version = e.version + 1;
  perform hera_internal.store_field(p_actor_user_id, p_organization_id, p_webhook_id, 'webhook_config', 'json',
    to_jsonb(p_config), 'HERA.INTEGRATION.WEBHOOK.CONFIG.v1');
  select w.webhook_no into v_webhook_no from hera.webhooks w where w.organization_id = p_organization_id and w.id = p_webhook_id;
  v_webhook_no := coalesce(v_webhook_no, hera_internal.next_webhook_no(p_organization_id));
  insert into hera.webhooks as w (
    organization_id, id, webhook_no, status, connector_code, installation_id, url, topics, filter, transform, ordering,
    timeout_ms, rate_limit_per_second, max_attempts, backoff_factor, initial_delay_ms, max_delay_ms)
  values (p_organization_id, p_webhook_id, v_webhook_no, 'active', p_connector_code, v_installation_id,
    p_config ->> 'url', array(select jsonb_array_elements_text(p_config -> 'topics')), (p_config ->> 'filter')::jsonpath,
    p_config -> 'transform', p_config ->> 'ordering', (p_config ->> 'timeout_ms')::int, (p_config ->> 'rate_limit_per_second')::numeric,
    (v_policy ->> 'max_attempts')::int, (v_policy ->> 'backoff_factor')::numeric,
    (v_policy ->> 'initial_delay_ms')::bigint, (v_policy ->> 'max_delay_ms')::bigint)
  on conflict (organization_id, id) do update set
    connector_code = excluded.connector_code, installation_id = excluded.installation_id, url = excluded.url,
    topics = excluded.topics, filter = excluded.filter, transform = excluded.transform, ordering = excluded.ordering,
    timeout_ms = excluded.timeout_ms, rate_limit_per_second = excluded.rate_limit_per_second, max_attempts = excluded.max_attempts,
    backoff_factor = excluded.backoff_factor, initial_delay_ms = excluded.initial_delay_ms, max_delay_ms = excluded.max_delay_ms;
  perform hera_internal.link(p_actor_user_id, p_organization_id, p_webhook_id, 'WEBHOOK_DELIVERS_TO',
    hera_internal.endpoint_of(p_actor_user_id, p_organization_id, p_config ->> 'url'));
  perform hera_internal.link(p_actor_user_id, p_organization_id, p_webhook_id, 'WEBHOOK_BELONGS_TO', v_installation_id);
end
$$;
ALTER FUNCTION hera_internal.store_webhook(p_actor_user_id uuid, p_organization_id uuid, p_webhook_id uuid, p_config jsonb, p_connector_code text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.store_webhook(p_actor_user_id uuid, p_organization_id uuid, p_webhook_id uuid, p_config jsonb, p_connector_code text) IS 'Writes a checked webhook configuration.';
CREATE FUNCTION hera_internal.store_webhook_headers(p_organization_id uuid, p_webhook_id uuid, p_change jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    AS $$
declare
  v_headers jsonb;
  v_fault text;
begin
  select hera_internal.unseal(s.sealed)::jsonb into v_headers
  from hera.secrets s
  where s.organization_id = p_organization_id and s.entity_id = p_webhook_id and s.name = 'headers';
  if jsonb_typeof(p_change) = 'object' then
    select coalesce(jsonb_object_agg(k, v), '{}') into v_headers
    from (
      select e.key as k, e.value as v from jsonb_each(coalesce(v_headers, '{}')) e where not p_change ? e.key
      union all
      select c.key, case when c.value = to_jsonb(hera_internal.mask(v_headers ->> c.key)) then v_headers -> c.key else c.value end
      from jsonb_each(p_change) c
      where c.value <> 'null') m;
  else
    v_headers := case when p_change = 'null' then '{}' else p_change end;
  end if;
  v_fault := hera_internal.header_fault(v_headers);
  if v_fault is not null then
    perform hera_internal.fail(400, 'webhook_config.invalid', 'webhook_config.headers ' || v_fault, 'Correct webhook_config.headers.');
  end if;
  perform hera_internal.store_secret(p_organization_id, p_webhook_id, 'headers', v_headers::text);
  return (select coalesce(jsonb_object_agg(h.key, hera_internal.mask(h.value #>> '{}')), '{}') from jsonb_each(v_headers) h);
end
$$;
ALTER FUNCTION hera_internal.store_webhook_headers(p_organization_id uuid, p_webhook_id uuid, p_change jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.store_webhook_headers(p_organization_id uuid, p_webhook_id uuid, p_change jsonb) IS 'Stores custom headers sealed; answers names and masks.';
CREATE FUNCTION hera_internal.store_webhook_secret(p_organization_id uuid, p_webhook_id uuid, p_secret text, p_overlap interval) RETURNS void
    LANGUAGE plpgsql
    AS $$
declare
  v_fault text := hera_internal.secret_fault(p_secret);
begin
  if v_fault is not null then
    perform hera_internal.fail(400, 'webhook_config.invalid', 'webhook_config.secret ' || v_fault,
      'Leave webhook_config.secret out to have one made.');
  end if;
  perform hera_internal.store_secret(p_organization_id, p_webhook_id, 'signing', p_secret, p_overlap);
end
$$;
ALTER FUNCTION hera_internal.store_webhook_secret(p_organization_id uuid, p_webhook_id uuid, p_secret text, p_overlap interval) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.store_webhook_secret(p_organization_id uuid, p_webhook_id uuid, p_secret text, p_overlap interval) IS 'Stores a signing secret.';
CREATE FUNCTION hera_internal.sync_channel(p_organization_id uuid, p_installation_id uuid) RETURNS void
    LANGUAGE sql
    AS $$
  update hera.webhooks w
  set status = s.status, status_reason = case when s.status <> 'active' then 'The installation is ' || e.status || '.' end
  from hera.core_entities e
  cross join lateral (select case e.status when 'inactive' then 'inactive' when 'error' then 'disabled' else 'active' end as status) s
  where e.organization_id = p_organization_id and e.id = p_installation_id
    and w.organization_id = p_organization_id and w.id = p_installation_id and w.kind = 'channel' and w.status <> s.status;
$$;
ALTER FUNCTION hera_internal.sync_channel(p_organization_id uuid, p_installation_id uuid) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.sync_channel(p_organization_id uuid, p_installation_id uuid) IS 'Status of a channel by its installation.';
CREATE FUNCTION hera_internal.syntax_position(p_path text, p_message text) RETURNS integer
    LANGUAGE plpgsql IMMUTABLE
    AS $$
declare
  v_sign constant text := substring(p_message from '"(.+)"');
begin
  if v_sign is null then
    return case when p_message like '% at end of %' then length(p_path) + 1 end;
  end if;
  for v_at in 1 .. length(p_path)
  loop
    continue when substr(p_path, v_at, length(v_sign)) <> v_sign;
    begin
      perform left(p_path, v_at + length(v_sign) - 1)::jsonpath;
    exception
      when others then
        if sqlerrm = p_message then
          return v_at;
        end if;
    end;
  end loop;
  return null;
end
$$;
ALTER FUNCTION hera_internal.syntax_position(p_path text, p_message text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.syntax_position(p_path text, p_message text) IS 'Where a malformed jsonpath breaks.';
CREATE FUNCTION hera_internal.take_delivery(p_delivery_id uuid, OUT organization_id uuid, OUT attempts smallint, OUT base_attempt smallint) RETURNS record
    LANGUAGE plpgsql
    AS $$
#variable_conflict use_column
begin
  if exists (select from hera.outbox_leases l where p_delivery_id = any (l.delivery_ids)) then
    perform hera_internal.fail(409, 'delivery.leased', 'A worker is sending this delivery.', 'Try again when its lease is over.');
  end if;
  with ready as (
    delete from hera.outbox_ready r where r.delivery_id = p_delivery_id returning r.organization_id, r.attempt - 1 as attempts, r.base_attempt
  ), scheduled as (
    delete from hera.outbox_scheduled s where s.delivery_id = p_delivery_id returning s.organization_id, s.attempt - 1 as attempts, s.base_attempt
  ), waiting as (
    delete from hera.outbox_fifo_wait f where f.delivery_id = p_delivery_id returning f.organization_id, f.base_attempt as attempts, f.base_attempt
  ), dead as (
    delete from hera.dead_letters d where d.delivery_id = p_delivery_id returning d.organization_id, d.attempts, d.attempts as base_attempt
  )
  select x.organization_id, x.attempts::smallint, x.base_attempt::smallint
  into take_delivery.organization_id, take_delivery.attempts, take_delivery.base_attempt
  from (select * from ready union all select * from scheduled union all select * from waiting union all select * from dead) x
  limit 1;
end
$$;
ALTER FUNCTION hera_internal.take_delivery(p_delivery_id uuid, OUT organization_id uuid, OUT attempts smallint, OUT base_attempt smallint) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.take_delivery(p_delivery_id uuid, OUT organization_id uuid, OUT attempts smallint, OUT base_attempt smallint) IS 'Removes a waiting delivery from its place.';
CREATE FUNCTION hera_internal.take_inbound(p_request hera.inbound_requests, p_definition_id uuid, p_parties hera_internal.inbound_party[], p_sole boolean, p_only uuid DEFAULT NULL::uuid, p_traceparent text DEFAULT NULL::text) RETURNS hera.inbound_requests
    LANGUAGE plpgsql
    AS $$
declare
  v_request hera.inbound_requests := p_request;
  v_inbound constant jsonb := hera_internal.definition_version(p_definition_id, (p_parties[1]).version) -> 'inbound';
  v_json record := hera_internal.inbound_json(p_request.body);
  v_items jsonb[];
  v_organizations uuid[];
  v_organization uuid;
  v_count record;
begin
  v_request.accepted := 0;
  v_request.duplicates := 0;
  v_request.failed := 0;
  v_request.status_reason := null;
  if v_json.fault is null then
    begin
      v_items := hera_internal.inbound_items(p_request, p_definition_id, p_parties, p_sole, v_json.body);
    exception
      -- A rule that fails on a body that its samples did not foresee. It is kept until the definition is mended.
      when data_exception or undefined_object or syntax_error_or_access_rule_violation or program_limit_exceeded then
        v_json.fault := 'a rule of the definition fails: ' || sqlerrm;
    end;
  end if;
  v_request.organization_id := coalesce(v_request.organization_id, case
    when p_sole then (p_parties[1]).organization_id
    when (select count(distinct i ->> 'organization_id') = 1 and count(*) = count(i ->> 'organization_id') from unnest(v_items) i)
      then (v_items[1] ->> 'organization_id')::uuid end, hera_internal.platform_id());
  if coalesce(cardinality(v_items), 0) = 0 then
    if v_json.fault is null and v_inbound ->> 'on_unmatched' = 'ignore' then
      v_request.status := 'ignored';
      v_request.status_reason := 'no rule of the definition fits';
      perform hera_internal.forget_failures(v_request, array[]::uuid[]);
      return v_request;
    end if;
    v_items := array[jsonb_build_object('reason', coalesce(v_json.fault, 'no rule of the definition fits'))];
  end if;
  v_organizations := array(
    select distinct coalesce((i ->> 'organization_id')::uuid, v_request.organization_id) as id from unnest(v_items) i
    where p_only is null or coalesce((i ->> 'organization_id')::uuid, v_request.organization_id) = p_only
    order by id);
  foreach v_organization in array v_organizations
  loop
    v_count := hera_internal.store_inbound(v_request, v_organization, array(
      select i from unnest(v_items) with ordinality x (i, n)
      where coalesce((i ->> 'organization_id')::uuid, v_request.organization_id) = v_organization order by x.n), p_traceparent);
    v_request.accepted := v_request.accepted + v_count.accepted;
    v_request.duplicates := v_request.duplicates + v_count.duplicates;
    v_request.failed := v_request.failed + v_count.failed;
    v_request.status_reason := coalesce(v_request.status_reason, v_count.reason);
  end loop;
  v_request.status := case when v_request.failed > 0 then 'failed' else 'processed' end;
  perform hera_internal.forget_failures(v_request, v_organizations);
  return v_request;
end
$$;
ALTER FUNCTION hera_internal.take_inbound(p_request hera.inbound_requests, p_definition_id uuid, p_parties hera_internal.inbound_party[], p_sole boolean, p_only uuid, p_traceparent text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.take_inbound(p_request hera.inbound_requests, p_definition_id uuid, p_parties hera_internal.inbound_party[], p_sole boolean, p_only uuid, p_traceparent text) IS 'Makes events of an authentic request.';
CREATE FUNCTION hera_internal.take_oauth_state(p_state text) RETURNS hera.oauth_states
    LANGUAGE plpgsql
    AS $$
declare
  v_now constant timestamptz := hera_internal.now();
  v_organization_id constant uuid := hera_internal.oauth_state_organization(p_state);
  v_row hera.oauth_states;
begin
  if v_organization_id is not null then
    perform hera_internal.set_tenant(v_organization_id);
    update hera.oauth_states s set used_at = v_now, fence = gen_random_uuid()
    where s.organization_id = v_organization_id and s.state_hash = sha256(convert_to(p_state, 'UTF8'))
      and s.used_at is null and s.expires_at > v_now
    returning s.* into v_row;
  end if;
  begin
    if v_row.installation_id is not null then
      perform hera_internal.authorize(v_row.actor_user_id, v_organization_id, 'hera_connector_oauth_v1', 'CONNECT');
    end if;
  exception
    when sqlstate 'PT403' or sqlstate 'PT404' then
      v_row := null;
  end;
  if v_row.installation_id is null or not exists (
    select from hera.core_entities e
    where e.organization_id = v_organization_id and e.id = v_row.installation_id and e.status <> 'inactive') then
    perform hera_internal.fail(400, 'oauth.state', 'The authorization was not begun here, is over, or has come back before.',
      'Begin it again with CONNECT.');
  end if;
  return v_row;
end
$$;
ALTER FUNCTION hera_internal.take_oauth_state(p_state text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.take_oauth_state(p_state text) IS 'Takes the authorization of a state.';
CREATE FUNCTION hera_internal.take_ready(p_limit integer, p_cursor bigint, OUT cursor bigint, OUT batch hera_internal.outbox_batch) RETURNS record
    LANGUAGE plpgsql
    SET enable_seqscan TO 'off'
    SET enable_bitmapscan TO 'off'
    AS $$
declare
  v_block_size constant int := 500;
  v_at bigint := p_cursor;
  v_wanted int := p_limit;
  v_until bigint;
  v_last bigint;
  v_taken hera_internal.outbox_batch;
begin
  -- Where rows are far between, one block after another; whole blocks else, so that the next claim begins with one.
  while v_wanted > p_limit / 2
  loop
    v_at := (select r.position from hera.outbox_ready r where r.position > v_at order by r.position limit 1);
    exit when v_at is null;
    v_until := v_at - v_at % v_block_size + v_block_size - 1;
    if pg_try_advisory_xact_lock(hashtext('hera.outbox_ready'), (v_at / v_block_size % 2147483647)::int) then
      if v_wanted < v_block_size then
        v_until := coalesce((
          select r.position from hera.outbox_ready r where r.position between v_at and v_until
          order by r.position offset v_wanted - 1 limit 1), v_until);
      end if;
      with taken as (
        delete from hera.outbox_ready r where r.position between v_at and v_until
        returning r.position, r.organization_id, r.delivery_id, r.attempt, r.base_attempt
      )
      select max(t.position), array_agg(t.organization_id), array_agg(t.delivery_id), array_agg(t.attempt), array_agg(t.base_attempt)
      into v_last, v_taken.organization_ids, v_taken.delivery_ids, v_taken.attempts, v_taken.base_attempts
      from taken t;
      -- Another may have taken the rows between the look and the lock.
      if v_last is not null then
        cursor := v_last;
        batch.organization_ids := batch.organization_ids || v_taken.organization_ids;
        batch.delivery_ids := batch.delivery_ids || v_taken.delivery_ids;
        batch.attempts := batch.attempts || v_taken.attempts;
        batch.base_attempts := batch.base_attempts || v_taken.base_attempts;
        v_wanted := p_limit - cardinality(batch.delivery_ids);
      end if;
    end if;
    v_at := v_until;
  end loop;
end
$$;
ALTER FUNCTION hera_internal.take_ready(p_limit integer, p_cursor bigint, OUT cursor bigint, OUT batch hera_internal.outbox_batch) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.take_ready(p_limit integer, p_cursor bigint, OUT cursor bigint, OUT batch hera_internal.outbox_batch) IS 'Takes deliveries off the ready queue, in order.';
CREATE FUNCTION hera_internal.task_request(p_organization_id uuid, p_task_id uuid) RETURNS bytea
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
declare
  v_task hera.connector_tasks;
  v_config jsonb;
  v_request jsonb;
  v_suspended boolean;
  v_code text;
begin
  perform hera_internal.set_tenant(p_organization_id);
  select o.status <> 'active' into v_suspended from hera.core_organizations o where o.id = p_organization_id;
  select * into v_task from hera.connector_tasks t where t.organization_id = p_organization_id and t.id = p_task_id;
  v_config := hera_internal.installed_definition(p_organization_id, v_task.installation_id);
  begin
    v_request := case v_task.kind
      when 'revoke' then hera_internal.unseal(v_task.sealed)::jsonb
      when 'refresh' then hera_internal.refresh_request(p_organization_id, v_task.installation_id, v_config)
      -- A suspended organization keeps its tokens alive, and gets nothing.
      when 'poll' then case when not v_suspended then hera_internal.poll_request(p_organization_id, v_task.installation_id, v_config, v_task) end
      when 'health' then case when not v_suspended then hera_internal.provider_request(
        p_organization_id, v_task.installation_id, v_config, v_config #> '{health,request}') end
    end;
  exception
    -- A field is empty that the request needs, or a secret was sealed with a key that is gone: nothing is sent until the next time, and the
    -- tasks of others are not held up. What is wrong with the session, or a deadlock, concerns them all.
    when others then
      get stacked diagnostics v_code = pg_exception_detail;
      if v_code in ('encryption.key_missing', 'encryption.key_malformed') or sqlstate like '40%' then
        raise;
      end if;
      v_request := null;
  end;
  if v_request is not null then
    return hera_internal.seal_for_sender(v_request::text);
  end if;
  perform hera_internal.task_without_request(v_task, v_config);
  return null;
end
$$;
ALTER FUNCTION hera_internal.task_request(p_organization_id uuid, p_task_id uuid) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.task_request(p_organization_id uuid, p_task_id uuid) IS 'The sealed request of a task.';
CREATE FUNCTION hera_internal.task_without_request(p_task hera.connector_tasks, p_config jsonb) RETURNS void
    LANGUAGE plpgsql
    AS $_$
declare
  v_now constant timestamptz := hera_internal.now();
  v_rule jsonb := case p_task.kind
    when 'poll' then jsonb_path_query_first(p_config, '$.polls[*] ? (@.code == $c)', jsonb_build_object('c', p_task.code))
    when 'health' then p_config -> 'health' end;
  v_token record;
begin
  if p_task.kind = 'refresh' then
    update hera.connector_tasks t set fence = null, due_at = v_now + interval '1 hour'
    where t.organization_id = p_task.organization_id and t.id = p_task.id;
    v_token := hera_internal.token_state(p_task.organization_id, p_task.installation_id, p_config -> 'auth');
    if v_token.expires_at <= v_now then
      perform hera_internal.end_authorization(p_task.organization_id, p_task.installation_id, 'The authorization has ended.');
    elsif v_token.can_refresh then
      perform hera_internal.set_installation_health(p_task.organization_id, p_task.installation_id,
        'The renewal of the token can''t be asked for: a field is empty, or a secret can''t be opened.');
    else
      perform hera_internal.keep_tasks(p_task.organization_id, p_task.installation_id);
    end if;
  elsif v_rule is null then
    delete from hera.connector_tasks t where t.organization_id = p_task.organization_id and t.id = p_task.id;
  else
    update hera.connector_tasks t set fence = null, due_at = hera_internal.poll_due(v_rule, v_now)
    where t.organization_id = p_task.organization_id and t.id = p_task.id;
  end if;
end
$_$;
ALTER FUNCTION hera_internal.task_without_request(p_task hera.connector_tasks, p_config jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.task_without_request(p_task hera.connector_tasks, p_config jsonb) IS 'Settles a task that has nothing to send.';
CREATE FUNCTION hera_internal.template_paths(p_template jsonb) RETURNS TABLE(place text, at_character integer, path text, walks boolean)
    LANGUAGE sql IMMUTABLE
    AS $_$
  with recursive node as (
    select '$' as place, p_template as value
    union all
    select node.place || child.step, child.value
    from node
    cross join lateral (
      select case when e.key ~ '^[A-Za-z_][A-Za-z0-9_]*$' then '.' || e.key else '.' || to_jsonb(e.key)::text end as step, e.value
      from jsonb_each(case when jsonb_typeof(node.value) = 'object' then node.value else '{}' end) e
      union all
      select format('[%s]', e.ordinality - 1), e.value
      from jsonb_array_elements(case when jsonb_typeof(node.value) = 'array' then node.value else '[]' end) with ordinality e
    ) child
  )
  select node.place, p.at_character, p.path, hera_internal.path_walks(p.path)
  from node
  cross join lateral (
    select m.path, (sum(length(s.piece) + length(m.path) + 4) over (order by nth) - length(m.path) - 1)::int as at_character
    from unnest(regexp_split_to_array(node.value #>> '{}', '\{\{[^{}]*\}\}')) with ordinality as s (piece, nth)
    join (
      select x.groups[1], row_number() over () from regexp_matches(node.value #>> '{}', '\{\{([^{}]*)\}\}', 'g') as x (groups)
    ) as m (path, nth) using (nth)
  ) p
  where jsonb_typeof(node.value) = 'string';
$_$;
ALTER FUNCTION hera_internal.template_paths(p_template jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.template_paths(p_template jsonb) IS 'The paths of a transform and where they stand.';
CREATE FUNCTION hera_internal.template_value(p_context jsonb, p_path text) RETURNS jsonb
    LANGUAGE plpgsql IMMUTABLE
    AS $$
begin
  return jsonb_path_query_first(p_context,
    (case when hera_internal.path_walks(p_path) then p_path else 'strict ' || p_path end)::jsonpath, '{}', true);
end
$$;
ALTER FUNCTION hera_internal.template_value(p_context jsonb, p_path text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.template_value(p_context jsonb, p_path text) IS 'What a path of a transform finds in its context.';
CREATE FUNCTION hera_internal.templates_fault(p_config jsonb, p_text text) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $_$
  select format('connector_config has a placeholder {{%s}}; known are {{vars.NAME}}, {{fields.NAME}}, {{input.NAME}}, {{query.NAME}},'
    ' {{item…}} and {{access_token}}, {{appsecret_proof}}, {{hera_id}}, {{hmac}}, {{state}}, {{code}}, {{redirect_uri}}, {{scopes}},'
    ' {{code_challenge}}, {{code_verifier}}, {{refresh_token}}, {{optional_scopes}}, {{since}}', t.name)
  from (
    select btrim(split_part(m[1], '|', 1)) as name
    from regexp_matches(p_text, '\{\{([^{}]*)\}\}', 'g') m) t
  where case split_part(t.name, '.', 1)
    when 'vars' then p_config #> array['vars', substring(t.name from 6)] is null
    when 'fields' then not p_config -> 'fields' @> jsonb_build_array(jsonb_build_object('name', substring(t.name from 8)))
    else t.name !~ '^(input|query|item)\.[A-Za-z0-9_.]+$' and t.name <> all (array['access_token', 'appsecret_proof', 'hera_id', 'hmac',
      'state', 'code', 'redirect_uri', 'scopes', 'code_challenge', 'code_verifier', 'refresh_token', 'optional_scopes', 'since'])
  end
  limit 1;
$_$;
ALTER FUNCTION hera_internal.templates_fault(p_config jsonb, p_text text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.templates_fault(p_config jsonb, p_text text) IS 'The fault of the placeholders of a definition, or null.';
CREATE FUNCTION hera_internal.test_vectors_fault(p_config jsonb) RETURNS text
    LANGUAGE plpgsql
    AS $_$
declare
  v_vector jsonb;
  v_vars jsonb;
  v_rule jsonb;
  v_request jsonb;
  v_body bytea;
  v_valid boolean;
begin
  for v_vector in select t.value from jsonb_array_elements(p_config -> 'test_vectors') t
  loop
    v_vars := jsonb_build_object('v', v_vector);
    v_body := convert_to(coalesce(v_vector ->> 'body', ''), 'UTF8');
    v_request := v_vector || jsonb_build_object('headers', hera_internal.lower_keys(v_vector -> 'headers'));
    v_rule := hera_internal.filled_rules(
      jsonb_path_query_array(p_config, '$.inbound.verify[*] ? (@.name == $v.verify)', v_vars), v_vector -> 'fields') -> 0;
    if v_rule is not null then
      v_request := jsonb_set(v_request, array['headers', lower(v_rule #>> '{signature,header}')], v_vector -> 'signature');
      v_valid := hera_internal.signature_fits(v_rule, v_vector ->> 'secret', v_request, v_body,
        hera_internal.given_signatures(v_rule, v_request -> 'headers'));
    else
      v_rule := jsonb_path_query_first(p_config, '$.inbound.handshake[*] ? (@.name == $v.handshake)', v_vars);
      if v_rule #> '{respond,hmac}' is null then
        return format('connector_config.test_vectors: %s names no rule that signs', v_vector ->> 'name');
      end if;
      v_valid := hera_internal.handshake_holds(v_rule -> 'require', v_request -> 'query', '{}') and v_vector ->> 'signature'
        = hera_internal.inbound_signature((v_rule #> '{respond,hmac}') || jsonb '{"type": "hmac", "encoding": "hex"}', v_vector ->> 'secret', v_request, '');
    end if;
    if v_valid is distinct from (v_vector -> 'valid')::boolean then
      return format('connector_config.test_vectors: %s does not hold', v_vector ->> 'name');
    end if;
  end loop;
  return null;
end
$_$;
ALTER FUNCTION hera_internal.test_vectors_fault(p_config jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.test_vectors_fault(p_config jsonb) IS 'The fault that the test vectors of a definition show, or null.';
CREATE FUNCTION hera_internal.text_fault(p_text jsonb, p_max_length integer) RETURNS text
    LANGUAGE plpgsql IMMUTABLE
    AS $_$
begin
  if p_text is null or p_text = 'null' or jsonb_typeof(p_text) = 'string' and p_text #>> '{}' ~ '^[^[:cntrl:]]+$'
    and length(p_text #>> '{}') <= p_max_length then
    return null;
  end if;
  return format('must be a string of 1 to %s characters', p_max_length);
end
$_$;
ALTER FUNCTION hera_internal.text_fault(p_text jsonb, p_max_length integer) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.text_fault(p_text jsonb, p_max_length integer) IS 'The fault of a text, or null.';
CREATE FUNCTION hera_internal.text_or_null(p_bytes bytea) RETURNS text
    LANGUAGE plpgsql IMMUTABLE
    AS $$
begin
  return convert_from(p_bytes, 'UTF8');
exception
  when character_not_in_repertoire or untranslatable_character then
    return null;
end
$$;
ALTER FUNCTION hera_internal.text_or_null(p_bytes bytea) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.text_or_null(p_bytes bytea) IS 'Bytes as text, or null.';
CREATE FUNCTION hera_internal.to_time(p_field text, p_text text) RETURNS timestamp with time zone
    LANGUAGE plpgsql STABLE
    AS $$
begin
  return p_text::timestamptz;
exception
  when invalid_datetime_format or datetime_field_overflow or invalid_parameter_value then
    perform hera_internal.fail(400, 'field.invalid', p_field || ' is not a time', 'For example 2026-01-31T12:00:00Z.');
    return null;
end
$$;
ALTER FUNCTION hera_internal.to_time(p_field text, p_text text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.to_time(p_field text, p_text text) IS 'Casts, or raises PT400 field.invalid.';
CREATE FUNCTION hera_internal.to_uuid(p_field text, p_text text) RETURNS uuid
    LANGUAGE plpgsql IMMUTABLE
    AS $$
begin
  return p_text::uuid;
exception
  when invalid_text_representation then
    perform hera_internal.fail(400, 'field.invalid', p_field || ' is not a UUID', 'Send it as 8-4-4-4-12 hexadecimal digits.');
    return null;
end
$$;
ALTER FUNCTION hera_internal.to_uuid(p_field text, p_text text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.to_uuid(p_field text, p_text text) IS 'Casts, or raises PT400 field.invalid.';
CREATE FUNCTION hera_internal.token_request(p_organization_id uuid, p_installation_id uuid, p_config jsonb, p_endpoint text, p_params jsonb, p_values jsonb) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    AS $$
declare
  v_auth constant jsonb := p_config -> 'auth';
  v_endpoint constant jsonb := v_auth -> p_endpoint;
  v_params constant jsonb := coalesce(v_endpoint -> 'params', '{}') || p_params;
  v_values jsonb := p_values || jsonb_build_object('refresh_token',
    hera_internal.installation_secret(p_organization_id, p_installation_id, 'oauth_refresh_token'));
  v_client jsonb;
begin
  if (v_endpoint -> 'with_auth')::boolean then
    return hera_internal.provider_request(p_organization_id, p_installation_id, p_config,
      v_endpoint - 'params' - 'with_auth' || jsonb_build_object('query', v_params), v_values);
  end if;
  if v_auth #>> '{token,client_auth}' = 'header' then
    v_client := hera_internal.request_values(p_organization_id, p_installation_id, p_config,
      coalesce(v_auth -> 'client', '["{{fields.client_id}}", "{{fields.client_secret}}"]')::text, '{}');
    v_values := v_values || jsonb_build_object('client_credentials', hera_internal.filter_text(concat_ws(':',
      hera_internal.url_encode(hera_internal.fill_text(coalesce(v_auth #>> '{client,id}', '{{fields.client_id}}'), v_client)),
      hera_internal.url_encode(hera_internal.fill_text(coalesce(v_auth #>> '{client,secret}', '{{fields.client_secret}}'), v_client))), 'base64'));
  end if;
  return hera_internal.provider_request(p_organization_id, p_installation_id, p_config,
    hera_internal.with_client(v_auth, v_endpoint, v_params), v_values, false);
end
$$;
ALTER FUNCTION hera_internal.token_request(p_organization_id uuid, p_installation_id uuid, p_config jsonb, p_endpoint text, p_params jsonb, p_values jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.token_request(p_organization_id uuid, p_installation_id uuid, p_config jsonb, p_endpoint text, p_params jsonb, p_values jsonb) IS 'A filled request for or about a token.';
CREATE FUNCTION hera_internal.token_state(p_organization_id uuid, p_installation_id uuid, p_auth jsonb, OUT given_at timestamp with time zone, OUT expires_at timestamp with time zone, OUT can_refresh boolean, OUT refresh_at timestamp with time zone) RETURNS record
    LANGUAGE plpgsql
    AS $$
declare
  v_strategy constant text := p_auth #>> '{refresh,strategy}';
begin
  select s.created_at into given_at
  from hera.secrets s
  where s.organization_id = p_organization_id and s.entity_id = p_installation_id and s.name = 'oauth_access_token'
  order by s.version desc
  limit 1;
  if not found then
    can_refresh := false;
    return;
  end if;
  select d.field_value_date into expires_at
  from hera.core_dynamic_data d
  where d.organization_id = p_organization_id and d.entity_id = p_installation_id and d.field_name = 'token_expires_at';
  can_refresh := case v_strategy
    when 'refresh_token' then exists (
      select from hera.secrets s
      where s.organization_id = p_organization_id and s.entity_id = p_installation_id and s.name = 'oauth_refresh_token')
    -- What is over can't be exchanged any more.
    when 'exchange' then coalesce(expires_at > hera_internal.now(), true)
    else false end;
  refresh_at := case
    when can_refresh then greatest(given_at + (expires_at - given_at) / 2,
      expires_at - coalesce((p_auth #>> '{refresh,before_s}')::int, 300) * interval '1 second')
    else expires_at end;
end
$$;
ALTER FUNCTION hera_internal.token_state(p_organization_id uuid, p_installation_id uuid, p_auth jsonb, OUT given_at timestamp with time zone, OUT expires_at timestamp with time zone, OUT can_refresh boolean, OUT refresh_at timestamp with time zone) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.token_state(p_organization_id uuid, p_installation_id uuid, p_auth jsonb, OUT given_at timestamp with time zone, OUT expires_at timestamp with time zone, OUT can_refresh boolean, OUT refresh_at timestamp with time zone) IS 'When an authorization ends, and whether it can be renewed.';
CREATE FUNCTION hera_internal.told_error(p_organization_id uuid, p_installation_id uuid, p_what text, p_error jsonb) RETURNS text
    LANGUAGE sql STABLE
    AS $$
  select hera_internal.without_secrets(p_organization_id, p_installation_id,
    format('%s failed: %s%s', p_what, p_error ->> 'code', ' (' || nullif(p_error ->> 'message', '') || ')'));
$$;
ALTER FUNCTION hera_internal.told_error(p_organization_id uuid, p_installation_id uuid, p_what text, p_error jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.told_error(p_organization_id uuid, p_installation_id uuid, p_what text, p_error jsonb) IS 'An error of a provider as a sentence.';
CREATE FUNCTION hera_internal.topic_candidates(p_topic text) RETURNS text[]
    LANGUAGE plpgsql IMMUTABLE
    AS $$
declare
  v_candidates text[] := array['*', p_topic];
  v_at int := 0;
  v_dot int;
begin
  loop
    v_dot := strpos(substr(p_topic, v_at + 1), '.');
    exit when v_dot = 0;
    v_at := v_at + v_dot;
    v_candidates := v_candidates || (left(p_topic, v_at) || '*');
  end loop;
  return v_candidates;
end
$$;
ALTER FUNCTION hera_internal.topic_candidates(p_topic text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.topic_candidates(p_topic text) IS 'a.b.c gives *, a.b.c, a.*, a.b.*';
CREATE FUNCTION hera_internal.topics_fault(p_topics jsonb) RETURNS text
    LANGUAGE plpgsql IMMUTABLE
    AS $_$
begin
  if jsonb_typeof(p_topics) is distinct from 'array' or jsonb_array_length(p_topics) not between 1 and 100 then
    return 'must be an array of 1 to 100 topics';
  elsif exists (
    select from jsonb_array_elements(p_topics) t
    where jsonb_typeof(t) <> 'string' or (t #>> '{}') !~ '^(\*|[A-Za-z0-9][A-Za-z0-9_.:/-]{0,255}(\.\*)?)$') then
    return 'may hold exact topics (shop.order.paid), prefixes (shop.*) and *';
  end if;
  return null;
end
$_$;
ALTER FUNCTION hera_internal.topics_fault(p_topics jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.topics_fault(p_topics jsonb) IS 'The fault of a list of topics, or null.';
CREATE FUNCTION hera_internal.traceparent_of(p_options jsonb) RETURNS text
    LANGUAGE plpgsql
    AS $_$
declare
  v_traceparent constant text := p_options ->> 'traceparent';
begin
  if v_traceparent !~ '^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$' then
    perform hera_internal.fail(400, 'options.invalid', 'options.traceparent is no W3C traceparent of version 00',
      'For example 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01.');
  end if;
  return v_traceparent;
end
$_$;
ALTER FUNCTION hera_internal.traceparent_of(p_options jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.traceparent_of(p_options jsonb) IS 'options.traceparent, checked.';
CREATE FUNCTION hera_internal.transaction_date(p_text text) RETURNS timestamp with time zone
    LANGUAGE plpgsql IMMUTABLE
    AS $_$
begin
  if p_text !~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}(:?[0-9]{2})?)?)?$' then
    return null;
  end if;
  return (p_text || case when p_text ~ '[T ].*(Z|[+-][0-9:]+)$' then '' else ' UTC' end)::timestamptz;
exception
  when datetime_field_overflow or invalid_datetime_format then
    return null;
end
$_$;
ALTER FUNCTION hera_internal.transaction_date(p_text text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.transaction_date(p_text text) IS 'Reads an ISO 8601 date or time.';
CREATE FUNCTION hera_internal.transaction_fault(p_organization_id uuid, p_transaction jsonb, p_lines jsonb) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    AS $$
declare
  v_fault jsonb;
  v_field text;
  v_message text;
  v_status int := 400;
  v_line record;
begin
  v_message := hera_internal.json_fault(p_transaction || jsonb_build_object('lines', p_lines), p_transaction::text || p_lines::text);
  if v_message is not null then
    v_status := case when v_message like 'is larger%' then 413 else 400 end;
    return jsonb_build_object('success', false, 'error', 'transaction.invalid', 'status', v_status, 'field', 'transaction',
      'message', 'transaction ' || v_message);
  end if;
  v_fault := hera_internal.common_fault(p_organization_id, 'transaction', p_transaction);
  if v_fault is not null then
    return v_fault;
  end if;
  select f.field, f.message into v_field, v_message
  from (values
    ('transaction.transaction_type', case when p_transaction ->> 'transaction_type' is null then 'is required'
      else hera_internal.text_fault(p_transaction -> 'transaction_type', 64) end),
    ('transaction.transaction_code', hera_internal.text_fault(p_transaction -> 'transaction_code', 128)),
    ('transaction.transaction_status', hera_internal.text_fault(p_transaction -> 'transaction_status', 64)),
    ('transaction.reference_number', hera_internal.text_fault(p_transaction -> 'reference_number', 128)),
    ('transaction.transaction_date', case when p_transaction ->> 'transaction_date' is not null
      and hera_internal.transaction_date(p_transaction ->> 'transaction_date') is null then 'must be a date or time of ISO 8601' end),
    ('transaction.source_entity_id', hera_internal.uuid_fault(p_transaction -> 'source_entity_id')),
    ('transaction.target_entity_id', hera_internal.uuid_fault(p_transaction -> 'target_entity_id')),
    ('transaction.total_amount', hera_internal.amount_fault(p_transaction -> 'total_amount')),
    ('transaction.transaction_currency_code', hera_internal.currency_fault(p_transaction -> 'transaction_currency_code')),
    ('transaction.business_context', case when jsonb_typeof(p_transaction -> 'business_context') not in ('object', 'null')
      then 'must be a JSON object' end),
    ('transaction.metadata', case when jsonb_typeof(p_transaction -> 'metadata') not in ('object', 'null')
      then 'must be a JSON object' end),
    ('lines', case when jsonb_array_length(p_lines) > 5000 then 'has more than 5,000 lines' end)
  ) as f (field, message)
  where f.message is not null
  limit 1;
  if v_field is not null then
    return jsonb_build_object('success', false, 'error', 'transaction.invalid', 'status', 400, 'field', v_field,
      'message', v_field || ' ' || v_message);
  end if;
  for v_line in select format('lines[%s]', e.ordinality - 1) as name, e.value from jsonb_array_elements(p_lines) with ordinality e
  loop
    v_fault := hera_internal.line_fault(p_organization_id, v_line.name, v_line.value);
    if v_fault is not null then
      return v_fault;
    end if;
  end loop;
  return coalesce(hera_internal.lines_fault(p_transaction, p_lines),
    hera_internal.references_fault(p_organization_id, p_transaction, p_lines));
end
$$;
ALTER FUNCTION hera_internal.transaction_fault(p_organization_id uuid, p_transaction jsonb, p_lines jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.transaction_fault(p_organization_id uuid, p_transaction jsonb, p_lines jsonb) IS 'The fault of a transaction with its lines, or null.';
CREATE FUNCTION hera_internal.transaction_json(p_transaction hera.universal_transactions) RETURNS jsonb
    LANGUAGE sql IMMUTABLE
    RETURN (to_jsonb(p_transaction) - ARRAY['organization_id'::text, 'content_hash'::text]);
ALTER FUNCTION hera_internal.transaction_json(p_transaction hera.universal_transactions) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.transaction_json(p_transaction hera.universal_transactions) IS 'A transaction as JSON.';
CREATE FUNCTION hera_internal.transaction_keys() RETURNS text[]
    LANGUAGE sql IMMUTABLE
    RETURN ARRAY['organization_id'::text, 'transaction_type'::text, 'transaction_code'::text, 'transaction_date'::text, 'source_entity_id'::text, 'target_entity_id'::text, 'total_amount'::text, 'transaction_status'::text, 'reference_number'::text, 'smart_code'::text, 'transaction_currency_code'::text, 'business_context'::text, 'metadata'::text];
ALTER FUNCTION hera_internal.transaction_keys() OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.transaction_keys() IS 'The keys of a transaction.';
CREATE FUNCTION hera_internal.transaction_lines_json(p_organization_id uuid, p_transaction_id uuid) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    AS $$
begin
  return (
    select coalesce(jsonb_agg(to_jsonb(l)
        - array['organization_id', 'transaction_id', 'created_at', 'created_by', 'updated_at', 'updated_by', 'version']
      order by l.line_number), '[]')
    from hera.universal_transaction_lines l
    where l.organization_id = p_organization_id and l.transaction_id = p_transaction_id);
end
$$;
ALTER FUNCTION hera_internal.transaction_lines_json(p_organization_id uuid, p_transaction_id uuid) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.transaction_lines_json(p_organization_id uuid, p_transaction_id uuid) IS 'The lines of a transaction as a JSON array.';
CREATE FUNCTION hera_internal.transaction_of_event(p_type text, p_data jsonb, p_smart_code text) RETURNS jsonb
    LANGUAGE plpgsql IMMUTABLE
    AS $$
begin
  return jsonb_strip_nulls(jsonb_build_object('transaction_type', left(p_type, 64), 'smart_code', p_smart_code)) || (
    select coalesce(jsonb_object_agg(e.key, e.value), '{}')
    from jsonb_each(case when jsonb_typeof(p_data) = 'object' then p_data else '{}' end) e
    where e.key = any (hera_internal.transaction_keys()) and e.value <> 'null');
end
$$;
ALTER FUNCTION hera_internal.transaction_of_event(p_type text, p_data jsonb, p_smart_code text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.transaction_of_event(p_type text, p_data jsonb, p_smart_code text) IS 'The transaction within the data of an event.';
CREATE FUNCTION hera_internal.transform_fault(p_transform jsonb) RETURNS text
    LANGUAGE plpgsql IMMUTABLE
    AS $$
declare
  v_fault text := hera_internal.json_fault(p_transform, p_transform::text, 16384);
  v_part record;
  v_path record;
  v_paths int := 0;
  v_weight int := 0;
begin
  if jsonb_typeof(p_transform) not in ('object', 'array') then
    return 'must be a JSON object or array with {{ jsonpath }} in its texts';
  elsif v_fault is not null then
    return v_fault;
  end if;
  for v_part in select * from hera_internal.template_paths(p_transform)
  loop
    v_path := hera_internal.path_fault(v_part.path);
    v_paths := v_paths + 1;
    v_weight := v_weight + case when v_part.walks then v_path.weight else 0 end;
    if length(v_part.path) > 200 then
      v_path.fault := 'has more than 200 characters';
    elsif v_path.fault is null and v_paths > 100 then
      v_path.fault := 'is one too many: at most 100 paths';
    elsif v_path.fault is null and v_weight > 12 then
      v_path.fault := 'walks arrays once too often: [*], ?, ranges and keyvalue() of all paths may make 12 passes together';
    elsif v_path.fault is null then
      begin
        perform hera_internal.template_value('{}', v_part.path);
      exception
        when others then
          -- The sign and its place are those of the path as it was written, not of the mode before it.
          v_path.at_character := hera_internal.syntax_position(v_part.path, sqlerrm);
          v_path.fault := 'is malformed: ' || sqlerrm;
      end;
    end if;
    if v_path.fault is not null then
      return format('has at %s, character %s, a path that %s: {{%s}}', left(v_part.place, 200),
        v_part.at_character + coalesce(v_path.at_character, 1) - 1, v_path.fault, left(v_part.path, 60));
    end if;
  end loop;
  return null;
end
$$;
ALTER FUNCTION hera_internal.transform_fault(p_transform jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.transform_fault(p_transform jsonb) IS 'The fault of a transform template, or null.';
CREATE FUNCTION hera_internal.transformed_data(p_event hera.events, p_transform jsonb) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    AS $$
declare
  v_topic constant text := p_event.event_source || '.' || p_event.event_type;
  v_data jsonb;
begin
  v_data := hera_internal.render(p_transform, jsonb_build_object(
    'id', p_event.id, 'type', v_topic, 'timestamp', hera_internal.iso_time(p_event.created_at),
    'organization_id', p_event.organization_id, 'topic', v_topic, 'smart_code', p_event.smart_code, 'data', p_event.event_data));
  -- A number of few bytes may be printed with very many digits.
  if octet_length(v_data::text) > 4194304 then
    return jsonb '{"transform_error": "too_large"}';
  end if;
  return v_data;
exception
  when sqlstate 'PT413' then
    return jsonb '{"transform_error": "too_large"}';
  when others then
    return jsonb '{"transform_error": "failed"}';
end
$$;
ALTER FUNCTION hera_internal.transformed_data(p_event hera.events, p_transform jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.transformed_data(p_event hera.events, p_transform jsonb) IS 'The data of an event after a transform, or {"transform_error": "too_large"} or "failed".';
CREATE FUNCTION hera_internal.trusted_parties(p_definition_id uuid, p_organization_ids uuid[], p_installation_ids uuid[], p_request jsonb, p_body bytea, p_open boolean, p_platform boolean, p_tries integer, p_late boolean DEFAULT false, p_trusted uuid[] DEFAULT '{}'::uuid[]) RETURNS hera_internal.inbound_party[]
    LANGUAGE plpgsql
    AS $$
declare
  v_parties hera_internal.inbound_party[] := array[]::hera_internal.inbound_party[];
  v_party hera_internal.inbound_party;
  v_versions jsonb := jsonb '{}';
  v_inbound jsonb;
  v_known jsonb := jsonb '{}';
  v_found record;
  v_tried int := 0;
begin
  for i in 1 .. coalesce(cardinality(p_installation_ids), 0)
  loop
    exit when v_tried >= p_tries and not p_platform;
    v_party := hera_internal.inbound_party(p_organization_ids[i], p_installation_ids[i]);
    continue when v_party.installation_id is null;
    v_inbound := v_versions -> coalesce(v_party.version::text, '');
    if v_inbound is null then
      v_inbound := hera_internal.definition_version(p_definition_id, v_party.version) -> 'inbound';
      v_versions := v_versions || jsonb_build_object(coalesce(v_party.version::text, ''), v_inbound);
    end if;
    v_found := hera_internal.party_verdict(p_organization_ids[i], p_installation_ids[i], v_inbound, p_request, p_body, v_known, p_late);
    if v_known <> v_found.p_known then
      v_tried := v_tried + 1;
    end if;
    v_known := v_found.p_known;
    v_party.trust := case
      when v_party.installation_id = any (p_trusted) or v_found.verdict = 'verified' or v_found.verdict = 'unsigned' and p_open then 'own'
      when p_platform then 'platform' end;
    if v_party.trust is not null then
      v_parties := v_parties || hera_internal.with_accounts(v_party, v_inbound);
    end if;
  end loop;
  return v_parties;
end
$$;
ALTER FUNCTION hera_internal.trusted_parties(p_definition_id uuid, p_organization_ids uuid[], p_installation_ids uuid[], p_request jsonb, p_body bytea, p_open boolean, p_platform boolean, p_tries integer, p_late boolean, p_trusted uuid[]) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.trusted_parties(p_definition_id uuid, p_organization_ids uuid[], p_installation_ids uuid[], p_request jsonb, p_body bytea, p_open boolean, p_platform boolean, p_tries integer, p_late boolean, p_trusted uuid[]) IS 'Installations that a request is authentic for.';
CREATE FUNCTION hera_internal.unbound_variable(p_path text, p_bound text[]) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $_$
  select m[1]
  from regexp_matches(regexp_replace(p_path, '"(\\.|[^"\\])*"', '""', 'g'), '\$([A-Za-z_][A-Za-z0-9_]*)', 'g') m
  where m[1] <> all (p_bound) or m[1] = 'body'
  limit 1;
$_$;
ALTER FUNCTION hera_internal.unbound_variable(p_path text, p_bound text[]) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.unbound_variable(p_path text, p_bound text[]) IS 'A variable of a jsonpath that nothing binds.';
CREATE FUNCTION hera_internal.under_way(p_organization_id uuid, p_low uuid, p_high uuid) RETURNS SETOF uuid
    LANGUAGE sql STABLE
    AS $$
  select r.delivery_id from hera.outbox_ready r
  where (p_organization_id is null or r.organization_id = p_organization_id) and r.delivery_id between p_low and p_high
  union all
  select s.delivery_id from hera.outbox_scheduled s
  where (p_organization_id is null or s.organization_id = p_organization_id) and s.delivery_id between p_low and p_high
  union all
  select f.delivery_id from hera.outbox_fifo_wait f
  where (p_organization_id is null or f.organization_id = p_organization_id) and f.delivery_id between p_low and p_high
  union all
  select m.delivery_id
  from hera.outbox_leases l
  cross join unnest(l.organization_ids, l.delivery_ids) as m (organization_id, delivery_id)
  where (p_organization_id is null or m.organization_id = p_organization_id) and m.delivery_id between p_low and p_high;
$$;
ALTER FUNCTION hera_internal.under_way(p_organization_id uuid, p_low uuid, p_high uuid) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.under_way(p_organization_id uuid, p_low uuid, p_high uuid) IS 'Delivery ids that are pending, scheduled or in flight.';
CREATE FUNCTION hera_internal.uninstall_connector(p_actor_user_id uuid, p_organization_id uuid, p_installation_id uuid) RETURNS void
    LANGUAGE plpgsql
    AS $$
declare
  v_dependant text;
begin
  select e.entity_code into v_dependant
  from hera.core_relationships r
  join hera.core_entities e on e.organization_id = r.organization_id and e.id = r.from_entity_id
  where r.organization_id = p_organization_id and r.to_entity_id = p_installation_id
    and r.relationship_type = 'CONNECTOR_DEPENDS_ON' and r.is_active
  limit 1;
  if found then
    perform hera_internal.fail(409, 'connector.in_use', format('%s depends on this connector.', v_dependant),
      format('UNINSTALL %s first.', v_dependant));
  end if;
  perform hera_internal.queue_revoke(p_actor_user_id, p_organization_id, p_installation_id);
  perform hera_internal.set_installation_status(p_actor_user_id, p_organization_id, p_installation_id, 'inactive');
  delete from hera.secrets s where s.organization_id = p_organization_id and s.entity_id = p_installation_id;
  delete from hera.call_slots s where s.organization_id = p_organization_id and s.installation_id = p_installation_id;
  perform hera_internal.end_links(p_actor_user_id, p_organization_id, array(
    select r.id from hera.core_relationships r
    where r.organization_id = p_organization_id and r.is_active
      and (r.from_entity_id = p_installation_id and r.relationship_type = 'CONNECTOR_DEPENDS_ON'
        or r.to_entity_id = p_installation_id and r.relationship_type = 'INTEGRATION_MANAGES')));
end
$$;
ALTER FUNCTION hera_internal.uninstall_connector(p_actor_user_id uuid, p_organization_id uuid, p_installation_id uuid) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.uninstall_connector(p_actor_user_id uuid, p_organization_id uuid, p_installation_id uuid) IS 'Makes an installation inactive and forgets its secrets.';
CREATE FUNCTION hera_internal.unknown_operation(p_operation text, p_known text) RETURNS void
    LANGUAGE plpgsql
    AS $$
begin
  perform hera_internal.fail(400, 'operation.unknown', format('operation %s is unknown', coalesce(left(p_operation, 50), 'null')),
    'Known operations: ' || p_known);
end
$$;
ALTER FUNCTION hera_internal.unknown_operation(p_operation text, p_known text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.unknown_operation(p_operation text, p_known text) IS 'Raises PT400 operation.unknown.';
CREATE FUNCTION hera_internal.unseal(p_sealed bytea) RETURNS text
    LANGUAGE plpgsql STABLE
    AS $$
declare
  v_key text;
begin
  foreach v_key in array hera_internal.encryption_keys()
  loop
    if hera_internal.key_fingerprint(v_key) = substring(p_sealed for 4) then
      return hera_internal.pgp_open(substring(p_sealed from 5), v_key);
    end if;
  end loop;
  perform hera_internal.fail(500, 'encryption.key_unknown', 'A secret was sealed with a key that this session does not have.',
    'Add the older key to HERA_ENCRYPTION_KEY (comma-separated, newest first).');
  return null;
end
$$;
ALTER FUNCTION hera_internal.unseal(p_sealed bytea) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.unseal(p_sealed bytea) IS 'Decrypts what hera_internal.seal made.';
CREATE FUNCTION hera_internal.update_organization(p_actor_user_id uuid, p_role text, p_id uuid, p_organization jsonb) RETURNS hera.core_organizations
    LANGUAGE plpgsql
    AS $$
declare
  v_now constant timestamptz := hera_internal.now();
  v_row hera.core_organizations;
  v_fault text;
begin
  if p_organization ? 'code' and p_role <> 'platform_admin' then
    perform hera_internal.fail(403, 'permission_denied', 'Only a platform admin changes organization.code.', 'Leave organization.code out.');
  end if;
  select * into v_row from hera.core_organizations o where o.id = p_id for update;
  v_row.organization_name := coalesce(btrim(p_organization ->> 'name'), v_row.organization_name);
  v_row.organization_code := coalesce(p_organization ->> 'code', v_row.organization_code);
  v_fault := hera_internal.organization_fault(v_row.organization_name, v_row.organization_code);
  if v_row.id is null then
    return null;
  elsif v_fault is not null then
    perform hera_internal.fail(400, 'organization.invalid', v_fault, null);
  end if;
  begin
    update hera.core_organizations o set
      organization_name = v_row.organization_name, organization_code = v_row.organization_code,
      settings = o.settings || coalesce(p_organization -> 'settings', '{}'), updated_at = v_now, updated_by = p_actor_user_id
    where o.id = p_id
    returning * into v_row;
  exception
    when unique_violation then
      perform hera_internal.fail(409, 'organization.exists', 'An organization with this code exists.', 'Choose another code.');
  end;
  update hera.core_entities e
  set entity_name = v_row.organization_name, entity_code = v_row.organization_code, updated_at = v_now, updated_by = p_actor_user_id, version = e.version + 1
  where e.organization_id = p_id and e.id = p_id and (e.entity_name, e.entity_code) is distinct from (v_row.organization_name, v_row.organization_code);
  return v_row;
end
$$;
ALTER FUNCTION hera_internal.update_organization(p_actor_user_id uuid, p_role text, p_id uuid, p_organization jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.update_organization(p_actor_user_id uuid, p_role text, p_id uuid, p_organization jsonb) IS 'Changes an organization and its entity.';
CREATE FUNCTION hera_internal.update_webhook(p_actor_user_id uuid, p_webhook hera.webhooks, p_change jsonb, p_connector_code text) RETURNS jsonb
    LANGUAGE plpgsql
    AS $$
declare
  v_config jsonb;
begin
  if p_change ? 'secret' then
    perform hera_internal.fail(400, 'webhook_config.invalid', 'webhook_config.secret can''t be updated', 'Use operation ROTATE_SECRET.');
  end if;
  select d.field_value_json into v_config
  from hera.core_dynamic_data d
  where d.organization_id = p_webhook.organization_id and d.entity_id = p_webhook.id and d.field_name = 'webhook_config';
  v_config := hera_internal.merge_webhook_config(v_config, p_change);
  if p_change ? 'headers' then
    v_config := v_config || jsonb_build_object('headers',
      hera_internal.store_webhook_headers(p_webhook.organization_id, p_webhook.id, p_change -> 'headers'));
  end if;
  perform hera_internal.check_webhook_config(v_config);
  perform hera_internal.store_webhook(p_actor_user_id, p_webhook.organization_id, p_webhook.id, v_config,
    coalesce(p_connector_code, p_webhook.connector_code));
  return null;
end
$$;
ALTER FUNCTION hera_internal.update_webhook(p_actor_user_id uuid, p_webhook hera.webhooks, p_change jsonb, p_connector_code text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.update_webhook(p_actor_user_id uuid, p_webhook hera.webhooks, p_change jsonb, p_connector_code text) IS 'Merges a change into a webhook.';
CREATE FUNCTION hera_internal.upgrade_installation(p_actor_user_id uuid, p_organization_id uuid, p_installation_id uuid, p_definition_id uuid, p_config jsonb, p_change jsonb, p_version integer) RETURNS void
    LANGUAGE plpgsql
    AS $$
declare
  v_versions constant jsonb := hera_internal.versions_of(p_definition_id);
  v_version constant int := coalesce(p_version, (v_versions ->> -1)::int);
  v_before constant jsonb := hera_internal.installed_definition(p_organization_id, p_installation_id) -> 'fields';
  v_definition jsonb;
  v_field jsonb;
  v_name text;
  v_secret boolean;
  v_was_secret boolean;
  v_config jsonb := jsonb '{}';
  v_change jsonb := jsonb '{}';
begin
  if not v_versions @> to_jsonb(v_version) then
    perform hera_internal.fail(404, 'connector.version', format('The connector has no version %s.', v_version),
      format('Versions: %s.', v_versions));
  end if;
  v_definition := hera_internal.definition_version(p_definition_id, v_version);
  for v_field in select f.value from jsonb_array_elements(v_definition -> 'fields') f
  loop
    v_name := v_field ->> 'name';
    v_secret := coalesce((v_field -> 'secret')::boolean, false);
    v_was_secret := v_before @> jsonb_build_array(jsonb_build_object('name', v_name, 'secret', true));
    -- Of a secret the configuration has only the mask: it can't become a plain field.
    if p_config ? v_name and v_secret = v_was_secret then
      v_config := v_config || jsonb_build_object(v_name, p_config -> v_name);
    elsif p_config ? v_name and v_secret then
      v_change := v_change || jsonb_build_object(v_name, p_config -> v_name);
    end if;
  end loop;
  perform hera_internal.configure_installation(p_actor_user_id, p_organization_id, p_installation_id, v_definition -> 'fields', v_config,
    v_change || p_change);
  delete from hera.secrets s
  where s.organization_id = p_organization_id and s.entity_id = p_installation_id
    and v_before @> jsonb_build_array(jsonb_build_object('name', s.name, 'secret', true))
    and not v_definition -> 'fields' @> jsonb_build_array(jsonb_build_object('name', s.name, 'secret', true));
  update hera.core_entities e
  set metadata = coalesce(e.metadata, '{}') || jsonb_build_object('definition_version', v_version), entity_name = v_definition ->> 'name',
    updated_at = hera_internal.now(), updated_by = p_actor_user_id, version = e.version + 1
  where e.organization_id = p_organization_id and e.id = p_installation_id;
  perform hera_internal.set_links(p_actor_user_id, p_organization_id, p_installation_id, 'CONNECTOR_DEPENDS_ON',
    hera_internal.dependencies_of(p_organization_id, v_definition));
end
$$;
ALTER FUNCTION hera_internal.upgrade_installation(p_actor_user_id uuid, p_organization_id uuid, p_installation_id uuid, p_definition_id uuid, p_config jsonb, p_change jsonb, p_version integer) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.upgrade_installation(p_actor_user_id uuid, p_organization_id uuid, p_installation_id uuid, p_definition_id uuid, p_config jsonb, p_change jsonb, p_version integer) IS 'Puts an installation on another version.';
CREATE FUNCTION hera_internal.url_decode(p_text text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE
    AS $_$
begin
  if p_text !~ '[%+]' then
    return p_text;
  end if;
  return (
    select convert_from(string_agg(
      case when t.part[1] ~ '^%[0-9A-Fa-f]{2}$' then decode(substring(t.part[1] from 2), 'hex')
        else convert_to(replace(t.part[1], '+', ' '), 'UTF8') end, '' order by t.n), 'UTF8')
    from regexp_matches(p_text, '%[0-9A-Fa-f]{2}|%|[^%]+', 'g') with ordinality t (part, n));
exception
  when character_not_in_repertoire or untranslatable_character then
    return p_text;
end
$_$;
ALTER FUNCTION hera_internal.url_decode(p_text text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.url_decode(p_text text) IS 'Decodes a text of a query string.';
CREATE FUNCTION hera_internal.url_encode(p_text text, p_keep text DEFAULT ''::text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  -- string_agg of nothing is null, and so is what is made of null.
  select coalesce(string_agg(
    case
      when t.sign collate "C" ~ '[A-Za-z0-9_.~-]' or strpos(p_keep, t.sign) > 0 then t.sign
      else regexp_replace(upper(encode(convert_to(t.sign, 'UTF8'), 'hex')), '(..)', '%\1', 'g')
    end, '' order by t.n), left(p_text, 0))
  from regexp_split_to_table(p_text, '') with ordinality t (sign, n)
  where t.sign <> '';
$$;
ALTER FUNCTION hera_internal.url_encode(p_text text, p_keep text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.url_encode(p_text text, p_keep text) IS 'Percent-encodes a text.';
CREATE FUNCTION hera_internal.url_fault(p_url text) RETURNS text
    LANGUAGE plpgsql STABLE
    AS $_$
declare
  v_part text[] := regexp_match(p_url, '^(https?)://([^/?#]*)([/?][\x21-\x22\x24-\x5b\x5d-\x7e]*)?$');
  v_scheme text := v_part[1];
  v_host text;
  v_port text;
  v_address inet;
begin
  if p_url is null or length(p_url) > 2048 or v_part is null then
    return 'must be an absolute URL such as https://example.com/hook, of at most 2048 visible ASCII characters, without a fragment';
  end if;
  if v_scheme = 'http' and not coalesce((hera_internal.platform_settings() #>> '{webhook,allow_http}')::boolean, false) then
    return 'must be https; plain http needs WEBHOOK_ALLOW_HTTP';
  end if;
  v_port := substring(v_part[2] from ':([0-9]{1,5})$');
  v_host := lower(regexp_replace(v_part[2], ':[0-9]{1,5}$', ''));
  if v_port::int not between 1 and 65535 then
    return 'has a port out of range';
  end if;
  begin
    if v_host ~ '^\[[0-9a-f.]*:[0-9a-f:.]{1,44}\]$' then
      v_address := btrim(v_host, '[]')::inet;
    elsif v_host ~ '^(0|[1-9][0-9]{0,2})(\.(0|[1-9][0-9]{0,2})){3}$' then
      v_address := v_host::inet;
    elsif length(v_host) > 253
      or v_host !~ '^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z]([a-z0-9-]{0,61}[a-z0-9])?\.?$' then
      return 'must name its host as a DNS name, a dotted IPv4 address or an IPv6 address in brackets';
    end if;
  exception
    when invalid_text_representation then
      return 'has a malformed address as its host';
  end;
  if v_address is null and v_host ~ '(^|\.)localhost\.?$' then
    v_address := '127.0.0.1';
  elsif v_address is null and (v_host !~ '\.[a-z]' or v_host ~ '\.(local|localdomain|internal|home\.arpa)\.?$')
    and hera_internal.allowed_networks() = '{}' then
    return 'must name a public host';
  end if;
  if v_address <<= any (hera_internal.blocked_networks()) and not v_address <<= any (hera_internal.allowed_networks()) then
    return 'points to an address that webhooks may not reach; WEBHOOK_ALLOWED_NETWORKS can allow a network';
  end if;
  return null;
end
$_$;
ALTER FUNCTION hera_internal.url_fault(p_url text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.url_fault(p_url text) IS 'The fault of a webhook URL, or null.';
CREATE FUNCTION hera_internal.used_up_until(p_config jsonb, p_headers jsonb, p_now timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE sql STABLE
    AS $_$
  select max(p_now + least(86400, (u.rule ->> 'wait_s')::float8) * interval '1 second')
  from (
    select r -> 'usage' as rule from jsonb_array_elements(p_config -> 'rate_limits') r where r ? 'usage') u
  cross join lateral (
    select max((v #>> '{}')::numeric) as value
    from jsonb_path_query(hera_internal.json_or_null(p_headers ->> lower(u.rule ->> 'header')), coalesce(u.rule ->> 'path', '$')::jsonpath, '{}', true) v
    where jsonb_typeof(v) = 'number') h
  where h.value <= (u.rule ->> 'at_most')::numeric or h.value >= (u.rule ->> 'at_least')::numeric;
$_$;
ALTER FUNCTION hera_internal.used_up_until(p_config jsonb, p_headers jsonb, p_now timestamp with time zone) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.used_up_until(p_config jsonb, p_headers jsonb, p_now timestamp with time zone) IS 'Until when a provider wants no calls.';
CREATE FUNCTION hera_internal.user_of(p_auth_uid text) RETURNS uuid
    LANGUAGE plpgsql
    AS $$
declare
  v_tenant constant uuid := current_setting('hera.organization_id')::uuid;
  v_user uuid;
begin
  perform hera_internal.set_tenant(hera_internal.platform_id());
  select i.user_entity_id into v_user
  from hera.identities i
  where i.organization_id = hera_internal.platform_id() and i.auth_uid = p_auth_uid;
  perform hera_internal.set_tenant(v_tenant);
  return v_user;
end
$$;
ALTER FUNCTION hera_internal.user_of(p_auth_uid text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.user_of(p_auth_uid text) IS 'The user of an auth_uid, or null.';
CREATE FUNCTION hera_internal.uuid_fault(p_id jsonb) RETURNS text
    LANGUAGE plpgsql IMMUTABLE
    AS $_$
begin
  if p_id is null or p_id = 'null' or p_id #>> '{}' ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then
    return null;
  end if;
  return 'is not a UUID';
end
$_$;
ALTER FUNCTION hera_internal.uuid_fault(p_id jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.uuid_fault(p_id jsonb) IS 'The fault of an id, or null.';
CREATE FUNCTION hera_internal.verification_fault(p_inbound jsonb) RETURNS text
    LANGUAGE plpgsql
    AS $_$
declare
  v_rule jsonb;
  v_part text;
begin
  for v_rule in select h.value from jsonb_array_elements(p_inbound -> 'handshake') h
  loop
    for v_part in select m.value from jsonb_array_elements_text(v_rule #> '{respond,hmac,message}') m
    loop
      if v_part !~ '^query:.+$' then
        return format('connector_config.inbound.handshake %s: hmac.message must be of query:NAME parts', v_rule ->> 'name');
      elsif not exists (
        select from jsonb_array_elements(v_rule -> 'require') r
        where r ->> 'query' = substring(v_part from 7) and r ->> 'regex' ~ '^\^.+[$]$') then
        return format('connector_config.inbound.handshake %s signs %s, so require must hold a regex from ^ to $ for it',
          v_rule ->> 'name', v_part);
      elsif hera_internal.signs_events(p_inbound, v_rule, v_part) then
        return format('connector_config.inbound.handshake %s would sign an event: the regex of %s matches one', v_rule ->> 'name', v_part);
      end if;
    end loop;
  end loop;
  if (p_inbound ->> 'max_bytes')::bigint not between 1 and 4194304 then
    return 'connector_config.inbound.max_bytes must be from 1 to 4194304';
  end if;
  for v_rule in select v.value from jsonb_array_elements(p_inbound -> 'verify') v
  loop
    if v_rule ->> 'type' in ('hmac', 'hash') and not (v_rule ? 'message' and v_rule ?| array['encoding', 'encoding_field']) then
      return format('connector_config.inbound.verify %s needs message and encoding', v_rule ->> 'name');
    end if;
    select m.value into v_part from jsonb_array_elements_text(v_rule -> 'message') m
    where m.value !~ '^(method|uri|uri:hubspot|body|timestamp|secret|header:.+|literal:.+)$' limit 1;
    if found then
      return format('connector_config.inbound.verify %s: message has an unknown part %s', v_rule ->> 'name', v_part);
    elsif v_rule ->> 'type' in ('hmac', 'hash') and not v_rule -> 'message' ? 'body'
      and not v_rule -> 'message' ?| array['uri', 'uri:hubspot'] then
      return format('connector_config.inbound.verify %s: message must hold body', v_rule ->> 'name');
    elsif v_rule ->> 'type' = 'hash' and not v_rule -> 'message' ? 'secret' then
      return format('connector_config.inbound.verify %s: the message of a hash must hold secret', v_rule ->> 'name');
    elsif v_rule -> 'message' ? 'timestamp' and not v_rule ? 'timestamp' then
      return format('connector_config.inbound.verify %s: message has a timestamp part, so timestamp is needed', v_rule ->> 'name');
    end if;
  end loop;
  return null;
end
$_$;
ALTER FUNCTION hera_internal.verification_fault(p_inbound jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.verification_fault(p_inbound jsonb) IS 'The fault of handshakes and verification rules, or null.';
CREATE FUNCTION hera_internal.version_to_change(p_definition_id uuid, p_version jsonb) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    AS $_$
declare
  v_newest constant jsonb := hera_internal.definition_version(p_definition_id, null);
  v_version int;
begin
  -- What is no number is found by the check of the whole.
  if jsonb_typeof(p_version) is distinct from 'number' or p_version::text !~ '^[0-9]{1,9}$' then
    return v_newest;
  end if;
  v_version := p_version::int;
  if v_version >= (v_newest ->> 'version')::int then
    return v_newest;
  elsif not hera_internal.versions_of(p_definition_id) @> to_jsonb(v_version) then
    perform hera_internal.fail(409, 'connector.version', format('Version %s is older than the newest and was never there.', v_version),
      format('Give one of %s to mend it, or a higher one to add it.', hera_internal.versions_of(p_definition_id)));
  end if;
  return hera_internal.definition_version(p_definition_id, v_version);
end
$_$;
ALTER FUNCTION hera_internal.version_to_change(p_definition_id uuid, p_version jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.version_to_change(p_definition_id uuid, p_version jsonb) IS 'The version that a change is merged into.';
CREATE FUNCTION hera_internal.versions_of(p_definition_id uuid) RETURNS jsonb
    LANGUAGE sql STABLE
    AS $$
  select coalesce(jsonb_agg(v.version order by v.version), '[]')
  from hera.connector_versions v
  where v.organization_id = hera_internal.platform_id() and v.definition_id = p_definition_id;
$$;
ALTER FUNCTION hera_internal.versions_of(p_definition_id uuid) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.versions_of(p_definition_id uuid) IS 'The versions of a definition.';
CREATE FUNCTION hera_internal.walk_steps(p_steps jsonb, p_body jsonb, p_limit bigint DEFAULT NULL::bigint) RETURNS SETOF jsonb
    LANGUAGE plpgsql IMMUTABLE
    AS $$
declare
  v_ways jsonb[] := array[jsonb '{}'];
  v_step jsonb;
begin
  for v_step in select s.value from jsonb_array_elements(p_steps) with ordinality s (value, n) order by s.n
  loop
    v_ways := array(
      select w.bound || jsonb_build_object(v_step ->> 'as', m.value)
      from unnest(v_ways) with ordinality w (bound, n)
      cross join lateral jsonb_path_query(
        case when coalesce(v_step ->> 'in', 'body') = 'body' then p_body else w.bound -> (v_step ->> 'in') end,
        (v_step ->> 'path')::jsonpath, w.bound, true) m (value)
      limit p_limit);
  end loop;
  return query select w from unnest(v_ways) w;
end
$$;
ALTER FUNCTION hera_internal.walk_steps(p_steps jsonb, p_body jsonb, p_limit bigint) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.walk_steps(p_steps jsonb, p_body jsonb, p_limit bigint) IS 'The bindings of each way through a chain of jsonpath steps.';
CREATE FUNCTION hera_internal.webhook_credentials(p_organization_id uuid, p_webhook_id uuid, p_now timestamp with time zone) RETURNS bytea
    LANGUAGE plpgsql
    AS $$
declare
  v_secret record;
  v_secrets text[] := '{}';
  v_headers jsonb := '{}';
begin
  for v_secret in
    select s.name, hera_internal.unseal(s.sealed) as secret
    from hera.secrets s
    where s.organization_id = p_organization_id and s.entity_id = p_webhook_id
      and (s.expires_at is null or s.expires_at > p_now)
    order by s.version desc
  loop
    if v_secret.name = 'headers' then
      v_headers := v_secret.secret;
    else
      v_secrets := v_secrets || v_secret.secret;
    end if;
  end loop;
  return hera_internal.seal_for_sender(jsonb_build_object('secrets', v_secrets, 'headers', v_headers)::text);
end
$$;
ALTER FUNCTION hera_internal.webhook_credentials(p_organization_id uuid, p_webhook_id uuid, p_now timestamp with time zone) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.webhook_credentials(p_organization_id uuid, p_webhook_id uuid, p_now timestamp with time zone) IS 'The secrets and headers of a webhook, sealed for the sender.';
CREATE FUNCTION hera_internal.webhook_no_of(p_organization_id uuid, p_webhook_id uuid) RETURNS integer
    LANGUAGE plpgsql STABLE
    AS $$
declare
  v_webhook_no int;
begin
  select w.webhook_no into v_webhook_no from hera.webhooks w where w.organization_id = p_organization_id and w.id = p_webhook_id;
  if v_webhook_no is null and p_webhook_id is not null then
    perform hera_internal.fail(404, 'not_found', 'No such webhook.', 'LIST of hera_webhook_config_v1 shows the webhooks.');
  end if;
  return v_webhook_no;
end
$$;
ALTER FUNCTION hera_internal.webhook_no_of(p_organization_id uuid, p_webhook_id uuid) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.webhook_no_of(p_organization_id uuid, p_webhook_id uuid) IS 'The number of a webhook within its organization.';
CREATE FUNCTION hera_internal.webhook_wants(p_webhook hera.webhooks, p_event hera.events) RETURNS boolean
    LANGUAGE plpgsql STABLE
    AS $$
begin
  return p_webhook.topics && hera_internal.topic_candidates(p_event.event_source || '.' || p_event.event_type)
    and (p_webhook.connector_code is null or p_webhook.connector_code is not distinct from p_event.connector_code)
    and (p_webhook.filter is null or coalesce(jsonb_path_match(p_event.event_data::jsonb, p_webhook.filter, '{}', true), false));
end
$$;
ALTER FUNCTION hera_internal.webhook_wants(p_webhook hera.webhooks, p_event hera.events) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.webhook_wants(p_webhook hera.webhooks, p_event hera.events) IS 'True where the webhook asks for the event.';
CREATE FUNCTION hera_internal.webhooks_json(p_organization_id uuid, p_webhook_id uuid, p_connector_code text) RETURNS jsonb
    LANGUAGE sql STABLE
    AS $$
  select coalesce(jsonb_agg(
      d.field_value_json || jsonb_build_object(
        'id', w.id, 'status', w.status, 'status_reason', w.status_reason, 'connector_code', w.connector_code,
        'created_at', e.created_at, 'updated_at', e.updated_at,
        'secret', (
          select s.hint from hera.secrets s
          where s.organization_id = w.organization_id and s.entity_id = w.id and s.name = 'signing'
          order by s.version desc limit 1),
        'previous_secret_expires_at', (
          select max(s.expires_at) from hera.secrets s
          where s.organization_id = w.organization_id and s.entity_id = w.id and s.name = 'signing' and s.expires_at > hera_internal.now()))
      order by w.webhook_no), '[]')
  from hera.webhooks w
  join hera.core_entities e on e.organization_id = w.organization_id and e.id = w.id
  join hera.core_dynamic_data d on d.organization_id = w.organization_id and d.entity_id = w.id and d.field_name = 'webhook_config'
  where w.organization_id = p_organization_id and w.kind = 'webhook'
    and (p_webhook_id is null or w.id = p_webhook_id)
    and (p_connector_code is null or w.connector_code = p_connector_code);
$$;
ALTER FUNCTION hera_internal.webhooks_json(p_organization_id uuid, p_webhook_id uuid, p_connector_code text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.webhooks_json(p_organization_id uuid, p_webhook_id uuid, p_connector_code text) IS 'Webhooks of an organization as a JSON array.';
CREATE FUNCTION hera_internal.with_accounts(p_party hera_internal.inbound_party, p_inbound jsonb) RETURNS hera_internal.inbound_party
    LANGUAGE plpgsql
    AS $$
declare
  v_party hera_internal.inbound_party := p_party;
begin
  v_party.accounts := array(
    select hera_internal.plain_account(f.field_value, p_inbound -> 'account_prefixes')
    from hera.installation_fields f
    where f.organization_id = p_party.organization_id and f.installation_id = p_party.installation_id
      and p_inbound -> 'account_fields' ? f.field_name);
  return v_party;
end
$$;
ALTER FUNCTION hera_internal.with_accounts(p_party hera_internal.inbound_party, p_inbound jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.with_accounts(p_party hera_internal.inbound_party, p_inbound jsonb) IS 'An installation with its accounts.';
CREATE FUNCTION hera_internal.with_client(p_auth jsonb, p_request jsonb, p_params jsonb) RETURNS jsonb
    LANGUAGE plpgsql IMMUTABLE
    AS $$
declare
  v_id constant text := coalesce(p_auth #>> '{client,id}', '{{fields.client_id}}');
  v_secret constant text := coalesce(p_auth #>> '{client,secret}', '{{fields.client_secret}}');
  v_request jsonb := p_request - 'params' - 'client_auth' - 'with_auth';
  v_params jsonb := p_params;
begin
  if p_auth #>> '{token,client_auth}' = 'header' then
    v_request := v_request || jsonb_build_object('headers', jsonb_build_object('Authorization', 'Basic {{client_credentials}}'));
  else
    v_params := v_params || jsonb_build_object('client_id', v_id, 'client_secret', v_secret);
  end if;
  if v_request ->> 'method' = 'POST' and p_auth #>> '{token,client_auth}' is distinct from 'query' then
    return v_request || jsonb_build_object('body', v_params, 'body_format', coalesce(p_auth #>> '{token,body_format}', 'form'));
  end if;
  return v_request || jsonb_build_object('query', v_params);
end
$$;
ALTER FUNCTION hera_internal.with_client(p_auth jsonb, p_request jsonb, p_params jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.with_client(p_auth jsonb, p_request jsonb, p_params jsonb) IS 'A token request that says which app asks.';
CREATE FUNCTION hera_internal.with_defaults(p_value jsonb, p_schema jsonb) RETURNS jsonb
    LANGUAGE sql IMMUTABLE
    AS $$
  select coalesce((
    select jsonb_object_agg(p.key, p.value -> 'default') from jsonb_each(p_schema -> 'properties') p where p.value ? 'default'), '{}') || p_value;
$$;
ALTER FUNCTION hera_internal.with_defaults(p_value jsonb, p_schema jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.with_defaults(p_value jsonb, p_schema jsonb) IS 'An object with a schema''s defaults.';
CREATE FUNCTION hera_internal.without_secrets(p_organization_id uuid, p_installation_id uuid, p_text text) RETURNS text
    LANGUAGE plpgsql STABLE
    AS $_$
declare
  v_known constant bytea[] := array(select hera_internal.key_fingerprint(k) from unnest(hera_internal.encryption_keys()) k);
  v_app_secret text;
  v_text text := p_text;
  v_secret text;
  v_form text;
begin
  if p_text is null then
    return null;
  end if;
  select hera_internal.unseal(s.sealed) into v_app_secret
  from hera.secrets s
  where s.organization_id = p_organization_id and s.entity_id = p_installation_id and s.name = 'app_secret'
    and hera_internal.sealed_with(s.sealed) = any (v_known)
  order by s.version desc limit 1;
  for v_secret in
    select hera_internal.unseal(s.sealed)
    from hera.secrets s
    where s.organization_id = p_organization_id and s.entity_id = p_installation_id and hera_internal.sealed_with(s.sealed) = any (v_known)
  loop
    foreach v_form in array array[v_secret, hera_internal.url_encode(v_secret), replace(v_secret, '/', '\/'),
      -- Of a secret address the path, which a request line shows; of a token its proof.
      substring(v_secret from '^https?://[^/]+/(.{6,})$'), replace(substring(v_secret from '^https?://[^/]+/(.{6,})$'), '/', '\/'),
      encode(hera_internal.hmac_sha256(convert_to(v_secret, 'UTF8'), convert_to(v_app_secret, 'UTF8')), 'hex')]
    loop
      if length(v_form) >= 4 then
        v_text := replace(v_text, v_form, hera_internal.mask(v_secret));
      end if;
    end loop;
  end loop;
  return v_text;
end
$_$;
ALTER FUNCTION hera_internal.without_secrets(p_organization_id uuid, p_installation_id uuid, p_text text) OWNER TO hera_owner;
COMMENT ON FUNCTION hera_internal.without_secrets(p_organization_id uuid, p_installation_id uuid, p_text text) IS 'A text with the secrets of an installation masked.';
CREATE FUNCTION public.hera_api_key_resolve_v1(p_key_hash text) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $_$
declare
  v_hash constant bytea := case when p_key_hash ~ '^[0-9a-f]{64}$' then decode(p_key_hash, 'hex') end;
  v_now constant timestamptz := hera_internal.now();
  v_key hera.api_keys;
  v_membership jsonb;
begin
  -- Whoever knows the hash may read this one row, of whichever organization it is.
  perform set_config('hera.api_key_hash', encode(v_hash, 'hex'), true);
  select k.* into v_key from hera.api_keys k where k.key_hash = v_hash;
  perform set_config('hera.api_key_hash', '', true);
  if v_key.id is not null then
    perform hera_internal.set_tenant(v_key.organization_id);
    select jsonb_build_object('organization_id', m.organization_id, 'organization_name', o.organization_name, 'role', m.role,
      'is_active', o.status = 'active')
    into v_membership
    from hera.memberships m
    join hera.core_organizations o on o.id = m.organization_id
    where m.organization_id = v_key.organization_id and m.user_entity_id = v_key.id and m.is_active
      and (m.expires_at is null or m.expires_at > v_now);
  end if;
  if v_membership is null then
    perform hera_internal.fail(401, 'invalid_token', 'The API key is unknown, expired or revoked.',
      'An organization admin makes a new one with hera_api_key_v1.');
  end if;
  if v_key.last_used_at is null or v_key.last_used_at < v_now - interval '1 hour' then
    update hera.api_keys k set last_used_at = v_now
    where k.organization_id = v_key.organization_id and k.id = v_key.id and k.last_used_at is not distinct from v_key.last_used_at;
  end if;
  return jsonb_build_object('user_entity_id', v_key.id, 'memberships', jsonb_build_array(v_membership));
end
$_$;
ALTER FUNCTION public.hera_api_key_resolve_v1(p_key_hash text) OWNER TO hera_owner;
COMMENT ON FUNCTION public.hera_api_key_resolve_v1(p_key_hash text) IS 'Resolves an API key to its actor.
p_key_hash: SHA-256 of the key, in hex; the key itself need not come near the database.
Answers what hera_identity_resolve_v1 answers: {user_entity_id, memberships: [{organization_id, organization_name, role, is_active}]}.
Errors: PT401 invalid_token.
select hera_api_key_resolve_v1(encode(sha256(''hera_1f2e3d4c5b6a_…''), ''hex''));';
CREATE FUNCTION public.hera_api_key_v1(p_actor_user_id uuid, p_organization_id uuid, p_operation text DEFAULT 'LIST'::text, p_api_key jsonb DEFAULT '{}'::jsonb) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
declare
  v_name constant text := 'hera_api_key_v1';
  v_call_key text;
  v_answer jsonb;
  v_role text;
  v_id uuid;
  v_hash bytea;
  v_key text;
begin
  if p_operation is null or p_operation not in ('LIST', 'CREATE', 'REVOKE') then
    perform hera_internal.unknown_operation(p_operation, 'LIST, CREATE, REVOKE');
  end if;
  v_role := hera_internal.authorize(p_actor_user_id, p_organization_id, v_name, p_operation);
  v_call_key := hera_internal.call_key('api_key', p_api_key);
  p_api_key := p_api_key - 'idempotency_key';
  if p_operation = 'LIST' then
    return hera_internal.page_answer('api_keys', hera_internal.api_keys_json(p_organization_id, null), 'api_key', p_api_key,
      array['role', 'status']);
  end if;
  perform hera_internal.check_keys('api_key', p_api_key, array['id', 'name', 'role', 'expires_at']);
  v_answer := hera_internal.repeated_call(p_organization_id, v_name, v_call_key, jsonb_build_array(p_operation, p_api_key));
  if v_answer is not null then
    return v_answer;
  end if;
  if p_organization_id = hera_internal.platform_id() and v_role <> 'platform_admin' then
    perform hera_internal.fail(403, 'permission_denied', 'Only a platform admin changes API keys of the platform organization.', null);
  end if;
  if p_operation = 'CREATE' then
    perform hera_internal.check_api_key(v_role, p_organization_id, p_api_key);
    v_key := hera_internal.new_api_key();
    v_id := hera_internal.create_api_key(p_actor_user_id, p_organization_id, p_api_key, v_key);
  else
    v_id := hera_internal.to_uuid('api_key.id', p_api_key ->> 'id');
    select k.key_hash into v_hash from hera.api_keys k where k.organization_id = p_organization_id and k.id = v_id for update;
    if not found then
      perform hera_internal.fail(404, 'not_found', 'No such API key.', 'LIST shows the keys.');
    end if;
    if v_hash is not null then
      perform hera_internal.revoke_api_key(p_actor_user_id, p_organization_id, v_id, v_hash);
    end if;
  end if;
  -- Only what the operation has read and checked.
  perform hera_internal.audit(p_actor_user_id, p_organization_id, v_name, p_operation, v_id,
    case p_operation when 'CREATE' then p_api_key - 'id' else '{}' end);
  v_answer := jsonb_build_object('success', true, 'api_key',
    (hera_internal.api_keys_json(p_organization_id, v_id) -> 0)
    || case when v_key is null then '{}' else jsonb_build_object('key', v_key) end);
  return hera_internal.keep_answer(p_organization_id, v_name, v_call_key, v_answer, '{api_key,key}');
end
$$;
ALTER FUNCTION public.hera_api_key_v1(p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_api_key jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION public.hera_api_key_v1(p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_api_key jsonb) IS 'API keys of an organization, for machines: LIST, CREATE, REVOKE. For organization admins and platform admins.
p_api_key: CREATE takes {name, role, expires_at}, with a role up to the actor''s own (platform_admin in the platform organization only);
without expires_at the key has no end. REVOKE takes {id} and holds at once; revoking again changes nothing. LIST: {limit (1 to 1000, all
where absent), cursor, role, status}. idempotency_key in it: the same key with the same call answers the first one with duplicate: true
(the API key masked) and writes nothing.
A key acts in its organization alone, like a member with that role, and is no member that hera_membership_v1 shows or changes.
It outlives the membership of the person who made it.
Answers {success, api_keys: […], next_cursor} or {success, api_key: {id, name, prefix, role, status, created_at, created_by, expires_at,
last_used_at}}; status is active, expired or revoked. last_used_at is right to the hour. CREATE also answers key, this once: only its
SHA-256 is stored.
Errors: PT400 operation.unknown, api_key.invalid or api_key.unknown, PT403 permission_denied, PT404 not_found, PT422
idempotency.mismatch.
select hera_api_key_v1(''00000000-0000-0000-0000-000000000001'', ''00000000-0000-0000-0000-000000000000'',
  ''CREATE'', ''{"name": "nightly import", "role": "member"}'');';
CREATE FUNCTION public.hera_audit_list_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb DEFAULT '{}'::jsonb) RETURNS jsonb
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
declare
  v_filter record;
  v_actor uuid;
  v_target uuid;
  v_rows jsonb;
begin
  perform hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_audit_list_v1', 'CALL');
  v_filter := hera_internal.list_filter(p_filter, array['since', 'until', 'function', 'operation', 'actor_user_id', 'target_id']);
  v_actor := hera_internal.to_uuid('filter.actor_user_id', p_filter ->> 'actor_user_id');
  v_target := hera_internal.to_uuid('filter.target_id', p_filter ->> 'target_id');
  select coalesce(jsonb_agg(jsonb_build_object(
      'id', x.id, 'created_at', x.created_at, 'actor_user_id', x.actor_user_id, 'login', x.login, 'function', x.function_name,
      'operation', x.operation, 'target_id', x.target_id, 'detail', x.detail,
      'sealed', not exists (select from hera.audit_pending p where p.organization_id = p_organization_id and p.id = x.id))
    order by x.id desc), '[]')
  into v_rows
  from (
    select l.*
    from hera.audit_log l
    where l.organization_id = p_organization_id and l.id < v_filter.cursor_id
      and l.id >= v_filter.after_id and l.id < v_filter.before_id
      and (p_filter ->> 'function' is null or l.function_name = p_filter ->> 'function')
      and (p_filter ->> 'operation' is null or l.operation = p_filter ->> 'operation')
      and (v_actor is null or l.actor_user_id = v_actor)
      and (v_target is null or l.target_id = v_target)
    order by l.id desc
    limit v_filter.max_rows) x;
  return hera_internal.list_answer('entries', v_rows, v_filter.max_rows);
end
$$;
ALTER FUNCTION public.hera_audit_list_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION public.hera_audit_list_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) IS 'The audit trail, newest first. p_filter: {limit (1 to 1000, default 50), cursor, since, until, function, operation (REFUSED for refused
calls), actor_user_id, target_id}.
Answers {success, entries: [{id, created_at, actor_user_id, login, function, operation, target_id, detail, sealed}], next_cursor}.
Errors: PT400 filter.unknown, filter.invalid or field.invalid, PT403.
select hera_audit_list_v1(''00000000-0000-0000-0000-000000000001'', ''00000000-0000-0000-0000-000000000000'', ''{"operation": "REFUSED"}'');';
CREATE FUNCTION public.hera_audit_refusal_v1(p_refused_user_id uuid, p_organization_id uuid, p_function text, p_error text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
begin
  -- A refusal without an organization that exists belongs to the platform.
  perform hera_internal.set_tenant(coalesce(p_organization_id, hera_internal.platform_id()));
  if p_organization_id is null or not exists (select from hera.core_organizations o where o.id = p_organization_id) then
    p_organization_id := hera_internal.platform_id();
    perform hera_internal.set_tenant(p_organization_id);
  end if;
  perform hera_internal.audit(p_refused_user_id, p_organization_id, left(coalesce(p_function, ''), 200), 'REFUSED', null,
    jsonb_build_object('error', left(p_error, 200)));
  return true;
end
$$;
ALTER FUNCTION public.hera_audit_refusal_v1(p_refused_user_id uuid, p_organization_id uuid, p_function text, p_error text) OWNER TO hera_owner;
COMMENT ON FUNCTION public.hera_audit_refusal_v1(p_refused_user_id uuid, p_organization_id uuid, p_function text, p_error text) IS 'Records that a call was refused (401 or 403), in the audit trail of the organization, or of the platform where there is none.
p_refused_user_id: null where the identity was not resolved. p_function: the RPC or route. p_error: the machine code.
Answers true.
select hera_audit_refusal_v1(null, null, ''POST /api/v2/integrations/events'', ''invalid_token'');';
CREATE FUNCTION public.hera_audit_seal_v1() RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
begin
  return jsonb_build_object('success', true) || hera_internal.seal_audits(hera_internal.now());
end
$$;
ALTER FUNCTION public.hera_audit_seal_v1() OWNER TO hera_worker_owner;
COMMENT ON FUNCTION public.hera_audit_seal_v1() IS 'Seals the pending rows of all audit trails, about 20,000 a call. What is sealed can''t be altered unnoticed: see hera_audit_verify_v1.
Until then, at most for the time between two maintenances, an alteration can''t be seen.
Answers {success, sealed (rows), seals, organizations, pending (rows still to be sealed)}.
select hera_audit_seal_v1();';
CREATE FUNCTION public.hera_audit_verify_v1(p_actor_user_id uuid, p_organization_id uuid, p_anchor jsonb DEFAULT '{}'::jsonb) RETURNS jsonb
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $_$
declare
  v_faults jsonb;
  v_head jsonb;
begin
  perform hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_audit_verify_v1', 'CALL');
  perform hera_internal.check_keys('anchor', p_anchor, array['seal_no', 'hash', 'sealed_at']);
  if p_anchor <> '{}' and (coalesce(p_anchor ->> 'seal_no', '') !~ '^[0-9]{1,18}$'
    or coalesce(p_anchor ->> 'hash', '') !~ '^[0-9a-f]{64}$') then
    perform hera_internal.fail(400, 'anchor.invalid', 'anchor must hold seal_no and hash',
      'Pass the head of an earlier answer of this function.');
  end if;
  select coalesce(jsonb_agg(to_jsonb(f) order by f.seal_no, f.fault, f.row_id), '[]') into v_faults
  from (
    select * from hera_internal.audit_chain_faults(p_organization_id)
    union all
    select * from hera_internal.audit_head_faults(p_organization_id, p_anchor)) f;
  select jsonb_build_object('seal_no', s.seal_no, 'hash', encode(s.hash, 'hex'), 'sealed_at', s.sealed_at) into v_head
  from hera.audit_seals s
  where s.organization_id = p_organization_id
  order by s.seal_no desc
  limit 1;
  return jsonb_build_object(
    'success', true, 'intact', v_faults = '[]', 'faults_count', jsonb_array_length(v_faults),
    'faults', jsonb_path_query_array(v_faults, '$[0 to 99]'), 'head', v_head,
    'rows', (select count(*) from hera.audit_log l where l.organization_id = p_organization_id),
    'pending', (select count(*) from hera.audit_pending p where p.organization_id = p_organization_id));
end
$_$;
ALTER FUNCTION public.hera_audit_verify_v1(p_actor_user_id uuid, p_organization_id uuid, p_anchor jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION public.hera_audit_verify_v1(p_actor_user_id uuid, p_organization_id uuid, p_anchor jsonb) IS 'Checks the hash chain of an organization''s audit trail. p_anchor: the head of an earlier answer, kept outside of the database: a chain
that does not reach it was cut or rewritten. Rows that are still pending (since the last hera_audit_seal_v1) can''t be vouched for.
Answers {success, intact, faults_count, faults: [{fault, seal_no, row_id}] (the first 100), head: {seal_no, hash, sealed_at}, rows,
pending}.
Faults: row_changed, row_deleted, row_inserted, seal_changed, seal_missing, chain_broken (a seal was replaced), head_cut, tail_cut.
Errors: PT400 anchor.unknown or anchor.invalid, PT403.
select hera_audit_verify_v1(''00000000-0000-0000-0000-000000000001'', ''00000000-0000-0000-0000-000000000000'');';
CREATE FUNCTION public.hera_connector_action_v1(p_actor_user_id uuid, p_organization_id uuid, p_connector_code text, p_action text, p_input jsonb DEFAULT '{}'::jsonb, p_options jsonb DEFAULT '{}'::jsonb) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
declare
  v_installation record;
  v_answer jsonb;
begin
  perform hera_internal.durable();
  perform hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_connector_action_v1', 'CALL');
  perform hera_internal.check_keys('options', p_options, array['idempotency_key', 'traceparent']);
  if p_options ->> 'idempotency_key' like 'hera.%' then
    perform hera_internal.fail(400, 'options.invalid', 'options.idempotency_key must not begin with hera.', null);
  end if;
  select e.id, e.status into v_installation
  from hera.core_entities e
  where e.organization_id = p_organization_id and e.entity_type = 'INTEGRATION_CONNECTOR_INSTALL' and e.entity_code = p_connector_code
    and e.status <> 'inactive';
  if not found then
    perform hera_internal.fail(404, 'not_found', 'The connector is not installed.', 'INSTALL it; LIST shows the connectors.');
  end if;
  v_answer := hera_internal.call_action(p_actor_user_id, p_organization_id, v_installation.id, v_installation.status, p_action, p_input,
    hera_internal.call_key('options', p_options), hera_internal.traceparent_of(p_options - 'idempotency_key'));
  if v_answer ? 'error' then
    perform hera_internal.fail_answer(v_answer);
  end if;
  return v_answer;
end
$$;
ALTER FUNCTION public.hera_connector_action_v1(p_actor_user_id uuid, p_organization_id uuid, p_connector_code text, p_action text, p_input jsonb, p_options jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION public.hera_connector_action_v1(p_actor_user_id uuid, p_organization_id uuid, p_connector_code text, p_action text, p_input jsonb, p_options jsonb) IS 'Calls an action of an installed connector, such as send_text of whatsapp-business-cloud. The call is stored and sent by the outbox: it is
repeated where the provider''s answer says so, and never by itself where nobody knows whether a call that must not happen twice was done.
p_connector_code, p_action: GET of hera_integration_connector_v1 shows the actions of a connector (config.actions).
p_input: what the action''s input_schema asks for, at most 1 MiB. Defaults are filled in.
p_options: {idempotency_key (the same key with the same call answers the first one and sends nothing), traceparent}.
Answers {success, message, event_id, delivery_id, connector_code, action, status, reason, next_attempt_at, smart_code, duplicate}; status is one of
hera_webhook_deliveries_v1, where the call is seen. What became of it comes as an event <connector>.action.<action>.succeeded, .failed or
.unknown, which webhooks can ask for: data is {action, connector_code, event_id, delivery_id, result} or {…, error {class, code, message, status}}.
Errors: PT400 input.invalid (names the field), request.incomplete, request.url, request.header, options.unknown, options.invalid; PT403;
PT404 not_found; PT409 connector.pending_auth, .reauth_required, .paused, .error, .token_missing; PT413; PT422 idempotency.mismatch;
PT500 encryption.key_missing.
select hera_connector_action_v1(''00000000-0000-0000-0000-000000000001'', ''00000000-0000-0000-0000-000000000000'',
  ''zapier-webhook'', ''trigger_zap'', ''{"event": "invoice.paid", "data": {"total": 12.5}}'', ''{"idempotency_key": "invoice-17-paid"}'');';
CREATE FUNCTION public.hera_connector_health_v1(p_actor_user_id uuid, p_organization_id uuid, p_operation text DEFAULT 'LIST'::text, p_connector_code text DEFAULT NULL::text) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
declare
  v_installation record;
begin
  if p_operation is null or p_operation not in ('LIST', 'CHECK') then
    perform hera_internal.unknown_operation(p_operation, 'LIST, CHECK');
  end if;
  perform hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_connector_health_v1', p_operation);
  if p_operation = 'CHECK' then
    v_installation := hera_internal.installation_of(p_organization_id, p_connector_code);
    if v_installation.id is null then
      perform hera_internal.fail(404, 'not_found', 'The connector is not installed.', 'INSTALL it.');
    elsif v_installation.status not in ('active', 'error') then
      perform hera_internal.fail(409, 'connector.not_active', format('The installation is %s.', v_installation.status),
        'RESUME it, or authorize it with hera_connector_oauth_v1.');
    end if;
    perform hera_internal.keep_tasks(p_organization_id, v_installation.id);
    update hera.connector_tasks t set due_at = least(t.due_at, hera_internal.now())
    where t.organization_id = p_organization_id and t.installation_id = v_installation.id and t.kind = 'health' and t.fence is null;
    if not found and not exists (
      select from hera.connector_tasks t
      where t.organization_id = p_organization_id and t.installation_id = v_installation.id and t.kind = 'health') then
      perform hera_internal.fail(409, 'connector.no_health', 'The connector''s definition has no health check.', 'LIST shows how its last uses went.');
    end if;
  end if;
  return jsonb_build_object('success', true, 'installations', (
    select coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'code', e.entity_code, 'status', e.status)
      || hera_internal.installation_health(p_organization_id, e.id) order by e.entity_code), '[]')
    from hera.core_entities e
    where e.organization_id = p_organization_id and e.entity_type = 'INTEGRATION_CONNECTOR_INSTALL' and e.status <> 'inactive'
      and (p_connector_code is null or e.entity_code = p_connector_code)));
end
$$;
ALTER FUNCTION public.hera_connector_health_v1(p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_connector_code text) OWNER TO hera_owner;
COMMENT ON FUNCTION public.hera_connector_health_v1(p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_connector_code text) IS 'How the organization''s installations fare at their providers.
LIST: of all, or of p_connector_code. CHECK: has the definition''s health check of p_connector_code run at once; it runs by itself about every
15 minutes. What it finds is in the next LIST.
Answers {success, installations: [{id, code, status, state, last_success_at, last_error, last_checked_at, token_expires_at}]}. state: ok,
degraded (the last use failed), failing (three checks in a row failed), reauth_required (a person has to authorize it) or token_expiring
(the token ends within a week, and nothing but a person will renew it).
Errors: PT400 operation.unknown, PT403, PT404 not_found, PT409 connector.no_health, connector.not_active.
select hera_connector_health_v1(''00000000-0000-0000-0000-000000000001'', ''00000000-0000-0000-0000-000000000000'');';
CREATE FUNCTION public.hera_connector_oauth_answer_v1(p_ticket text, p_status integer, p_headers jsonb, p_body text, p_error text DEFAULT NULL::text) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $_$
declare
  v_state hera.oauth_states;
  v_kept jsonb;
  v_config jsonb;
  v_error jsonb;
begin
  if p_ticket ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then
    perform hera_internal.set_tenant(split_part(p_ticket, '.', 1)::uuid);
    update hera.oauth_states s set fence = null
    where s.organization_id = split_part(p_ticket, '.', 1)::uuid and s.fence = split_part(p_ticket, '.', 2)::uuid
      and s.used_at > hera_internal.now() - interval '5 minutes'
    returning s.* into v_state;
  end if;
  perform from hera.core_entities e
  where e.organization_id = v_state.organization_id and e.id = v_state.installation_id and e.status <> 'inactive'
  for update;
  if not found then
    perform hera_internal.fail(400, 'oauth.ticket', 'The ticket is unknown, used or over.', 'Begin again with CONNECT.');
  end if;
  v_kept := hera_internal.unseal(v_state.sealed)::jsonb;
  v_config := hera_internal.installed_definition(v_state.organization_id, v_state.installation_id);
  if p_status between 200 and 299 and hera_internal.store_tokens(
    v_state.actor_user_id, v_state.organization_id, v_state.installation_id, v_config, hera_internal.json_or_null(p_body)) then
    perform hera_internal.keep_authorization(v_state, v_kept ->> 'connector_code');
    return hera_internal.oauth_outcome(null, v_kept);
  end if;
  v_error := hera_internal.provider_error('{}', p_status, p_error, p_headers, p_body);
  return hera_internal.refuse_authorization(v_state,
    regexp_replace(v_error ->> 'code', '[^A-Za-z0-9_.-]', '', 'g'),
    replace(replace(hera_internal.told_error(v_state.organization_id, v_state.installation_id, 'The authorization', v_error),
      v_kept ->> 'code', '••••'), coalesce(v_kept ->> 'code_verifier', v_kept ->> 'code'), '••••'), v_kept);
end
$_$;
ALTER FUNCTION public.hera_connector_oauth_answer_v1(p_ticket text, p_status integer, p_headers jsonb, p_body text, p_error text) OWNER TO hera_owner;
COMMENT ON FUNCTION public.hera_connector_oauth_answer_v1(p_ticket text, p_status integer, p_headers jsonb, p_body text, p_error text) IS 'Takes what a provider answered to the request that hera_connector_oauth_callback_v1 prescribed: stores the tokens, sealed, and makes the
installation active; or notes at the installation why there are none.
p_ticket: as answered, good once and for five minutes. p_status: HTTP status, null where no whole answer came; p_headers: {lower-case name:
value}; p_body: the answer; p_error: null or a machine code (see hera_outbox_finish_v1).
Answers {success, connector_code, error (a code, or null), location (the return_path that CONNECT was given, with the outcome, or null)}.
Errors: PT400 oauth.ticket; PT500 encryption.key_missing.
select hera_connector_oauth_answer_v1(''no-ticket'', 200, ''{}'', ''{"access_token": "t"}'');';
CREATE FUNCTION public.hera_connector_oauth_callback_v1(p_state text, p_code text DEFAULT NULL::text, p_error text DEFAULT NULL::text, p_error_description text DEFAULT NULL::text) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
declare
  v_state hera.oauth_states := hera_internal.take_oauth_state(p_state);
  v_kept jsonb := hera_internal.unseal(v_state.sealed)::jsonb;
  v_config constant jsonb := hera_internal.installed_definition(v_state.organization_id, v_state.installation_id);
  v_error text := left(regexp_replace(coalesce(nullif(p_error, ''), case when coalesce(p_code, '') = '' then 'no_code' end),
    '[^A-Za-z0-9_.-]', '', 'g'), 100);
begin
  if v_error is not null then
    update hera.oauth_states s set fence = null
    where s.organization_id = v_state.organization_id and s.state_hash = v_state.state_hash;
    return hera_internal.refuse_authorization(v_state, v_error,
      concat_ws(': ', 'The authorization was refused', v_error, left(regexp_replace(p_error_description, '[[:cntrl:]]', ' ', 'g'), 300)), v_kept);
  end if;
  v_kept := v_kept || jsonb_build_object('code', left(p_code, 4096));
  update hera.oauth_states s set sealed = hera_internal.seal(v_kept::text)
  where s.organization_id = v_state.organization_id and s.state_hash = v_state.state_hash;
  return jsonb_build_object('success', true, 'ticket', v_state.organization_id || '.' || v_state.fence, 'timeout_ms', 20000,
    'request', encode(hera_internal.seal_for_sender(hera_internal.token_request(v_state.organization_id, v_state.installation_id, v_config, 'token',
      '{"grant_type": "authorization_code", "code": "{{code}}", "redirect_uri": "{{redirect_uri}}", "code_verifier": "{{code_verifier}}"}',
      v_kept)::text), 'base64'));
end
$$;
ALTER FUNCTION public.hera_connector_oauth_callback_v1(p_state text, p_code text, p_error text, p_error_description text) OWNER TO hera_owner;
COMMENT ON FUNCTION public.hera_connector_oauth_callback_v1(p_state text, p_code text, p_error text, p_error_description text) IS 'Takes what a provider sends a browser back with, and prescribes the request that gets the tokens.
p_state, p_code, p_error, p_error_description: of the query, as they came.
Answers {success: true, ticket, request ({method, url, headers, body}, sealed as hera_internal.seal_for_sender tells, in base64), timeout_ms}: send it and hand
the answer to hera_connector_oauth_answer_v1 with the ticket, within five minutes. Where the provider or the person said no: the outcome as
that one answers it.
Errors: PT400 oauth.state (forged, unknown, used or older than ten minutes: not told apart), request.incomplete, PT500 encryption.key_missing.
select hera_connector_oauth_callback_v1(''a-state-of-96-characters'', ''a-code'');';
CREATE FUNCTION public.hera_connector_oauth_v1(p_actor_user_id uuid, p_organization_id uuid, p_operation text DEFAULT 'CONNECT'::text, p_connector_code text DEFAULT NULL::text, p_oauth jsonb DEFAULT '{}'::jsonb) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $_$
declare
  v_name constant text := 'hera_connector_oauth_v1';
  v_installation record;
  v_config jsonb;
  v_answer jsonb := jsonb '{"success": true}';
begin
  if p_operation is null or p_operation not in ('CONNECT', 'DISCONNECT') then
    perform hera_internal.unknown_operation(p_operation, 'CONNECT, DISCONNECT');
  end if;
  perform hera_internal.authorize(p_actor_user_id, p_organization_id, v_name, p_operation);
  perform hera_internal.check_keys('oauth', p_oauth, case p_operation when 'CONNECT' then array['return_path', 'scopes'] else '{}' end);
  if p_oauth ? 'return_path' and coalesce(p_oauth ->> 'return_path', '') !~ '^/[A-Za-z0-9_~-][A-Za-z0-9_~/-]{0,199}$' then
    perform hera_internal.fail(400, 'oauth.invalid', 'return_path must be a path of this host', 'For example /settings/integrations.');
  elsif p_oauth ? 'scopes' and (jsonb_typeof(p_oauth -> 'scopes') <> 'string' or p_oauth ->> 'scopes' !~ '^[\x21-\x7e][\x20-\x7e]*$'
    or length(p_oauth ->> 'scopes') > 2000) then
    perform hera_internal.fail(400, 'oauth.invalid', 'scopes must be a text of 1 to 2000 characters', 'Separated as the provider does it.');
  end if;
  v_installation := hera_internal.installation_of(p_organization_id, p_connector_code);
  if v_installation.id is null then
    perform hera_internal.fail(404, 'not_found', 'The connector is not installed.', 'INSTALL it.');
  elsif v_installation.status = 'inactive' then
    perform hera_internal.fail(409, 'connector.inactive', 'The connector was uninstalled.', 'INSTALL it again.');
  end if;
  v_config := hera_internal.installed_definition(p_organization_id, v_installation.id);
  if p_operation = 'CONNECT' then
    v_answer := v_answer || jsonb_build_object('authorize_url', hera_internal.begin_oauth(
      p_actor_user_id, p_organization_id, v_installation.id, p_connector_code, v_config, p_oauth));
  else
    perform hera_internal.end_connection(p_actor_user_id, p_organization_id, v_installation.id, v_installation.status, v_config);
    v_answer := v_answer || jsonb_build_object('installation',
      hera_internal.connectors_json(p_organization_id, null, null, v_installation.id) -> 0);
  end if;
  perform hera_internal.audit(p_actor_user_id, p_organization_id, v_name, p_operation, v_installation.id,
    jsonb_build_object('code', p_connector_code));
  return v_answer;
end
$_$;
ALTER FUNCTION public.hera_connector_oauth_v1(p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_connector_code text, p_oauth jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION public.hera_connector_oauth_v1(p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_connector_code text, p_oauth jsonb) IS 'Authorizes an installation at its provider (OAuth 2), or takes that back.
CONNECT: answers {success, authorize_url}: send the person who may authorize there. The provider sends them back to
<HERA_PUBLIC_URL>/api/v2/integrations/oauth/callback, which has to be registered with the provider''s app, within ten minutes; then the
installation is active, and the event hera.connector.authorized is published. Until then what there was stays in force.
p_oauth: {return_path (a path of this host to send the browser to after that, such as /settings/integrations), scopes (instead of the
installation''s or the definition''s)}.
DISCONNECT: the provider is told, the tokens are forgotten, and the installation is pending_auth (or active, where it has a token of its own).
Answers {success, installation}.
Errors: PT400 operation.unknown, oauth.unknown, oauth.invalid, request.incomplete, PT403, PT404 not_found, PT409 connector.inactive,
connector.no_oauth, oauth.no_public_url, PT500 encryption.key_missing.
select hera_connector_oauth_v1(''00000000-0000-0000-0000-000000000001'', ''00000000-0000-0000-0000-000000000000'', ''CONNECT'', ''hubspot-crm'');';
CREATE FUNCTION public.hera_connector_schema_v1(p_actor_user_id uuid, p_organization_id uuid) RETURNS jsonb
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
begin
  perform hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_connector_schema_v1', 'CALL');
  return hera_internal.definition_schema();
end
$$;
ALTER FUNCTION public.hera_connector_schema_v1(p_actor_user_id uuid, p_organization_id uuid) OWNER TO hera_owner;
COMMENT ON FUNCTION public.hera_connector_schema_v1(p_actor_user_id uuid, p_organization_id uuid) IS 'Answers the JSON Schema (draft 2020-12) of connector definitions: what CREATE_DEFINITION takes, and the files in sql/seeds/connectors hold. The
same stands in docs/connector-definition.schema.json. It tells what the form is; registration also runs samples and test vectors.
Errors: PT403.
select hera_connector_schema_v1(''00000000-0000-0000-0000-000000000001'', ''00000000-0000-0000-0000-000000000000'');';
CREATE FUNCTION public.hera_connector_task_claim_v1(p_worker text, p_limit integer DEFAULT 10, p_lease_seconds integer DEFAULT 120) RETURNS TABLE(organization_id uuid, task_id uuid, fence uuid, kind text, request bytea, timeout_ms integer)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
  v_now constant timestamptz := hera_internal.now();
begin
  if coalesce(p_worker, '') = '' or length(p_worker) > 200 then
    perform hera_internal.fail(400, 'task.bad_worker', 'p_worker must have 1 to 200 characters', null);
  elsif p_limit is null or p_limit not between 1 and 100 then
    perform hera_internal.fail(400, 'task.bad_limit', 'p_limit must be from 1 to 100', null);
  elsif p_lease_seconds is null or p_lease_seconds not between 30 and 3600 then
    perform hera_internal.fail(400, 'task.bad_lease', 'p_lease_seconds must be from 30 to 3600', null);
  end if;
  for organization_id, task_id, fence, kind in
    update hera.connector_tasks t
    set fence = gen_random_uuid(), due_at = v_now + p_lease_seconds * interval '1 second'
    from (
      select x.organization_id, x.id
      from hera.connector_tasks x
      where x.due_at <= v_now
      order by x.due_at
      limit p_limit
      for update skip locked) d
    where t.organization_id = d.organization_id and t.id = d.id
    returning t.organization_id, t.id, t.fence, t.kind
  loop
    request := hera_internal.task_request(organization_id, task_id);
    timeout_ms := 20000;
    if request is not null then
      return next;
    end if;
  end loop;
end
$$;
ALTER FUNCTION public.hera_connector_task_claim_v1(p_worker text, p_limit integer, p_lease_seconds integer) OWNER TO hera_worker_owner;
COMMENT ON FUNCTION public.hera_connector_task_claim_v1(p_worker text, p_limit integer, p_lease_seconds integer) IS 'Leases up to p_limit (1 to 100) due refreshes, polls, health checks and revocations to p_worker for p_lease_seconds (30 to 3600).
Answers rows of organization_id, task_id, fence, kind, request ({method, url, headers, body}, sealed as hera_internal.seal_for_sender tells) and
timeout_ms. Report each to hera_connector_task_finish_v1. A row less than p_limit does not mean that nothing is left: a task that has nothing
to send is settled at once.
Errors: PT400 task.bad_worker, task.bad_limit, task.bad_lease; PT500 encryption.key_missing, encryption.key_unknown.
select task_id, kind from hera_connector_task_claim_v1(''psql'', 10);';
CREATE FUNCTION public.hera_connector_task_finish_v1(p_organization_id uuid, p_task_id uuid, p_fence uuid, p_status integer, p_headers jsonb, p_body text, p_error text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
declare
  v_task hera.connector_tasks;
  v_config jsonb;
  v_error jsonb;
begin
  perform hera_internal.set_tenant(p_organization_id);
  -- In the order in which all else locks them.
  perform from hera.core_entities e
  where e.organization_id = p_organization_id and e.id = (
    select t.installation_id from hera.connector_tasks t where t.organization_id = p_organization_id and t.id = p_task_id)
  for update;
  update hera.connector_tasks t set fence = null
  where t.organization_id = p_organization_id and t.id = p_task_id and t.fence = p_fence
  returning t.* into v_task;
  if not found then
    return 'lost';
  end if;
  v_config := hera_internal.installed_definition(p_organization_id, v_task.installation_id);
  v_error := hera_internal.provider_error(v_config, p_status, p_error, p_headers, p_body, v_task.tries + 1);
  begin
    return case v_task.kind
      when 'refresh' then hera_internal.finish_refresh(v_task, v_config, v_error, p_status, p_body)
      when 'poll' then hera_internal.finish_poll(v_task, v_config, v_error, p_body)
      when 'health' then hera_internal.finish_health(v_task, v_config, v_error, p_status)
      when 'revoke' then hera_internal.finish_revoke(v_task, v_error) end;
  exception
    -- An answer that can't be digested would come back with each lease; so it is put off as any other failure.
    when others then
      if sqlstate like '40%' or sqlstate = 'PT500' then
        raise;
      end if;
      perform hera_internal.put_off_task(v_task, format('The %s', v_task.kind), jsonb_build_object('code', 'answer_not_understood'));
      return 'retry';
  end;
end
$$;
ALTER FUNCTION public.hera_connector_task_finish_v1(p_organization_id uuid, p_task_id uuid, p_fence uuid, p_status integer, p_headers jsonb, p_body text, p_error text) OWNER TO hera_owner;
COMMENT ON FUNCTION public.hera_connector_task_finish_v1(p_organization_id uuid, p_task_id uuid, p_fence uuid, p_status integer, p_headers jsonb, p_body text, p_error text) IS 'Reports what came of a task that hera_connector_task_claim_v1 leased.
p_organization_id, p_task_id, p_fence: as claimed. p_status: HTTP status, null where no whole answer came; p_headers: {lower-case name: value};
p_body: the answer; p_error: null or a machine code (see hera_outbox_finish_v1).
Answers done, more (a poll goes on with its next page), retry, failed (not before the next time), reauth_required (a person has to authorize
the installation), or lost: the lease was over and somebody else has the task, so nothing was changed.
Errors: PT500 encryption.key_missing.
select hera_connector_task_finish_v1(''00000000-0000-0000-0000-000000000000'', gen_random_uuid(), gen_random_uuid(), 200, ''{}'', ''{}'', null);';
CREATE FUNCTION public.hera_event_explain_v1(p_actor_user_id uuid, p_organization_id uuid, p_event_id uuid) RETURNS jsonb
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
declare
  v_event hera.events;
  v_webhooks jsonb;
begin
  perform hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_event_explain_v1', 'CALL');
  select * into v_event from hera.events e where e.organization_id = p_organization_id and e.id = p_event_id;
  if not found then
    perform hera_internal.fail(404, 'not_found', 'No such event.', 'hera_integration_event_list_v1 shows the events.');
  end if;
  with delivery as materialized (
    select d.webhook_id, hera_internal.delivery_json(d) - array['event_id', 'webhook_id'] as json
    from hera_internal.deliveries_between(
      p_organization_id, v_event.id, hera_internal.last_delivery_id(v_event.id), null, null, 65535) d
  )
  select coalesce(jsonb_agg(jsonb_build_object(
      'webhook_id', w.id, 'url', w.url,
      'matched', (select bool_and((p ->> 'matched')::boolean) from jsonb_array_elements(x.predicates) p),
      'predicates', x.predicates, 'delivery', d.json,
      'reason', case when d.json is null
        then hera_internal.no_delivery_reason(x.predicates, v_event, n.created_at, n.updated_at) end)
    order by w.webhook_no), '[]')
  into v_webhooks
  from hera.webhooks w
  join hera.core_entities n on n.organization_id = w.organization_id and n.id = w.id
  cross join lateral (select hera_internal.explain_webhook(w, v_event) as predicates offset 0) x
  left join delivery d on d.webhook_id = w.id
  where w.organization_id = p_organization_id and (w.kind = 'webhook' or d.json is not null);
  return jsonb_build_object('success', true, 'event', hera_internal.event_json(v_event) - 'event_data', 'webhooks', v_webhooks);
end
$$;
ALTER FUNCTION public.hera_event_explain_v1(p_actor_user_id uuid, p_organization_id uuid, p_event_id uuid) OWNER TO hera_owner;
COMMENT ON FUNCTION public.hera_event_explain_v1(p_actor_user_id uuid, p_organization_id uuid, p_event_id uuid) IS 'Every webhook of the organization, each predicate against the event (as the webhook is now), and what became of the delivery.
Answers {success, event, webhooks: [{webhook_id, url, matched, predicates: [{predicate (status, topics, connector, filter), matched, wanted,
seen, note}], delivery: {id, status, reason, attempts, last_status_code, last_error, next_attempt_at, settled_at, created_at} or null,
reason}]}. seen of a filter is {path: up to 5 values}; its note is unknown where a value has another type than the filter compares with.
reason, where there is no delivery: status_not_matched, topics_not_matched, connector_not_matched, filter_not_matched, webhook_is_newer,
webhook_changed_since (all match now), test_of_another_webhook, call_of_a_provider, not_recorded (the records of old deliveries are dropped).
Errors: PT403, PT404 not_found.
select hera_event_explain_v1(''00000000-0000-0000-0000-000000000001'', ''00000000-0000-0000-0000-000000000000'',
  ''0199c1c2-0000-7000-8000-000000000000'');';
CREATE FUNCTION public.hera_identity_resolve_v1(p_auth_uid text) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
declare
  v_user uuid;
  v_memberships jsonb;
begin
  perform hera_internal.set_tenant(hera_internal.platform_id());
  select i.user_entity_id into v_user
  from hera.identities i
  where i.organization_id = hera_internal.platform_id() and i.auth_uid = p_auth_uid;
  if v_user is null then
    perform hera_internal.fail(401, 'identity_not_resolved', 'The subject of the token is no known user.',
      'An organization admin grants a membership with hera_membership_v1, naming the auth_uid.');
  end if;
  -- With the platform as tenant the names of all organizations can be read, and of the memberships only one's own.
  perform set_config('hera.user_entity_id', v_user::text, true);
  select coalesce(jsonb_agg(jsonb_build_object(
      'organization_id', m.organization_id, 'organization_name', o.organization_name, 'role', m.role,
      'is_active', m.is_active and o.status = 'active') order by m.created_at, m.organization_id), '[]')
  into v_memberships
  from hera.memberships m
  join hera.core_organizations o on o.id = m.organization_id
  where m.user_entity_id = v_user;
  perform set_config('hera.user_entity_id', '', true);
  return jsonb_build_object('user_entity_id', v_user, 'memberships', v_memberships);
end
$$;
ALTER FUNCTION public.hera_identity_resolve_v1(p_auth_uid text) OWNER TO hera_owner;
COMMENT ON FUNCTION public.hera_identity_resolve_v1(p_auth_uid text) IS 'Resolves the subject of an authenticated token.
p_auth_uid: the token''s sub.
Answers {user_entity_id, memberships: [{organization_id, organization_name, role, is_active}]}, the oldest membership first.
Errors: PT401 identity_not_resolved.
select hera_identity_resolve_v1(''00000000-0000-0000-0000-000000000001'');';
CREATE FUNCTION public.hera_inbound_requests_v1(p_actor_user_id uuid, p_organization_id uuid, p_operation text DEFAULT 'LIST'::text, p_filter jsonb DEFAULT '{}'::jsonb, p_request_id uuid DEFAULT NULL::uuid) RETURNS jsonb
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
declare
  v_filter record;
  v_row hera.inbound_requests;
  v_rows jsonb;
begin
  if p_operation is null or p_operation not in ('LIST', 'GET') then
    perform hera_internal.unknown_operation(p_operation, 'LIST, GET');
  end if;
  perform hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_inbound_requests_v1', p_operation);
  v_filter := hera_internal.list_filter(p_filter, array['since', 'until', 'connector_code', 'status']);
  if p_operation = 'LIST' then
    select coalesce(jsonb_agg(hera_internal.request_json(x) order by x.id desc), '[]') into v_rows
    from (
      select *
      from hera.inbound_requests r
      where r.organization_id = p_organization_id and r.id < v_filter.cursor_id and r.id >= v_filter.after_id and r.id < v_filter.before_id
        and (v_filter.connector_code is null or r.connector_code = v_filter.connector_code)
        and (v_filter.status is null or r.status = v_filter.status)
      order by r.id desc
      limit v_filter.max_rows) x;
    return hera_internal.list_answer('requests', v_rows, v_filter.max_rows);
  end if;
  select * into v_row from hera.inbound_requests r where r.organization_id = p_organization_id and r.id = p_request_id;
  if not found then
    perform hera_internal.fail(404, 'not_found', 'No such request.', 'LIST shows the requests that are kept.');
  end if;
  return jsonb_build_object('success', true, 'request', hera_internal.request_json(v_row) || jsonb_build_object(
    'headers', v_row.headers, 'body', hera_internal.text_or_null(v_row.body),
    'body_base64', replace(encode(v_row.body, 'base64'), e'\n', ''),
    'events', (
      select coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'event_type', e.event_type, 'status', e.status, 'status_reason', e.status_reason)
        order by e.id), '[]')
      from hera.events e
      where e.organization_id = p_organization_id and e.inbound_request_id = v_row.id
        and e.id between hera_internal.id_floor(v_row.received_at)
          and hera_internal.id_floor(greatest(v_row.received_at, v_row.rerun_at) + interval '1 minute'))));
end
$$;
ALTER FUNCTION public.hera_inbound_requests_v1(p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_filter jsonb, p_request_id uuid) OWNER TO hera_owner;
COMMENT ON FUNCTION public.hera_inbound_requests_v1(p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_filter jsonb, p_request_id uuid) IS 'Requests of providers, as they came: those whose signature was valid. Secrets in headers and address are masked. A request that held items of
several organizations is the platform''s.
LIST: p_filter: {limit (1 to 1000, default 50), cursor, since, until, connector_code, status (processed, failed, ignored)}.
GET: p_request_id.
Answers {success, requests: [{id, received_at, connector_code, installation_id (of its address), method, uri, bytes, status, status_reason,
accepted, duplicates, failed, rerun_at}], next_cursor}, or {success, request: {…, headers, body (text, or null where it is none), body_base64,
events: [{id, event_type, status, status_reason}]}}. status failed: of something in it no event could be made; hera_inbound_rerun_v1 tries again.
Errors: PT400 operation.unknown, filter.unknown or filter.invalid, PT403, PT404 not_found.
select hera_inbound_requests_v1(''00000000-0000-0000-0000-000000000001'', ''00000000-0000-0000-0000-000000000000'', ''LIST'', ''{"status": "failed"}'');';
CREATE FUNCTION public.hera_inbound_rerun_v1(p_actor_user_id uuid, p_organization_id uuid, p_inbound jsonb) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $_$
declare
  v_ids uuid[];
  v_limit int;
  v_request hera.inbound_requests;
  v_results jsonb := jsonb '[]';
begin
  perform hera_internal.durable();
  perform hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_inbound_rerun_v1', 'CALL');
  perform hera_internal.check_keys('inbound', p_inbound, array['request_ids', 'connector_code', 'since', 'limit']);
  if (p_inbound ? 'request_ids') = (p_inbound ? 'connector_code')
    or jsonb_typeof(p_inbound -> 'request_ids') <> 'array' or jsonb_typeof(p_inbound -> 'connector_code') <> 'string' then
    perform hera_internal.fail(400, 'inbound.invalid', 'inbound must have either request_ids or connector_code',
      'For example {"connector_code": "hubspot-crm", "since": "2026-01-31T12:00:00Z"}.');
  elsif coalesce(p_inbound ->> 'limit', '100') !~ '^[0-9]{1,4}$' or (p_inbound ->> 'limit')::int not between 1 and 1000
    or jsonb_array_length(p_inbound -> 'request_ids') > 1000 then
    perform hera_internal.fail(400, 'inbound.invalid', 'inbound.limit must be a whole number from 1 to 1000, request_ids at most 1000', null);
  end if;
  v_limit := coalesce((p_inbound ->> 'limit')::int, 100);
  if p_inbound ? 'request_ids' then
    v_ids := array(select hera_internal.to_uuid('inbound.request_ids', r) from jsonb_array_elements_text(p_inbound -> 'request_ids') r);
    v_limit := 1000;
  end if;
  perform hera_internal.audit(p_actor_user_id, p_organization_id, 'hera_inbound_rerun_v1', 'CALL', null, p_inbound);
  for v_request in
    select r.* from hera_internal.requests_to_rerun(p_organization_id, v_ids, p_inbound ->> 'connector_code',
      hera_internal.to_time('inbound.since', p_inbound ->> 'since'), v_limit) r
  loop
    v_results := v_results || hera_internal.rerun_request(p_organization_id, v_request);
  end loop;
  perform hera_internal.set_tenant(p_organization_id);
  return (
    select jsonb_build_object('success', true, 'requests', count(*), 'accepted', coalesce(sum((r -> 'accepted')::int), 0),
      'duplicates', coalesce(sum((r -> 'duplicates')::int), 0), 'failed', coalesce(sum((r -> 'failed')::int), 0), 'results', v_results)
    from jsonb_array_elements(v_results) r);
end
$_$;
ALTER FUNCTION public.hera_inbound_rerun_v1(p_actor_user_id uuid, p_organization_id uuid, p_inbound jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION public.hera_inbound_rerun_v1(p_actor_user_id uuid, p_organization_id uuid, p_inbound jsonb) IS 'Makes events again of kept requests of providers, after the definition or the installation was mended. Events have the same idempotency
keys as they would have had at first, so that each is there once; what can be mapped now is no failed event any more.
p_inbound: {request_ids: [at most 1000]}, or {connector_code, since, limit (1 to 1000, default 100)}: the oldest requests of the connector since then
of which something failed. It reaches back as far as requests are kept (retention inbound_requests). Of a request that held items of
several organizations each runs its own part again.
Answers {success, requests, accepted, duplicates, failed, results: [{request_id, status, reason, accepted, duplicates, failed}]}.
Errors: PT400 inbound.unknown, inbound.invalid or field.invalid, PT403.
select hera_inbound_rerun_v1(''00000000-0000-0000-0000-000000000001'', ''00000000-0000-0000-0000-000000000000'',
  ''{"connector_code": "hubspot-crm", "since": "2026-01-31T12:00:00Z"}'');';
CREATE FUNCTION public.hera_integration_connector_v1(p_actor_user_id uuid, p_organization_id uuid, p_operation text DEFAULT 'LIST'::text, p_connector_type text DEFAULT NULL::text, p_connector_code text DEFAULT NULL::text, p_connector_config jsonb DEFAULT '{}'::jsonb, p_installation_config jsonb DEFAULT '{}'::jsonb, p_options jsonb DEFAULT '{}'::jsonb) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
declare
  v_definition_operations constant text[] := array['CREATE_DEFINITION', 'UPDATE_DEFINITION', 'RETIRE_DEFINITION'];
  v_operations constant text[] := array['LIST', 'GET'] || v_definition_operations
    || array['ASSIGN', 'UNASSIGN', 'INSTALL', 'CONFIGURE', 'UPGRADE', 'PAUSE', 'RESUME', 'UNINSTALL'];
  v_name constant text := 'hera_integration_connector_v1';
  v_key text;
  v_answer jsonb;
  v_connectors jsonb;
begin
  if p_operation is null or p_operation <> all (v_operations) then
    perform hera_internal.unknown_operation(p_operation, array_to_string(v_operations, ', '));
  end if;
  perform hera_internal.authorize(p_actor_user_id, p_organization_id, v_name, p_operation);
  v_key := hera_internal.call_key('options', p_options);
  p_options := p_options - 'idempotency_key';
  perform hera_internal.check_keys('options', p_options, case p_operation
    when 'LIST' then array['limit', 'cursor', 'status']
    when 'UPGRADE' then array['version']
    else '{}' end);
  if p_options ? 'version' and hera_internal.kind_fault(p_options -> 'version', 'integer') is not null then
    perform hera_internal.fail(400, 'options.invalid', 'options.version must be a whole number', 'GET shows the versions.');
  end if;
  if p_connector_type not in ('INTEGRATION_CONNECTOR_DEF', 'INTEGRATION_CONNECTOR_INSTALL') then
    perform hera_internal.fail(400, 'connector_type.invalid', 'connector_type is unknown',
      'Give INTEGRATION_CONNECTOR_DEF, INTEGRATION_CONNECTOR_INSTALL or nothing.');
  end if;
  -- What an operation does not read must be empty: it would be lost silently.
  if p_operation not in ('INSTALL', 'CONFIGURE', 'UPGRADE') then
    perform hera_internal.check_keys('installation_config', p_installation_config, '{}');
  end if;
  if p_operation <> all (v_definition_operations) then
    perform hera_internal.check_keys('connector_config', p_connector_config, '{}');
  end if;
  if p_operation not in ('LIST', 'GET') then
    v_answer := hera_internal.repeated_call(p_organization_id, v_name, v_key,
      jsonb_build_array(p_operation, p_connector_code, p_connector_config, p_installation_config)
        || case when p_options ? 'version' then jsonb_build_array(p_options) else '[]' end);
    if v_answer is not null then
      return v_answer;
    end if;
    v_answer := case
      when p_operation = any (v_definition_operations) then
        hera_internal.define_connector(p_actor_user_id, p_organization_id, p_operation, p_connector_code, p_connector_config)
      when p_operation in ('ASSIGN', 'UNASSIGN') then
        hera_internal.assign_connector(p_actor_user_id, p_organization_id, p_operation, p_connector_code)
      else
        hera_internal.change_installation(p_actor_user_id, p_organization_id, p_operation, p_connector_code, p_installation_config,
          (p_options ->> 'version')::int)
    end;
    return hera_internal.keep_answer(p_organization_id, v_name, v_key, v_answer);
  end if;
  v_connectors := hera_internal.connectors_json(p_organization_id, p_connector_type, p_connector_code);
  if p_operation = 'LIST' then
    return hera_internal.page_answer('connectors', v_connectors, 'options', p_options, array['status']);
  elsif p_connector_code is null or v_connectors = '[]' then
    perform hera_internal.fail(404, 'not_found', 'No such connector.', 'LIST shows the connectors; pass p_connector_code.');
  end if;
  return jsonb_build_object('success', true,
    'connector', coalesce(hera_internal.pick_connector(v_connectors, 'INTEGRATION_CONNECTOR_DEF'), v_connectors -> -1),
    'installation', hera_internal.pick_connector(v_connectors, 'INTEGRATION_CONNECTOR_INSTALL'));
end
$$;
ALTER FUNCTION public.hera_integration_connector_v1(p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_connector_type text, p_connector_code text, p_connector_config jsonb, p_installation_config jsonb, p_options jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION public.hera_integration_connector_v1(p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_connector_type text, p_connector_code text, p_connector_config jsonb, p_installation_config jsonb, p_options jsonb) IS 'Connectors: the platform''s definitions and the organization''s installations of them.
LIST, GET: for everybody. p_connector_type: INTEGRATION_CONNECTOR_DEF or _INSTALL, null for both; p_connector_code: one connector.
CREATE_DEFINITION, UPDATE_DEFINITION (JSON Merge Patch: objects are merged, lists replaced, null takes a key out; with a higher version than
the newest it adds one, else it mends the version in place, the newest where it names none), RETIRE_DEFINITION
(no new installations): platform admin, p_organization_id the platform. p_connector_config: {name, smart_code, fields, auth, inbound,
actions, …}; docs/connectors.md tells each key.
ASSIGN, UNASSIGN: platform admin. Authorizes the organization for a definition; UNASSIGN pauses the installation of one that requires it.
INSTALL, CONFIGURE: p_installation_config: the definition''s fields. CONFIGURE merges; null takes a field out; a secret''s own mask
leaves it as it is.
UPGRADE: puts the installation on options.version of the definition, the newest where that is absent; p_installation_config: the fields
that it needs beyond those that are there. Until then an installation stays on the version that it was installed with.
PAUSE, RESUME, UNINSTALL: events of a paused or uninstalled connector are refused. UNINSTALL keeps webhooks; the next INSTALL binds them.
p_options of LIST: {limit (1 to 1000, all where absent), cursor, status}. p_options.idempotency_key: the same key with the same call answers the
first one with duplicate: true and writes nothing.
Answers {success, connectors: [{id, code, name, type, status, smart_code, config, created_at, installations_count,
version, versions (of definitions)}], next_cursor},
{success, connector, installation} (GET; definition operations connector alone), {success, assignment: {code, organization_id,
assigned}} or {success, installation: {id, code, status, config, health, …}}. An installation is active, pending_auth (OAuth is still
to be done; events are taken in), paused, error, reauth_required or inactive. Secrets are shown masked. installations_count: for the
platform, of all organizations.
Errors: PT400 connector_config.invalid or .unknown, installation_config.invalid, .missing or .unknown,
guardrail_violation:SMARTCODE_MISSING, PT403 permission_denied or connector.not_assigned, PT404 not_found or connector.version, PT409 connector.exists, .version,
.retired, .installed, .dependency_missing, .in_use, .inactive or .transition, PT422 idempotency.mismatch, PT500 encryption.key_missing.
select hera_integration_connector_v1(''00000000-0000-0000-0000-000000000001'', ''00000000-0000-0000-0000-000000000000'',
  ''INSTALL'', p_connector_code => ''zapier-webhook'',
  p_installation_config => ''{"webhook_url": "https://hooks.zapier.com/hooks/catch/1/abc/", "inbound_token": "a-long-random-text"}'');';
CREATE FUNCTION public.hera_integration_event_batch_v1(p_actor_user_id uuid, p_organization_id uuid, p_events jsonb, p_options jsonb DEFAULT '{}'::jsonb) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
declare
  v_known constant text[] := array[
    'event_source', 'event_type', 'event_data', 'connector_code', 'idempotency_key', 'smart_code', 'options'];
  v_items jsonb[];
  v_answers jsonb[];
  v_transactions boolean;
  v_traceparent text;
  v_duplicates int := 0;
  v_failed int := 0;
begin
  perform hera_internal.durable();
  perform hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_integration_event_batch_v1', 'CALL');
  perform hera_internal.check_keys('options', p_options, array['traceparent']);
  v_traceparent := hera_internal.traceparent_of(p_options);
  if p_events is null or jsonb_typeof(p_events) <> 'array' or jsonb_array_length(p_events) not between 1 and 1000 then
    perform hera_internal.fail(400, 'events.invalid', 'events must be an array of 1 to 1,000 events',
      'Send [{"event_source": …, "event_type": …, "event_data": {…}}, …]; split a larger batch.');
  end if;
  select array_agg(e.item order by e.nth), array_agg(hera_internal.batch_item_fault(e.item, v_known) order by e.nth),
    bool_or(e.item #> '{options,create_transaction}' = 'true')
  into v_items, v_answers, v_transactions
  from jsonb_array_elements(p_events) with ordinality e (item, nth);
  if v_transactions then
    v_answers := hera_internal.accept_events_in_turn(p_actor_user_id, p_organization_id, v_items, v_answers, v_traceparent);
  else
    v_answers := hera_internal.accept_events(p_actor_user_id, p_organization_id, v_items, v_answers, v_traceparent);
  end if;
  for i in 1 .. cardinality(v_items)
  loop
    if v_answers[i] ? 'error' then
      v_failed := v_failed + 1;
    elsif (v_answers[i] ->> 'duplicate')::boolean then
      v_duplicates := v_duplicates + 1;
    end if;
    v_answers[i] := v_answers[i] || jsonb_build_object('index', i - 1);
  end loop;
  return jsonb_build_object('success', v_failed = 0, 'accepted', cardinality(v_items) - v_failed - v_duplicates, 'duplicates', v_duplicates,
    'failed', v_failed, 'results', to_jsonb(v_answers));
end
$$;
ALTER FUNCTION public.hera_integration_event_batch_v1(p_actor_user_id uuid, p_organization_id uuid, p_events jsonb, p_options jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION public.hera_integration_event_batch_v1(p_actor_user_id uuid, p_organization_id uuid, p_events jsonb, p_options jsonb) IS 'Takes in 1 to 1,000 events in one transaction. One bad item harms no other.
p_events: array of {event_source, event_type, event_data, connector_code, idempotency_key, smart_code, options}, each as in
hera_integration_event_in_v1.
p_options: {traceparent}: W3C Trace Context of the caller; the webhooks of all these events carry its trace on.
Answers {success, accepted, duplicates, failed, results: [{index, success, event_id, …} |
{index, success: false, error, status, field, message}]};
index counts from 0. Errors of the whole call: PT400 events.invalid, options.unknown or options.invalid, PT403.
select hera_integration_event_batch_v1(''00000000-0000-0000-0000-000000000001'', ''00000000-0000-0000-0000-000000000000'',
  ''[{"event_source": "shop", "event_type": "order.paid", "event_data": {"order": 17}, "idempotency_key": "order-17-paid"}]'');';
CREATE FUNCTION public.hera_integration_event_get_v1(p_actor_user_id uuid, p_organization_id uuid, p_event_id uuid) RETURNS jsonb
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
declare
  v_event hera.events;
begin
  perform hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_integration_event_get_v1', 'CALL');
  select * into v_event from hera.events e where e.organization_id = p_organization_id and e.id = p_event_id;
  if not found then
    perform hera_internal.fail(404, 'not_found', 'No such event.', 'hera_integration_event_list_v1 shows the events.');
  end if;
  return jsonb_build_object('success', true, 'event', hera_internal.event_json(v_event) || jsonb_build_object('deliveries_detail',
    (select coalesce(jsonb_agg(hera_internal.delivery_json(d) order by d.id), '[]')
     from hera_internal.deliveries_between(p_organization_id, p_event_id, hera_internal.last_delivery_id(p_event_id), null, null, 1000) d)));
end
$$;
ALTER FUNCTION public.hera_integration_event_get_v1(p_actor_user_id uuid, p_organization_id uuid, p_event_id uuid) OWNER TO hera_owner;
COMMENT ON FUNCTION public.hera_integration_event_get_v1(p_actor_user_id uuid, p_organization_id uuid, p_event_id uuid) IS 'One event with its deliveries. Answers {success, event: {id, event_source, event_type, topic, event_data, …, deliveries_detail: […]}}.
Errors: PT403, PT404 not_found.
select hera_integration_event_get_v1(''00000000-0000-0000-0000-000000000001'', ''00000000-0000-0000-0000-000000000000'',
  ''0199c1c2-0000-7000-8000-000000000000'');';
CREATE FUNCTION public.hera_integration_event_in_v1(p_actor_user_id uuid, p_organization_id uuid, p_event_source text, p_event_type text, p_event_data jsonb DEFAULT '{}'::jsonb, p_connector_code text DEFAULT NULL::text, p_idempotency_key text DEFAULT NULL::text, p_smart_code text DEFAULT NULL::text, p_options jsonb DEFAULT '{}'::jsonb) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
declare
  v_with_transaction boolean := false;
  v_traceparent text;
  v_answer jsonb;
begin
  -- Asked here, since the call alone is 4 µs.
  if current_setting('synchronous_commit') = 'off' then
    perform hera_internal.durable();
  end if;
  perform hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_integration_event_in_v1', 'CALL');
  if p_options <> '{}' then
    v_with_transaction := hera_internal.creates_transaction(p_options);
    v_traceparent := hera_internal.traceparent_of(p_options);
  end if;
  if v_with_transaction then
    v_answer := hera_internal.accept_event_with_transaction(p_actor_user_id, p_organization_id,
      p_event_source, p_event_type, p_event_data, p_connector_code, p_idempotency_key, p_smart_code, v_traceparent);
  else
    v_answer := hera_internal.accept_event(p_actor_user_id, p_organization_id,
      p_event_source, p_event_type, p_event_data, p_connector_code, p_idempotency_key, p_smart_code, v_traceparent);
  end if;
  if v_answer ? 'error' then
    perform hera_internal.fail_answer(v_answer);
  end if;
  return v_answer;
end
$$;
ALTER FUNCTION public.hera_integration_event_in_v1(p_actor_user_id uuid, p_organization_id uuid, p_event_source text, p_event_type text, p_event_data jsonb, p_connector_code text, p_idempotency_key text, p_smart_code text, p_options jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION public.hera_integration_event_in_v1(p_actor_user_id uuid, p_organization_id uuid, p_event_source text, p_event_type text, p_event_data jsonb, p_connector_code text, p_idempotency_key text, p_smart_code text, p_options jsonb) IS 'Takes in one event, once and only once, and enqueues a delivery for each matching webhook in the same transaction.
p_event_source, p_event_type: 1 to 128 letters, digits or _ . : / -; the topic is <source>.<type>.
p_event_data: JSON object or array, at most 1 MiB, nested at most 64.
p_connector_code: an installed connector, or one that has a definition.
p_idempotency_key: at most 255 characters. The same key with the same content answers the first event and writes nothing.
p_smart_code: HERA.… ; given by the connector''s mapping or generated where absent.
p_options: {create_transaction: true}: event_data is a transaction too ({transaction_type, smart_code, total_amount, …} as in
hera_transaction_post_v1, with lines where it has an array of them), posted together with the event or not at all. Its type is
p_event_type and its smart code p_smart_code where event_data gives none.
{traceparent}: W3C Trace Context of the caller; the event''s webhooks carry its trace on. An unknown key is refused.
Answers {success, message, event_id, smart_code, connector_id, connector_installed, transaction_id, duplicate, deliveries}.
Errors: PT400 event.invalid, transaction.invalid or guardrail_violation:…, PT403 actor_not_member or permission_denied,
PT404 connector.unknown or not_found (an entity of the transaction),
PT409 connector.paused or connector.inactive, PT413, PT422 idempotency.mismatch.
select hera_integration_event_in_v1(''00000000-0000-0000-0000-000000000001'', ''00000000-0000-0000-0000-000000000000'',
  ''shop'', ''order.paid'', ''{"order": 17}'', p_idempotency_key => ''order-17-paid'');';
CREATE FUNCTION public.hera_integration_event_list_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb DEFAULT '{}'::jsonb) RETURNS jsonb
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
declare
  v_filter record;
  v_webhook_no int;
  v_events jsonb;
begin
  perform hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_integration_event_list_v1', 'CALL');
  v_filter := hera_internal.list_filter(p_filter, array['since', 'until', 'event_source', 'event_type', 'connector_code', 'webhook_id', 'status']);
  v_webhook_no := hera_internal.webhook_no_of(p_organization_id, v_filter.webhook_id);
  select coalesce(jsonb_agg(hera_internal.event_json(x) order by x.id desc), '[]') into v_events
  from (
    select *
    from hera.events e
    where e.organization_id = p_organization_id and e.id < v_filter.cursor_id and e.id >= v_filter.after_id and e.id < v_filter.before_id
      and (v_filter.event_source is null or e.event_source = v_filter.event_source)
      and (v_filter.event_type is null or e.event_type = v_filter.event_type)
      and (v_filter.connector_code is null or e.connector_code = v_filter.connector_code)
      and (v_filter.status is null or e.status = v_filter.status)
      and (v_webhook_no is null or e.id in (
        select d.event_id
        from hera_internal.deliveries_between(p_organization_id, v_filter.after_id, least(v_filter.before_id, v_filter.cursor_id), v_webhook_no, null, null) d))
    order by e.id desc
    limit v_filter.max_rows) x;
  return hera_internal.list_answer('events', v_events, v_filter.max_rows);
end
$$;
ALTER FUNCTION public.hera_integration_event_list_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION public.hera_integration_event_list_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) IS 'Events, newest first. p_filter: {limit (1 to 1000, default 50), cursor, since, until, event_source, event_type, connector_code,
webhook_id (events that went there), status}.
Answers {success, events: […], next_cursor}; pass next_cursor as cursor for the next page, null on the last.
Errors: PT400 filter.unknown or filter.invalid, PT403, PT404 not_found (a webhook).
select hera_integration_event_list_v1(''00000000-0000-0000-0000-000000000001'', ''00000000-0000-0000-0000-000000000000'', ''{"limit": 10}'');';
CREATE FUNCTION public.hera_integration_export_v1(p_actor_user_id uuid, p_organization_id uuid, p_options jsonb DEFAULT '{}'::jsonb) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
declare
  v_role text;
  v_ids uuid[];
  v_id uuid;
  v_organizations jsonb := jsonb '[]';
begin
  v_role := hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_integration_export_v1', 'CALL');
  perform hera_internal.check_keys('options', p_options, array['secrets', 'all']);
  if jsonb_typeof(p_options -> 'secrets') <> 'boolean' or jsonb_typeof(p_options -> 'all') <> 'boolean' then
    perform hera_internal.fail(400, 'options.invalid', 'options.secrets and options.all must be true or false', null);
  end if;
  v_ids := array[p_organization_id];
  if (p_options -> 'all')::boolean then
    perform hera_internal.check_whole_platform(v_role, p_organization_id);
    select array_agg(o.id order by o.id) into v_ids from hera.core_organizations o;
  end if;
  foreach v_id in array v_ids
  loop
    perform hera_internal.set_tenant(v_id);
    v_organizations := v_organizations || hera_internal.export_organization(v_id, coalesce((p_options -> 'secrets')::boolean, true));
  end loop;
  perform hera_internal.set_tenant(p_organization_id);
  perform hera_internal.audit(p_actor_user_id, p_organization_id, 'hera_integration_export_v1', 'CALL', null, p_options);
  return jsonb_build_object('format', 'hera.integrations.v1', 'exported_at', hera_internal.now(), 'database', hera_internal.database_id(),
    'organizations', v_organizations);
end
$$;
ALTER FUNCTION public.hera_integration_export_v1(p_actor_user_id uuid, p_organization_id uuid, p_options jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION public.hera_integration_export_v1(p_actor_user_id uuid, p_organization_id uuid, p_options jsonb) IS 'One document with the installations and webhooks of an organization, for hera_integration_import_v1; of the platform organization also
the connector definitions. Secrets stay sealed: whoever restores them needs the same encryption key.
p_options: {secrets: true, all: false}. all: every organization; for platform admins, with the platform organization.
Answers {format, exported_at, database, organizations: [{id, name, code, settings, definitions, assignments, installations, webhooks}]}.
Errors: PT400 options.unknown or options.invalid, PT403, PT500 encryption.key_missing or encryption.key_unknown.
select hera_integration_export_v1(''00000000-0000-0000-0000-000000000001'', ''00000000-0000-0000-0000-000000000000'',
  ''{"secrets": false}'');';
CREATE FUNCTION public.hera_integration_import_v1(p_actor_user_id uuid, p_organization_id uuid, p_document jsonb, p_options jsonb DEFAULT '{}'::jsonb) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
declare
  v_name constant text := 'hera_integration_import_v1';
  v_key text;
  v_answer jsonb;
  v_role text;
  v_skip boolean := p_options ->> 'unknown_keys' = 'skip';
  v_same_database boolean := p_document ->> 'database' = hera_internal.database_id();
  v_done jsonb;
  v_counts jsonb;
begin
  v_role := hera_internal.authorize(p_actor_user_id, p_organization_id, v_name, 'CALL');
  v_key := hera_internal.call_key('options', p_options);
  p_options := p_options - 'idempotency_key';
  perform hera_internal.check_keys('options', p_options, array['all', 'unknown_keys']);
  if jsonb_typeof(p_options -> 'all') <> 'boolean' or p_options ->> 'unknown_keys' not in ('refuse', 'skip') then
    perform hera_internal.fail(400, 'options.invalid', 'options.all must be true or false, options.unknown_keys refuse or skip', null);
  end if;
  perform hera_internal.check_import_document(p_document);
  v_answer := hera_internal.repeated_call(p_organization_id, v_name, v_key, jsonb_build_array(p_document, p_options));
  if v_answer is not null then
    return v_answer;
  end if;
  if (p_options -> 'all')::boolean then
    perform hera_internal.check_whole_platform(v_role, p_organization_id);
    v_done := hera_internal.import_platform(p_actor_user_id, p_document, v_same_database, coalesce(v_skip, false));
  elsif jsonb_array_length(p_document -> 'organizations') > 1 then
    perform hera_internal.fail(400, 'document.invalid', 'The document holds several organizations.',
      'A platform admin imports it with {"all": true}.');
  else
    v_done := hera_internal.import_organization(p_actor_user_id, p_organization_id, v_role, p_document #> '{organizations,0}',
      coalesce(v_same_database, false), coalesce(v_skip, false));
  end if;
  select jsonb_build_object('created', count(*) filter (where d ->> 'action' = 'created'),
    'updated', count(*) filter (where d ->> 'action' = 'updated'), 'unchanged', count(*) filter (where d ->> 'action' = 'unchanged'))
  into v_counts
  from jsonb_array_elements(v_done) d;
  perform hera_internal.audit(p_actor_user_id, p_organization_id, v_name, 'CALL', null, p_options || v_counts);
  return hera_internal.keep_answer(p_organization_id, v_name, v_key,
    jsonb_build_object('success', true) || v_counts || jsonb_build_object('objects', v_done));
end
$$;
ALTER FUNCTION public.hera_integration_import_v1(p_actor_user_id uuid, p_organization_id uuid, p_document jsonb, p_options jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION public.hera_integration_import_v1(p_actor_user_id uuid, p_organization_id uuid, p_document jsonb, p_options jsonb) IS 'Brings a document of hera_integration_export_v1 in, all or nothing. Importing it again changes nothing.
Back in its own organization and database everything gets the state of the document. In another one ids are mapped, new installations start
paused and new webhooks inactive; what exists keeps its status. Nothing is deleted.
p_options: {all: false, unknown_keys: "refuse", idempotency_key}. all: each organization of the document into its own, making those that are missing; for
platform admins, with the platform organization. unknown_keys: "skip" leaves out secrets that this session has no key for: such
installations are reauth_required, such webhooks get a new signing secret.
Answers {success, created, updated, unchanged, objects: [{type, id, source_id, code, action, secrets_missing}]}.
Errors: PT400 options.unknown, options.invalid, document.invalid, field.invalid or webhook_config.invalid, PT403 (also
connector.not_assigned), PT404 not_found, PT409 connector.retired, import.key_unknown or import.secret_altered, PT500 encryption.key_missing.
select hera_integration_import_v1(''00000000-0000-0000-0000-000000000001'', ''00000000-0000-0000-0000-000000000000'',
  hera_integration_export_v1(''00000000-0000-0000-0000-000000000001'', ''00000000-0000-0000-0000-000000000000'', ''{"secrets": false}''));';
CREATE FUNCTION public.hera_integration_inbound_v1(p_method text, p_uri text, p_headers jsonb, p_body bytea, p_connector_code text, p_installation_id uuid DEFAULT NULL::uuid) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $_$
declare
  v_now constant timestamptz := hera_internal.now();
  v_body constant bytea := coalesce(p_body, bytea '');
  v_by_address constant boolean := p_installation_id is not null;
  v_open constant boolean := coalesce(hera_internal.platform_settings() #>> '{webhook,signature_required}' = 'false', false);
  v_definition_id uuid;
  v_inbound jsonb;
  v_address hera_internal.inbound_party;
  v_row hera.inbound_requests;
  v_read jsonb;
  v_answer jsonb;
  v_proof record;
begin
  perform hera_internal.durable();
  perform hera_internal.set_tenant(hera_internal.platform_id());
  select e.id, hera_internal.definition_version(e.id, null) -> 'inbound' into v_definition_id, v_inbound
  from hera.core_entities e
  where e.organization_id = hera_internal.platform_id() and e.entity_type = 'INTEGRATION_CONNECTOR_DEF' and e.entity_code = p_connector_code;
  if v_inbound is null then
    return hera_internal.inbound_error(404, 'not_found', 'No such connector.', jsonb '{"outcome": "unknown_connector"}');
  end if;
  v_read := hera_internal.inbound_request(p_method, p_uri, p_headers);
  if v_by_address then
    select p.* into v_address
    from hera_internal.find_installations(p_connector_code, p_installation_id, null, null, 1) f
    cross join lateral hera_internal.inbound_party(f.organization_id, f.installation_id) p;
    v_inbound := coalesce(hera_internal.definition_version(v_definition_id, v_address.version) -> 'inbound', v_inbound);
  end if;
  v_answer := hera_internal.handshake_answer(p_connector_code, v_inbound, v_read, v_by_address, v_address);
  if v_answer is not null then
    return v_answer;
  elsif octet_length(v_body) > coalesce((v_inbound ->> 'max_bytes')::int, 1048576) then
    return hera_internal.inbound_error(413, 'too_large', 'The body is too large.',
      jsonb_build_object('connector', p_connector_code, 'outcome', 'too_large'));
  end if;
  v_proof := hera_internal.inbound_proof(v_definition_id, p_connector_code, v_inbound, v_read, v_body, v_by_address, v_address, v_open);
  if cardinality(v_proof.parties) = 0 and not v_proof.platform_verified then
    return hera_internal.inbound_error(401, 'invalid_signature', 'The request carries no valid signature.',
      jsonb_build_object('connector', p_connector_code, 'outcome', 'refused'));
  end if;
  v_row.organization_id := v_address.organization_id;
  v_row.id := hera_internal.new_id(v_now);
  v_row.received_at := v_now;
  v_row.connector_code := p_connector_code;
  v_row.installation_id := v_address.installation_id;
  v_row.verified_by := array(select p.installation_id from unnest(v_proof.parties) p where p.trust = 'own');
  v_row.platform_verified := v_proof.platform_verified;
  v_row.method := v_read ->> 'method';
  v_row.body := v_body;
  v_row.headers := v_read -> 'headers';
  v_row := hera_internal.take_inbound(v_row, v_definition_id, v_proof.parties, v_proof.sole,
    p_traceparent => substring(v_read #>> '{headers,traceparent}' from '^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$'));
  select m.uri, m.headers into v_row.uri, v_row.headers
  from hera_internal.masked_request(
    v_inbound || jsonb_build_object('verify', hera_internal.rules_of_parties(v_inbound, v_proof.parties)), v_read) m;
  perform hera_internal.set_tenant(v_row.organization_id);
  perform hera_internal.keep_request(v_row);
  return jsonb_build_object(
    'status', coalesce((v_inbound #>> '{ack,status}')::int, 200),
    'headers', case when v_inbound #>> '{ack,body}' is null then jsonb '{}' else jsonb_build_object('content-type',
      case when v_inbound #>> '{ack,body}' ~ '^\s*[{\[]' then 'application/json' else 'text/plain; charset=utf-8' end) end,
    'body', v_inbound #> '{ack,body}',
    'log', jsonb_build_object('connector', p_connector_code, 'outcome', v_row.status, 'request_id', v_row.id, 'reason', v_row.status_reason,
      'accepted', v_row.accepted, 'duplicates', v_row.duplicates, 'failed', v_row.failed));
end
$_$;
ALTER FUNCTION public.hera_integration_inbound_v1(p_method text, p_uri text, p_headers jsonb, p_body bytea, p_connector_code text, p_installation_id uuid) OWNER TO hera_owner;
COMMENT ON FUNCTION public.hera_integration_inbound_v1(p_method text, p_uri text, p_headers jsonb, p_body bytea, p_connector_code text, p_installation_id uuid) IS 'Takes in a provider''s callback: answers its handshake, or checks its signature over the raw bytes and makes events of what is in it, each for
the organization that its account leads to, with the deliveries of its webhooks, in one transaction.
p_method; p_uri: the whole address as the provider sees it; p_headers: {name: value}; p_body: the bytes as they came.
p_connector_code; p_installation_id: of the address of one installation, null for the provider app''s one address.
Answers what to send back, and for the log what became of it: {status, headers, body (text or null), error: {code, message} (instead of a body,
where it is refused), log: {connector, outcome, request_id, reason, accepted, duplicates, failed}}. Unknown connector 404; refused handshake as
the definition says; too large 413; no valid signature 401, whatever is wrong, and for an installation that is not there too. An authentic
request is answered as the definition says (200), also one that repeats events, or that no events can be made of: that is kept as an
event with status failed and its reason, and can be run again (hera_inbound_rerun_v1).
Errors: PT500 encryption.key_missing.
select hera_integration_inbound_v1(''POST'', ''https://hera.example.com/api/v2/integrations/inbound/zapier-webhook'',
  ''{"x-hera-token": "a-long-random-text"}'', convert_to(''{"id": "evt_01", "event": "invoice.paid"}'', ''UTF8''), ''zapier-webhook'');';
CREATE FUNCTION public.hera_integration_setup_connector_v1(p_definition jsonb) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
declare
  v_code constant text := p_definition ->> 'code';
  v_before int;
  v_id uuid;
  v_entity hera.core_entities;
  v_config jsonb;
begin
  perform hera_internal.set_tenant(hera_internal.platform_id());
  perform hera_internal.check_keys('connector_config', p_definition, hera_internal.definition_keys());
  select * into v_entity
  from hera.core_entities e
  where e.organization_id = hera_internal.platform_id() and e.entity_type = 'INTEGRATION_CONNECTOR_DEF' and e.entity_code = v_code;
  v_before := v_entity.version;
  v_config := hera_internal.definition_defaults(v_code, p_definition);
  -- What a platform admin has retired stays retired, however often the file is applied.
  if v_entity.status = 'retired' then
    v_config := v_config || jsonb '{"status": "retired"}';
  end if;
  v_id := hera_internal.store_definition('00000000-0000-0000-0000-000000000001', v_code, v_config);
  select * into v_entity from hera.core_entities e where e.organization_id = hera_internal.platform_id() and e.id = v_id;
  return jsonb_build_object('success', true, 'id', v_id, 'code', v_code, 'name', v_entity.entity_name, 'status', v_entity.status,
    'result', case when v_before is null then 'created' when v_before = v_entity.version then 'unchanged' else 'updated' end);
end
$$;
ALTER FUNCTION public.hera_integration_setup_connector_v1(p_definition jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION public.hera_integration_setup_connector_v1(p_definition jsonb) IS 'Brings a connector definition to what its file says, and can be run again and again. A retired connector stays retired; other
changes that UPDATE_DEFINITION made to it are replaced.
p_definition: {code, name, smart_code, …} as in sql/seeds/connectors; docs/connectors.md tells each key.
Answers {success, id, code, name, status, result: created, updated or unchanged}. Errors: PT400 connector_code.invalid,
connector_config.invalid or .unknown, guardrail_violation:SMARTCODE_MISSING or _REGEX_FAIL.
select hera_integration_setup_connector_v1(
  ''{"code": "acme-orders", "name": "Acme Orders", "smart_code": "HERA.INTEGRATION.CONNECTOR.ACME.v1"}'');';
CREATE FUNCTION public.hera_integration_setup_relationships_v1() RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
declare
  v_actor constant uuid := uuid '00000000-0000-0000-0000-000000000001';
  v_types constant jsonb := jsonb '{
    "CONNECTOR_INSTALLED_BY": "An installation and the organization that it belongs to",
    "CONNECTOR_BASED_ON": "An installation and its connector definition",
    "EVENT_PROCESSED_BY": "An event and the installation that it came in by",
    "WEBHOOK_BELONGS_TO": "A webhook and the installation whose events it gets",
    "CONNECTOR_SUPPORTS": "A connector definition and an event type",
    "ORG_AUTHORIZED_FOR": "An organization and a definition that it may install",
    "WEBHOOK_DELIVERS_TO": "A webhook and its endpoint",
    "EVENT_TRIGGERS": "An event and a delivery",
    "CONNECTOR_DEPENDS_ON": "A connector and another that it needs",
    "INTEGRATION_MANAGES": "A user and a connector in the user''s care"}';
  v_created int;
begin
  perform hera_internal.set_tenant(hera_internal.platform_id());
  with made as (
    insert into hera.core_entities (
      id, organization_id, entity_type, entity_name, entity_code, entity_description, smart_code, created_by, updated_by)
    select hera_internal.new_id(hera_internal.now()), hera_internal.platform_id(), 'RELATIONSHIP_TYPE',
      initcap(replace(t.key, '_', ' ')), t.key, t.value, 'HERA.INTEGRATION.REL.' || t.key || '.v1', v_actor, v_actor
    from jsonb_each_text(v_types) t
    on conflict do nothing
    returning 1
  )
  select count(*) into v_created from made;
  return jsonb_build_object('success', true, 'created', v_created,
    'relationship_types', (select jsonb_agg(e.entity_code order by e.entity_code) from hera.core_entities e
      where e.organization_id = hera_internal.platform_id() and e.entity_type = 'RELATIONSHIP_TYPE'));
end
$$;
ALTER FUNCTION public.hera_integration_setup_relationships_v1() OWNER TO hera_owner;
COMMENT ON FUNCTION public.hera_integration_setup_relationships_v1() IS 'Makes the ten relationship types where they are missing. Answers {success, created, relationship_types}. Can be run again and again.
select hera_integration_setup_relationships_v1();';
CREATE FUNCTION public.hera_membership_v1(p_actor_user_id uuid, p_organization_id uuid, p_operation text DEFAULT 'LIST'::text, p_member jsonb DEFAULT '{}'::jsonb) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
declare
  v_name constant text := 'hera_membership_v1';
  v_known constant text[] := array['auth_uid', 'name', 'email', 'user_entity_id'];
  v_platform constant uuid := hera_internal.platform_id();
  v_key text;
  v_answer jsonb;
  v_role text;
  v_user uuid;
  v_member jsonb;
begin
  if p_operation is null or p_operation not in ('LIST', 'GRANT', 'REVOKE') then
    perform hera_internal.unknown_operation(p_operation, 'LIST, GRANT, REVOKE');
  end if;
  v_role := hera_internal.authorize(p_actor_user_id, p_organization_id, v_name, p_operation);
  v_key := hera_internal.call_key('member', p_member);
  p_member := p_member - 'idempotency_key';
  if p_operation = 'LIST' then
    return hera_internal.page_answer('members', hera_internal.members_of(p_organization_id), 'member', p_member - v_known,
      array['role'], 'user_entity_id');
  end if;
  perform hera_internal.check_keys('member', p_member, v_known || 'role'::text);
  v_answer := hera_internal.repeated_call(p_organization_id, v_name, v_key, jsonb_build_array(p_operation, p_member));
  if v_answer is not null then
    return v_answer;
  end if;
  if p_organization_id = v_platform and v_role <> 'platform_admin' then
    perform hera_internal.fail(403, 'permission_denied', 'Only a platform admin changes members of the platform organization.', null);
  end if;
  v_user := hera_internal.to_uuid('member.user_entity_id', p_member ->> 'user_entity_id');
  if p_operation = 'GRANT' then
    perform hera_internal.check_grant(v_role, p_organization_id, v_user, p_member);
    v_user := coalesce(v_user, hera_internal.create_user(
      p_member ->> 'auth_uid', p_member ->> 'name', p_member ->> 'email', p_actor_user_id));
    insert into hera.memberships as m (organization_id, user_entity_id, role, organization_active, created_by, updated_by)
    select o.id, v_user, p_member ->> 'role', o.status = 'active', p_actor_user_id, p_actor_user_id
    from hera.core_organizations o
    where o.id = p_organization_id
    on conflict (organization_id, user_entity_id) do update
      set role = excluded.role, is_active = true, updated_at = hera_internal.now(), updated_by = excluded.updated_by;
  else
    update hera.memberships m set is_active = false, updated_at = hera_internal.now(), updated_by = p_actor_user_id
    where m.organization_id = p_organization_id
      and m.user_entity_id = coalesce(v_user, hera_internal.user_of(p_member ->> 'auth_uid'))
    returning m.user_entity_id into v_user;
    if not found then
      perform hera_internal.fail(404, 'not_found', 'No such member.', 'LIST shows the members.');
    end if;
  end if;
  -- Keys don't count: they can be lost.
  if p_organization_id = v_platform and not exists (
    select from hera.memberships m
    where m.organization_id = v_platform and m.role = 'platform_admin' and m.is_active
      and not exists (select from hera.api_keys k where k.organization_id = m.organization_id and k.id = m.user_entity_id)) then
    perform hera_internal.fail(409, 'member.last_admin', 'This is the last platform admin.', 'Grant platform_admin to another person first.');
  end if;
  perform hera_internal.audit(p_actor_user_id, p_organization_id, v_name, p_operation, v_user,
    jsonb_build_object('role', p_member ->> 'role'));
  select m into v_member
  from jsonb_array_elements(hera_internal.members_of(p_organization_id)) m
  where (m ->> 'user_entity_id')::uuid = v_user;
  if v_member is null then
    perform hera_internal.fail(404, 'not_found', 'No such user.', 'Name a new person by auth_uid.');
  end if;
  perform hera_internal.identity_changed('sub:' || (v_member ->> 'auth_uid'));
  return hera_internal.keep_answer(p_organization_id, v_name, v_key, jsonb_build_object('success', true, 'member', v_member));
end
$$;
ALTER FUNCTION public.hera_membership_v1(p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_member jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION public.hera_membership_v1(p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_member jsonb) IS 'Members of an organization: LIST, GRANT, REVOKE. API keys are not among them, see hera_api_key_v1.
p_member: {auth_uid, name, email, role, user_entity_id}. GRANT takes auth_uid (an unknown one makes the USER entity) or user_entity_id
(a member already), and role: platform_admin (in the platform organization only, by platform admins), org_admin, integration_manager
or member. REVOKE takes either id. LIST: {limit (1 to 1000, all where absent), cursor, role}. idempotency_key in it: the same key with the same
call answers the first one with duplicate: true and writes nothing.
Answers {success, members: […], next_cursor} or {success, member: {user_entity_id, auth_uid, name, email, role, is_active}}.
Errors: PT400 operation.unknown or member.invalid, PT403, PT404 not_found, PT409 member.last_admin (of the platform), PT422
idempotency.mismatch.
select hera_membership_v1(''00000000-0000-0000-0000-000000000001'', ''00000000-0000-0000-0000-000000000000'',
  ''GRANT'', ''{"auth_uid": "jane@example.com", "name": "Jane", "role": "member"}'');';
CREATE FUNCTION public.hera_monitor_backlog_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb DEFAULT '{}'::jsonb) RETURNS jsonb
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
declare
  v_role text;
begin
  v_role := hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_monitor_backlog_v1', 'CALL');
  return hera_internal.monitor('backlog', v_role, p_organization_id, hera_internal.monitor_filter(p_filter, '{}'));
end
$$;
ALTER FUNCTION public.hera_monitor_backlog_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION public.hera_monitor_backlog_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) IS 'Deliveries that have not come to their end: in all, by organization and by webhook, the most due first.
p_organization_id: the organization; for a platform admin who passes the platform''s id, all of them.
p_filter: {limit (1 to 1000 rows of a list, default 200)}; since and until are accepted and have no effect on what stands now.
Answers {success, since, until, pending, waiting, in_flight, failed, delayed, due, oldest_past_due_seconds (null when nothing is due),
rate_limit_put_off (how often limits put a delivery off, ever), organizations: [{organization_id, organization_name, due, pending,
in_flight,
failed, delayed, oldest_past_due_seconds}], webhooks: [{organization_id, webhook_id, url, status, due, pending, waiting, in_flight, failed,
delayed, oldest_past_due_seconds, rate_limit_put_off, rate_limit_last_put_off_at}]}.
pending includes waiting (in fifo lines). failed: retry due later. delayed: put off by a rate limit.
Errors: PT400 filter.invalid, filter.unknown; PT401; PT403.
select hera_monitor_backlog_v1(''00000000-0000-0000-0000-000000000001'', ''00000000-0000-0000-0000-000000000000'', ''{"limit": 20}'');';
CREATE FUNCTION public.hera_monitor_connectors_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb DEFAULT '{}'::jsonb) RETURNS jsonb
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
declare
  v_role text;
begin
  v_role := hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_monitor_connectors_v1', 'CALL');
  return hera_internal.monitor('connectors', v_role, p_organization_id, hera_internal.monitor_filter(p_filter, '{}'));
end
$$;
ALTER FUNCTION public.hera_monitor_connectors_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION public.hera_monitor_connectors_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) IS 'Connector installations that are not uninstalled: numbers by connector, and each one, the token that is over first first.
p_organization_id: the organization; for a platform admin who passes the platform''s id, all of them.
p_filter: {limit (1 to 1000 rows of a list, default 200)}; since and until are accepted and have no effect on what stands now.
Answers {success, since, until, connectors: [{code, installations, active, paused, error, pending_auth, reauth_required, tokens_expired,
tokens_expiring_in_7_days}], installations: [{organization_id, id, code, status, state, created_at, token_expires_at, token_expires_in_seconds,
last_success_at, last_error}]}.
Errors: PT400 filter.invalid, filter.unknown; PT401; PT403.
select hera_monitor_connectors_v1(''00000000-0000-0000-0000-000000000001'', ''00000000-0000-0000-0000-000000000000'', ''{}'');';
CREATE FUNCTION public.hera_monitor_database_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb DEFAULT '{}'::jsonb) RETURNS jsonb
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
declare
  v_limit int;
begin
  perform hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_monitor_database_v1', 'CALL');
  if p_organization_id <> hera_internal.platform_id() then
    perform hera_internal.guardrail('ORG_FILTER_MISMATCH',
      'The database belongs to the platform organization: pass 00000000-0000-0000-0000-000000000000.');
  end if;
  perform hera_internal.check_keys('filter', p_filter, array['limit']);
  v_limit := (hera_internal.list_filter(p_filter, '{}')).max_rows;
  return jsonb_build_object(
    'success', true,
    'bytes', pg_database_size(current_database()),
    'connections', hera_internal.connection_health(),
    'queues', (select jsonb_agg(to_jsonb(q) order by q.table_name) from hera_internal.queue_health() q),
    'partitions', (select jsonb_agg(to_jsonb(p) order by p.table_name) from hera_internal.partition_health() p),
    'snapshots', (
      select jsonb_build_object('oldest_xmin_age', max(h.xmin_age),
        'holders', coalesce(jsonb_agg(to_jsonb(h) order by h.xmin_age desc, h.since) filter (where h.nth <= v_limit), '[]'))
      from (
        select s.*, row_number() over (order by s.xmin_age desc, s.since) as nth from hera_internal.snapshot_holders() s) h),
    'rollups', (select to_jsonb(s) - 'one_row' from hera.rollup_state s));
end
$$;
ALTER FUNCTION public.hera_monitor_database_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION public.hera_monitor_database_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) IS 'How the database is. For platform admins, with the platform''s id as p_organization_id.
p_filter: {limit (1 to 1000 snapshot holders, default 50)}.
Answers {success, bytes, connections: {complete, max, total, active, idle, idle_in_transaction, waiting_for_locks,
oldest_transaction_seconds}, queues: [{table_name, row_count, oldest_at, dead_rows, bytes, last_vacuum_at}], partitions: [{table_name,
partitions, first_day, last_day, days_ahead, estimated_rows, dead_rows, bytes, default_holds_rows}], snapshots: {oldest_xmin_age (in
transactions), holders: [{kind (session, replication slot, prepared transaction), name, application, state, since, xmin_age}]},
rollups: {final_before, complete_before, counted_at}}.
connections.complete is false where the states and snapshots of other sessions are hidden: grant pg_read_all_stats to hera_worker_owner.
Errors: PT400 guardrail_violation:ORG_FILTER_MISMATCH, filter.invalid, filter.unknown; PT401; PT403.
select hera_monitor_database_v1(''00000000-0000-0000-0000-000000000001'', ''00000000-0000-0000-0000-000000000000'');';
CREATE FUNCTION public.hera_monitor_deliveries_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb DEFAULT '{}'::jsonb) RETURNS jsonb
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
declare
  v_role text;
begin
  v_role := hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_monitor_deliveries_v1', 'CALL');
  return hera_internal.monitor('deliveries', v_role, p_organization_id, hera_internal.monitor_filter(p_filter, array['webhook_id']));
end
$$;
ALTER FUNCTION public.hera_monitor_deliveries_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION public.hera_monitor_deliveries_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) IS 'Delivery attempts by hour and webhook, newest hour first.
p_organization_id: the organization; for a platform admin who passes the platform''s id, all of them.
p_filter: {since (default a day ago), until (default now), limit (1 to 1000 rows of a list, default 200), webhook_id}; whole hours in
UTC, 93 days at most.
Answers {success, since, until, deliveries: [{hour, organization_id, webhook_id, url, status, attempts, delivered, retries (attempts that
were not the first), status_2xx, status_3xx, status_4xx, status_5xx, no_answer, success_rate (0 to 1), duration_p50_ms,
duration_p95_ms}], hours: [{hour, attempts, delivered, retries, success_rate}]}. Percentiles are exact to within 10 %.
Errors: PT400 filter.invalid, filter.unknown; PT401; PT403; PT404 not_found.
select hera_monitor_deliveries_v1(''00000000-0000-0000-0000-000000000001'', ''00000000-0000-0000-0000-000000000000'',
  ''{"since": "2026-01-31T00:00:00Z"}'');';
CREATE FUNCTION public.hera_monitor_events_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb DEFAULT '{}'::jsonb) RETURNS jsonb
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
declare
  v_role text;
begin
  v_role := hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_monitor_events_v1', 'CALL');
  return hera_internal.monitor('events', v_role, p_organization_id, hera_internal.monitor_filter(p_filter, array['event_source']));
end
$$;
ALTER FUNCTION public.hera_monitor_events_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION public.hera_monitor_events_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) IS 'Events by hour and source, newest hour first.
p_organization_id: the organization; for a platform admin who passes the platform''s id, all of them.
p_filter: {since (default a day ago), until (default now), limit (1 to 1000 rows of a list, default 200), event_source}; whole hours in
UTC, 93 days at most.
Answers {success, since, until, events: [{hour, event_source, events, processed, failed (came in that hour), first_delivered (events whose
first successful attempt started in that hour), latency_p50_ms, latency_p95_ms (of those: accepting to the end of that attempt)}]}.
Percentiles are exact to within 10 %.
Errors: PT400 filter.invalid, filter.unknown; PT401; PT403.
select hera_monitor_events_v1(''00000000-0000-0000-0000-000000000001'', ''00000000-0000-0000-0000-000000000000'',
  ''{"since": "2026-01-31T00:00:00Z"}'');';
CREATE FUNCTION public.hera_monitor_failures_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb DEFAULT '{}'::jsonb) RETURNS jsonb
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
declare
  v_role text;
begin
  v_role := hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_monitor_failures_v1', 'CALL');
  return hera_internal.monitor('failures', v_role, p_organization_id, hera_internal.monitor_filter(p_filter, array['webhook_id']));
end
$$;
ALTER FUNCTION public.hera_monitor_failures_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION public.hera_monitor_failures_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) IS 'Why attempts failed in the period, and the dead letters that stand now.
p_organization_id: the organization; for a platform admin who passes the platform''s id, all of them.
p_filter: {since (default a day ago), until (default now), limit (1 to 1000 rows of a list, default 200), webhook_id}; whole hours in
UTC, 93 days at most.
Answers {success, since, until, attempts, retries, failed_attempts: [{cause (status code or machine code), attempts, retries}],
dead_letters: [{status (dlq, cancelled, disabled, blocked), reason, cause, deliveries, oldest, newest}]}.
Errors: PT400 filter.invalid, filter.unknown; PT401; PT403; PT404 not_found.
select hera_monitor_failures_v1(''00000000-0000-0000-0000-000000000001'', ''00000000-0000-0000-0000-000000000000'',
  ''{"since": "2026-01-31T00:00:00Z"}'');';
CREATE FUNCTION public.hera_monitor_overview_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb DEFAULT '{}'::jsonb) RETURNS jsonb
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
declare
  v_role text;
begin
  v_role := hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_monitor_overview_v1', 'CALL');
  return hera_internal.monitor('overview', v_role, p_organization_id, hera_internal.monitor_filter(p_filter, '{}'));
end
$$;
ALTER FUNCTION public.hera_monitor_overview_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION public.hera_monitor_overview_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) IS 'The numbers to look at first: of the period, and of this moment.
p_organization_id: the organization; for a platform admin who passes the platform''s id, all of them.
p_filter: {since (default a day ago), until (default now), limit (1 to 1000 rows of a list, default 200)}; whole hours in UTC, 93 days
at most.
Answers {success, since, until; of the period: events, events_failed, first_delivered, latency_p50_ms and latency_p95_ms (accepting to the
end of the first successful attempt), attempts, delivered, retries, success_rate (0 to 1), duration_p50_ms, duration_p95_ms;
of now: pending, waiting (in fifo lines), in_flight, failed (retry due later), delayed (by a rate limit), due, oldest_past_due_seconds
(null when
nothing is due), rate_limit_put_off, dlq, blocked, disabled, cancelled, webhooks_active, webhooks_disabled, installations,
installations_active, installations_in_error, installations_to_authorize, tokens_expired, tokens_expiring_in_7_days;
alerts: [past_due, failing, dead_letters, webhook_disabled, connector_error, connector_reauth, token_expiring]}.
Percentiles are exact to within 10 %.
Errors: PT400 filter.invalid, filter.unknown; PT401; PT403.
select hera_monitor_overview_v1(''00000000-0000-0000-0000-000000000001'', ''00000000-0000-0000-0000-000000000000'', ''{}'');';
CREATE FUNCTION public.hera_monitor_webhooks_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb DEFAULT '{}'::jsonb) RETURNS jsonb
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
declare
  v_role text;
begin
  v_role := hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_monitor_webhooks_v1', 'CALL');
  return hera_internal.monitor('webhooks', v_role, p_organization_id, hera_internal.monitor_filter(p_filter, array['webhook_id']));
end
$$;
ALTER FUNCTION public.hera_monitor_webhooks_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION public.hera_monitor_webhooks_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) IS 'Webhooks with attempts in the period, the slowest (duration_p95_ms) first.
p_organization_id: the organization; for a platform admin who passes the platform''s id, all of them.
p_filter: {since (default a day ago), until (default now), limit (1 to 1000 rows of a list, default 200), webhook_id}; whole hours in
UTC, 93 days at most.
Answers {success, since, until, webhooks: [{organization_id, webhook_id, url, status, attempts, delivered, retries, status_2xx, status_3xx,
status_4xx, status_5xx, no_answer, success_rate, duration_p50_ms, duration_p95_ms, rate_limit_per_second, rate_limit_put_off (how often,
ever), rate_limit_last_put_off_at}]}. Percentiles are exact to within 10 %.
Errors: PT400 filter.invalid, filter.unknown; PT401; PT403; PT404 not_found.
select hera_monitor_webhooks_v1(''00000000-0000-0000-0000-000000000001'', ''00000000-0000-0000-0000-000000000000'',
  ''{"since": "2026-01-31T00:00:00Z"}'');';
CREATE FUNCTION public.hera_organization_v1(p_actor_user_id uuid, p_operation text DEFAULT 'LIST'::text, p_organization jsonb DEFAULT '{}'::jsonb) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
declare
  v_name constant text := 'hera_organization_v1';
  v_known constant text[] := array['id', 'name', 'code', 'settings'];
  v_platform constant uuid := hera_internal.platform_id();
  v_key text;
  v_key_home uuid;
  v_answer jsonb;
  v_id uuid;
  v_role text;
  v_row hera.core_organizations;
begin
  if p_operation is null or p_operation not in ('LIST', 'GET', 'CREATE', 'UPDATE', 'SUSPEND', 'ACTIVATE') then
    perform hera_internal.unknown_operation(p_operation, 'LIST, GET, CREATE, UPDATE, SUSPEND, ACTIVATE');
  end if;
  v_key := hera_internal.call_key('organization', p_organization);
  p_organization := p_organization - 'idempotency_key';
  if p_operation = 'LIST' then
    return hera_internal.page_answer('organizations', hera_internal.organizations_of(p_actor_user_id), 'organization',
      p_organization - v_known, array['status']);
  end if;
  perform hera_internal.check_keys('organization', p_organization, v_known);
  v_id := hera_internal.to_uuid('organization.id', p_organization ->> 'id');
  if p_organization ? 'settings' and jsonb_typeof(p_organization -> 'settings') <> 'object' then
    perform hera_internal.fail(400, 'organization.invalid', 'organization.settings must be a JSON object', null);
  end if;
  if p_organization #> '{settings,webhook}' is not null then
    perform hera_internal.check_webhook_settings(p_organization #> '{settings,webhook}');
  end if;
  if p_organization #> '{settings,retention}' is not null then
    perform hera_internal.check_retention_settings(p_organization #> '{settings,retention}');
  end if;
  v_key_home := case when p_operation in ('CREATE', 'SUSPEND', 'ACTIVATE') then v_platform else v_id end;
  v_role := hera_internal.authorize(p_actor_user_id, v_key_home, v_name, p_operation);
  if p_operation <> 'GET' then
    v_answer := hera_internal.repeated_call(v_key_home, v_name, v_key, jsonb_build_array(p_operation, p_organization));
    if v_answer is not null then
      return v_answer;
    end if;
  end if;
  if p_operation = 'CREATE' then
    v_row := hera_internal.create_organization(p_actor_user_id, p_organization);
  elsif p_operation = 'GET' then
    select * into v_row from hera.core_organizations o where o.id = v_id;
  elsif p_operation = 'UPDATE' then
    v_row := hera_internal.update_organization(p_actor_user_id, v_role, v_id, p_organization);
  else
    update hera.core_organizations o set
      status = case p_operation when 'SUSPEND' then 'suspended' else 'active' end,
      updated_at = hera_internal.now(), updated_by = p_actor_user_id
    where o.id = v_id and (p_operation <> 'SUSPEND' or v_id <> v_platform)
    returning * into v_row;
  end if;
  if v_row.id is null then
    perform hera_internal.fail(404, 'not_found', 'No such organization.', 'List them with operation LIST.');
  end if;
  if p_operation <> 'GET' then
    perform hera_internal.set_tenant(v_row.id);
    update hera.memberships m set organization_active = v_row.status = 'active'
    where m.organization_id = v_row.id and m.organization_active <> (v_row.status = 'active');
    perform hera_internal.audit(p_actor_user_id, v_row.id, v_name, p_operation, v_row.id, p_organization);
    if p_operation in ('SUSPEND', 'ACTIVATE') then
      perform hera_internal.identity_changed(null);
    end if;
  end if;
  return hera_internal.keep_answer(v_key_home, v_name, case when p_operation <> 'GET' then v_key end,
    jsonb_build_object('success', true, 'organization', hera_internal.organization_json(v_row)));
end
$$;
ALTER FUNCTION public.hera_organization_v1(p_actor_user_id uuid, p_operation text, p_organization jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION public.hera_organization_v1(p_actor_user_id uuid, p_operation text, p_organization jsonb) IS 'Organizations: LIST, GET, CREATE, UPDATE, SUSPEND, ACTIVATE.
p_organization: {id, name, code, settings}. CREATE, SUSPEND, ACTIVATE and a new code are for platform admins. UPDATE merges settings key
by key; those of the platform organization are the platform''s settings. settings.retention: {kind: days or "forever"}, see
hera_outbox_maintain_v1. Of LIST: {limit (1 to 1000, all where absent), cursor, status}. idempotency_key in it: the same key with the same call
answers the first one with duplicate: true and writes nothing.
Answers {success, organizations: […], next_cursor} or {success, organization: {id, name, code, type, status, settings, created_at, updated_at}}.
Errors: PT400 operation.unknown, organization.invalid, settings.invalid or settings.unknown, PT403, PT404 not_found, PT409
organization.exists, PT422 idempotency.mismatch.
select hera_organization_v1(''00000000-0000-0000-0000-000000000001'', ''CREATE'', ''{"name": "Acme", "code": "ACME"}'');';
CREATE FUNCTION public.hera_outbox_claim_v1(p_worker text, p_limit integer DEFAULT 100, p_cursor bigint DEFAULT 0, p_lease_seconds integer DEFAULT 120) RETURNS TABLE(lease_id bigint, delivery_id uuid, organization_id uuid, attempt integer, url text, topic text, smart_code text, body text, credentials bytea, timeout_ms integer, traceparent text, claimed_at timestamp with time zone, next_cursor bigint)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    SET enable_seqscan TO 'off'
    SET enable_bitmapscan TO 'off'
    AS $$
#variable_conflict use_column
declare
  v_now timestamptz := hera_internal.now();
  v_taken record;
  v_batch hera_internal.outbox_batch;
  v_is_held boolean;
  v_has_calls boolean;
  v_calls record;
  v_lease_id bigint;
begin
  if coalesce(p_worker, '') = '' or length(p_worker) > 200 then
    perform hera_internal.fail(400, 'outbox.bad_worker', 'p_worker must have 1 to 200 characters', null);
  elsif p_limit is null or p_limit not between 1 and 1000 then
    perform hera_internal.fail(400, 'outbox.bad_limit', 'p_limit must be from 1 to 1000', null);
  elsif p_lease_seconds is null or p_lease_seconds not between 1 and 3600 then
    perform hera_internal.fail(400, 'outbox.bad_lease', 'p_lease_seconds must be from 1 to 3600', null);
  end if;
  if coalesce(p_cursor, 0) = 0 then
    perform hera_internal.outbox_tick(v_now);
  end if;
  v_taken := hera_internal.take_ready(p_limit, coalesce(p_cursor, 0));
  if v_taken.cursor is null then
    return;
  end if;
  v_batch := v_taken.batch;
  select bool_or(w.status <> 'active' or w.rate_limit_per_second is not null or hera_internal.is_sealed_off(w.organization_id, w.id, v_now)),
    coalesce(bool_or(w.kind = 'channel'), false)
  into v_is_held, v_has_calls
  from (
    select distinct d.organization_id, hera_internal.delivery_webhook_no(d.delivery_id) as webhook_no
    from unnest(v_batch.organization_ids, v_batch.delivery_ids) as d (organization_id, delivery_id)) k
  join hera.webhooks w on w.organization_id = k.organization_id and w.webhook_no = k.webhook_no;
  if v_is_held then
    v_batch := hera_internal.hold_back(v_batch, v_now);
  end if;
  if v_has_calls then
    v_calls := hera_internal.prepare_calls(v_batch, v_now);
    v_batch := v_calls.sendable;
  end if;
  if cardinality(v_batch.delivery_ids) = 0 then
    return;
  end if;
  insert into hera.outbox_leases (
    worker, leased_at, leased_until, organization_ids, delivery_ids, attempts, base_attempts, has_calls)
  values (p_worker, v_now, v_now + p_lease_seconds * interval '1 second',
    v_batch.organization_ids, v_batch.delivery_ids, v_batch.attempts, v_batch.base_attempts, v_has_calls)
  returning id into v_lease_id;
  if v_has_calls then
    return query
    select v_lease_id, c.delivery_id, e.organization_id, c.attempt::int, c.url, e.event_source || '.' || e.event_type, e.smart_code, '',
      c.sealed, w.timeout_ms, e.traceparent, v_now, v_taken.cursor
    from unnest((v_calls.calls).organization_ids, (v_calls.calls).delivery_ids, (v_calls.calls).attempts, v_calls.sealed, v_calls.urls)
      as c (organization_id, delivery_id, attempt, sealed, url)
    join hera.webhooks w on w.organization_id = c.organization_id and w.webhook_no = hera_internal.delivery_webhook_no(c.delivery_id)
    join hera.events e on e.organization_id = c.organization_id and e.id = hera_internal.delivery_event_id(c.delivery_id);
    v_batch := v_calls.plain;
  end if;
  return query
  with d as (
    select d.organization_id, d.delivery_id, d.attempt,
      hera_internal.delivery_webhook_no(d.delivery_id) as webhook_no, hera_internal.delivery_event_id(d.delivery_id) as event_id
    from unnest(v_batch.organization_ids, v_batch.delivery_ids, v_batch.attempts) as d (organization_id, delivery_id, attempt)
  ), w as materialized (
    select w.organization_id, w.webhook_no, w.url, w.timeout_ms, w.transform,
      hera_internal.webhook_credentials(w.organization_id, w.id, v_now) as credentials
    from (select distinct d.organization_id, d.webhook_no from d) k
    join hera.webhooks w on w.organization_id = k.organization_id and w.webhook_no = k.webhook_no
  )
  select v_lease_id, d.delivery_id, d.organization_id, d.attempt::int, w.url, e.event_source || '.' || e.event_type, e.smart_code,
    hera_internal.delivery_body(e,
      case when w.transform is null then e.event_data::text else hera_internal.transformed_data(e, w.transform)::text end),
    w.credentials, w.timeout_ms, e.traceparent, v_now, v_taken.cursor
  from d
  join w on w.organization_id = d.organization_id and w.webhook_no = d.webhook_no
  join hera.events e on e.organization_id = d.organization_id and e.id = d.event_id;
end
$$;
ALTER FUNCTION public.hera_outbox_claim_v1(p_worker text, p_limit integer, p_cursor bigint, p_lease_seconds integer) OWNER TO hera_worker_owner;
COMMENT ON FUNCTION public.hera_outbox_claim_v1(p_worker text, p_limit integer, p_cursor bigint, p_lease_seconds integer) IS 'Leases up to p_limit (1 to 1000) due deliveries to p_worker for p_lease_seconds (1 to 3600) and answers what is to be sent.
p_cursor: 0, or next_cursor of the last claim. With 0 it also returns deliveries of expired leases, promotes due retries and wakes fifo lines.
Answers rows of lease_id, delivery_id (= webhook-id), organization_id, attempt, url, topic, smart_code, body (the text to sign and send, as
UTF-8), credentials (the webhook''s secrets and headers, sealed as hera_internal.seal_for_sender tells; of a call of a provider the whole request
{method, url, headers, body}, and url is its origin alone), timeout_ms, traceparent (of the
event''s request, or null), claimed_at (the time to sign with) and next_cursor.
Report each row to hera_outbox_finish_v1, or give it back with hera_outbox_release_v1.
Errors: PT400 outbox.bad_worker, outbox.bad_limit, outbox.bad_lease; PT500 encryption.key_missing.
select delivery_id, url, body from hera_outbox_claim_v1(''psql'', 10);';
CREATE FUNCTION public.hera_outbox_finish_v1(p_lease_ids bigint[], p_delivery_ids uuid[], p_status_codes integer[], p_durations_ms integer[], p_response_bodies text[], p_errors text[], p_retry_after_s integer[], p_response_headers text[] DEFAULT NULL::text[]) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
declare
  v_total constant int := coalesce(cardinality(p_delivery_ids), 0);
  v_lease_ids bigint[];
  v_held int;
  v_places int[];
  v_batch hera_internal.outbox_batch;
  v_results hera_internal.outbox_results;
  v_has_calls boolean;
  v_headers text[];
  v_accepted jsonb := jsonb '{"delivered": 0, "failed": 0, "dlq": 0}';
begin
  if array[cardinality(p_lease_ids), cardinality(p_status_codes), cardinality(p_durations_ms), cardinality(p_response_bodies),
      cardinality(p_errors), cardinality(p_retry_after_s)] <> array_fill(v_total, array[6]) then
    perform hera_internal.fail(400, 'outbox.bad_results', 'The arrays must have the same length.', null);
  end if;
  if v_total = 0 then
    return v_accepted || '{"lost": 0}';
  end if;
  with held as materialized (
    select l.id, l.organization_ids, l.delivery_ids, l.attempts, l.base_attempts, l.has_calls
    from hera.outbox_leases l
    where l.id = any (p_lease_ids)
    order by l.id
    for update
  ), given as materialized (
    select l.id as lease_id, u.organization_id, u.delivery_id, u.attempt, u.base_attempt
    from held l
    cross join lateral unnest(l.organization_ids, l.delivery_ids, l.attempts, l.base_attempts)
      as u (organization_id, delivery_id, attempt, base_attempt)
  )
  select (select array_agg(l.id) from held l), (select sum(cardinality(l.delivery_ids)) from held l), (select bool_or(l.has_calls) from held l),
    array_agg(x.organization_id), array_agg(x.delivery_id), array_agg(x.attempt), array_agg(x.base_attempt),
    array_agg(x.status_code), array_agg(x.duration_ms), array_agg(x.response_body), array_agg(x.error), array_agg(x.retry_after_s),
    array_agg(x.place)
  into v_lease_ids, v_held, v_has_calls,
    v_batch.organization_ids, v_batch.delivery_ids, v_batch.attempts, v_batch.base_attempts,
    v_results.status_codes, v_results.durations_ms, v_results.response_bodies, v_results.errors, v_results.retry_after_s,
    v_places
  from (
    select distinct on (r.lease_id, r.delivery_id)
      h.organization_id, h.delivery_id, h.attempt, h.base_attempt,
      r.status_code, coalesce(r.duration_ms, 0) as duration_ms, left(r.response_body, 16384) as response_body, r.error, r.retry_after_s,
      r.place::int as place
    from unnest(p_lease_ids, p_delivery_ids, p_status_codes, p_durations_ms, p_response_bodies, p_errors, p_retry_after_s)
      with ordinality as r (lease_id, delivery_id, status_code, duration_ms, response_body, error, retry_after_s, place)
    join given h on h.lease_id = r.lease_id and h.delivery_id = r.delivery_id) x;
  if v_batch.delivery_ids is not null then
    -- To look each delivery up in the arrays of the leases takes 2 µs a delivery of a batch of 500.
    if cardinality(v_batch.delivery_ids) = v_held then
      delete from hera.outbox_leases l where l.id = any (v_lease_ids);
    else
      perform hera_internal.leave_leases(v_lease_ids, v_batch.delivery_ids);
    end if;
    if v_has_calls then
      select array_agg(p_response_bodies[b.place] order by b.nth), array_agg(p_response_headers[b.place] order by b.nth)
      into v_results.response_bodies, v_headers
      from unnest(v_places) with ordinality as b (place, nth);
      v_accepted := hera_internal.settle_batch(v_batch, v_results, v_headers, hera_internal.now());
    else
      v_accepted := hera_internal.settle(v_batch, v_results, hera_internal.now());
    end if;
  end if;
  return v_accepted || jsonb_build_object('lost', v_total - coalesce(cardinality(v_batch.delivery_ids), 0));
end
$$;
ALTER FUNCTION public.hera_outbox_finish_v1(p_lease_ids bigint[], p_delivery_ids uuid[], p_status_codes integer[], p_durations_ms integer[], p_response_bodies text[], p_errors text[], p_retry_after_s integer[], p_response_headers text[]) OWNER TO hera_worker_owner;
COMMENT ON FUNCTION public.hera_outbox_finish_v1(p_lease_ids bigint[], p_delivery_ids uuid[], p_status_codes integer[], p_durations_ms integer[], p_response_bodies text[], p_errors text[], p_retry_after_s integer[], p_response_headers text[]) IS 'Reports results of claimed deliveries: parallel arrays, one element a result.
p_lease_ids, p_delivery_ids: as claimed. p_status_codes: HTTP status, null where no answer came. p_durations_ms: of the attempt.
p_response_bodies: the start of the answer, at most 16 KiB are kept. p_errors: null or a machine code (timeout, connect_failed, dns_failed,
tls_failed, reset, blocked_address, bad_request, response_too_slow). p_retry_after_s: seconds of a Retry-After header, or null.
p_response_headers: of the answer to a call of a provider, the JSON {lower-case name: value}; null for all else.
Answers {delivered, failed, dlq, lost}; lost results changed nothing, since their lease was over.
Errors: PT400 outbox.bad_results.
select hera_outbox_finish_v1(''{1}'', ''{0199c1c2-0000-7000-8000-000000000100}'', ''{200}'', ''{12}'', ''{ok}'', ''{null}'', ''{null}'');';
CREATE FUNCTION public.hera_outbox_get_pending_v1(p_limit integer DEFAULT 100) RETURNS jsonb
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
begin
  if p_limit is null or p_limit not between 1 and 1000 then
    perform hera_internal.fail(400, 'outbox.bad_limit', 'p_limit must be from 1 to 1000', null);
  end if;
  return (
    select coalesce(jsonb_agg(jsonb_build_object(
        'id', r.delivery_id, 'event_id', e.id, 'organization_id', r.organization_id, 'webhook_id', w.id, 'status', 'pending',
        'attempts', r.attempt - 1, 'topic', e.event_source || '.' || e.event_type, 'smart_code', e.smart_code,
        'created_at', e.created_at) order by r.position), '[]')
    from (select * from hera.outbox_ready order by position limit p_limit) r
    join hera.webhooks w
      on w.organization_id = r.organization_id and w.webhook_no = hera_internal.delivery_webhook_no(r.delivery_id)
    join hera.events e on e.organization_id = r.organization_id and e.id = hera_internal.delivery_event_id(r.delivery_id));
end
$$;
ALTER FUNCTION public.hera_outbox_get_pending_v1(p_limit integer) OWNER TO hera_worker_owner;
COMMENT ON FUNCTION public.hera_outbox_get_pending_v1(p_limit integer) IS 'Shows the next p_limit (1 to 1000) deliveries to be sent, in order:
[{id, event_id, organization_id, webhook_id, status, attempts, topic, smart_code, created_at}]. Changes nothing.
Errors: PT400 outbox.bad_limit.
select hera_outbox_get_pending_v1(10);';
CREATE FUNCTION public.hera_outbox_get_stats_v1() RETURNS jsonb
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
declare
  v_now timestamptz := hera_internal.now();
begin
  return jsonb_build_object(
    'success', true,
    'pending', (select count(*) from hera.outbox_ready) + (select count(*) from hera.outbox_fifo_wait),
    'in_flight', (select coalesce(sum(cardinality(l.delivery_ids)), 0) from hera.outbox_leases l),
    'failed', (select count(*) from hera.outbox_scheduled s where s.attempt > 1),
    'delayed', (select count(*) from hera.outbox_scheduled s where s.attempt = 1),
    'delivered', (select count(*) from hera.attempts t where t.started_at > v_now - interval '24 hours' and t.status_code between 200 and 299),
    'attempts', (select count(*) from hera.attempts t where t.started_at > v_now - interval '24 hours'),
    'window_hours', 24)
    || (select jsonb_build_object(
        'dlq', count(*) filter (where d.status = 'dlq'), 'cancelled', count(*) filter (where d.status = 'cancelled'),
        'disabled', count(*) filter (where d.status = 'disabled'), 'blocked', count(*) filter (where d.status = 'blocked'))
      from hera.dead_letters d)
    || jsonb_build_object('oldest_past_due_seconds', (
      select round(extract(epoch from v_now - min(least(v_now, due.at))), 3)
      from (
        (select hera_internal.id_time(r.delivery_id) as at from hera.outbox_ready r where r.attempt = 1 order by r.position limit 1)
        union all
        select min(s.due_at) from hera.outbox_scheduled s where s.due_at <= v_now) due
      where due.at is not null));
end
$$;
ALTER FUNCTION public.hera_outbox_get_stats_v1() OWNER TO hera_worker_owner;
COMMENT ON FUNCTION public.hera_outbox_get_stats_v1() IS 'Counts of deliveries by status: {success, pending, in_flight, failed (retry due later), delayed (by a rate limit), delivered and attempts
(of the last window_hours), dlq, cancelled, disabled, blocked, oldest_past_due_seconds (null when nothing is due)}.
select hera_outbox_get_stats_v1();';
CREATE FUNCTION public.hera_outbox_maintain_v1() RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $_$
declare
  v_now timestamptz := hera_internal.now();
  v_step text;
  v_done jsonb := jsonb '{}';
begin
  foreach v_step in array array['monitoring', 'audit', 'retention', 'partitions']
  loop
    v_done := v_done || jsonb_build_object(v_step, hera_internal.maintenance_step(v_step, v_now));
  end loop;
  return jsonb_build_object(
    'success', not jsonb_path_exists(v_done, '$.*.fault'),
    'partitions_made', coalesce(v_done #> '{partitions,made}', '0')) || v_done;
end
$_$;
ALTER FUNCTION public.hera_outbox_maintain_v1() OWNER TO hera_worker_owner;
COMMENT ON FUNCTION public.hera_outbox_maintain_v1() IS 'Counts the open hours for monitoring, seals audit trails, deletes what retention has outlived, makes the partitions of the next 14 days and drops those that nobody keeps.
Bounded: run it about every ten minutes. A step that fails stops no other; success is false then.
Retention is settings.retention of the organization, else of the platform organization: days or "forever" for events (365), attempts (90),
dead_letters (365), replay_jobs (90), idempotency_keys (forever) and audit (forever; at least 90). An event that is still to be delivered,
or whose dead letter is kept, stays.
Answers {success, partitions_made, monitoring: {final_before, complete_before}, audit: {sealed, seals, organizations, pending}, retention: {deleted: {kind: rows}, more},
partitions: {made, dropped: […], busy: […]}}; a step that failed answers {fault, sqlstate}.
select jsonb_pretty(hera_outbox_maintain_v1());';
CREATE FUNCTION public.hera_outbox_publish_v1(p_actor_user_id uuid, p_organization_id uuid, p_topic text, p_payload jsonb, p_options jsonb DEFAULT '{}'::jsonb) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
declare
  v_key text;
begin
  perform hera_internal.durable();
  perform hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_outbox_publish_v1', 'CALL');
  perform hera_internal.check_keys('options', p_options, array['idempotency_key', 'smart_code']);
  foreach v_key in array array['idempotency_key', 'smart_code']
  loop
    if jsonb_typeof(p_options -> v_key) not in ('string', 'null') then
      perform hera_internal.fail(400, 'options.invalid', format('options.%s must be a string', v_key), null);
    end if;
  end loop;
  return hera_internal.publish(p_actor_user_id, p_organization_id, p_topic, p_payload,
    p_options ->> 'idempotency_key', p_options ->> 'smart_code');
end
$$;
ALTER FUNCTION public.hera_outbox_publish_v1(p_actor_user_id uuid, p_organization_id uuid, p_topic text, p_payload jsonb, p_options jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION public.hera_outbox_publish_v1(p_actor_user_id uuid, p_organization_id uuid, p_topic text, p_payload jsonb, p_options jsonb) IS 'Emits an event from business SQL in the same transaction as the business data: with the commit it is certain to be delivered, after a
rollback it never was. Any login may be granted it and then acts as the principal that hera.login_principals gives it.
p_topic: <source>.<type>, for example shop.order.paid; the source is what stands before the first dot.
p_payload: JSON object or array, at most 1 MiB, nested at most 64. p_options: {idempotency_key, smart_code}.
Answers as hera_integration_event_in_v1: {success, message, event_id, smart_code, duplicate, deliveries, …}.
Errors: PT400 topic.invalid, event.invalid, guardrail_violation:SMARTCODE_REGEX_FAIL, options.unknown, options.invalid; PT403; PT413;
PT422 idempotency.mismatch; 42501 where the login may not act as the actor.
select hera_outbox_publish_v1(''00000000-0000-0000-0000-000000000001'', ''00000000-0000-0000-0000-000000000000'',
  ''shop.order.paid'', ''{"order": 17}'', ''{"idempotency_key": "order-17-paid"}'');';
CREATE FUNCTION public.hera_outbox_release_v1(p_lease_ids bigint[], p_delivery_ids uuid[]) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
declare
  v_released uuid[];
begin
  perform from hera.outbox_leases l where l.id = any (p_lease_ids) order by l.id for update;
  with back as (
    insert into hera.outbox_ready (organization_id, delivery_id, attempt, base_attempt)
    select l.organization_ids[p.at], r.delivery_id, l.attempts[p.at], l.base_attempts[p.at]
    from (select distinct x.lease_id, x.delivery_id from unnest(p_lease_ids, p_delivery_ids) as x (lease_id, delivery_id)) r
    join hera.outbox_leases l on l.id = r.lease_id
    cross join lateral (select array_position(l.delivery_ids, r.delivery_id) as at offset 0) p
    where p.at is not null
    returning delivery_id
  )
  select array_agg(b.delivery_id) into v_released from back b;
  if v_released is not null then
    perform hera_internal.leave_leases(p_lease_ids, v_released);
  end if;
  return coalesce(cardinality(v_released), 0);
end
$$;
ALTER FUNCTION public.hera_outbox_release_v1(p_lease_ids bigint[], p_delivery_ids uuid[]) OWNER TO hera_worker_owner;
COMMENT ON FUNCTION public.hera_outbox_release_v1(p_lease_ids bigint[], p_delivery_ids uuid[]) IS 'Gives claimed deliveries back unsent. Parallel arrays of lease and delivery ids. Answers how many were given back.
select hera_outbox_release_v1(''{1}'', ''{0199c1c2-0000-7000-8000-000000000100}'');';
CREATE FUNCTION public.hera_outbox_replay_step_v1(p_limit integer DEFAULT 500) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
declare
  v_now timestamptz := hera_internal.now();
  v_left int := p_limit;
  v_jobs int := 0;
  v_count int;
  v_job hera.replay_jobs;
begin
  if p_limit is null or p_limit not between 1 and 10000 then
    perform hera_internal.fail(400, 'outbox.bad_limit', 'p_limit must be from 1 to 10000', null);
  end if;
  if exists (select from hera.replay_jobs j where j.status = 'running')
    and pg_try_advisory_xact_lock_shared(hashtextextended('hera.retention', 0)) then
    -- Who has waited longest comes first.
    for v_job in select j.* from hera.replay_jobs j where j.status = 'running' order by j.spent_until limit 100 for update skip locked
    loop
      v_count := hera_internal.advance_replay(v_job, v_left, v_now);
      v_left := v_left - v_count;
      v_jobs := v_jobs + (v_count > 0)::int;
      exit when v_left = 0;
    end loop;
  end if;
  return jsonb_build_object('success', true, 'jobs', v_jobs, 'advanced', p_limit - v_left);
end
$$;
ALTER FUNCTION public.hera_outbox_replay_step_v1(p_limit integer) OWNER TO hera_worker_owner;
COMMENT ON FUNCTION public.hera_outbox_replay_step_v1(p_limit integer) IS 'Puts up to p_limit (1 to 10000) deliveries of running replays into the outbox, as far as their rates allow. Call it with each tick.
Answers {success, jobs (that went on), advanced (deliveries queued or skipped)}. Errors: PT400 outbox.bad_limit.
select hera_outbox_replay_step_v1();';
CREATE FUNCTION public.hera_outbox_schedule_retry_v1(p_event_id uuid, p_attempts integer, p_next_retry_at text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
declare
  v_due timestamptz;
  v_delivery record;
begin
  if p_attempts is null or p_attempts not between 0 and 250 then
    perform hera_internal.fail(400, 'outbox.bad_attempts', 'p_attempts must be from 0 to 250', null);
  end if;
  begin
    v_due := p_next_retry_at::timestamptz;
  exception
    when data_exception then null;
  end;
  if v_due is null or not isfinite(v_due) or v_due > hera_internal.now() + interval '1 year' then
    perform hera_internal.fail(400, 'outbox.bad_time', 'p_next_retry_at must be a time within a year', 'For example 2026-01-31T12:00:00Z.');
  end if;
  v_delivery := hera_internal.take_delivery(p_event_id);
  if v_delivery.organization_id is null then
    perform hera_internal.fail(404, 'not_found', 'No delivery with this id waits.', 'Pass the id of a delivery, as hera_outbox_get_pending_v1 shows it.');
  end if;
  if hera_internal.stand_in_line(v_delivery.organization_id, p_event_id, p_attempts) then
    return true;
  end if;
  insert into hera.outbox_scheduled (organization_id, delivery_id, attempt, base_attempt, due_at)
  values (v_delivery.organization_id, p_event_id, p_attempts + 1, least(v_delivery.base_attempt, p_attempts), v_due);
  return true;
end
$$;
ALTER FUNCTION public.hera_outbox_schedule_retry_v1(p_event_id uuid, p_attempts integer, p_next_retry_at text) OWNER TO hera_worker_owner;
COMMENT ON FUNCTION public.hera_outbox_schedule_retry_v1(p_event_id uuid, p_attempts integer, p_next_retry_at text) IS 'Schedules the next attempt of a waiting or dead delivery. p_event_id: the delivery''s id. p_attempts: attempts so far, 0 to 250.
p_next_retry_at: a time, at most a year ahead. A delivery of a fifo webhook goes to the end of its line while another holds it. Answers true.
Errors: PT400 outbox.bad_attempts or outbox.bad_time, PT404 not_found, PT409 delivery.leased.
select hera_outbox_schedule_retry_v1(''0199c1c2-0000-7000-8000-000000000100'', 1, ''2026-01-31T12:00:00Z'');';
CREATE FUNCTION public.hera_outbox_settings_v1() RETURNS jsonb
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
begin
  return jsonb_build_object(
    'allow_http', coalesce((hera_internal.platform_settings() #>> '{webhook,allow_http}')::boolean, false),
    'blocked_networks', to_jsonb(hera_internal.blocked_networks()),
    'allowed_networks', to_jsonb(hera_internal.allowed_networks()));
end
$$;
ALTER FUNCTION public.hera_outbox_settings_v1() OWNER TO hera_worker_owner;
COMMENT ON FUNCTION public.hera_outbox_settings_v1() IS 'Answers {allow_http, blocked_networks: [CIDR…], allowed_networks: [CIDR…]}: an address is refused that lies in a blocked network and in no
allowed one.
select hera_outbox_settings_v1();';
CREATE FUNCTION public.hera_outbox_update_status_v1(p_event_id uuid, p_status text, p_attempts integer) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
declare
  v_now timestamptz := hera_internal.now();
  v_delivery record;
begin
  if p_status is null or p_status not in ('pending', 'delivered', 'failed', 'dlq', 'cancelled') then
    perform hera_internal.fail(400, 'outbox.bad_status', 'p_status is not a status that can be set',
      'Set pending, delivered, failed, dlq or cancelled; in_flight comes with a claim.');
  elsif p_attempts is null or p_attempts not between 0 and 250 then
    perform hera_internal.fail(400, 'outbox.bad_attempts', 'p_attempts must be from 0 to 250', null);
  end if;
  v_delivery := hera_internal.take_delivery(p_event_id);
  if v_delivery.organization_id is null then
    perform hera_internal.fail(404, 'not_found', 'No delivery with this id waits.', 'Pass the id of a delivery, as hera_outbox_get_pending_v1 shows it.');
  end if;
  if p_status in ('pending', 'failed') and hera_internal.stand_in_line(v_delivery.organization_id, p_event_id, p_attempts) then
    return true;
  elsif p_status = 'pending' then
    insert into hera.outbox_ready (organization_id, delivery_id, attempt, base_attempt)
    values (v_delivery.organization_id, p_event_id, p_attempts + 1, least(v_delivery.base_attempt, p_attempts));
    return true;
  elsif p_status = 'failed' then
    insert into hera.outbox_scheduled (organization_id, delivery_id, attempt, base_attempt, due_at)
    values (v_delivery.organization_id, p_event_id, p_attempts + 1, least(v_delivery.base_attempt, p_attempts), v_now);
    return true;
  elsif p_status = 'delivered' then
    -- Delivered is what the log says: someone saw the receiver have it.
    insert into hera.attempts (started_at, organization_id, delivery_id, duration_ms, status_code, attempt, error)
    values (v_now, v_delivery.organization_id, p_event_id, 0, 200, greatest(1, p_attempts), 'set_by_operator');
  else
    insert into hera.dead_letters (organization_id, delivery_id, status, reason, attempts, created_at)
    values (v_delivery.organization_id, p_event_id, p_status, 'set_by_operator', p_attempts, v_now);
  end if;
  perform hera_internal.fifo_advance(array[v_delivery.organization_id], array[p_event_id]);
  return true;
end
$$;
ALTER FUNCTION public.hera_outbox_update_status_v1(p_event_id uuid, p_status text, p_attempts integer) OWNER TO hera_worker_owner;
COMMENT ON FUNCTION public.hera_outbox_update_status_v1(p_event_id uuid, p_status text, p_attempts integer) IS 'Sets the status of a waiting or dead delivery by hand. p_event_id: the delivery''s id. p_status: pending, delivered, failed (a retry that is
due now), dlq or cancelled. p_attempts: attempts so far, 0 to 250. A delivery of a fifo webhook goes to the end of its line while another
holds it. Answers true.
Errors: PT400 outbox.bad_status or outbox.bad_attempts, PT404 not_found, PT409 delivery.leased.
select hera_outbox_update_status_v1(''0199c1c2-0000-7000-8000-000000000100'', ''cancelled'', 2);';
CREATE FUNCTION public.hera_permissions_v1(p_actor_user_id uuid, p_organization_id uuid) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
declare
  v_role constant text := hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_permissions_v1', 'CALL');
begin
  return jsonb_build_object('success', true, 'role', v_role, 'operations', (
    select jsonb_object_agg(f.function_name, f.operations)
    from (
      select p.function_name, jsonb_agg(p.operation order by p.operation) as operations
      from hera.rpc_permissions p
      where p.role = v_role
      group by p.function_name) f));
end
$$;
ALTER FUNCTION public.hera_permissions_v1(p_actor_user_id uuid, p_organization_id uuid) OWNER TO hera_owner;
COMMENT ON FUNCTION public.hera_permissions_v1(p_actor_user_id uuid, p_organization_id uuid) IS 'What the actor may do in the organization. It only tells: each function decides by itself.
Answers {success, role, operations: {function: [operation]}}; CALL is the operation of a function that has no p_operation.
Errors: PT401 identity_not_resolved, PT403 actor_not_member.
select hera_permissions_v1(''00000000-0000-0000-0000-000000000001'', ''00000000-0000-0000-0000-000000000000'');';
CREATE FUNCTION public.hera_platform_authorize_v1(p_actor_user_id uuid, p_operation text) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
begin
  if p_operation is null or p_operation not in ('OUTBOX_PROCESS', 'OUTBOX_STATS') then
    perform hera_internal.unknown_operation(p_operation, 'OUTBOX_PROCESS, OUTBOX_STATS');
  end if;
  perform hera_internal.authorize(p_actor_user_id, hera_internal.platform_id(), 'hera_platform_authorize_v1', p_operation);
  return jsonb_build_object('success', true);
end
$$;
ALTER FUNCTION public.hera_platform_authorize_v1(p_actor_user_id uuid, p_operation text) OWNER TO hera_owner;
COMMENT ON FUNCTION public.hera_platform_authorize_v1(p_actor_user_id uuid, p_operation text) IS 'Raises unless the actor is a platform admin. p_operation: OUTBOX_PROCESS or OUTBOX_STATS. Answers {success}.
select hera_platform_authorize_v1(''00000000-0000-0000-0000-000000000001'', ''OUTBOX_STATS'');';
CREATE FUNCTION public.hera_platform_settings_v1(p_webhook jsonb) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
declare
  v_settings jsonb;
begin
  perform hera_internal.check_webhook_settings(p_webhook);
  perform hera_internal.set_tenant(hera_internal.platform_id());
  update hera.core_organizations o
  set settings = (o.settings - 'webhook') || case
      when w.merged = '{}' then '{}'
      else jsonb_build_object('webhook', w.merged) end,
    updated_at = hera_internal.now()
  from (
    select jsonb_strip_nulls(coalesce(p.settings -> 'webhook', '{}') || p_webhook) as merged
    from hera.core_organizations p
    where p.id = hera_internal.platform_id()
    for update) w
  where o.id = hera_internal.platform_id()
  returning o.settings into v_settings;
  return v_settings;
end
$$;
ALTER FUNCTION public.hera_platform_settings_v1(p_webhook jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION public.hera_platform_settings_v1(p_webhook jsonb) IS 'Merges the webhook settings of the host''s environment into the platform''s settings; a null takes a key out.
p_webhook: {allow_http: boolean or null, allowed_networks: [CIDR, …] or null, signature_required: boolean or null (false: providers''
callbacks need no signature), public_url: the origin at which providers and browsers reach the host, or null}.
Answers the platform''s settings. Errors: PT400 settings.invalid.
select hera_platform_settings_v1(''{"allow_http": null, "allowed_networks": ["10.1.0.0/16"]}'');';
CREATE FUNCTION public.hera_replay_job_v1(p_actor_user_id uuid, p_organization_id uuid, p_operation text DEFAULT 'LIST'::text, p_replay jsonb DEFAULT '{}'::jsonb) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
declare
  v_name constant text := 'hera_replay_job_v1';
  v_key text;
  v_answer jsonb;
  v_plan hera_internal.replay_plan;
  v_job hera.replay_jobs;
  v_filter record;
  v_rows jsonb;
begin
  if p_operation is null or p_operation not in ('COUNT', 'CREATE', 'GET', 'LIST', 'CANCEL', 'PAUSE', 'RESUME') then
    perform hera_internal.unknown_operation(p_operation, 'COUNT, CREATE, GET, LIST, CANCEL, PAUSE, RESUME');
  end if;
  perform hera_internal.durable();
  perform hera_internal.authorize(p_actor_user_id, p_organization_id, v_name, p_operation);
  v_key := hera_internal.call_key('replay', p_replay);
  p_replay := p_replay - 'idempotency_key';
  if p_operation not in ('COUNT', 'GET', 'LIST') then
    v_answer := hera_internal.repeated_call(p_organization_id, v_name, v_key, jsonb_build_array(p_operation, p_replay));
    if v_answer is not null then
      return v_answer;
    end if;
  end if;
  if p_operation = 'LIST' then
    v_filter := hera_internal.list_filter(p_replay, array['webhook_id', 'status']);
    select coalesce(jsonb_agg(hera_internal.replay_json(x) order by x.id desc), '[]') into v_rows
    from (
      select j.*
      from hera.replay_jobs j
      where j.organization_id = p_organization_id and j.id < v_filter.cursor_id
        and (v_filter.webhook_id is null or j.webhook_id = v_filter.webhook_id)
        and (v_filter.status is null or j.status = v_filter.status)
      order by j.id desc
      limit v_filter.max_rows) x;
    return hera_internal.list_answer('replays', v_rows, v_filter.max_rows);
  elsif p_operation in ('COUNT', 'CREATE') then
    v_plan := hera_internal.replay_plan(p_organization_id, p_replay);
    if p_operation = 'COUNT' then
      return jsonb_build_object('success', true, 'kind', v_plan.kind, 'webhook_id', v_plan.webhook_id, 'since', v_plan.since,
        'count', (select count(*) from hera_internal.replay_candidates(p_organization_id, v_plan, 1000000)));
    end if;
    v_job := hera_internal.create_replay(p_actor_user_id, p_organization_id, v_plan, p_replay);
  else
    perform hera_internal.check_keys('replay', p_replay, array['id']);
    v_job.id := hera_internal.to_uuid('replay.id', p_replay ->> 'id');
    if p_operation = 'GET' then
      select * into v_job from hera.replay_jobs j where j.organization_id = p_organization_id and j.id = v_job.id;
      if not found then
        perform hera_internal.fail(404, 'not_found', 'No such replay.', 'LIST shows the replays.');
      end if;
    else
      v_job := hera_internal.set_replay_status(p_actor_user_id, p_organization_id, p_operation, v_job.id);
    end if;
  end if;
  if p_operation <> 'GET' then
    perform hera_internal.audit(p_actor_user_id, p_organization_id, v_name, p_operation, v_job.id,
      p_replay || jsonb_build_object('total', v_job.total));
  end if;
  return hera_internal.keep_answer(p_organization_id, v_name, case when p_operation <> 'GET' then v_key end,
    jsonb_build_object('success', true, 'replay', hera_internal.replay_json(v_job)));
end
$$;
ALTER FUNCTION public.hera_replay_job_v1(p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_replay jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION public.hera_replay_job_v1(p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_replay jsonb) IS 'Replays as jobs: COUNT (how many it would send), CREATE, GET, LIST, PAUSE, RESUME, CANCEL.
p_replay of COUNT and CREATE: {delivery_id} for one delivery, delivered or dead; or webhook_id with dead_letters: true; or with since:
whatever was sent to it; or with missed: true: events that the webhook as it is now would get and has no delivery of, as far back as attempts and
dead letters are kept. since and until are times of the events; per_second (0.1 to 1000, default 50).
Of GET, PAUSE, RESUME, CANCEL: {id}. Of LIST: {limit (1 to 1000, default 50), cursor, webhook_id, status}.
idempotency_key in it: the same key with the same call answers the first one with duplicate: true and writes nothing.
A replay sends at most 100,000 deliveries, fixed when it is made, each under its old webhook-id with a new set of attempts. Skipped are
those that are under way already when their turn comes, were tried 250 times, or whose event retention has taken. It pauses by itself
(status_reason) when its webhook is no longer active.
Answers {success, count, kind, webhook_id, since}, {success, replays: […], next_cursor} or {success, replay: {id, kind, webhook_id,
request, status (running, paused, cancelled, completed), status_reason, per_second, total, queued, skipped, remaining, created_at, created_by,
updated_at, finished_at}}.
Errors: PT400 operation.unknown, replay.invalid, replay.unknown, field.invalid, PT403, PT404 not_found, PT409 webhook.inactive,
replay.empty, replay.too_many or replay.finished, PT422 idempotency.mismatch.
select hera_replay_job_v1(''00000000-0000-0000-0000-000000000001'', ''00000000-0000-0000-0000-000000000000'',
  ''LIST'', ''{"status": "running"}'');';
CREATE FUNCTION public.hera_secret_rotate_v1(p_limit integer DEFAULT 500) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
declare
  v_own constant text[] := hera_internal.encryption_keys();
  v_keys bytea[];
  v_done int;
  v_remaining int;
  v_unknown int;
begin
  if p_limit is null or p_limit not between 1 and 10000 then
    perform hera_internal.fail(400, 'secrets.bad_limit', 'p_limit must be from 1 to 10000', null);
  end if;
  select array_agg(hera_internal.key_fingerprint(k.key) order by k.ordinality) into v_keys
  from unnest(v_own) with ordinality k (key);
  with batch as materialized (
    select s.organization_id, s.entity_id, s.name, s.version, hera_internal.seal(hera_internal.unseal(s.sealed)) as sealed
    from (
      select x.*
      from hera.secrets x
      where hera_internal.sealed_with(x.sealed) <> v_keys[1] and hera_internal.sealed_with(x.sealed) = any (v_keys)
      limit p_limit
      for update skip locked) s
  )
  update hera.secrets s set sealed = b.sealed
  from batch b
  where s.organization_id = b.organization_id and s.entity_id = b.entity_id and s.name = b.name and s.version = b.version;
  get diagnostics v_done = row_count;
  -- Revocations that a provider has not answered yet: a handful at any time.
  update hera.connector_tasks t set sealed = hera_internal.seal(hera_internal.unseal(t.sealed))
  where t.sealed is not null and hera_internal.sealed_with(t.sealed) <> v_keys[1] and hera_internal.sealed_with(t.sealed) = any (v_keys);
  select count(*) filter (where hera_internal.sealed_with(s.sealed) = any (v_keys)),
    count(*) filter (where hera_internal.sealed_with(s.sealed) <> all (v_keys))
  into v_remaining, v_unknown
  from hera.secrets s
  where hera_internal.sealed_with(s.sealed) <> v_keys[1];
  return jsonb_build_object('success', true, 'done', v_done, 'remaining', v_remaining, 'unknown', v_unknown);
end
$$;
ALTER FUNCTION public.hera_secret_rotate_v1(p_limit integer) OWNER TO hera_worker_owner;
COMMENT ON FUNCTION public.hera_secret_rotate_v1(p_limit integer) IS 'Seals up to p_limit (1 to 10000) secrets anew with the first key of hera.encryption_key. Call it until remaining is 0, then take the
older key out of HERA_ENCRYPTION_KEY. A call that is interrupted changed nothing; the next one goes on.
Answers {success, done, remaining (sealed with an older key of this session), unknown (sealed with a key that this session does not have)}.
Errors: PT400 secrets.bad_limit; PT500 encryption.key_missing or encryption.key_malformed.
select hera_secret_rotate_v1();';
CREATE FUNCTION public.hera_transaction_get_v1(p_actor_user_id uuid, p_organization_id uuid, p_transaction_id uuid) RETURNS jsonb
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
declare
  v_transaction hera.universal_transactions;
begin
  perform hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_transaction_get_v1', 'CALL');
  select * into v_transaction from hera.universal_transactions t where t.organization_id = p_organization_id and t.id = p_transaction_id;
  if not found then
    perform hera_internal.fail(404, 'not_found', 'No such transaction.', 'hera_transaction_list_v1 shows the transactions.');
  end if;
  return jsonb_build_object('success', true, 'transaction', hera_internal.transaction_json(v_transaction)
    || jsonb_build_object('lines', hera_internal.transaction_lines_json(p_organization_id, p_transaction_id)));
end
$$;
ALTER FUNCTION public.hera_transaction_get_v1(p_actor_user_id uuid, p_organization_id uuid, p_transaction_id uuid) OWNER TO hera_owner;
COMMENT ON FUNCTION public.hera_transaction_get_v1(p_actor_user_id uuid, p_organization_id uuid, p_transaction_id uuid) IS 'One transaction with its lines. Answers {success, transaction: {id, transaction_type, transaction_code, transaction_date, total_amount,
…, event_id (the event that it came in with or was published as), lines: […]}}. Errors: PT403, PT404 not_found.
select hera_transaction_get_v1(''00000000-0000-0000-0000-000000000001'', ''00000000-0000-0000-0000-000000000000'',
  ''0199c1c2-0000-7000-8000-000000000000'');';
CREATE FUNCTION public.hera_transaction_list_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb DEFAULT '{}'::jsonb) RETURNS jsonb
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
declare
  v_filter record;
  v_entity_id uuid;
  v_rows jsonb;
begin
  perform hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_transaction_list_v1', 'CALL');
  v_filter := hera_internal.list_filter(p_filter,
    array['since', 'until', 'status', 'transaction_type', 'transaction_code', 'reference_number', 'smart_code', 'entity_id']);
  v_entity_id := hera_internal.to_uuid('filter.entity_id', p_filter ->> 'entity_id');
  select coalesce(jsonb_agg(hera_internal.transaction_json(x) order by x.id desc), '[]') into v_rows
  from (
    select *
    from hera.universal_transactions t
    where t.organization_id = p_organization_id and t.id < v_filter.cursor_id and t.id >= v_filter.after_id and t.id < v_filter.before_id
      and (v_filter.status is null or t.transaction_status = v_filter.status)
      and (not p_filter ? 'transaction_type' or t.transaction_type = p_filter ->> 'transaction_type')
      and (not p_filter ? 'transaction_code' or t.transaction_code = p_filter ->> 'transaction_code')
      and (not p_filter ? 'reference_number' or t.reference_number = p_filter ->> 'reference_number')
      and (not p_filter ? 'smart_code' or t.smart_code = p_filter ->> 'smart_code')
      and (v_entity_id is null or v_entity_id in (t.source_entity_id, t.target_entity_id) or exists (
        select from hera.universal_transaction_lines l
        where l.organization_id = p_organization_id and l.transaction_id = t.id and l.entity_id = v_entity_id))
    order by t.id desc
    limit v_filter.max_rows) x;
  return hera_internal.list_answer('transactions', v_rows, v_filter.max_rows);
end
$$;
ALTER FUNCTION public.hera_transaction_list_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION public.hera_transaction_list_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) IS 'Transactions without their lines, newest first. p_filter: {limit (1 to 1000, default 50), cursor, since, until (when it was posted),
status, transaction_type, transaction_code, reference_number, smart_code, entity_id (source, target or that of a line)}.
Answers {success, transactions: […], next_cursor}; pass next_cursor as cursor for the next page, null on the last.
Errors: PT400 filter.unknown or filter.invalid, PT403.
select hera_transaction_list_v1(''00000000-0000-0000-0000-000000000001'', ''00000000-0000-0000-0000-000000000000'', ''{"limit": 10}'');';
CREATE FUNCTION public.hera_transaction_post_v1(p_actor_user_id uuid, p_organization_id uuid, p_transaction jsonb, p_lines jsonb DEFAULT '[]'::jsonb, p_options jsonb DEFAULT '{}'::jsonb) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
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
ALTER FUNCTION public.hera_transaction_post_v1(p_actor_user_id uuid, p_organization_id uuid, p_transaction jsonb, p_lines jsonb, p_options jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION public.hera_transaction_post_v1(p_actor_user_id uuid, p_organization_id uuid, p_transaction jsonb, p_lines jsonb, p_options jsonb) IS 'Posts a business transaction with its lines in one transaction, once and only once.
p_transaction: {transaction_type, smart_code, transaction_code, transaction_date (ISO 8601, UTC where it has no offset; now),
source_entity_id, target_entity_id, total_amount, transaction_status (completed), reference_number, transaction_currency_code,
business_context, metadata, organization_id}. transaction_type and smart_code are required. A total that is not given is the sum of the
lines; postings count only where all lines are postings, and then their debits do.
p_lines: up to 5,000 of {smart_code, line_number (its place), entity_id, line_type, description, quantity, unit_amount, line_amount
(quantity * unit_amount), line_data, organization_id}. Amounts: JSON numbers or strings, exact, at most 18 digits before the point and 12
after. A line whose smart code holds .GL. is a posting: line_data.side is DR or CR, the amount is not negative, and debits equal
credits to the cent in each currency (line_data.currency, else the transaction''s). All together at most 1 MiB, nested at most 64.
p_options: idempotency_key (the same key with the same content answers the first transaction and writes nothing; keys of events are
others), publish (true for an event transaction.posted, or a topic of your own; sent with the transaction and its lines).
Answers {success, message, transaction_id, transaction_code, smart_code, total_amount, event_id, duplicate, lines}.
Errors: PT400 guardrail_violation:SMARTCODE_MISSING, SMARTCODE_REGEX_FAIL, ORG_FILTER_MISSING, ORG_FILTER_MISMATCH (an organization_id at
any depth), GL_SIDE_REQUIRED, NEGATIVE_GL_AMOUNT, GL_NOT_BALANCED; PT400 transaction.invalid, transaction.unknown, lines.invalid,
lines.unknown, options.invalid, options.unknown, topic.invalid; PT403; PT404 not_found (an entity); PT413; PT422 idempotency.mismatch.
select hera_transaction_post_v1(''00000000-0000-0000-0000-000000000001'', ''00000000-0000-0000-0000-000000000000'',
  ''{"transaction_type": "journal", "smart_code": "HERA.FINANCE.TXN.JOURNAL.v1", "transaction_currency_code": "EUR"}'',
  ''[{"smart_code": "HERA.FINANCE.GL.LINE.v1", "line_amount": 10.50, "line_data": {"side": "DR"}},
    {"smart_code": "HERA.FINANCE.GL.LINE.v1", "line_amount": 10.50, "line_data": {"side": "CR"}}]'');';
CREATE FUNCTION public.hera_webhook_config_v1(p_actor_user_id uuid, p_organization_id uuid, p_operation text DEFAULT 'LIST'::text, p_webhook_config jsonb DEFAULT '{}'::jsonb, p_connector_code text DEFAULT NULL::text, p_webhook_id uuid DEFAULT NULL::uuid) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
declare
  v_known constant text[] := array['url', 'secret', 'topics', 'filter', 'transform', 'headers', 'retry_policy', 'timeout_ms',
    'rate_limit_per_second', 'ordering', 'description', 'metadata'];
  v_name constant text := 'hera_webhook_config_v1';
  v_key text;
  v_webhook hera.webhooks;
  v_answer jsonb;
begin
  if p_operation is null or p_operation not in ('LIST', 'GET', 'CREATE', 'UPDATE', 'DELETE', 'ENABLE', 'TEST', 'ROTATE_SECRET') then
    perform hera_internal.unknown_operation(p_operation, 'LIST, GET, CREATE, UPDATE, DELETE, ENABLE, TEST, ROTATE_SECRET');
  end if;
  perform hera_internal.authorize(p_actor_user_id, p_organization_id, v_name, p_operation);
  v_key := hera_internal.call_key('webhook_config', p_webhook_config);
  p_webhook_config := p_webhook_config - 'idempotency_key';
  if p_operation = 'LIST' then
    return hera_internal.page_answer('webhooks', hera_internal.webhooks_json(p_organization_id, p_webhook_id, p_connector_code),
      'webhook_config', p_webhook_config - v_known, array['status']);
  end if;
  perform hera_internal.check_keys('webhook_config', p_webhook_config,
    case p_operation when 'ROTATE_SECRET' then array['secret', 'overlap_seconds'] else v_known end);
  if p_operation <> 'GET' then
    v_answer := hera_internal.repeated_call(p_organization_id, v_name, v_key,
      jsonb_build_array(p_operation, p_webhook_id, p_connector_code, p_webhook_config));
    if v_answer is not null then
      return v_answer;
    end if;
  end if;
  if p_operation = 'CREATE' then
    v_answer := hera_internal.create_webhook(p_actor_user_id, p_organization_id, p_webhook_config, p_connector_code);
    perform hera_internal.audit(p_actor_user_id, p_organization_id, v_name, p_operation, (v_answer ->> 'id')::uuid,
      p_webhook_config - array['secret', 'headers']);
    return hera_internal.keep_answer(p_organization_id, v_name, v_key, jsonb_build_object('success', true, 'webhook', v_answer),
      '{webhook,secret}');
  end if;
  select * into v_webhook
  from hera.webhooks w
  where w.organization_id = p_organization_id and w.id = p_webhook_id and w.kind = 'webhook'
  for update;
  if not found then
    perform hera_internal.fail(404, 'not_found', 'No such webhook.', 'LIST shows the webhooks; pass p_webhook_id.');
  end if;
  v_answer := case p_operation
    when 'GET' then null
    when 'UPDATE' then hera_internal.update_webhook(p_actor_user_id, v_webhook, p_webhook_config, p_connector_code)
    when 'TEST' then hera_internal.send_test(p_actor_user_id, v_webhook)
    when 'ROTATE_SECRET' then hera_internal.rotate_webhook_secret(v_webhook, p_webhook_config)
    else hera_internal.set_webhook_status(p_actor_user_id, v_webhook, case p_operation when 'ENABLE' then 'active' else 'inactive' end)
  end;
  if p_operation <> 'GET' then
    -- The others neither read nor check what else the configuration says.
    perform hera_internal.audit(p_actor_user_id, p_organization_id, v_name, p_operation, p_webhook_id,
      case when p_operation in ('UPDATE', 'ROTATE_SECRET') then p_webhook_config - array['secret', 'headers'] else '{}' end);
  end if;
  if p_operation <> 'TEST' then
    v_answer := jsonb_build_object('success', true, 'webhook',
      (hera_internal.webhooks_json(p_organization_id, p_webhook_id, null) -> 0) || coalesce(v_answer, '{}'));
  end if;
  return hera_internal.keep_answer(p_organization_id, v_name, case when p_operation <> 'GET' then v_key end, v_answer, '{webhook,secret}');
end
$$;
ALTER FUNCTION public.hera_webhook_config_v1(p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_webhook_config jsonb, p_connector_code text, p_webhook_id uuid) OWNER TO hera_owner;
COMMENT ON FUNCTION public.hera_webhook_config_v1(p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_webhook_config jsonb, p_connector_code text, p_webhook_id uuid) IS 'Webhooks: LIST, GET, CREATE, UPDATE (merges; null takes a key out), DELETE (deactivates), ENABLE, TEST (sends an event
hera.webhook.test to this webhook alone), ROTATE_SECRET ({secret, overlap_seconds}; both secrets sign for the overlap, 86400 by default).
p_webhook_config: {url, secret, topics, filter, transform, headers, retry_policy {max_attempts, backoff_factor, initial_delay_ms,
max_delay_ms}, timeout_ms, rate_limit_per_second, ordering, description, metadata}. url: https. topics: exact, prefix.* or *; all where absent.
filter: a jsonpath predicate over the event''s data. transform: a JSON template with up to 100 {{ jsonpath }} over {id, type, timestamp,
organization_id, topic, smart_code, data} that replaces data; a path takes the first value it finds and looks into arrays only by [0], [*] or ?.
Where it makes more than 4 MiB, data is {"transform_error": "too_large"}. An error names the place of a fault in a filter or transform. ordering: none or fifo.
p_connector_code: binds the webhook to the events of one connector.
p_webhook_config of LIST: {limit (1 to 1000, all where absent), cursor, status}. idempotency_key in it: the same key with the same call answers the first
one with duplicate: true (a secret masked) and writes nothing.
Answers {success, webhooks: […], next_cursor} or {success, webhook: {id, status, url, …}}. A secret is shown once, by CREATE and ROTATE_SECRET; else masked.
Errors: PT400 webhook_config.invalid or .unknown, PT403, PT404 not_found, PT409 webhook.inactive, PT422
idempotency.mismatch, PT500 encryption.key_missing.
select hera_webhook_config_v1(''00000000-0000-0000-0000-000000000001'', ''00000000-0000-0000-0000-000000000000'',
  ''CREATE'', ''{"url": "https://example.com/hook", "topics": ["shop.*"]}'');';
CREATE FUNCTION public.hera_webhook_dead_letters_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb DEFAULT '{}'::jsonb) RETURNS jsonb
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
declare
  v_filter record;
  v_webhook_no int;
  v_rows jsonb;
begin
  perform hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_webhook_dead_letters_v1', 'CALL');
  v_filter := hera_internal.list_filter(p_filter, array['since', 'until', 'webhook_id', 'status']);
  v_webhook_no := hera_internal.webhook_no_of(p_organization_id, v_filter.webhook_id);
  select coalesce(jsonb_agg(jsonb_build_object(
      'id', x.delivery_id, 'event_id', x.event_id, 'webhook_id', x.webhook_id, 'status', x.status, 'reason', x.reason,
      'attempts', x.attempts, 'last_status_code', x.last_status_code, 'last_error', x.last_error,
      'dead_since', x.created_at, 'topic', x.event_source || '.' || x.event_type, 'event_data', x.event_data)
      || case when x.kind = 'channel' then jsonb_build_object('connector_code', x.event_source, 'action', substr(x.event_type, 8)) else '{}' end
    order by x.delivery_id desc), '[]')
  into v_rows
  from (
    select d.*, w.id as webhook_id, w.kind, e.id as event_id, e.event_source, e.event_type, e.event_data
    from hera.dead_letters d
    join hera.webhooks w on w.organization_id = d.organization_id and w.webhook_no = hera_internal.delivery_webhook_no(d.delivery_id)
    join hera.events e on e.organization_id = d.organization_id and e.id = hera_internal.delivery_event_id(d.delivery_id)
    where d.organization_id = p_organization_id and d.delivery_id < v_filter.cursor_id
      and d.delivery_id >= v_filter.after_id and d.delivery_id < v_filter.before_id
      and (v_webhook_no is null or w.webhook_no = v_webhook_no)
      and (v_filter.status is null or d.status = v_filter.status)
    order by d.delivery_id desc
    limit v_filter.max_rows) x;
  return hera_internal.list_answer('dead_letters', v_rows, v_filter.max_rows);
end
$$;
ALTER FUNCTION public.hera_webhook_dead_letters_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION public.hera_webhook_dead_letters_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) IS 'Deliveries that will not be sent unless replayed, newest first. p_filter: {limit (1 to 1000, default 50), cursor, since, until (of the
event), webhook_id, status (dlq, cancelled, disabled, blocked)}.
Answers {success, dead_letters: [{id, event_id, webhook_id, status, reason, attempts, last_status_code, last_error, dead_since, topic,
event_data}], next_cursor}; a call of a provider has connector_code and action too, and reason outcome_unknown where it may have been done. Errors: PT400 filter.unknown or filter.invalid, PT403, PT404 not_found.
select hera_webhook_dead_letters_v1(''00000000-0000-0000-0000-000000000001'', ''00000000-0000-0000-0000-000000000000'');';
CREATE FUNCTION public.hera_webhook_deliveries_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb DEFAULT '{}'::jsonb) RETURNS jsonb
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
declare
  v_filter record;
  v_low uuid;
  v_high uuid;
  v_rows jsonb;
begin
  perform hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_webhook_deliveries_v1', 'CALL');
  v_filter := hera_internal.list_filter(p_filter, array['since', 'until', 'webhook_id', 'event_id', 'status']);
  v_low := greatest(v_filter.after_id, v_filter.event_id);
  v_high := least(v_filter.before_id, hera_internal.id_before(v_filter.cursor_id), hera_internal.last_delivery_id(v_filter.event_id));
  select coalesce(jsonb_agg(hera_internal.delivery_json(d) order by d.id desc), '[]') into v_rows
  from hera_internal.deliveries_between(p_organization_id, v_low, v_high,
    hera_internal.webhook_no_of(p_organization_id, v_filter.webhook_id), v_filter.status, v_filter.max_rows) d;
  return hera_internal.list_answer('deliveries', v_rows, v_filter.max_rows);
end
$$;
ALTER FUNCTION public.hera_webhook_deliveries_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION public.hera_webhook_deliveries_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) IS 'Deliveries, newest first. p_filter: {limit (1 to 1000, default 50), cursor, since, until, webhook_id, event_id, status}.
Status: pending, in_flight, delivered, failed (retry due later), dlq, cancelled, disabled, blocked; reason says why.
Answers {success, deliveries: [{id, event_id, webhook_id, status, reason, attempts, last_status_code, last_error, next_attempt_at,
settled_at, created_at}], next_cursor}; a call of a provider (hera_connector_action_v1) has connector_code and action too, and the
installation as its webhook_id. Errors: PT400 filter.unknown or filter.invalid, PT403, PT404 not_found.
select hera_webhook_deliveries_v1(''00000000-0000-0000-0000-000000000001'', ''00000000-0000-0000-0000-000000000000'', ''{"status": "failed"}'');';
CREATE FUNCTION public.hera_webhook_delivery_log_v1(p_event_id uuid, p_webhook_id uuid, p_organization_id uuid, p_status_code integer, p_response_body text, p_attempt_number integer, p_delivery_duration_ms integer DEFAULT 0) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
declare
  v_delivery_id uuid;
begin
  if p_attempt_number is null or p_attempt_number not between 1 and 250 then
    perform hera_internal.fail(400, 'outbox.bad_attempts', 'p_attempt_number must be from 1 to 250', null);
  elsif p_status_code not between 100 and 599 then
    perform hera_internal.fail(400, 'outbox.bad_status', 'p_status_code must be an HTTP status from 100 to 599, or null', null);
  end if;
  select hera_internal.delivery_id(e.id, w.webhook_no) into v_delivery_id
  from hera.webhooks w
  join hera.events e on e.organization_id = w.organization_id and e.id = p_event_id
  where w.organization_id = p_organization_id and w.id = p_webhook_id and w.kind = 'webhook';
  if v_delivery_id is null then
    perform hera_internal.fail(404, 'not_found', 'No such event and webhook in the organization.', null);
  end if;
  perform hera_internal.log_attempts(
    row(array[p_organization_id], array[v_delivery_id], array[p_attempt_number::smallint], array[0::smallint])::hera_internal.outbox_batch,
    row(array[p_status_code], array[least(3600000, greatest(0, coalesce(p_delivery_duration_ms, 0)))], array[left(p_response_body, 16384)],
      array[case when p_status_code is null then 'no_answer' end], array[null::int])::hera_internal.outbox_results,
    hera_internal.now());
  return true;
end
$$;
ALTER FUNCTION public.hera_webhook_delivery_log_v1(p_event_id uuid, p_webhook_id uuid, p_organization_id uuid, p_status_code integer, p_response_body text, p_attempt_number integer, p_delivery_duration_ms integer) OWNER TO hera_worker_owner;
COMMENT ON FUNCTION public.hera_webhook_delivery_log_v1(p_event_id uuid, p_webhook_id uuid, p_organization_id uuid, p_status_code integer, p_response_body text, p_attempt_number integer, p_delivery_duration_ms integer) IS 'Logs one attempt: p_status_code null where no answer came, p_response_body its start (16 KiB are kept), p_attempt_number 1 to 250,
p_delivery_duration_ms milliseconds, an hour at most. Answers true. The poller logs by itself; this is for deliveries made by other means.
Errors: PT400 outbox.bad_attempts or outbox.bad_status, PT404 not_found.
select hera_webhook_delivery_log_v1(''0199c1c2-0000-7000-8000-000000000000'', ''0199c1c0-0000-7000-8000-000000000000'',
  ''00000000-0000-0000-0000-000000000000'', 200, ''ok'', 1, 35);';
CREATE FUNCTION public.hera_webhook_get_by_topic_v1(p_organization_id uuid, p_topic text) RETURNS jsonb
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
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
      and w.topics && hera_internal.topic_candidates(p_topic));
end
$$;
ALTER FUNCTION public.hera_webhook_get_by_topic_v1(p_organization_id uuid, p_topic text) OWNER TO hera_worker_owner;
COMMENT ON FUNCTION public.hera_webhook_get_by_topic_v1(p_organization_id uuid, p_topic text) IS 'The active webhooks of p_organization_id whose topics match p_topic (<source>.<type>); filters are judged per event, not here.
Answers [{id, organization_id, url, topics, filter, connector_code, ordering, timeout_ms, rate_limit_per_second, retry_policy}].
Errors: PT400 guardrail_violation:ORG_FILTER_MISSING, topic.invalid.
select hera_webhook_get_by_topic_v1(''00000000-0000-0000-0000-000000000000'', ''shop.order.paid'');';
CREATE FUNCTION public.hera_webhook_logs_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb DEFAULT '{}'::jsonb) RETURNS jsonb
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
declare
  v_filter record;
  v_webhook_no int;
  v_rows jsonb;
begin
  perform hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_webhook_logs_v1', 'CALL');
  v_filter := hera_internal.list_filter(p_filter, array['since', 'until', 'webhook_id', 'event_id', 'delivery_id', 'status']);
  v_webhook_no := hera_internal.webhook_no_of(p_organization_id, v_filter.webhook_id);
  if p_filter ? 'delivery_id' then
    v_filter.event_id := hera_internal.delivery_event_id(hera_internal.to_uuid('filter.delivery_id', p_filter ->> 'delivery_id'));
    v_webhook_no := hera_internal.delivery_webhook_no((p_filter ->> 'delivery_id')::uuid);
  end if;
  select coalesce(jsonb_agg(jsonb_build_object(
      'id', hera_internal.attempt_id(x.delivery_id, x.attempt), 'delivery_id', x.delivery_id,
      'event_id', hera_internal.delivery_event_id(x.delivery_id), 'webhook_id', x.webhook_id, 'attempt', x.attempt,
      'status', case when x.status_code between 200 and 299 then 'delivered' else 'failed' end,
      'status_code', x.status_code, 'error', x.error, 'response_body', x.response_body,
      'started_at', x.started_at, 'duration_ms', x.duration_ms)
      || case when x.kind = 'channel' then jsonb_build_object('connector_code', x.connector_code, 'action', x.action) else '{}' end
    order by x.delivery_id desc, x.attempt desc), '[]')
  into v_rows
  from (
    select t.*, w.id as webhook_id, w.kind, w.connector_code, case when w.kind = 'channel' then (
        select substr(e.event_type, 8) from hera.events e
        where e.organization_id = p_organization_id and e.id = hera_internal.delivery_event_id(t.delivery_id)) end as action
    from hera.attempts t
    join hera.webhooks w on w.organization_id = t.organization_id and w.webhook_no = hera_internal.delivery_webhook_no(t.delivery_id)
    where t.organization_id = p_organization_id
      and t.delivery_id <= v_filter.cursor_id and hera_internal.attempt_id(t.delivery_id, t.attempt) < v_filter.cursor_id
      and t.delivery_id >= greatest(v_filter.after_id, v_filter.event_id)
      and t.delivery_id <= least(v_filter.before_id, hera_internal.last_delivery_id(v_filter.event_id))
      and (v_webhook_no is null or w.webhook_no = v_webhook_no)
      and (v_filter.status is null or v_filter.status = case when t.status_code between 200 and 299 then 'delivered' else 'failed' end)
    order by t.delivery_id desc, t.attempt desc
    limit v_filter.max_rows) x;
  return hera_internal.list_answer('logs', v_rows, v_filter.max_rows);
end
$$;
ALTER FUNCTION public.hera_webhook_logs_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION public.hera_webhook_logs_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) IS 'Delivery attempts, newest delivery first. p_filter: {limit (1 to 1000, default 50), cursor, since, until (of the event), webhook_id,
event_id, delivery_id, status (delivered or failed)}.
Answers {success, logs: [{id, delivery_id, event_id, webhook_id, attempt, status, status_code (null without an answer), error,
response_body, started_at, duration_ms}], next_cursor}; a call of a provider has connector_code and action too. Errors: PT400 filter.unknown or filter.invalid, PT403, PT404 not_found.
select hera_webhook_logs_v1(''00000000-0000-0000-0000-000000000001'', ''00000000-0000-0000-0000-000000000000'', ''{"status": "failed"}'');';
CREATE FUNCTION public.hera_webhook_preview_v1(p_actor_user_id uuid, p_organization_id uuid, p_webhook_id uuid DEFAULT NULL::uuid, p_webhook_config jsonb DEFAULT '{}'::jsonb, p_limit integer DEFAULT 50) RETURNS jsonb
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
declare
  v_before hera.webhooks;
  v_now hera.webhooks;
  v_config jsonb;
  v_preview jsonb;
begin
  perform hera_internal.authorize(p_actor_user_id, p_organization_id, 'hera_webhook_preview_v1', 'CALL');
  perform hera_internal.check_keys('webhook_config', p_webhook_config, array['topics', 'filter', 'transform']);
  if p_limit is null or p_limit not between 1 and 500 then
    perform hera_internal.fail(400, 'limit.invalid', 'p_limit must be a whole number from 1 to 500', null);
  end if;
  if p_webhook_id is not null then
    select * into v_before from hera.webhooks w where w.organization_id = p_organization_id and w.id = p_webhook_id and w.kind = 'webhook';
    if not found then
      perform hera_internal.fail(404, 'not_found', 'No such webhook.', 'LIST of hera_webhook_config_v1 shows the webhooks.');
    end if;
  end if;
  -- The change is merged and checked as UPDATE does it; the address plays no part.
  v_config := hera_internal.merge_webhook_config(
    jsonb_strip_nulls(jsonb_build_object('topics', v_before.topics, 'filter', v_before.filter)) || case
      when v_before.transform is null then '{}' else jsonb_build_object('transform', v_before.transform) end, p_webhook_config)
    || '{"url": "https://example.com/"}';
  perform hera_internal.check_webhook_config(v_config);
  v_now := v_before;
  v_now.topics := array(select jsonb_array_elements_text(v_config -> 'topics'));
  v_now.filter := (v_config ->> 'filter')::jsonpath;
  v_now.transform := v_config -> 'transform';
  v_preview := hera_internal.preview_events(p_organization_id, v_before, v_now, p_limit);
  return jsonb_build_object('success', true) || v_preview || (
    select jsonb_build_object('looked_at', count(*), 'matches', count(*) filter (where (e ->> 'matches')::boolean),
      'matched_before', case when p_webhook_id is not null then count(*) filter (where (e ->> 'matched_before')::boolean) end)
    from jsonb_array_elements(v_preview -> 'events') e);
end
$$;
ALTER FUNCTION public.hera_webhook_preview_v1(p_actor_user_id uuid, p_organization_id uuid, p_webhook_id uuid, p_webhook_config jsonb, p_limit integer) OWNER TO hera_owner;
COMMENT ON FUNCTION public.hera_webhook_preview_v1(p_actor_user_id uuid, p_organization_id uuid, p_webhook_id uuid, p_webhook_config jsonb, p_limit integer) IS 'Tries changed topics, filter or transform on the last p_limit events (1 to 500) of the organization and writes nothing.
p_webhook_id: the webhook to change; without one, a new webhook. p_webhook_config: {topics, filter, transform}, merged as UPDATE does (null
takes a key out). The status of the webhook plays no part.
Answers {success, looked_at, matches, matched_before, complete, events: [{event_id, topic, created_at, matches, matched_before}],
newest first, rendered: [{event_id, data}] of the first five that match}. matched_before is null without a webhook; complete is false where a
second was not enough for all events. data is a text that ends in … where it is
longer than 20,000 characters, and {"transform_error": "too_large"} where a delivery would say so.
Errors: PT400 webhook_config.invalid (with the place of the fault), webhook_config.unknown, limit.invalid, PT403, PT404 not_found.
select hera_webhook_preview_v1(''00000000-0000-0000-0000-000000000001'', ''00000000-0000-0000-0000-000000000000'', null,
  ''{"topics": ["shop.*"], "filter": "$.total > 100", "transform": {"order": "{{$.data.order}}"}}'');';
CREATE FUNCTION public.hera_webhook_replay_v1(p_actor_user_id uuid, p_organization_id uuid, p_replay jsonb) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'hera', 'pg_temp'
    AS $$
declare
  v_name constant text := 'hera_webhook_replay_v1';
  v_key text;
  v_answer jsonb;
  v_ids uuid[];
  v_webhook_no int;
  v_found int;
  v_replayed int;
begin
  perform hera_internal.durable();
  perform hera_internal.authorize(p_actor_user_id, p_organization_id, v_name, 'CALL');
  v_key := hera_internal.call_key('replay', p_replay);
  p_replay := p_replay - 'idempotency_key';
  perform hera_internal.check_keys('replay', p_replay, array['delivery_ids', 'webhook_id']);
  if p_replay ? 'delivery_ids' = p_replay ? 'webhook_id' then
    perform hera_internal.fail(400, 'replay.invalid', 'replay needs delivery_ids or webhook_id',
      'Send {"delivery_ids": ["…"]} or {"webhook_id": "…"}.');
  elsif p_replay ? 'webhook_id' then
    v_webhook_no := hera_internal.webhook_no_of(p_organization_id, hera_internal.to_uuid('replay.webhook_id', p_replay ->> 'webhook_id'));
    if v_webhook_no is null then
      perform hera_internal.fail(400, 'replay.invalid', 'replay.webhook_id must be a UUID', null);
    end if;
  elsif jsonb_typeof(p_replay -> 'delivery_ids') <> 'array' or jsonb_array_length(p_replay -> 'delivery_ids') not between 1 and 1000 then
    perform hera_internal.fail(400, 'replay.invalid', 'replay.delivery_ids must be an array of 1 to 1000 ids', null);
  else
    select array_agg(distinct hera_internal.to_uuid('replay.delivery_ids', d)) into v_ids
    from jsonb_array_elements_text(p_replay -> 'delivery_ids') d;
  end if;
  v_answer := hera_internal.repeated_call(p_organization_id, v_name, v_key, p_replay);
  if v_answer is not null then
    return v_answer;
  end if;
  with chosen as materialized (
    select d.delivery_id, d.attempts, w.webhook_no, w.status, w.ordering
    from hera.dead_letters d
    join hera.webhooks w on w.organization_id = d.organization_id and w.webhook_no = hera_internal.delivery_webhook_no(d.delivery_id)
    where d.organization_id = p_organization_id
      and (v_ids is null or d.delivery_id = any (v_ids)) and (v_webhook_no is null or w.webhook_no = v_webhook_no)
    order by d.delivery_id
    limit 10000
    for update of d
  ), gone as (
    delete from hera.dead_letters d using chosen c
    where d.organization_id = p_organization_id and d.delivery_id = c.delivery_id and c.status = 'active' and c.attempts < 250
    returning d.delivery_id
  ), ready as (
    insert into hera.outbox_ready (organization_id, delivery_id, attempt, base_attempt)
    select p_organization_id, c.delivery_id, c.attempts + 1, c.attempts
    from chosen c join gone g using (delivery_id) where c.ordering = 'none' order by c.delivery_id
  ), waiting as (
    insert into hera.outbox_fifo_wait (organization_id, webhook_no, delivery_id, base_attempt)
    select p_organization_id, c.webhook_no, c.delivery_id, c.attempts
    from chosen c join gone g using (delivery_id) where c.ordering = 'fifo' order by c.delivery_id
  )
  select (select count(*) from chosen), (select count(*) from gone) into v_found, v_replayed;
  if v_ids is not null and v_found = 0 then
    perform hera_internal.fail(404, 'not_found', 'None of these deliveries is a dead letter.', 'hera_webhook_dead_letters_v1 shows them.');
  elsif v_found > 0 and v_replayed = 0 then
    perform hera_internal.fail(409, 'webhook.inactive', 'The webhook of these deliveries is not active, or they were tried 250 times.',
      'Enable it with ENABLE of hera_webhook_config_v1.');
  end if;
  perform hera_internal.audit(p_actor_user_id, p_organization_id, v_name, 'CALL', null,
    p_replay || jsonb_build_object('replayed', v_replayed));
  return hera_internal.keep_answer(p_organization_id, v_name, v_key, jsonb_build_object(
    'success', true, 'replayed', v_replayed, 'skipped', coalesce(cardinality(v_ids), v_found) - v_replayed));
end
$$;
ALTER FUNCTION public.hera_webhook_replay_v1(p_actor_user_id uuid, p_organization_id uuid, p_replay jsonb) OWNER TO hera_owner;
COMMENT ON FUNCTION public.hera_webhook_replay_v1(p_actor_user_id uuid, p_organization_id uuid, p_replay jsonb) IS 'Sends dead letters again under the same webhook-id, with a new set of attempts. p_replay: {delivery_ids: [1 to 1000]} or
{webhook_id} (up to 10,000 a call). Answers {success, replayed, skipped}; skipped ones are no dead letters (any more), belong to a webhook that
is not active, or were tried 250 times. p_replay.idempotency_key: the same key with the same call answers the first one with duplicate: true and
sends nothing. Errors: PT400 replay.invalid, PT403, PT404 not_found, PT409 webhook.inactive, PT422 idempotency.mismatch.
select hera_webhook_replay_v1(''00000000-0000-0000-0000-000000000001'', ''00000000-0000-0000-0000-000000000000'',
  ''{"delivery_ids": ["0199c1c2-0000-7000-8000-000000000100"]}'');';
CREATE TABLE hera.api_keys (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    prefix text NOT NULL,
    key_hash bytea,
    last_used_at timestamp with time zone
);
ALTER TABLE ONLY hera.api_keys FORCE ROW LEVEL SECURITY;
ALTER TABLE hera.api_keys OWNER TO hera_owner;
COMMENT ON TABLE hera.api_keys IS 'API keys. Role, end and origin are those of the membership of the same id; of the key itself only the SHA-256 is stored.';
CREATE TABLE hera.attempts (
    started_at timestamp with time zone NOT NULL,
    organization_id uuid NOT NULL,
    delivery_id uuid NOT NULL,
    duration_ms integer NOT NULL,
    status_code smallint,
    attempt smallint NOT NULL,
    error text,
    response_body text
)
PARTITION BY RANGE (started_at);
ALTER TABLE ONLY hera.attempts FORCE ROW LEVEL SECURITY;
ALTER TABLE hera.attempts OWNER TO hera_owner;
COMMENT ON TABLE hera.attempts IS 'Each finished attempt; error is a machine code where no answer came. The views of public show a row as a WEBHOOK_DELIVERY_LOG entity.';
CREATE TABLE hera.audit_pending (
    organization_id uuid NOT NULL,
    id uuid NOT NULL
);
ALTER TABLE ONLY hera.audit_pending FORCE ROW LEVEL SECURITY;
ALTER TABLE hera.audit_pending OWNER TO hera_owner;
COMMENT ON TABLE hera.audit_pending IS 'Rows of audit_log that the next sealing takes into the hash chain.';
CREATE TABLE hera.audit_seals (
    organization_id uuid NOT NULL,
    seal_no bigint NOT NULL,
    sealed_at timestamp with time zone NOT NULL,
    ids uuid[] NOT NULL,
    row_hashes bytea[] NOT NULL,
    previous_hash bytea NOT NULL,
    hash bytea NOT NULL
);
ALTER TABLE ONLY hera.audit_seals FORCE ROW LEVEL SECURITY;
ALTER TABLE hera.audit_seals OWNER TO hera_owner;
COMMENT ON TABLE hera.audit_seals IS 'The hash chain of each organization''s audit trail: hash is over this row, its previous_hash is the hash of the seal before.';
CREATE TABLE hera.call_slots (
    organization_id uuid NOT NULL,
    installation_id uuid NOT NULL,
    slot_key text NOT NULL,
    free_at timestamp with time zone NOT NULL
);
ALTER TABLE ONLY hera.call_slots FORCE ROW LEVEL SECURITY;
ALTER TABLE hera.call_slots OWNER TO hera_owner;
COMMENT ON TABLE hera.call_slots IS 'When the next call for one key may be sent, where a provider limits them by key, as by the recipient of a message.';
CREATE TABLE hera.connector_versions (
    organization_id uuid NOT NULL,
    definition_id uuid NOT NULL,
    version integer NOT NULL,
    config jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by uuid NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    updated_by uuid NOT NULL
);
ALTER TABLE ONLY hera.connector_versions FORCE ROW LEVEL SECURITY;
ALTER TABLE hera.connector_versions OWNER TO hera_owner;
COMMENT ON TABLE hera.connector_versions IS 'Every version of each connector definition.';
CREATE TABLE hera.core_entities (
    id uuid NOT NULL,
    organization_id uuid NOT NULL,
    entity_type text NOT NULL,
    entity_name text NOT NULL,
    entity_code text,
    entity_description text,
    parent_entity_id uuid,
    smart_code text NOT NULL,
    smart_code_status text DEFAULT 'LIVE'::text NOT NULL,
    status text DEFAULT 'active'::text NOT NULL,
    business_rules jsonb,
    metadata jsonb,
    tags text[],
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    created_by uuid NOT NULL,
    updated_by uuid NOT NULL,
    version integer DEFAULT 1 NOT NULL
);
ALTER TABLE ONLY hera.core_entities FORCE ROW LEVEL SECURITY;
ALTER TABLE hera.core_entities OWNER TO hera_owner;
COMMENT ON TABLE hera.core_entities IS 'Every thing with an identity, but events and delivery attempts, which have narrow tables of their own.';
CREATE TABLE hera.core_relationships (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    organization_id uuid NOT NULL,
    from_entity_id uuid NOT NULL,
    from_organization_id uuid GENERATED ALWAYS AS (
CASE
    WHEN (relationship_type = 'INTEGRATION_MANAGES'::text) THEN '00000000-0000-0000-0000-000000000000'::uuid
    ELSE organization_id
END) STORED NOT NULL,
    to_entity_id uuid NOT NULL,
    to_organization_id uuid GENERATED ALWAYS AS (
CASE
    WHEN (relationship_type = ANY (ARRAY['CONNECTOR_BASED_ON'::text, 'ORG_AUTHORIZED_FOR'::text])) THEN '00000000-0000-0000-0000-000000000000'::uuid
    ELSE organization_id
END) STORED NOT NULL,
    relationship_type text NOT NULL,
    relationship_direction text DEFAULT 'forward'::text NOT NULL,
    relationship_data jsonb,
    smart_code text NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    effective_date timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    expiration_date timestamp with time zone,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    created_by uuid NOT NULL,
    updated_by uuid NOT NULL,
    version integer DEFAULT 1 NOT NULL
);
ALTER TABLE ONLY hera.core_relationships FORCE ROW LEVEL SECURITY;
ALTER TABLE hera.core_relationships OWNER TO hera_owner;
COMMENT ON TABLE hera.core_relationships IS 'Typed links between entities.';
CREATE TABLE hera.dead_letters (
    organization_id uuid NOT NULL,
    delivery_id uuid NOT NULL,
    status text NOT NULL,
    reason text NOT NULL,
    attempts smallint NOT NULL,
    last_status_code smallint,
    last_error text,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT dead_letters_status_check CHECK ((status = ANY (ARRAY['dlq'::text, 'cancelled'::text, 'disabled'::text, 'blocked'::text])))
);
ALTER TABLE ONLY hera.dead_letters FORCE ROW LEVEL SECURITY;
ALTER TABLE hera.dead_letters OWNER TO hera_owner;
COMMENT ON TABLE hera.dead_letters IS 'Deliveries that will not be sent unless they are replayed, and why.';
CREATE TABLE hera.idempotency_keys (
    organization_id uuid NOT NULL,
    idempotency_key text NOT NULL,
    event_id uuid NOT NULL,
    content_hash bytea NOT NULL
);
ALTER TABLE ONLY hera.idempotency_keys FORCE ROW LEVEL SECURITY;
ALTER TABLE hera.idempotency_keys OWNER TO hera_owner;
COMMENT ON TABLE hera.idempotency_keys IS 'The event that an idempotency key stands for, and a hash of its content. Not partitioned: a key is unique for ever.';
CREATE TABLE hera.idempotent_calls (
    organization_id uuid NOT NULL,
    function_name text NOT NULL,
    idempotency_key text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    content_hash bytea NOT NULL,
    answer jsonb
);
ALTER TABLE ONLY hera.idempotent_calls FORCE ROW LEVEL SECURITY;
ALTER TABLE hera.idempotent_calls OWNER TO hera_owner;
COMMENT ON TABLE hera.idempotent_calls IS 'The first answer to a call under an idempotency key, without what is shown once only. A key is of its organization and function.';
CREATE TABLE hera.identities (
    organization_id uuid DEFAULT '00000000-0000-0000-0000-000000000000'::uuid NOT NULL,
    auth_uid text NOT NULL,
    user_entity_id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT identities_organization_id_check CHECK ((organization_id = '00000000-0000-0000-0000-000000000000'::uuid))
);
ALTER TABLE ONLY hera.identities FORCE ROW LEVEL SECURITY;
ALTER TABLE hera.identities OWNER TO hera_owner;
COMMENT ON TABLE hera.identities IS 'The subject of a token (auth_uid) and the USER entity that it means.';
CREATE TABLE hera.installation_fields (
    organization_id uuid NOT NULL,
    installation_id uuid NOT NULL,
    connector_code text NOT NULL,
    field_name text NOT NULL,
    field_value text NOT NULL
);
ALTER TABLE ONLY hera.installation_fields FORCE ROW LEVEL SECURITY;
ALTER TABLE hera.installation_fields OWNER TO hera_owner;
COMMENT ON TABLE hera.installation_fields IS 'The fields of live installations that are no secrets, by value; and one row without a name for each. Kept by hera_internal.index_installation.';
CREATE TABLE hera.login_principals (
    login name NOT NULL,
    user_entity_id uuid NOT NULL
);
ALTER TABLE hera.login_principals OWNER TO hera_owner;
COMMENT ON TABLE hera.login_principals IS 'The one actor that a plain PostgreSQL login may act as. hera_api, hera_dba and administrators act for any.';
CREATE TABLE hera.memberships (
    organization_id uuid NOT NULL,
    user_entity_id uuid NOT NULL,
    role text NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    organization_active boolean DEFAULT true NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    created_by uuid NOT NULL,
    updated_by uuid NOT NULL,
    expires_at timestamp with time zone,
    CONSTRAINT memberships_check CHECK (((role <> 'platform_admin'::text) OR (organization_id = '00000000-0000-0000-0000-000000000000'::uuid))),
    CONSTRAINT memberships_role_check CHECK ((role = ANY (ARRAY['platform_admin'::text, 'org_admin'::text, 'integration_manager'::text, 'member'::text])))
);
ALTER TABLE ONLY hera.memberships FORCE ROW LEVEL SECURITY;
ALTER TABLE hera.memberships OWNER TO hera_owner;
COMMENT ON TABLE hera.memberships IS 'The role of a user in an organization. organization_active repeats the organization''s status, so that authorizing reads one row.';
COMMENT ON COLUMN hera.memberships.expires_at IS 'From then on the membership counts for nothing; null: it has no end.';
CREATE TABLE hera.outbox_fifo_lane (
    organization_id uuid NOT NULL,
    webhook_no integer NOT NULL,
    delivery_id uuid NOT NULL
);
ALTER TABLE ONLY hera.outbox_fifo_lane FORCE ROW LEVEL SECURITY;
ALTER TABLE hera.outbox_fifo_lane OWNER TO hera_owner;
COMMENT ON TABLE hera.outbox_fifo_lane IS 'The one delivery of a fifo webhook that is ready, in flight or scheduled.';
CREATE TABLE hera.outbox_fifo_wait (
    organization_id uuid NOT NULL,
    webhook_no integer NOT NULL,
    "position" bigint NOT NULL,
    delivery_id uuid NOT NULL,
    base_attempt smallint NOT NULL
);
ALTER TABLE ONLY hera.outbox_fifo_wait FORCE ROW LEVEL SECURITY;
ALTER TABLE hera.outbox_fifo_wait OWNER TO hera_owner;
COMMENT ON TABLE hera.outbox_fifo_wait IS 'The line of a fifo webhook. Its head moves to outbox_ready when the delivery before it is settled.';
ALTER TABLE hera.outbox_fifo_wait ALTER COLUMN "position" ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME hera.outbox_fifo_wait_position_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE hera.outbox_leases (
    id bigint NOT NULL,
    worker text NOT NULL,
    leased_at timestamp with time zone NOT NULL,
    leased_until timestamp with time zone NOT NULL,
    organization_ids uuid[] NOT NULL,
    delivery_ids uuid[] NOT NULL,
    attempts smallint[] NOT NULL,
    base_attempts smallint[] NOT NULL,
    has_calls boolean DEFAULT false NOT NULL
)
WITH (toast_tuple_target='8160');
ALTER TABLE ONLY hera.outbox_leases ALTER COLUMN organization_ids SET STORAGE EXTERNAL;
ALTER TABLE ONLY hera.outbox_leases ALTER COLUMN delivery_ids SET STORAGE EXTERNAL;
ALTER TABLE ONLY hera.outbox_leases ALTER COLUMN attempts SET STORAGE EXTERNAL;
ALTER TABLE ONLY hera.outbox_leases ALTER COLUMN base_attempts SET STORAGE EXTERNAL;
ALTER TABLE ONLY hera.outbox_leases FORCE ROW LEVEL SECURITY;
ALTER TABLE hera.outbox_leases OWNER TO hera_owner;
COMMENT ON TABLE hera.outbox_leases IS 'Batches that a worker holds. The id is the fence: a report for a lease that is gone changes nothing.';
COMMENT ON COLUMN hera.outbox_leases.has_calls IS 'Some of its deliveries are calls, which are settled otherwise. Until the lease ends they count as sent.';
ALTER TABLE hera.outbox_leases ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME hera.outbox_leases_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE hera.outbox_rate (
    organization_id uuid NOT NULL,
    webhook_no integer NOT NULL,
    tokens numeric NOT NULL,
    refilled_at timestamp with time zone NOT NULL,
    put_off bigint DEFAULT 0 NOT NULL,
    last_put_off_at timestamp with time zone
);
ALTER TABLE ONLY hera.outbox_rate FORCE ROW LEVEL SECURITY;
ALTER TABLE hera.outbox_rate OWNER TO hera_owner;
COMMENT ON TABLE hera.outbox_rate IS 'Token bucket of each webhook with a rate limit.';
COMMENT ON COLUMN hera.outbox_rate.put_off IS 'How often the limit put a delivery of this webhook off, since the row was made.';
CREATE TABLE hera.outbox_ready (
    "position" bigint NOT NULL,
    organization_id uuid NOT NULL,
    delivery_id uuid NOT NULL,
    attempt smallint NOT NULL,
    base_attempt smallint NOT NULL
);
ALTER TABLE ONLY hera.outbox_ready FORCE ROW LEVEL SECURITY;
ALTER TABLE hera.outbox_ready OWNER TO hera_owner;
COMMENT ON TABLE hera.outbox_ready IS 'Deliveries that may be sent now. attempt is the number of the attempt to come; base_attempt how many came before the last replay.';
ALTER TABLE hera.outbox_ready ALTER COLUMN "position" ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME hera.outbox_ready_position_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE hera.outbox_scheduled (
    organization_id uuid NOT NULL,
    delivery_id uuid NOT NULL,
    attempt smallint NOT NULL,
    base_attempt smallint NOT NULL,
    due_at timestamp with time zone NOT NULL
);
ALTER TABLE ONLY hera.outbox_scheduled FORCE ROW LEVEL SECURITY;
ALTER TABLE hera.outbox_scheduled OWNER TO hera_owner;
COMMENT ON TABLE hera.outbox_scheduled IS 'Deliveries to be sent later.';
CREATE TABLE hera.reader_organizations (
    login name NOT NULL,
    organization_id uuid NOT NULL
);
ALTER TABLE ONLY hera.reader_organizations FORCE ROW LEVEL SECURITY;
ALTER TABLE hera.reader_organizations OWNER TO hera_owner;
COMMENT ON TABLE hera.reader_organizations IS 'The organizations whose rows a hera_reader login sees in the read views.';
CREATE TABLE hera.replay_items (
    organization_id uuid NOT NULL,
    job_id uuid NOT NULL,
    "position" integer NOT NULL,
    delivery_id uuid NOT NULL
);
ALTER TABLE ONLY hera.replay_items FORCE ROW LEVEL SECURITY;
ALTER TABLE hera.replay_items OWNER TO hera_owner;
COMMENT ON TABLE hera.replay_items IS 'The deliveries of a replay, fixed when it was made.';
CREATE TABLE hera.retention_progress (
    organization_id uuid NOT NULL,
    kind text NOT NULL,
    done_before timestamp with time zone NOT NULL
);
ALTER TABLE ONLY hera.retention_progress FORCE ROW LEVEL SECURITY;
ALTER TABLE hera.retention_progress OWNER TO hera_owner;
COMMENT ON TABLE hera.retention_progress IS 'Up to when retention has been applied, so that each kind is looked through once a day.';
CREATE TABLE hera.rollup_state (
    one_row boolean DEFAULT true NOT NULL,
    final_before timestamp with time zone NOT NULL,
    complete_before timestamp with time zone NOT NULL,
    counted_at timestamp with time zone NOT NULL,
    CONSTRAINT rollup_state_one_row_check CHECK (one_row)
);
ALTER TABLE hera.rollup_state OWNER TO hera_owner;
COMMENT ON TABLE hera.rollup_state IS 'How far the rollups are.';
CREATE TABLE hera.rpc_permissions (
    function_name text NOT NULL,
    operation text NOT NULL,
    role text NOT NULL,
    CONSTRAINT rpc_permissions_role_check CHECK ((role = ANY (ARRAY['platform_admin'::text, 'org_admin'::text, 'integration_manager'::text, 'member'::text])))
);
ALTER TABLE hera.rpc_permissions OWNER TO hera_owner;
COMMENT ON TABLE hera.rpc_permissions IS 'The permission matrix: a row allows a role one operation of one RPC. Kept by sql/seeds/permissions.sql.';
CREATE TABLE hera.schema_journal (
    id bigint NOT NULL,
    script text NOT NULL,
    kind text NOT NULL,
    sha256 text NOT NULL,
    catalogue_sha256 text,
    applied_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    applied_by text DEFAULT SESSION_USER NOT NULL
);
ALTER TABLE hera.schema_journal OWNER TO hera_owner;
COMMENT ON TABLE hera.schema_journal IS 'Each run of a deployment script. The latest row of a script says what is deployed.';
COMMENT ON COLUMN hera.schema_journal.script IS 'Path below sql/.';
COMMENT ON COLUMN hera.schema_journal.kind IS 'migration, function, view or seed.';
COMMENT ON COLUMN hera.schema_journal.sha256 IS 'Of the file, line ends read as LF.';
COMMENT ON COLUMN hera.schema_journal.catalogue_sha256 IS 'Of the functions that the script made, with owner and privileges, as the catalogue showed them right after.';
ALTER TABLE hera.schema_journal ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME hera.schema_journal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE hera.secrets (
    organization_id uuid NOT NULL,
    entity_id uuid NOT NULL,
    name text NOT NULL,
    version integer NOT NULL,
    sealed bytea NOT NULL,
    hint text NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    expires_at timestamp with time zone
);
ALTER TABLE ONLY hera.secrets FORCE ROW LEVEL SECURITY;
ALTER TABLE hera.secrets OWNER TO hera_owner;
COMMENT ON TABLE hera.secrets IS 'Encrypted secrets. The key is never in the database; hint is what may be shown (•••• and the last four characters).';
CREATE TABLE hera.universal_transaction_lines (
    id uuid NOT NULL,
    organization_id uuid NOT NULL,
    transaction_id uuid NOT NULL,
    line_number integer NOT NULL,
    entity_id uuid,
    line_type text NOT NULL,
    description text,
    quantity numeric,
    unit_amount numeric,
    line_amount numeric,
    smart_code text NOT NULL,
    line_data jsonb,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    created_by uuid NOT NULL,
    updated_by uuid NOT NULL,
    version integer DEFAULT 1 NOT NULL
);
ALTER TABLE ONLY hera.universal_transaction_lines FORCE ROW LEVEL SECURITY;
ALTER TABLE hera.universal_transaction_lines OWNER TO hera_owner;
COMMENT ON TABLE hera.universal_transaction_lines IS 'The lines of the transactions.';
CREATE VIEW public.core_dynamic_data AS
 SELECT core_dynamic_data.id,
    core_dynamic_data.organization_id,
    core_dynamic_data.entity_id,
    core_dynamic_data.field_name,
    core_dynamic_data.field_type,
    core_dynamic_data.field_value_text,
    core_dynamic_data.field_value_number,
    core_dynamic_data.field_value_boolean,
    core_dynamic_data.field_value_date,
    core_dynamic_data.field_value_json,
    core_dynamic_data.field_value_file_url,
    core_dynamic_data.smart_code,
    core_dynamic_data.created_at,
    core_dynamic_data.updated_at,
    core_dynamic_data.created_by,
    core_dynamic_data.updated_by,
    core_dynamic_data.version
   FROM hera.core_dynamic_data
UNION ALL
 SELECT (md5((e.id || ':event_source'::text)))::uuid AS id,
    e.organization_id,
    e.id AS entity_id,
    'event_source'::text AS field_name,
    'text'::text AS field_type,
    e.event_source AS field_value_text,
    NULL::numeric AS field_value_number,
    NULL::boolean AS field_value_boolean,
    NULL::timestamp with time zone AS field_value_date,
    NULL::jsonb AS field_value_json,
    NULL::text AS field_value_file_url,
    e.smart_code,
    e.created_at,
    e.created_at AS updated_at,
    e.created_by,
    e.created_by AS updated_by,
    1 AS version
   FROM hera.events e
UNION ALL
 SELECT (md5((e.id || ':event_type'::text)))::uuid AS id,
    e.organization_id,
    e.id AS entity_id,
    'event_type'::text AS field_name,
    'text'::text AS field_type,
    e.event_type AS field_value_text,
    NULL::numeric AS field_value_number,
    NULL::boolean AS field_value_boolean,
    NULL::timestamp with time zone AS field_value_date,
    NULL::jsonb AS field_value_json,
    NULL::text AS field_value_file_url,
    e.smart_code,
    e.created_at,
    e.created_at AS updated_at,
    e.created_by,
    e.created_by AS updated_by,
    1 AS version
   FROM hera.events e
UNION ALL
 SELECT (md5((e.id || ':event_data'::text)))::uuid AS id,
    e.organization_id,
    e.id AS entity_id,
    'event_data'::text AS field_name,
    'json'::text AS field_type,
    NULL::text AS field_value_text,
    NULL::numeric AS field_value_number,
    NULL::boolean AS field_value_boolean,
    NULL::timestamp with time zone AS field_value_date,
    (e.event_data)::jsonb AS field_value_json,
    NULL::text AS field_value_file_url,
    e.smart_code,
    e.created_at,
    e.created_at AS updated_at,
    e.created_by,
    e.created_by AS updated_by,
    1 AS version
   FROM hera.events e
UNION ALL
 SELECT (md5((e.id || ':status'::text)))::uuid AS id,
    e.organization_id,
    e.id AS entity_id,
    'status'::text AS field_name,
    'text'::text AS field_type,
    e.status AS field_value_text,
    NULL::numeric AS field_value_number,
    NULL::boolean AS field_value_boolean,
    NULL::timestamp with time zone AS field_value_date,
    NULL::jsonb AS field_value_json,
    NULL::text AS field_value_file_url,
    e.smart_code,
    e.created_at,
    e.created_at AS updated_at,
    e.created_by,
    e.created_by AS updated_by,
    1 AS version
   FROM hera.events e
UNION ALL
 SELECT (md5((e.id || ':processed_at'::text)))::uuid AS id,
    e.organization_id,
    e.id AS entity_id,
    'processed_at'::text AS field_name,
    'date'::text AS field_type,
    NULL::text AS field_value_text,
    NULL::numeric AS field_value_number,
    NULL::boolean AS field_value_boolean,
    e.created_at AS field_value_date,
    NULL::jsonb AS field_value_json,
    NULL::text AS field_value_file_url,
    e.smart_code,
    e.created_at,
    e.created_at AS updated_at,
    e.created_by,
    e.created_by AS updated_by,
    1 AS version
   FROM hera.events e
UNION ALL
 SELECT (md5((e.id || ':idempotency_key'::text)))::uuid AS id,
    e.organization_id,
    e.id AS entity_id,
    'idempotency_key'::text AS field_name,
    'text'::text AS field_type,
    e.idempotency_key AS field_value_text,
    NULL::numeric AS field_value_number,
    NULL::boolean AS field_value_boolean,
    NULL::timestamp with time zone AS field_value_date,
    NULL::jsonb AS field_value_json,
    NULL::text AS field_value_file_url,
    e.smart_code,
    e.created_at,
    e.created_at AS updated_at,
    e.created_by,
    e.created_by AS updated_by,
    1 AS version
   FROM hera.events e
  WHERE (e.idempotency_key IS NOT NULL)
UNION ALL
 SELECT (md5((((a.delivery_id || ':'::text) || a.attempt) || ':status_code'::text)))::uuid AS id,
    a.organization_id,
    hera_internal.attempt_id(a.delivery_id, a.attempt) AS entity_id,
    'status_code'::text AS field_name,
    'number'::text AS field_type,
    NULL::text AS field_value_text,
    (a.status_code)::numeric AS field_value_number,
    NULL::boolean AS field_value_boolean,
    NULL::timestamp with time zone AS field_value_date,
    NULL::jsonb AS field_value_json,
    NULL::text AS field_value_file_url,
    'HERA.INTEGRATION.WEBHOOK.DELIVERY.LOG.v1'::text AS smart_code,
    a.started_at AS created_at,
    a.started_at AS updated_at,
    '00000000-0000-0000-0000-000000000001'::uuid AS created_by,
    '00000000-0000-0000-0000-000000000001'::uuid AS updated_by,
    1 AS version
   FROM hera.attempts a
  WHERE (a.status_code IS NOT NULL)
UNION ALL
 SELECT (md5((((a.delivery_id || ':'::text) || a.attempt) || ':attempt_number'::text)))::uuid AS id,
    a.organization_id,
    hera_internal.attempt_id(a.delivery_id, a.attempt) AS entity_id,
    'attempt_number'::text AS field_name,
    'number'::text AS field_type,
    NULL::text AS field_value_text,
    (a.attempt)::numeric AS field_value_number,
    NULL::boolean AS field_value_boolean,
    NULL::timestamp with time zone AS field_value_date,
    NULL::jsonb AS field_value_json,
    NULL::text AS field_value_file_url,
    'HERA.INTEGRATION.WEBHOOK.DELIVERY.LOG.v1'::text AS smart_code,
    a.started_at AS created_at,
    a.started_at AS updated_at,
    '00000000-0000-0000-0000-000000000001'::uuid AS created_by,
    '00000000-0000-0000-0000-000000000001'::uuid AS updated_by,
    1 AS version
   FROM hera.attempts a
UNION ALL
 SELECT (md5((((a.delivery_id || ':'::text) || a.attempt) || ':duration_ms'::text)))::uuid AS id,
    a.organization_id,
    hera_internal.attempt_id(a.delivery_id, a.attempt) AS entity_id,
    'duration_ms'::text AS field_name,
    'number'::text AS field_type,
    NULL::text AS field_value_text,
    (a.duration_ms)::numeric AS field_value_number,
    NULL::boolean AS field_value_boolean,
    NULL::timestamp with time zone AS field_value_date,
    NULL::jsonb AS field_value_json,
    NULL::text AS field_value_file_url,
    'HERA.INTEGRATION.WEBHOOK.DELIVERY.LOG.v1'::text AS smart_code,
    a.started_at AS created_at,
    a.started_at AS updated_at,
    '00000000-0000-0000-0000-000000000001'::uuid AS created_by,
    '00000000-0000-0000-0000-000000000001'::uuid AS updated_by,
    1 AS version
   FROM hera.attempts a
UNION ALL
 SELECT (md5((((a.delivery_id || ':'::text) || a.attempt) || ':response_body'::text)))::uuid AS id,
    a.organization_id,
    hera_internal.attempt_id(a.delivery_id, a.attempt) AS entity_id,
    'response_body'::text AS field_name,
    'text'::text AS field_type,
    a.response_body AS field_value_text,
    NULL::numeric AS field_value_number,
    NULL::boolean AS field_value_boolean,
    NULL::timestamp with time zone AS field_value_date,
    NULL::jsonb AS field_value_json,
    NULL::text AS field_value_file_url,
    'HERA.INTEGRATION.WEBHOOK.DELIVERY.LOG.v1'::text AS smart_code,
    a.started_at AS created_at,
    a.started_at AS updated_at,
    '00000000-0000-0000-0000-000000000001'::uuid AS created_by,
    '00000000-0000-0000-0000-000000000001'::uuid AS updated_by,
    1 AS version
   FROM hera.attempts a
  WHERE (a.response_body IS NOT NULL);
ALTER TABLE public.core_dynamic_data OWNER TO hera_view;
COMMENT ON VIEW public.core_dynamic_data IS 'Fields of entities, of events and of delivery attempts.';
CREATE VIEW public.core_entities AS
 SELECT core_entities.id,
    core_entities.organization_id,
    core_entities.entity_type,
    core_entities.entity_name,
    core_entities.entity_code,
    core_entities.entity_description,
    core_entities.parent_entity_id,
    core_entities.smart_code,
    core_entities.smart_code_status,
    core_entities.status,
    core_entities.business_rules,
    core_entities.metadata,
    core_entities.tags,
    core_entities.created_at,
    core_entities.updated_at,
    core_entities.created_by,
    core_entities.updated_by,
    core_entities.version
   FROM hera.core_entities
UNION ALL
 SELECT e.id,
    e.organization_id,
    'INTEGRATION_EVENT'::text AS entity_type,
    ((e.event_source || '.'::text) || e.event_type) AS entity_name,
    ('EVT-'::text || e.id) AS entity_code,
    NULL::text AS entity_description,
    NULL::uuid AS parent_entity_id,
    e.smart_code,
    'LIVE'::text AS smart_code_status,
    e.status,
    NULL::jsonb AS business_rules,
    NULL::jsonb AS metadata,
    NULL::text[] AS tags,
    e.created_at,
    e.created_at AS updated_at,
    e.created_by,
    e.created_by AS updated_by,
    1 AS version
   FROM hera.events e
UNION ALL
 SELECT hera_internal.attempt_id(a.delivery_id, a.attempt) AS id,
    a.organization_id,
    'WEBHOOK_DELIVERY_LOG'::text AS entity_type,
    ('Attempt '::text || a.attempt) AS entity_name,
    ((('ATT-'::text || a.delivery_id) || '-'::text) || a.attempt) AS entity_code,
    NULL::text AS entity_description,
    NULL::uuid AS parent_entity_id,
    'HERA.INTEGRATION.WEBHOOK.DELIVERY.LOG.v1'::text AS smart_code,
    'LIVE'::text AS smart_code_status,
        CASE
            WHEN ((a.status_code >= 200) AND (a.status_code <= 299)) THEN 'delivered'::text
            ELSE 'failed'::text
        END AS status,
    NULL::jsonb AS business_rules,
    NULL::jsonb AS metadata,
    NULL::text[] AS tags,
    a.started_at AS created_at,
    (a.started_at + ((a.duration_ms)::double precision * '00:00:00.001'::interval)) AS updated_at,
    '00000000-0000-0000-0000-000000000001'::uuid AS created_by,
    '00000000-0000-0000-0000-000000000001'::uuid AS updated_by,
    1 AS version
   FROM hera.attempts a;
ALTER TABLE public.core_entities OWNER TO hera_view;
COMMENT ON VIEW public.core_entities IS 'Entities: the stored ones, INTEGRATION_EVENT (events) and WEBHOOK_DELIVERY_LOG (delivery attempts).';
CREATE VIEW public.core_organizations AS
 SELECT core_organizations.id,
    core_organizations.organization_name,
    core_organizations.organization_code,
    core_organizations.organization_type,
    core_organizations.industry_classification,
    core_organizations.parent_organization_id,
    core_organizations.settings,
    core_organizations.status,
    core_organizations.created_at,
    core_organizations.updated_at,
    core_organizations.created_by,
    core_organizations.updated_by
   FROM hera.core_organizations;
ALTER TABLE public.core_organizations OWNER TO hera_view;
COMMENT ON VIEW public.core_organizations IS 'Organizations (tenants) that the login may read.';
CREATE VIEW public.core_relationships AS
 SELECT core_relationships.id,
    core_relationships.organization_id,
    core_relationships.from_entity_id,
    core_relationships.to_entity_id,
    core_relationships.relationship_type,
    core_relationships.relationship_direction,
    core_relationships.relationship_data,
    core_relationships.smart_code,
    core_relationships.is_active,
    core_relationships.effective_date,
    core_relationships.expiration_date,
    core_relationships.created_at,
    core_relationships.updated_at,
    core_relationships.created_by,
    core_relationships.updated_by,
    core_relationships.version
   FROM hera.core_relationships
UNION ALL
 SELECT (md5((e.id || ':EVENT_PROCESSED_BY'::text)))::uuid AS id,
    e.organization_id,
    e.id AS from_entity_id,
    e.installation_id AS to_entity_id,
    'EVENT_PROCESSED_BY'::text AS relationship_type,
    'forward'::text AS relationship_direction,
    NULL::jsonb AS relationship_data,
    'HERA.INTEGRATION.REL.EVENT_PROCESSED_BY.v1'::text AS smart_code,
    true AS is_active,
    e.created_at AS effective_date,
    NULL::timestamp with time zone AS expiration_date,
    e.created_at,
    e.created_at AS updated_at,
    e.created_by,
    e.created_by AS updated_by,
    1 AS version
   FROM hera.events e
  WHERE (e.installation_id IS NOT NULL)
UNION ALL
 SELECT (md5((((a.delivery_id || ':'::text) || a.attempt) || ':EVENT_TRIGGERS'::text)))::uuid AS id,
    a.organization_id,
    hera_internal.delivery_event_id(a.delivery_id) AS from_entity_id,
    hera_internal.attempt_id(a.delivery_id, a.attempt) AS to_entity_id,
    'EVENT_TRIGGERS'::text AS relationship_type,
    'forward'::text AS relationship_direction,
    NULL::jsonb AS relationship_data,
    'HERA.INTEGRATION.REL.EVENT_TRIGGERS.v1'::text AS smart_code,
    true AS is_active,
    a.started_at AS effective_date,
    NULL::timestamp with time zone AS expiration_date,
    a.started_at AS created_at,
    a.started_at AS updated_at,
    '00000000-0000-0000-0000-000000000001'::uuid AS created_by,
    '00000000-0000-0000-0000-000000000001'::uuid AS updated_by,
    1 AS version
   FROM hera.attempts a;
ALTER TABLE public.core_relationships OWNER TO hera_view;
COMMENT ON VIEW public.core_relationships IS 'Typed links between entities, of events to installations and to deliveries.';
CREATE VIEW public.hera_monitor_backlog AS
 WITH place AS (
         SELECT r.organization_id,
            hera_internal.delivery_webhook_no(r.delivery_id) AS webhook_no,
            'pending'::text AS place,
                CASE
                    WHEN (r.attempt = 1) THEN hera_internal.id_time(r.delivery_id)
                    ELSE NULL::timestamp with time zone
                END AS due_at,
            true AS due
           FROM hera.outbox_ready r
        UNION ALL
         SELECT f.organization_id,
            f.webhook_no,
            'waiting'::text,
            NULL::timestamp with time zone,
            false
           FROM hera.outbox_fifo_wait f
        UNION ALL
         SELECT s.organization_id,
            hera_internal.delivery_webhook_no(s.delivery_id) AS delivery_webhook_no,
                CASE
                    WHEN (s.attempt > 1) THEN 'failed'::text
                    ELSE 'delayed'::text
                END AS "case",
                CASE
                    WHEN (s.due_at <= clock_timestamp()) THEN s.due_at
                    ELSE NULL::timestamp with time zone
                END AS "case",
            (s.due_at <= clock_timestamp())
           FROM hera.outbox_scheduled s
        UNION ALL
         SELECT m.organization_id,
            hera_internal.delivery_webhook_no(m.delivery_id) AS delivery_webhook_no,
            'in_flight'::text,
            NULL::timestamp with time zone,
            false
           FROM (hera.outbox_leases l
             CROSS JOIN LATERAL UNNEST(l.organization_ids, l.delivery_ids) m(organization_id, delivery_id))
        )
 SELECT p.organization_id,
    w.id AS webhook_id,
    w.url,
    w.status,
    count(*) FILTER (WHERE p.due) AS due,
    count(*) FILTER (WHERE (p.place = ANY (ARRAY['pending'::text, 'waiting'::text]))) AS pending,
    count(*) FILTER (WHERE (p.place = 'waiting'::text)) AS waiting,
        CASE
            WHEN ( SELECT hera_internal.reads_all() AS reads_all) THEN count(*) FILTER (WHERE (p.place = 'in_flight'::text))
            ELSE NULL::bigint
        END AS in_flight,
    count(*) FILTER (WHERE (p.place = 'failed'::text)) AS failed,
    count(*) FILTER (WHERE (p.place = 'delayed'::text)) AS delayed,
    round(EXTRACT(epoch FROM (clock_timestamp() - min(p.due_at))), 3) AS oldest_past_due_seconds
   FROM (place p
     JOIN hera.webhooks w ON (((w.organization_id = p.organization_id) AND (w.webhook_no = p.webhook_no))))
  GROUP BY p.organization_id, w.id, w.url, w.status;
ALTER TABLE public.hera_monitor_backlog OWNER TO hera_view;
COMMENT ON VIEW public.hera_monitor_backlog IS 'Deliveries under way by webhook, and since when the oldest is due.';
CREATE VIEW public.hera_monitor_connectors AS
 SELECT e.organization_id,
    e.id,
    e.entity_code AS code,
    e.status,
    e.created_at,
    t.field_value_date AS token_expires_at,
    s.field_value_date AS last_success_at,
    COALESCE(f.field_value_text, (f.field_value_json)::text) AS last_error
   FROM (((hera.core_entities e
     LEFT JOIN hera.core_dynamic_data t ON (((t.organization_id = e.organization_id) AND (t.entity_id = e.id) AND (t.field_name = 'token_expires_at'::text))))
     LEFT JOIN hera.core_dynamic_data s ON (((s.organization_id = e.organization_id) AND (s.entity_id = e.id) AND (s.field_name = 'last_success_at'::text))))
     LEFT JOIN hera.core_dynamic_data f ON (((f.organization_id = e.organization_id) AND (f.entity_id = e.id) AND (f.field_name = 'last_error'::text))))
  WHERE ((e.entity_type = 'INTEGRATION_CONNECTOR_INSTALL'::text) AND (e.status <> 'inactive'::text));
ALTER TABLE public.hera_monitor_connectors OWNER TO hera_view;
COMMENT ON VIEW public.hera_monitor_connectors IS 'Connector installations, their health and tokens.';
CREATE VIEW public.hera_monitor_dead_letters AS
 SELECT d.organization_id,
    w.id AS webhook_id,
    d.status,
    d.reason,
    COALESCE((d.last_status_code)::text, d.last_error) AS cause,
    count(*) AS deliveries,
    min(d.created_at) AS oldest,
    max(d.created_at) AS newest
   FROM (hera.dead_letters d
     JOIN hera.webhooks w ON (((w.organization_id = d.organization_id) AND (w.webhook_no = hera_internal.delivery_webhook_no(d.delivery_id)))))
  GROUP BY d.organization_id, w.id, d.status, d.reason, COALESCE((d.last_status_code)::text, d.last_error);
ALTER TABLE public.hera_monitor_dead_letters OWNER TO hera_view;
COMMENT ON VIEW public.hera_monitor_dead_letters IS 'Dead letters by webhook and cause.';
CREATE VIEW public.hera_monitor_deliveries AS
 WITH counted AS (
         SELECT r.organization_id,
            r.hour,
            r.webhook_no,
            r.cause,
            r.attempts,
            r.retries,
            r.duration_bucket,
            sum(r.attempts) OVER (PARTITION BY r.organization_id, r.hour, r.webhook_no ORDER BY r.duration_bucket, r.cause ROWS UNBOUNDED PRECEDING) AS upto,
            sum(r.attempts) OVER (PARTITION BY r.organization_id, r.hour, r.webhook_no) AS total
           FROM hera.delivery_rollup r
        ), figures AS (
         SELECT c.organization_id,
            c.hour,
            c.webhook_no,
            max(c.total) AS attempts,
            sum(c.retries) AS retries,
            COALESCE(sum(c.attempts) FILTER (WHERE (c.cause ~~ '2__'::text)), (0)::bigint) AS s2,
            COALESCE(sum(c.attempts) FILTER (WHERE (c.cause ~~ '3__'::text)), (0)::bigint) AS s3,
            COALESCE(sum(c.attempts) FILTER (WHERE (c.cause ~~ '4__'::text)), (0)::bigint) AS s4,
            COALESCE(sum(c.attempts) FILTER (WHERE (c.cause ~~ '5__'::text)), (0)::bigint) AS s5,
            min(c.duration_bucket) FILTER (WHERE ((c.upto)::numeric >= (0.5 * (c.total)::numeric))) AS p50,
            min(c.duration_bucket) FILTER (WHERE ((c.upto)::numeric >= (0.95 * (c.total)::numeric))) AS p95
           FROM counted c
          GROUP BY c.organization_id, c.hour, c.webhook_no
        )
 SELECT f.organization_id,
    f.hour,
    w.id AS webhook_id,
    w.url,
    f.attempts,
    f.s2 AS delivered,
    f.retries,
    f.s2 AS status_2xx,
    f.s3 AS status_3xx,
    f.s4 AS status_4xx,
    f.s5 AS status_5xx,
    ((((f.attempts - f.s2) - f.s3) - f.s4) - f.s5) AS no_answer,
    round(((f.s2)::numeric / (f.attempts)::numeric), 4) AS success_rate,
    hera_internal.bucket_ms(f.p50) AS duration_p50_ms,
    hera_internal.bucket_ms(f.p95) AS duration_p95_ms
   FROM (figures f
     JOIN hera.webhooks w ON (((w.organization_id = f.organization_id) AND (w.webhook_no = f.webhook_no))));
ALTER TABLE public.hera_monitor_deliveries OWNER TO hera_view;
COMMENT ON VIEW public.hera_monitor_deliveries IS 'Attempts by hour (UTC) and webhook: success, status classes, durations; ten minutes old at most while maintenance runs.';
CREATE VIEW public.hera_monitor_events AS
 WITH counted AS (
         SELECT r_1.organization_id,
            r_1.hour,
            r_1.event_source,
            NULL::smallint AS latency_bucket,
            r_1.events,
                CASE
                    WHEN (r_1.status = 'processed'::text) THEN r_1.events
                    ELSE 0
                END AS processed,
                CASE
                    WHEN (r_1.status = 'failed'::text) THEN r_1.events
                    ELSE 0
                END AS failed,
            0 AS delivered
           FROM hera.event_rollup r_1
        UNION ALL
         SELECT r_1.organization_id,
            r_1.hour,
            r_1.event_source,
            r_1.latency_bucket,
            0,
            0,
            0,
            r_1.events
           FROM hera.latency_rollup r_1
        ), ranked AS (
         SELECT c.organization_id,
            c.hour,
            c.event_source,
            c.latency_bucket,
            c.events,
            c.processed,
            c.failed,
            c.delivered,
            sum(c.delivered) OVER (PARTITION BY c.organization_id, c.hour, c.event_source ORDER BY c.latency_bucket) AS upto,
            sum(c.delivered) OVER (PARTITION BY c.organization_id, c.hour, c.event_source) AS total
           FROM counted c
        )
 SELECT r.organization_id,
    r.hour,
    r.event_source,
    sum(r.events) AS events,
    sum(r.processed) AS processed,
    sum(r.failed) AS failed,
    sum(r.delivered) AS first_delivered,
    hera_internal.bucket_ms(min(r.latency_bucket) FILTER (WHERE ((r.upto)::numeric >= (0.5 * (r.total)::numeric)))) AS latency_p50_ms,
    hera_internal.bucket_ms(min(r.latency_bucket) FILTER (WHERE ((r.upto)::numeric >= (0.95 * (r.total)::numeric)))) AS latency_p95_ms
   FROM ranked r
  GROUP BY r.organization_id, r.hour, r.event_source;
ALTER TABLE public.hera_monitor_events OWNER TO hera_view;
COMMENT ON VIEW public.hera_monitor_events IS 'Events by hour (UTC) and source, and the time from accepting to first delivery; ten minutes old at most while maintenance runs.';
CREATE VIEW public.hera_monitor_failures AS
 SELECT r.organization_id,
    r.hour,
    w.id AS webhook_id,
    r.cause,
    sum(r.attempts) AS attempts,
    sum(r.retries) AS retries
   FROM (hera.delivery_rollup r
     JOIN hera.webhooks w ON (((w.organization_id = r.organization_id) AND (w.webhook_no = r.webhook_no))))
  WHERE (r.cause !~~ '2__'::text)
  GROUP BY r.organization_id, r.hour, w.id, r.cause;
ALTER TABLE public.hera_monitor_failures OWNER TO hera_view;
COMMENT ON VIEW public.hera_monitor_failures IS 'Failed attempts by hour (UTC), webhook and cause: a status code, or a machine code where no answer came.';
CREATE VIEW public.hera_monitor_partitions AS
 SELECT p.table_name,
    p.partitions,
    p.first_day,
    p.last_day,
    p.days_ahead,
    p.estimated_rows,
    p.dead_rows,
    p.bytes,
    p.default_holds_rows
   FROM hera_internal.partition_health() p(table_name, partitions, first_day, last_day, days_ahead, estimated_rows, dead_rows, bytes, default_holds_rows);
ALTER TABLE public.hera_monitor_partitions OWNER TO hera_view;
COMMENT ON VIEW public.hera_monitor_partitions IS 'Partitions of events and attempts: days ahead, rows, and whether a default partition holds rows.';
CREATE VIEW public.hera_monitor_queues AS
 SELECT q.table_name,
    q.row_count,
    q.oldest_at,
    q.dead_rows,
    q.bytes,
    q.last_vacuum_at
   FROM hera_internal.queue_health() q(table_name, row_count, oldest_at, dead_rows, bytes, last_vacuum_at);
ALTER TABLE public.hera_monitor_queues OWNER TO hera_view;
COMMENT ON VIEW public.hera_monitor_queues IS 'Rows, age, dead rows and size of the tables that deliveries pass through.';
CREATE VIEW public.hera_monitor_rate_limits AS
 SELECT w.organization_id,
    w.id AS webhook_id,
    w.url,
    w.rate_limit_per_second,
    COALESCE(b.put_off, (0)::bigint) AS put_off,
    b.last_put_off_at
   FROM (hera.webhooks w
     LEFT JOIN hera.outbox_rate b ON (((b.organization_id = w.organization_id) AND (b.webhook_no = w.webhook_no))))
  WHERE (w.rate_limit_per_second IS NOT NULL);
ALTER TABLE public.hera_monitor_rate_limits OWNER TO hera_view;
COMMENT ON VIEW public.hera_monitor_rate_limits IS 'Rate-limited webhooks: how often a delivery was put off, ever.';
CREATE VIEW public.hera_monitor_snapshots AS
 SELECT s.kind,
    s.name,
    s.application,
    s.state,
    s.since,
    s.xmin_age
   FROM hera_internal.snapshot_holders() s(kind, name, application, state, since, xmin_age);
ALTER TABLE public.hera_monitor_snapshots OWNER TO hera_view;
COMMENT ON VIEW public.hera_monitor_snapshots IS 'Who keeps dead rows from being removed, the oldest first.';
CREATE VIEW public.universal_transaction_lines AS
 SELECT universal_transaction_lines.id,
    universal_transaction_lines.organization_id,
    universal_transaction_lines.transaction_id,
    universal_transaction_lines.line_number,
    universal_transaction_lines.entity_id,
    universal_transaction_lines.line_type,
    universal_transaction_lines.description,
    universal_transaction_lines.quantity,
    universal_transaction_lines.unit_amount,
    universal_transaction_lines.line_amount,
    universal_transaction_lines.smart_code,
    universal_transaction_lines.line_data,
    universal_transaction_lines.created_at,
    universal_transaction_lines.updated_at,
    universal_transaction_lines.created_by,
    universal_transaction_lines.updated_by,
    universal_transaction_lines.version
   FROM hera.universal_transaction_lines;
ALTER TABLE public.universal_transaction_lines OWNER TO hera_view;
COMMENT ON VIEW public.universal_transaction_lines IS 'Lines of business transactions.';
CREATE VIEW public.universal_transactions AS
 SELECT universal_transactions.id,
    universal_transactions.organization_id,
    universal_transactions.transaction_type,
    universal_transactions.transaction_code,
    universal_transactions.transaction_date,
    universal_transactions.source_entity_id,
    universal_transactions.target_entity_id,
    universal_transactions.total_amount,
    universal_transactions.transaction_status,
    universal_transactions.reference_number,
    universal_transactions.smart_code,
    universal_transactions.transaction_currency_code,
    universal_transactions.business_context,
    universal_transactions.metadata,
    universal_transactions.created_at,
    universal_transactions.updated_at,
    universal_transactions.created_by,
    universal_transactions.updated_by,
    universal_transactions.version
   FROM hera.universal_transactions;
ALTER TABLE public.universal_transactions OWNER TO hera_view;
COMMENT ON VIEW public.universal_transactions IS 'Business transactions.';
ALTER TABLE ONLY hera.api_keys
    ADD CONSTRAINT api_keys_pkey PRIMARY KEY (organization_id, id);
ALTER TABLE ONLY hera.audit_log
    ADD CONSTRAINT audit_log_pkey PRIMARY KEY (organization_id, id);
ALTER TABLE ONLY hera.audit_pending
    ADD CONSTRAINT audit_pending_pkey PRIMARY KEY (organization_id, id);
ALTER TABLE ONLY hera.audit_seals
    ADD CONSTRAINT audit_seals_pkey PRIMARY KEY (organization_id, seal_no);
ALTER TABLE ONLY hera.call_slots
    ADD CONSTRAINT call_slots_pkey PRIMARY KEY (organization_id, installation_id, slot_key);
ALTER TABLE ONLY hera.connector_tasks
    ADD CONSTRAINT connector_tasks_organization_id_installation_id_kind_code_key UNIQUE (organization_id, installation_id, kind, code);
ALTER TABLE ONLY hera.connector_tasks
    ADD CONSTRAINT connector_tasks_pkey PRIMARY KEY (organization_id, id);
ALTER TABLE ONLY hera.connector_versions
    ADD CONSTRAINT connector_versions_pkey PRIMARY KEY (organization_id, definition_id, version);
ALTER TABLE ONLY hera.core_dynamic_data
    ADD CONSTRAINT core_dynamic_data_pkey PRIMARY KEY (entity_id, field_name, organization_id);
ALTER TABLE ONLY hera.core_entities
    ADD CONSTRAINT core_entities_pkey PRIMARY KEY (id, organization_id);
ALTER TABLE ONLY hera.core_organizations
    ADD CONSTRAINT core_organizations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY hera.core_relationships
    ADD CONSTRAINT core_relationships_pkey PRIMARY KEY (id, organization_id);
ALTER TABLE ONLY hera.dead_letters
    ADD CONSTRAINT dead_letters_pkey PRIMARY KEY (organization_id, delivery_id);
ALTER TABLE ONLY hera.delivery_rollup
    ADD CONSTRAINT delivery_rollup_pkey PRIMARY KEY (organization_id, hour, webhook_no, cause, duration_bucket);
ALTER TABLE ONLY hera.event_rollup
    ADD CONSTRAINT event_rollup_pkey PRIMARY KEY (organization_id, hour, event_source, status);
ALTER TABLE ONLY hera.events
    ADD CONSTRAINT events_pkey PRIMARY KEY (organization_id, id);
ALTER TABLE ONLY hera.idempotency_keys
    ADD CONSTRAINT idempotency_keys_pkey PRIMARY KEY (organization_id, idempotency_key);
ALTER TABLE ONLY hera.idempotent_calls
    ADD CONSTRAINT idempotent_calls_pkey PRIMARY KEY (organization_id, function_name, idempotency_key);
ALTER TABLE ONLY hera.identities
    ADD CONSTRAINT identities_pkey PRIMARY KEY (organization_id, auth_uid);
ALTER TABLE ONLY hera.inbound_requests
    ADD CONSTRAINT inbound_requests_pkey PRIMARY KEY (organization_id, id);
ALTER TABLE ONLY hera.installation_fields
    ADD CONSTRAINT installation_fields_pkey PRIMARY KEY (organization_id, installation_id, field_name);
ALTER TABLE ONLY hera.latency_rollup
    ADD CONSTRAINT latency_rollup_pkey PRIMARY KEY (organization_id, hour, event_source, latency_bucket);
ALTER TABLE ONLY hera.login_principals
    ADD CONSTRAINT login_principals_pkey PRIMARY KEY (login);
ALTER TABLE ONLY hera.memberships
    ADD CONSTRAINT memberships_pkey PRIMARY KEY (organization_id, user_entity_id);
ALTER TABLE ONLY hera.oauth_states
    ADD CONSTRAINT oauth_states_organization_id_fence_key UNIQUE (organization_id, fence);
ALTER TABLE ONLY hera.oauth_states
    ADD CONSTRAINT oauth_states_pkey PRIMARY KEY (organization_id, state_hash);
ALTER TABLE ONLY hera.outbox_fifo_lane
    ADD CONSTRAINT outbox_fifo_lane_pkey PRIMARY KEY (organization_id, webhook_no);
ALTER TABLE ONLY hera.outbox_fifo_wait
    ADD CONSTRAINT outbox_fifo_wait_pkey PRIMARY KEY (organization_id, webhook_no, "position");
ALTER TABLE ONLY hera.outbox_leases
    ADD CONSTRAINT outbox_leases_pkey PRIMARY KEY (id);
ALTER TABLE ONLY hera.outbox_rate
    ADD CONSTRAINT outbox_rate_pkey PRIMARY KEY (organization_id, webhook_no);
ALTER TABLE ONLY hera.outbox_ready
    ADD CONSTRAINT outbox_ready_pkey PRIMARY KEY ("position");
ALTER TABLE ONLY hera.outbox_scheduled
    ADD CONSTRAINT outbox_scheduled_pkey PRIMARY KEY (organization_id, delivery_id);
ALTER TABLE ONLY hera.reader_organizations
    ADD CONSTRAINT reader_organizations_pkey PRIMARY KEY (login, organization_id);
ALTER TABLE ONLY hera.replay_items
    ADD CONSTRAINT replay_items_pkey PRIMARY KEY (organization_id, job_id, "position");
ALTER TABLE ONLY hera.replay_jobs
    ADD CONSTRAINT replay_jobs_pkey PRIMARY KEY (organization_id, id);
ALTER TABLE ONLY hera.retention_progress
    ADD CONSTRAINT retention_progress_pkey PRIMARY KEY (organization_id, kind);
ALTER TABLE ONLY hera.rollup_state
    ADD CONSTRAINT rollup_state_pkey PRIMARY KEY (one_row);
ALTER TABLE ONLY hera.rpc_permissions
    ADD CONSTRAINT rpc_permissions_pkey PRIMARY KEY (function_name, operation, role);
ALTER TABLE ONLY hera.schema_journal
    ADD CONSTRAINT schema_journal_pkey PRIMARY KEY (id);
ALTER TABLE ONLY hera.secrets
    ADD CONSTRAINT secrets_pkey PRIMARY KEY (organization_id, entity_id, name, version);
ALTER TABLE ONLY hera.universal_transaction_lines
    ADD CONSTRAINT universal_transaction_lines_pkey PRIMARY KEY (id, organization_id);
ALTER TABLE ONLY hera.universal_transaction_lines
    ADD CONSTRAINT universal_transaction_lines_transaction_id_line_number_orga_key UNIQUE (transaction_id, line_number, organization_id);
ALTER TABLE ONLY hera.universal_transactions
    ADD CONSTRAINT universal_transactions_pkey PRIMARY KEY (id, organization_id);
ALTER TABLE ONLY hera.webhooks
    ADD CONSTRAINT webhooks_organization_id_webhook_no_key UNIQUE (organization_id, webhook_no);
ALTER TABLE ONLY hera.webhooks
    ADD CONSTRAINT webhooks_pkey PRIMARY KEY (organization_id, id);
CREATE INDEX api_keys_hash ON hera.api_keys USING btree (key_hash);
CREATE INDEX attempts_delivery ON ONLY hera.attempts USING btree (delivery_id);
CREATE INDEX attempts_started ON ONLY hera.attempts USING brin (started_at) WITH (pages_per_range='32', autosummarize='on');
CREATE INDEX call_slots_free ON hera.call_slots USING btree (organization_id, installation_id, free_at);
CREATE INDEX connector_tasks_due ON hera.connector_tasks USING btree (due_at);
CREATE UNIQUE INDEX core_entities_definition_key ON hera.core_entities USING btree (organization_id, entity_type, entity_code) WHERE (entity_type = ANY (ARRAY['INTEGRATION_CONNECTOR_DEF'::text, 'RELATIONSHIP_TYPE'::text, 'INTEGRATION_EVENT_TYPE'::text, 'INTEGRATION_ENDPOINT'::text]));
CREATE UNIQUE INDEX core_entities_installation_key ON hera.core_entities USING btree (organization_id, entity_code) WHERE ((entity_type = 'INTEGRATION_CONNECTOR_INSTALL'::text) AND (status <> 'inactive'::text));
CREATE INDEX core_entities_organization_type ON hera.core_entities USING btree (organization_id, entity_type, entity_code);
CREATE INDEX core_entities_type_created ON hera.core_entities USING btree (entity_type, created_at);
CREATE UNIQUE INDEX core_organizations_code_key ON hera.core_organizations USING btree (organization_code);
CREATE UNIQUE INDEX core_relationships_link_key ON hera.core_relationships USING btree (organization_id, from_entity_id, relationship_type, to_entity_id) WHERE is_active;
CREATE INDEX core_relationships_to ON hera.core_relationships USING btree (to_entity_id, relationship_type);
CREATE INDEX delivery_rollup_hour ON hera.delivery_rollup USING brin (hour) WITH (pages_per_range='16', autosummarize='on');
CREATE INDEX event_rollup_hour ON hera.event_rollup USING brin (hour) WITH (pages_per_range='16', autosummarize='on');
CREATE INDEX events_created ON ONLY hera.events USING brin (created_at) WITH (pages_per_range='32', autosummarize='on');
CREATE INDEX idempotency_keys_event ON hera.idempotency_keys USING brin (event_id) WITH (pages_per_range='32', autosummarize='on');
CREATE INDEX installation_fields_value ON hera.installation_fields USING btree (connector_code, field_name, field_value, installation_id);
CREATE INDEX latency_rollup_hour ON hera.latency_rollup USING brin (hour) WITH (pages_per_range='16', autosummarize='on');
CREATE INDEX memberships_user ON hera.memberships USING btree (user_entity_id);
CREATE INDEX outbox_scheduled_due ON hera.outbox_scheduled USING btree (due_at);
CREATE INDEX replay_jobs_running ON hera.replay_jobs USING btree (spent_until) WHERE (status = 'running'::text);
CREATE INDEX universal_transaction_lines_entity ON hera.universal_transaction_lines USING btree (organization_id, entity_id) WHERE (entity_id IS NOT NULL);
CREATE INDEX universal_transactions_date ON hera.universal_transactions USING btree (organization_id, transaction_date);
CREATE UNIQUE INDEX universal_transactions_idempotency_key ON hera.universal_transactions USING btree (organization_id, idempotency_key) WHERE (idempotency_key IS NOT NULL);
ALTER TABLE ONLY hera.api_keys
    ADD CONSTRAINT api_keys_organization_id_id_fkey FOREIGN KEY (organization_id, id) REFERENCES hera.memberships(organization_id, user_entity_id);
ALTER TABLE ONLY hera.connector_tasks
    ADD CONSTRAINT connector_tasks_installation_id_organization_id_fkey FOREIGN KEY (installation_id, organization_id) REFERENCES hera.core_entities(id, organization_id);
ALTER TABLE ONLY hera.connector_versions
    ADD CONSTRAINT connector_versions_definition_id_organization_id_fkey FOREIGN KEY (definition_id, organization_id) REFERENCES hera.core_entities(id, organization_id);
ALTER TABLE ONLY hera.core_dynamic_data
    ADD CONSTRAINT core_dynamic_data_entity_id_organization_id_fkey FOREIGN KEY (entity_id, organization_id) REFERENCES hera.core_entities(id, organization_id);
ALTER TABLE ONLY hera.core_entities
    ADD CONSTRAINT core_entities_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES hera.core_organizations(id);
ALTER TABLE ONLY hera.core_relationships
    ADD CONSTRAINT core_relationships_from_entity_id_from_organization_id_fkey FOREIGN KEY (from_entity_id, from_organization_id) REFERENCES hera.core_entities(id, organization_id);
ALTER TABLE ONLY hera.core_relationships
    ADD CONSTRAINT core_relationships_to_entity_id_to_organization_id_fkey FOREIGN KEY (to_entity_id, to_organization_id) REFERENCES hera.core_entities(id, organization_id);
ALTER TABLE ONLY hera.identities
    ADD CONSTRAINT identities_user_entity_id_organization_id_fkey FOREIGN KEY (user_entity_id, organization_id) REFERENCES hera.core_entities(id, organization_id);
ALTER TABLE ONLY hera.installation_fields
    ADD CONSTRAINT installation_fields_installation_id_organization_id_fkey FOREIGN KEY (installation_id, organization_id) REFERENCES hera.core_entities(id, organization_id);
ALTER TABLE ONLY hera.memberships
    ADD CONSTRAINT memberships_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES hera.core_organizations(id);
ALTER TABLE ONLY hera.oauth_states
    ADD CONSTRAINT oauth_states_installation_id_organization_id_fkey FOREIGN KEY (installation_id, organization_id) REFERENCES hera.core_entities(id, organization_id);
ALTER TABLE ONLY hera.reader_organizations
    ADD CONSTRAINT reader_organizations_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES hera.core_organizations(id);
ALTER TABLE ONLY hera.replay_items
    ADD CONSTRAINT replay_items_organization_id_job_id_fkey FOREIGN KEY (organization_id, job_id) REFERENCES hera.replay_jobs(organization_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY hera.replay_jobs
    ADD CONSTRAINT replay_jobs_organization_id_webhook_id_fkey FOREIGN KEY (organization_id, webhook_id) REFERENCES hera.webhooks(organization_id, id);
ALTER TABLE ONLY hera.secrets
    ADD CONSTRAINT secrets_entity_id_organization_id_fkey FOREIGN KEY (entity_id, organization_id) REFERENCES hera.core_entities(id, organization_id);
ALTER TABLE ONLY hera.universal_transaction_lines
    ADD CONSTRAINT universal_transaction_lines_entity_id_organization_id_fkey FOREIGN KEY (entity_id, organization_id) REFERENCES hera.core_entities(id, organization_id);
ALTER TABLE ONLY hera.universal_transaction_lines
    ADD CONSTRAINT universal_transaction_lines_transaction_id_organization_id_fkey FOREIGN KEY (transaction_id, organization_id) REFERENCES hera.universal_transactions(id, organization_id);
ALTER TABLE ONLY hera.universal_transactions
    ADD CONSTRAINT universal_transactions_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES hera.core_organizations(id);
ALTER TABLE ONLY hera.universal_transactions
    ADD CONSTRAINT universal_transactions_source_entity_id_organization_id_fkey FOREIGN KEY (source_entity_id, organization_id) REFERENCES hera.core_entities(id, organization_id);
ALTER TABLE ONLY hera.universal_transactions
    ADD CONSTRAINT universal_transactions_target_entity_id_organization_id_fkey FOREIGN KEY (target_entity_id, organization_id) REFERENCES hera.core_entities(id, organization_id);
ALTER TABLE ONLY hera.webhooks
    ADD CONSTRAINT webhooks_id_organization_id_fkey FOREIGN KEY (id, organization_id) REFERENCES hera.core_entities(id, organization_id);
ALTER TABLE hera.api_keys ENABLE ROW LEVEL SECURITY;
CREATE POLICY assigned ON hera.reader_organizations TO hera_owner USING (true);
ALTER TABLE hera.attempts ENABLE ROW LEVEL SECURITY;
ALTER TABLE hera.audit_log ENABLE ROW LEVEL SECURITY;
ALTER TABLE hera.audit_pending ENABLE ROW LEVEL SECURITY;
ALTER TABLE hera.audit_seals ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_connector ON hera.installation_fields FOR SELECT TO hera_owner USING ((connector_code = ( SELECT NULLIF(current_setting('hera.inbound_connector'::text, true), ''::text) AS "nullif")));
CREATE POLICY by_hash ON hera.api_keys FOR SELECT TO hera_owner USING ((key_hash = ( SELECT decode(NULLIF(current_setting('hera.api_key_hash'::text, true), ''::text), 'hex'::text) AS decode)));
ALTER TABLE hera.call_slots ENABLE ROW LEVEL SECURITY;
ALTER TABLE hera.connector_tasks ENABLE ROW LEVEL SECURITY;
ALTER TABLE hera.connector_versions ENABLE ROW LEVEL SECURITY;
ALTER TABLE hera.core_dynamic_data ENABLE ROW LEVEL SECURITY;
ALTER TABLE hera.core_entities ENABLE ROW LEVEL SECURITY;
ALTER TABLE hera.core_organizations ENABLE ROW LEVEL SECURITY;
ALTER TABLE hera.core_relationships ENABLE ROW LEVEL SECURITY;
ALTER TABLE hera.dead_letters ENABLE ROW LEVEL SECURITY;
ALTER TABLE hera.delivery_rollup ENABLE ROW LEVEL SECURITY;
ALTER TABLE hera.event_rollup ENABLE ROW LEVEL SECURITY;
ALTER TABLE hera.events ENABLE ROW LEVEL SECURITY;
ALTER TABLE hera.idempotency_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE hera.idempotent_calls ENABLE ROW LEVEL SECURITY;
ALTER TABLE hera.identities ENABLE ROW LEVEL SECURITY;
ALTER TABLE hera.inbound_requests ENABLE ROW LEVEL SECURITY;
ALTER TABLE hera.installation_fields ENABLE ROW LEVEL SECURITY;
ALTER TABLE hera.latency_rollup ENABLE ROW LEVEL SECURITY;
ALTER TABLE hera.memberships ENABLE ROW LEVEL SECURITY;
CREATE POLICY monitoring ON hera.core_dynamic_data FOR SELECT TO hera_worker_owner USING ((field_name = ANY (ARRAY['token_expires_at'::text, 'last_success_at'::text, 'last_error'::text, 'last_checked_at'::text])));
CREATE POLICY monitoring ON hera.core_entities FOR SELECT TO hera_worker_owner USING ((entity_type = 'INTEGRATION_CONNECTOR_INSTALL'::text));
CREATE POLICY monitoring ON hera.core_organizations FOR SELECT TO hera_worker_owner USING (true);
ALTER TABLE hera.oauth_states ENABLE ROW LEVEL SECURITY;
ALTER TABLE hera.outbox_fifo_lane ENABLE ROW LEVEL SECURITY;
ALTER TABLE hera.outbox_fifo_wait ENABLE ROW LEVEL SECURITY;
ALTER TABLE hera.outbox_leases ENABLE ROW LEVEL SECURITY;
ALTER TABLE hera.outbox_rate ENABLE ROW LEVEL SECURITY;
ALTER TABLE hera.outbox_ready ENABLE ROW LEVEL SECURITY;
ALTER TABLE hera.outbox_scheduled ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_memberships ON hera.memberships FOR SELECT TO hera_owner USING ((user_entity_id = (NULLIF(current_setting('hera.user_entity_id'::text, true), ''::text))::uuid));
CREATE POLICY platform_catalogue ON hera.connector_versions FOR SELECT TO hera_owner USING ((organization_id = '00000000-0000-0000-0000-000000000000'::uuid));
CREATE POLICY platform_catalogue ON hera.core_dynamic_data FOR SELECT TO hera_owner USING (((organization_id = '00000000-0000-0000-0000-000000000000'::uuid) AND (field_name = 'connector_config'::text)));
CREATE POLICY platform_catalogue ON hera.core_entities FOR SELECT TO hera_owner USING (((organization_id = '00000000-0000-0000-0000-000000000000'::uuid) AND (entity_type = ANY (ARRAY['INTEGRATION_CONNECTOR_DEF'::text, 'RELATIONSHIP_TYPE'::text, 'INTEGRATION_EVENT_TYPE'::text]))));
CREATE POLICY platform_installations ON hera.core_entities FOR SELECT TO hera_owner USING (((( SELECT (NULLIF(current_setting('hera.organization_id'::text, true), ''::text))::uuid AS "nullif") = '00000000-0000-0000-0000-000000000000'::uuid) AND (entity_type = 'INTEGRATION_CONNECTOR_INSTALL'::text)));
CREATE POLICY reader ON hera.api_keys FOR SELECT TO hera_view USING ((( SELECT hera_internal.reads_all() AS reads_all) OR (organization_id = ANY (( SELECT hera_internal.reads() AS reads)::uuid[]))));
CREATE POLICY reader ON hera.attempts FOR SELECT TO hera_view USING ((( SELECT hera_internal.reads_all() AS reads_all) OR (organization_id = ANY (( SELECT hera_internal.reads() AS reads)::uuid[]))));
CREATE POLICY reader ON hera.audit_log FOR SELECT TO hera_view USING ((( SELECT hera_internal.reads_all() AS reads_all) OR (organization_id = ANY (( SELECT hera_internal.reads() AS reads)::uuid[]))));
CREATE POLICY reader ON hera.audit_pending FOR SELECT TO hera_view USING ((( SELECT hera_internal.reads_all() AS reads_all) OR (organization_id = ANY (( SELECT hera_internal.reads() AS reads)::uuid[]))));
CREATE POLICY reader ON hera.audit_seals FOR SELECT TO hera_view USING ((( SELECT hera_internal.reads_all() AS reads_all) OR (organization_id = ANY (( SELECT hera_internal.reads() AS reads)::uuid[]))));
CREATE POLICY reader ON hera.call_slots FOR SELECT TO hera_view USING ((( SELECT hera_internal.reads_all() AS reads_all) OR (organization_id = ANY (( SELECT hera_internal.reads() AS reads)::uuid[]))));
CREATE POLICY reader ON hera.connector_tasks FOR SELECT TO hera_view USING ((( SELECT hera_internal.reads_all() AS reads_all) OR (organization_id = ANY (( SELECT hera_internal.reads() AS reads)::uuid[]))));
CREATE POLICY reader ON hera.connector_versions FOR SELECT TO hera_view USING ((( SELECT hera_internal.reads_all() AS reads_all) OR (organization_id = ANY (( SELECT hera_internal.reads() AS reads)::uuid[]))));
CREATE POLICY reader ON hera.core_dynamic_data FOR SELECT TO hera_view USING ((( SELECT hera_internal.reads_all() AS reads_all) OR (organization_id = ANY (( SELECT hera_internal.reads() AS reads)::uuid[]))));
CREATE POLICY reader ON hera.core_entities FOR SELECT TO hera_view USING ((( SELECT hera_internal.reads_all() AS reads_all) OR (organization_id = ANY (( SELECT hera_internal.reads() AS reads)::uuid[]))));
CREATE POLICY reader ON hera.core_organizations FOR SELECT TO hera_view USING ((( SELECT hera_internal.reads_all() AS reads_all) OR (id = ANY (( SELECT hera_internal.reads() AS reads)::uuid[]))));
CREATE POLICY reader ON hera.core_relationships FOR SELECT TO hera_view USING ((( SELECT hera_internal.reads_all() AS reads_all) OR (organization_id = ANY (( SELECT hera_internal.reads() AS reads)::uuid[]))));
CREATE POLICY reader ON hera.dead_letters FOR SELECT TO hera_view USING ((( SELECT hera_internal.reads_all() AS reads_all) OR (organization_id = ANY (( SELECT hera_internal.reads() AS reads)::uuid[]))));
CREATE POLICY reader ON hera.delivery_rollup FOR SELECT TO hera_view USING ((( SELECT hera_internal.reads_all() AS reads_all) OR (organization_id = ANY (( SELECT hera_internal.reads() AS reads)::uuid[]))));
CREATE POLICY reader ON hera.event_rollup FOR SELECT TO hera_view USING ((( SELECT hera_internal.reads_all() AS reads_all) OR (organization_id = ANY (( SELECT hera_internal.reads() AS reads)::uuid[]))));
CREATE POLICY reader ON hera.events FOR SELECT TO hera_view USING ((( SELECT hera_internal.reads_all() AS reads_all) OR (organization_id = ANY (( SELECT hera_internal.reads() AS reads)::uuid[]))));
CREATE POLICY reader ON hera.idempotency_keys FOR SELECT TO hera_view USING ((( SELECT hera_internal.reads_all() AS reads_all) OR (organization_id = ANY (( SELECT hera_internal.reads() AS reads)::uuid[]))));
CREATE POLICY reader ON hera.idempotent_calls FOR SELECT TO hera_view USING ((( SELECT hera_internal.reads_all() AS reads_all) OR (organization_id = ANY (( SELECT hera_internal.reads() AS reads)::uuid[]))));
CREATE POLICY reader ON hera.identities FOR SELECT TO hera_view USING ((( SELECT hera_internal.reads_all() AS reads_all) OR (organization_id = ANY (( SELECT hera_internal.reads() AS reads)::uuid[]))));
CREATE POLICY reader ON hera.inbound_requests FOR SELECT TO hera_view USING ((( SELECT hera_internal.reads_all() AS reads_all) OR (organization_id = ANY (( SELECT hera_internal.reads() AS reads)::uuid[]))));
CREATE POLICY reader ON hera.installation_fields FOR SELECT TO hera_view USING ((( SELECT hera_internal.reads_all() AS reads_all) OR (organization_id = ANY (( SELECT hera_internal.reads() AS reads)::uuid[]))));
CREATE POLICY reader ON hera.latency_rollup FOR SELECT TO hera_view USING ((( SELECT hera_internal.reads_all() AS reads_all) OR (organization_id = ANY (( SELECT hera_internal.reads() AS reads)::uuid[]))));
CREATE POLICY reader ON hera.memberships FOR SELECT TO hera_view USING ((( SELECT hera_internal.reads_all() AS reads_all) OR (organization_id = ANY (( SELECT hera_internal.reads() AS reads)::uuid[]))));
CREATE POLICY reader ON hera.oauth_states FOR SELECT TO hera_view USING ((( SELECT hera_internal.reads_all() AS reads_all) OR (organization_id = ANY (( SELECT hera_internal.reads() AS reads)::uuid[]))));
CREATE POLICY reader ON hera.outbox_fifo_lane FOR SELECT TO hera_view USING ((( SELECT hera_internal.reads_all() AS reads_all) OR (organization_id = ANY (( SELECT hera_internal.reads() AS reads)::uuid[]))));
CREATE POLICY reader ON hera.outbox_fifo_wait FOR SELECT TO hera_view USING ((( SELECT hera_internal.reads_all() AS reads_all) OR (organization_id = ANY (( SELECT hera_internal.reads() AS reads)::uuid[]))));
CREATE POLICY reader ON hera.outbox_leases FOR SELECT TO hera_view USING (( SELECT hera_internal.reads_all() AS reads_all));
CREATE POLICY reader ON hera.outbox_rate FOR SELECT TO hera_view USING ((( SELECT hera_internal.reads_all() AS reads_all) OR (organization_id = ANY (( SELECT hera_internal.reads() AS reads)::uuid[]))));
CREATE POLICY reader ON hera.outbox_ready FOR SELECT TO hera_view USING ((( SELECT hera_internal.reads_all() AS reads_all) OR (organization_id = ANY (( SELECT hera_internal.reads() AS reads)::uuid[]))));
CREATE POLICY reader ON hera.outbox_scheduled FOR SELECT TO hera_view USING ((( SELECT hera_internal.reads_all() AS reads_all) OR (organization_id = ANY (( SELECT hera_internal.reads() AS reads)::uuid[]))));
CREATE POLICY reader ON hera.replay_items FOR SELECT TO hera_view USING ((( SELECT hera_internal.reads_all() AS reads_all) OR (organization_id = ANY (( SELECT hera_internal.reads() AS reads)::uuid[]))));
CREATE POLICY reader ON hera.replay_jobs FOR SELECT TO hera_view USING ((( SELECT hera_internal.reads_all() AS reads_all) OR (organization_id = ANY (( SELECT hera_internal.reads() AS reads)::uuid[]))));
CREATE POLICY reader ON hera.retention_progress FOR SELECT TO hera_view USING ((( SELECT hera_internal.reads_all() AS reads_all) OR (organization_id = ANY (( SELECT hera_internal.reads() AS reads)::uuid[]))));
CREATE POLICY reader ON hera.secrets FOR SELECT TO hera_view USING ((( SELECT hera_internal.reads_all() AS reads_all) OR (organization_id = ANY (( SELECT hera_internal.reads() AS reads)::uuid[]))));
CREATE POLICY reader ON hera.universal_transaction_lines FOR SELECT TO hera_view USING ((( SELECT hera_internal.reads_all() AS reads_all) OR (organization_id = ANY (( SELECT hera_internal.reads() AS reads)::uuid[]))));
CREATE POLICY reader ON hera.universal_transactions FOR SELECT TO hera_view USING ((( SELECT hera_internal.reads_all() AS reads_all) OR (organization_id = ANY (( SELECT hera_internal.reads() AS reads)::uuid[]))));
CREATE POLICY reader ON hera.webhooks FOR SELECT TO hera_view USING ((( SELECT hera_internal.reads_all() AS reads_all) OR (organization_id = ANY (( SELECT hera_internal.reads() AS reads)::uuid[]))));
ALTER TABLE hera.reader_organizations ENABLE ROW LEVEL SECURITY;
ALTER TABLE hera.replay_items ENABLE ROW LEVEL SECURITY;
ALTER TABLE hera.replay_jobs ENABLE ROW LEVEL SECURITY;
ALTER TABLE hera.retention_progress ENABLE ROW LEVEL SECURITY;
ALTER TABLE hera.secrets ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON hera.api_keys TO hera_owner USING ((organization_id = ( SELECT (NULLIF(current_setting('hera.organization_id'::text, true), ''::text))::uuid AS "nullif")));
CREATE POLICY tenant ON hera.attempts TO hera_owner USING ((organization_id = ( SELECT (NULLIF(current_setting('hera.organization_id'::text, true), ''::text))::uuid AS "nullif")));
CREATE POLICY tenant ON hera.call_slots TO hera_owner USING ((organization_id = ( SELECT (NULLIF(current_setting('hera.organization_id'::text, true), ''::text))::uuid AS "nullif")));
CREATE POLICY tenant ON hera.connector_tasks TO hera_owner USING ((organization_id = ( SELECT (NULLIF(current_setting('hera.organization_id'::text, true), ''::text))::uuid AS "nullif")));
CREATE POLICY tenant ON hera.connector_versions TO hera_owner USING ((organization_id = ( SELECT (NULLIF(current_setting('hera.organization_id'::text, true), ''::text))::uuid AS "nullif")));
CREATE POLICY tenant ON hera.core_dynamic_data TO hera_owner USING ((organization_id = ( SELECT (NULLIF(current_setting('hera.organization_id'::text, true), ''::text))::uuid AS "nullif")));
CREATE POLICY tenant ON hera.core_entities TO hera_owner USING ((organization_id = ( SELECT (NULLIF(current_setting('hera.organization_id'::text, true), ''::text))::uuid AS "nullif")));
CREATE POLICY tenant ON hera.core_organizations TO hera_owner USING (((id = ANY (ARRAY[( SELECT (NULLIF(current_setting('hera.organization_id'::text, true), ''::text))::uuid AS "nullif"), '00000000-0000-0000-0000-000000000000'::uuid])) OR (( SELECT (NULLIF(current_setting('hera.organization_id'::text, true), ''::text))::uuid AS "nullif") = '00000000-0000-0000-0000-000000000000'::uuid)));
CREATE POLICY tenant ON hera.core_relationships TO hera_owner USING ((organization_id = ( SELECT (NULLIF(current_setting('hera.organization_id'::text, true), ''::text))::uuid AS "nullif")));
CREATE POLICY tenant ON hera.dead_letters TO hera_owner USING ((organization_id = ( SELECT (NULLIF(current_setting('hera.organization_id'::text, true), ''::text))::uuid AS "nullif")));
CREATE POLICY tenant ON hera.delivery_rollup TO hera_owner USING ((organization_id = ( SELECT (NULLIF(current_setting('hera.organization_id'::text, true), ''::text))::uuid AS "nullif")));
CREATE POLICY tenant ON hera.event_rollup TO hera_owner USING ((organization_id = ( SELECT (NULLIF(current_setting('hera.organization_id'::text, true), ''::text))::uuid AS "nullif")));
CREATE POLICY tenant ON hera.events TO hera_owner USING ((organization_id = ( SELECT (NULLIF(current_setting('hera.organization_id'::text, true), ''::text))::uuid AS "nullif")));
CREATE POLICY tenant ON hera.idempotency_keys TO hera_owner USING ((organization_id = ( SELECT (NULLIF(current_setting('hera.organization_id'::text, true), ''::text))::uuid AS "nullif")));
CREATE POLICY tenant ON hera.idempotent_calls TO hera_owner USING ((organization_id = ( SELECT (NULLIF(current_setting('hera.organization_id'::text, true), ''::text))::uuid AS "nullif")));
CREATE POLICY tenant ON hera.identities TO hera_owner USING ((organization_id = ( SELECT (NULLIF(current_setting('hera.organization_id'::text, true), ''::text))::uuid AS "nullif")));
CREATE POLICY tenant ON hera.inbound_requests TO hera_owner USING ((organization_id = ( SELECT (NULLIF(current_setting('hera.organization_id'::text, true), ''::text))::uuid AS "nullif")));
CREATE POLICY tenant ON hera.installation_fields TO hera_owner USING ((organization_id = ( SELECT (NULLIF(current_setting('hera.organization_id'::text, true), ''::text))::uuid AS "nullif")));
CREATE POLICY tenant ON hera.latency_rollup TO hera_owner USING ((organization_id = ( SELECT (NULLIF(current_setting('hera.organization_id'::text, true), ''::text))::uuid AS "nullif")));
CREATE POLICY tenant ON hera.memberships TO hera_owner USING ((organization_id = (NULLIF(current_setting('hera.organization_id'::text, true), ''::text))::uuid));
CREATE POLICY tenant ON hera.oauth_states TO hera_owner USING ((organization_id = ( SELECT (NULLIF(current_setting('hera.organization_id'::text, true), ''::text))::uuid AS "nullif")));
CREATE POLICY tenant ON hera.outbox_fifo_lane TO hera_owner USING ((organization_id = ( SELECT (NULLIF(current_setting('hera.organization_id'::text, true), ''::text))::uuid AS "nullif")));
CREATE POLICY tenant ON hera.outbox_fifo_wait TO hera_owner USING ((organization_id = ( SELECT (NULLIF(current_setting('hera.organization_id'::text, true), ''::text))::uuid AS "nullif")));
CREATE POLICY tenant ON hera.outbox_leases FOR SELECT TO hera_owner USING ((( SELECT (NULLIF(current_setting('hera.organization_id'::text, true), ''::text))::uuid AS "nullif") = ANY (organization_ids)));
CREATE POLICY tenant ON hera.outbox_rate TO hera_owner USING ((organization_id = ( SELECT (NULLIF(current_setting('hera.organization_id'::text, true), ''::text))::uuid AS "nullif")));
CREATE POLICY tenant ON hera.outbox_ready TO hera_owner USING ((organization_id = ( SELECT (NULLIF(current_setting('hera.organization_id'::text, true), ''::text))::uuid AS "nullif")));
CREATE POLICY tenant ON hera.outbox_scheduled TO hera_owner USING ((organization_id = ( SELECT (NULLIF(current_setting('hera.organization_id'::text, true), ''::text))::uuid AS "nullif")));
CREATE POLICY tenant ON hera.replay_items TO hera_owner USING ((organization_id = ( SELECT (NULLIF(current_setting('hera.organization_id'::text, true), ''::text))::uuid AS "nullif")));
CREATE POLICY tenant ON hera.replay_jobs TO hera_owner USING ((organization_id = ( SELECT (NULLIF(current_setting('hera.organization_id'::text, true), ''::text))::uuid AS "nullif")));
CREATE POLICY tenant ON hera.retention_progress TO hera_owner USING ((organization_id = ( SELECT (NULLIF(current_setting('hera.organization_id'::text, true), ''::text))::uuid AS "nullif")));
CREATE POLICY tenant ON hera.secrets TO hera_owner USING ((organization_id = ( SELECT (NULLIF(current_setting('hera.organization_id'::text, true), ''::text))::uuid AS "nullif")));
CREATE POLICY tenant ON hera.universal_transaction_lines TO hera_owner USING ((organization_id = ( SELECT (NULLIF(current_setting('hera.organization_id'::text, true), ''::text))::uuid AS "nullif")));
CREATE POLICY tenant ON hera.universal_transactions TO hera_owner USING ((organization_id = ( SELECT (NULLIF(current_setting('hera.organization_id'::text, true), ''::text))::uuid AS "nullif")));
CREATE POLICY tenant ON hera.webhooks TO hera_owner USING ((organization_id = (NULLIF(current_setting('hera.organization_id'::text, true), ''::text))::uuid));
CREATE POLICY tenant_append ON hera.audit_log FOR INSERT TO hera_owner WITH CHECK ((organization_id = ( SELECT (NULLIF(current_setting('hera.organization_id'::text, true), ''::text))::uuid AS "nullif")));
CREATE POLICY tenant_append ON hera.audit_pending FOR INSERT TO hera_owner WITH CHECK ((organization_id = ( SELECT (NULLIF(current_setting('hera.organization_id'::text, true), ''::text))::uuid AS "nullif")));
CREATE POLICY tenant_read ON hera.audit_log FOR SELECT TO hera_owner USING ((organization_id = ( SELECT (NULLIF(current_setting('hera.organization_id'::text, true), ''::text))::uuid AS "nullif")));
CREATE POLICY tenant_read ON hera.audit_pending FOR SELECT TO hera_owner USING ((organization_id = ( SELECT (NULLIF(current_setting('hera.organization_id'::text, true), ''::text))::uuid AS "nullif")));
CREATE POLICY tenant_read ON hera.audit_seals FOR SELECT TO hera_owner USING ((organization_id = ( SELECT (NULLIF(current_setting('hera.organization_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE hera.universal_transaction_lines ENABLE ROW LEVEL SECURITY;
ALTER TABLE hera.universal_transactions ENABLE ROW LEVEL SECURITY;
ALTER TABLE hera.webhooks ENABLE ROW LEVEL SECURITY;
CREATE POLICY worker ON hera.attempts TO hera_worker_owner USING (true);
CREATE POLICY worker ON hera.connector_tasks TO hera_worker_owner USING (true);
CREATE POLICY worker ON hera.dead_letters TO hera_worker_owner USING (true);
CREATE POLICY worker ON hera.delivery_rollup TO hera_worker_owner USING (true);
CREATE POLICY worker ON hera.event_rollup TO hera_worker_owner USING (true);
CREATE POLICY worker ON hera.events TO hera_worker_owner USING (true);
CREATE POLICY worker ON hera.idempotency_keys TO hera_worker_owner USING (true);
CREATE POLICY worker ON hera.idempotent_calls TO hera_worker_owner USING (true);
CREATE POLICY worker ON hera.inbound_requests TO hera_worker_owner USING (true);
CREATE POLICY worker ON hera.latency_rollup TO hera_worker_owner USING (true);
CREATE POLICY worker ON hera.outbox_fifo_lane TO hera_worker_owner USING (true);
CREATE POLICY worker ON hera.outbox_fifo_wait TO hera_worker_owner USING (true);
CREATE POLICY worker ON hera.outbox_leases TO hera_worker_owner USING (true);
CREATE POLICY worker ON hera.outbox_rate TO hera_worker_owner USING (true);
CREATE POLICY worker ON hera.outbox_ready TO hera_worker_owner USING (true);
CREATE POLICY worker ON hera.outbox_scheduled TO hera_worker_owner USING (true);
CREATE POLICY worker ON hera.replay_items TO hera_worker_owner USING (true);
CREATE POLICY worker ON hera.replay_jobs TO hera_worker_owner USING (true);
CREATE POLICY worker ON hera.retention_progress TO hera_worker_owner USING (true);
CREATE POLICY worker ON hera.secrets TO hera_worker_owner USING (true);
CREATE POLICY worker ON hera.webhooks TO hera_worker_owner USING (true);
CREATE POLICY worker_append ON hera.audit_log FOR INSERT TO hera_worker_owner WITH CHECK (true);
CREATE POLICY worker_append ON hera.audit_pending FOR INSERT TO hera_worker_owner WITH CHECK (true);
CREATE POLICY worker_append ON hera.audit_seals FOR INSERT TO hera_worker_owner WITH CHECK (true);
CREATE POLICY worker_delete ON hera.audit_log FOR DELETE TO hera_worker_owner USING ((created_at < (hera_internal.now() - '90 days'::interval)));
CREATE POLICY worker_delete ON hera.audit_pending FOR DELETE TO hera_worker_owner USING (true);
CREATE POLICY worker_delete ON hera.audit_seals FOR DELETE TO hera_worker_owner USING ((sealed_at < (hera_internal.now() - '90 days'::interval)));
CREATE POLICY worker_read ON hera.audit_log FOR SELECT TO hera_worker_owner USING (true);
CREATE POLICY worker_read ON hera.audit_pending FOR SELECT TO hera_worker_owner USING (true);
CREATE POLICY worker_read ON hera.audit_seals FOR SELECT TO hera_worker_owner USING (true);
GRANT USAGE ON SCHEMA hera TO hera_worker_owner;
GRANT USAGE ON SCHEMA hera TO hera_view;
GRANT ALL ON SCHEMA hera_internal TO hera_worker_owner;
GRANT USAGE ON SCHEMA hera_internal TO hera_view;
GRANT ALL ON SCHEMA public TO hera_owner;
GRANT ALL ON SCHEMA public TO hera_worker_owner;
GRANT ALL ON SCHEMA public TO hera_view;
GRANT USAGE ON SCHEMA public TO hera_api;
GRANT USAGE ON SCHEMA public TO hera_worker;
GRANT USAGE ON SCHEMA public TO hera_dba;
GRANT USAGE ON SCHEMA public TO hera_reader;
GRANT USAGE ON SCHEMA public TO hera_migrator;
REVOKE ALL ON FUNCTION hera_internal.accept_event(p_actor_user_id uuid, p_organization_id uuid, p_source text, p_type text, p_data jsonb, p_connector_code text, p_key text, p_smart_code text, p_traceparent text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.accept_event_with_transaction(p_actor_user_id uuid, p_organization_id uuid, p_source text, p_type text, p_data jsonb, p_connector_code text, p_key text, p_smart_code text, p_traceparent text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.accept_events(p_actor_user_id uuid, p_organization_id uuid, p_items jsonb[], p_faults jsonb[], p_traceparent text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.accept_events_in_turn(p_actor_user_id uuid, p_organization_id uuid, p_items jsonb[], p_faults jsonb[], p_traceparent text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.account_values(p_accounts text[], p_prefixes jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.action_of(p_config jsonb, p_action text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.actions_fault(p_config jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.acts_for_any() FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.add_links(p_actor_user_id uuid, p_organization_id uuid, p_from_id uuid, p_type text, p_to_ids uuid[]) FROM PUBLIC;
GRANT SELECT ON TABLE hera.replay_jobs TO hera_view;
GRANT SELECT,DELETE,UPDATE ON TABLE hera.replay_jobs TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.advance_replay(p_job hera.replay_jobs, p_limit integer, p_now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.advance_replay(p_job hera.replay_jobs, p_limit integer, p_now timestamp with time zone) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.allowed_networks() FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.allowed_networks() TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.amount_fault(p_amount jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.api_key_hash(p_key text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.api_keys_json(p_organization_id uuid, p_id uuid) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.apply_retention(p_now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.apply_retention(p_now timestamp with time zone) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.assign_connector(p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_code text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.attempt_id(p_delivery_id uuid, p_attempt smallint) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.attempt_id(p_delivery_id uuid, p_attempt smallint) TO hera_worker_owner;
GRANT ALL ON FUNCTION hera_internal.attempt_id(p_delivery_id uuid, p_attempt smallint) TO hera_view;
GRANT ALL ON FUNCTION hera_internal.attempt_id(p_delivery_id uuid, p_attempt smallint) TO hera_dba;
GRANT ALL ON FUNCTION hera_internal.attempt_id(p_delivery_id uuid, p_attempt smallint) TO hera_reader;
REVOKE ALL ON FUNCTION hera_internal.audit(p_actor_user_id uuid, p_organization_id uuid, p_function text, p_operation text, p_target_id uuid, p_detail jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.audit(p_actor_user_id uuid, p_organization_id uuid, p_function text, p_operation text, p_target_id uuid, p_detail jsonb) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.audit_chain_faults(p_organization_id uuid) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.audit_head_faults(p_organization_id uuid, p_anchor jsonb) FROM PUBLIC;
REVOKE ALL ON TABLE hera.audit_log FROM hera_owner;
GRANT SELECT,INSERT,REFERENCES,TRIGGER ON TABLE hera.audit_log TO hera_owner;
GRANT SELECT ON TABLE hera.audit_log TO hera_view;
GRANT SELECT,INSERT,DELETE ON TABLE hera.audit_log TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.audit_row_hash(p_row hera.audit_log) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.audit_row_hash(p_row hera.audit_log) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.audit_seal_hash(p_organization_id uuid, p_seal_no bigint, p_sealed_at timestamp with time zone, p_ids uuid[], p_row_hashes bytea[], p_previous_hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.audit_seal_hash(p_organization_id uuid, p_seal_no bigint, p_sealed_at timestamp with time zone, p_ids uuid[], p_row_hashes bytea[], p_previous_hash bytea) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.auth_fault(p_auth jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.authorize(p_actor_user_id uuid, p_organization_id uuid, p_function text, p_operation text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.authorize_platform_admin(p_actor_user_id uuid, p_organization_id uuid, p_function text, p_operation text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.backlog(p_organization_id uuid, p_now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.backlog(p_organization_id uuid, p_now timestamp with time zone) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.base64url(p_bytes bytea) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.basic_credentials(p_base64 text, p_secret text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.batch_item_fault(p_item jsonb, p_known text[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.batch_rows(p_batch hera_internal.outbox_batch, p_kind text, OUT nth bigint, OUT organization_id uuid, OUT delivery_id uuid, OUT attempt smallint, OUT base_attempt smallint, OUT webhook_id uuid, OUT calls_after timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.batch_rows(p_batch hera_internal.outbox_batch, p_kind text, OUT nth bigint, OUT organization_id uuid, OUT delivery_id uuid, OUT attempt smallint, OUT base_attempt smallint, OUT webhook_id uuid, OUT calls_after timestamp with time zone) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.begin_oauth(p_actor_user_id uuid, p_organization_id uuid, p_installation_id uuid, p_code text, p_config jsonb, p_oauth jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.bind_imported_webhook(p_actor_user_id uuid, p_organization_id uuid, p_webhook_id uuid, p_item jsonb, p_keep_number boolean) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.blank(p_text text, p_pattern text, p_head text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.blocked_networks() FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.blocked_networks() TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.bucket(p_ms double precision) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.bucket(p_ms double precision) TO hera_worker_owner;
GRANT ALL ON FUNCTION hera_internal.bucket(p_ms double precision) TO hera_view;
REVOKE ALL ON FUNCTION hera_internal.bucket_ms(p_bucket smallint) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.bucket_ms(p_bucket smallint) TO hera_worker_owner;
GRANT ALL ON FUNCTION hera_internal.bucket_ms(p_bucket smallint) TO hera_view;
GRANT ALL ON FUNCTION hera_internal.bucket_ms(p_bucket smallint) TO hera_dba;
GRANT ALL ON FUNCTION hera_internal.bucket_ms(p_bucket smallint) TO hera_reader;
REVOKE ALL ON FUNCTION hera_internal.call_action(p_actor_user_id uuid, p_organization_id uuid, p_installation_id uuid, p_status text, p_action text, p_input jsonb, p_key text, p_traceparent text) FROM PUBLIC;
GRANT SELECT ON TABLE hera.webhooks TO hera_view;
GRANT SELECT ON TABLE hera.webhooks TO hera_worker_owner;
GRANT UPDATE(status) ON TABLE hera.webhooks TO hera_worker_owner;
GRANT UPDATE(status_reason) ON TABLE hera.webhooks TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.call_again(p_channel hera.webhooks, p_delivery_id uuid, p_attempt smallint, p_base_attempt smallint, p_wait_s jsonb, p_now timestamp with time zone) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.call_answer(p_organization_id uuid, p_event_id uuid, p_duplicate boolean) FROM PUBLIC;
GRANT SELECT ON TABLE hera.events TO hera_view;
GRANT SELECT,DELETE ON TABLE hera.events TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.call_event(p_call hera.events, p_type text, p_data jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.call_key(p_field text, p_document jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.call_rate(p_config jsonb, OUT per_second numeric, OUT burst numeric) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.call_request(p_organization_id uuid, p_installation_id uuid, p_delivery_id uuid, OUT sealed bytea, OUT url text, OUT hold text, OUT fault text) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.call_request(p_organization_id uuid, p_installation_id uuid, p_delivery_id uuid, OUT sealed bytea, OUT url text, OUT hold text, OUT fault text) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.call_result(p_action jsonb, p_headers jsonb, p_body text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.call_slot(p_organization_id uuid, p_installation_id uuid, p_config jsonb, p_action text, p_input jsonb, p_now timestamp with time zone) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.call_unauthorized(p_channel hera.webhooks, p_delivery_id uuid, p_attempt smallint, p_base_attempt smallint, p_made_at timestamp with time zone, p_now timestamp with time zone) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.call_verdict(p_config jsonb, p_action jsonb, p_status integer, p_error text, p_headers jsonb, p_body text, p_attempt integer, p_most integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.change_installation(p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_code text, p_config jsonb, p_version integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.check_actor(p_actor_user_id uuid) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.check_api_key(p_actor_role text, p_organization_id uuid, p_api_key jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.check_assigned(p_organization_id uuid, p_definition_id uuid, p_config jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.check_grant(p_actor_role text, p_organization_id uuid, p_user_entity_id uuid, p_member jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.check_import_document(p_document jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.check_keys(p_field text, p_object jsonb, p_known text[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.check_lines(p_lines jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.check_retention_settings(p_retention jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.check_webhook_config(p_config jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.check_webhook_settings(p_webhook jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.check_whole_platform(p_role text, p_organization_id uuid) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.common_fault(p_organization_id uuid, p_name text, p_row jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.configure_installation(p_actor_user_id uuid, p_organization_id uuid, p_installation_id uuid, p_fields jsonb, p_config jsonb, p_change jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.connection_health() FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.connection_health() TO hera_owner;
GRANT ALL ON FUNCTION hera_internal.connection_health() TO hera_dba;
REVOKE ALL ON FUNCTION hera_internal.connectors_json(p_organization_id uuid, p_type text, p_code text, p_id uuid) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.content_hash(p_source text, p_type text, p_connector_code text, p_data_text text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.content_macs(p_content text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.create_api_key(p_actor_user_id uuid, p_organization_id uuid, p_api_key jsonb, p_key text) FROM PUBLIC;
GRANT SELECT ON TABLE hera.core_organizations TO hera_view;
GRANT SELECT(id) ON TABLE hera.core_organizations TO hera_worker_owner;
GRANT SELECT(organization_name) ON TABLE hera.core_organizations TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.create_organization(p_actor_user_id uuid, p_organization jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.create_replay(p_actor_user_id uuid, p_organization_id uuid, p_plan hera_internal.replay_plan, p_request jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.create_user(p_auth_uid text, p_name text, p_email text, p_actor_user_id uuid) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.create_webhook(p_actor_user_id uuid, p_organization_id uuid, p_config jsonb, p_connector_code text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.creates_transaction(p_options jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.cron_field(p_field text, p_min integer, p_max integer, p_names text[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.cron_fields(p_cron text, OUT seconds integer[], OUT minutes integer[], OUT hours integer[], OUT days integer[], OUT months integer[], OUT weekdays integer[], OUT any_day boolean) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.cron_next(p_cron text, p_after timestamp with time zone) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.cron_time(p_hours integer[], p_minutes integer[], p_seconds integer[], p_from time without time zone) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.currency_fault(p_currency jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.database_id() FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.define_connector(p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_code text, p_config jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.definition_defaults(p_code text, p_config jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.definition_fault(p_config jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.definition_keys() FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.definition_of(p_code text, OUT id uuid, OUT name text, OUT config jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.definition_schema() FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.definition_shape() FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.definition_version(p_definition_id uuid, p_version integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.deliveries_between(p_organization_id uuid, p_low uuid, p_high uuid, p_webhook_no integer, p_status text, p_max_rows integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.iso_time(p_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.iso_time(p_at timestamp with time zone) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.delivery_body(p_event hera.events, p_data text) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.delivery_body(p_event hera.events, p_data text) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.delivery_event_id(p_delivery_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.delivery_event_id(p_delivery_id uuid) TO hera_worker_owner;
GRANT ALL ON FUNCTION hera_internal.delivery_event_id(p_delivery_id uuid) TO hera_view;
GRANT ALL ON FUNCTION hera_internal.delivery_event_id(p_delivery_id uuid) TO hera_dba;
GRANT ALL ON FUNCTION hera_internal.delivery_event_id(p_delivery_id uuid) TO hera_reader;
REVOKE ALL ON FUNCTION hera_internal.delivery_figures(p_organization_id uuid, p_filter hera_internal.monitor_filter, p_hourly boolean, p_max_rows integer) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.delivery_figures(p_organization_id uuid, p_filter hera_internal.monitor_filter, p_hourly boolean, p_max_rows integer) TO hera_worker_owner;
GRANT SELECT ON TABLE hera.delivery_rollup TO hera_view;
GRANT SELECT,INSERT,DELETE ON TABLE hera.delivery_rollup TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.delivery_hours(p_organization_id uuid, p_from timestamp with time zone, p_until timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.delivery_hours(p_organization_id uuid, p_from timestamp with time zone, p_until timestamp with time zone) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.delivery_id(p_event_id uuid, p_webhook_no integer) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.delivery_id(p_event_id uuid, p_webhook_no integer) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.id_time(p_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.id_time(p_id uuid) TO hera_worker_owner;
GRANT ALL ON FUNCTION hera_internal.id_time(p_id uuid) TO hera_view;
GRANT ALL ON FUNCTION hera_internal.id_time(p_id uuid) TO hera_dba;
GRANT ALL ON FUNCTION hera_internal.id_time(p_id uuid) TO hera_reader;
REVOKE ALL ON FUNCTION hera_internal.delivery_json(p_delivery hera_internal.delivery) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.delivery_recount(p_organization_id uuid, p_from timestamp with time zone, p_until timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.delivery_recount(p_organization_id uuid, p_from timestamp with time zone, p_until timestamp with time zone) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.delivery_webhook_no(p_delivery_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.delivery_webhook_no(p_delivery_id uuid) TO hera_worker_owner;
GRANT ALL ON FUNCTION hera_internal.delivery_webhook_no(p_delivery_id uuid) TO hera_view;
GRANT ALL ON FUNCTION hera_internal.delivery_webhook_no(p_delivery_id uuid) TO hera_dba;
GRANT ALL ON FUNCTION hera_internal.delivery_webhook_no(p_delivery_id uuid) TO hera_reader;
REVOKE ALL ON FUNCTION hera_internal.dependencies_of(p_organization_id uuid, p_config jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.dependency_fault(p_code text, p_config jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.drop_old_partitions(p_now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.drop_old_partitions(p_now timestamp with time zone) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.drop_partition(p_parent text, p_day date) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.drop_partition(p_parent text, p_day date) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.durable() FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.encryption_keys() FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.encryption_keys() TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.end_authorization(p_organization_id uuid, p_installation_id uuid, p_reason text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.end_call(p_organization_id uuid, p_delivery_id uuid, p_attempts smallint, p_outcome text, p_error jsonb, p_result jsonb, p_now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.end_call(p_organization_id uuid, p_delivery_id uuid, p_attempts smallint, p_outcome text, p_error jsonb, p_result jsonb, p_now timestamp with time zone) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.end_connection(p_actor_user_id uuid, p_organization_id uuid, p_installation_id uuid, p_status text, p_config jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.end_links(p_actor_user_id uuid, p_organization_id uuid, p_link_ids uuid[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.endpoint_of(p_actor_user_id uuid, p_organization_id uuid, p_url text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.enqueue_aside(p_organization_id uuid, p_event_id uuid, p_fifo integer[], p_disabled integer[], p_now timestamp with time zone) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.enrich_event(p_organization_id uuid, p_installation_id uuid, p_config jsonb, p_type text, p_event_id uuid, p_data jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.ensure_channel(p_organization_id uuid, p_installation_id uuid, p_config jsonb, p_webhook_no integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.ensure_partitions(p_today date, p_days integer) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.ensure_partitions(p_today date, p_days integer) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.event_connector(p_organization_id uuid, p_connector_code text, OUT fault jsonb, OUT installation_id uuid, OUT definition_id uuid, OUT smart_codes jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.event_fault(p_source text, p_type text, p_data jsonb, p_data_text text, p_connector_code text, p_key text, p_smart_code text) FROM PUBLIC;
GRANT SELECT ON TABLE hera.event_rollup TO hera_view;
GRANT SELECT,INSERT,DELETE ON TABLE hera.event_rollup TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.event_hours(p_organization_id uuid, p_from timestamp with time zone, p_until timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.event_hours(p_organization_id uuid, p_from timestamp with time zone, p_until timestamp with time zone) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.event_json(p_event hera.events) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.event_recount(p_organization_id uuid, p_from timestamp with time zone, p_until timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.event_recount(p_organization_id uuid, p_from timestamp with time zone, p_until timestamp with time zone) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.event_rules_fault(p_config jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.event_smart_code(p_source text, p_type text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.event_smart_codes(p_config jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.event_time(p_text text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.event_types_of(p_actor_user_id uuid, p_code text, p_config jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.explain_webhook(p_webhook hera.webhooks, p_event hera.events) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.export_organization(p_organization_id uuid, p_secrets boolean) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.export_secrets(p_organization_id uuid, p_entity_id uuid) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.fail(p_status integer, p_code text, p_message text, p_hint text) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.fail(p_status integer, p_code text, p_message text, p_hint text) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.fail_answer(p_answer jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.fallback_key(p_fallback jsonb, p_headers jsonb, p_body_hash text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.field_fault(p_field jsonb, p_value jsonb) FROM PUBLIC;
GRANT SELECT ON TABLE hera.core_dynamic_data TO hera_view;
GRANT SELECT(organization_id) ON TABLE hera.core_dynamic_data TO hera_worker_owner;
GRANT SELECT(entity_id) ON TABLE hera.core_dynamic_data TO hera_worker_owner;
GRANT SELECT(field_name) ON TABLE hera.core_dynamic_data TO hera_worker_owner;
GRANT SELECT(field_value_text) ON TABLE hera.core_dynamic_data TO hera_worker_owner;
GRANT SELECT(field_value_date) ON TABLE hera.core_dynamic_data TO hera_worker_owner;
GRANT SELECT(field_value_json) ON TABLE hera.core_dynamic_data TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.field_json(p_field hera.core_dynamic_data) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.fields_fault(p_fields jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.fifo_advance(p_organization_ids uuid[], p_delivery_ids uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.fifo_advance(p_organization_ids uuid[], p_delivery_ids uuid[]) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.fifo_pop(p_organization_id uuid, p_webhook_no integer) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.fifo_pop(p_organization_id uuid, p_webhook_no integer) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.fifo_wake() FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.fifo_wake() TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.fill_headers(p_headers jsonb, p_values jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.fill_json(p_template jsonb, p_values jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.fill_query(p_query jsonb, p_values jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.fill_text(p_text text, p_values jsonb, p_place text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.fill_url(p_url text, p_query jsonb, p_values jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.filled_rules(p_rules jsonb, p_config jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.filter_fault(p_filter text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.filter_text(p_text text, p_filter text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.filter_values(p_filter jsonpath, p_data jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.find_installations(p_code text, p_installation_id uuid, p_fields text[], p_values text[], p_limit integer, OUT organization_id uuid, OUT installation_id uuid) FROM PUBLIC;
GRANT SELECT ON TABLE hera.connector_tasks TO hera_view;
GRANT SELECT,UPDATE ON TABLE hera.connector_tasks TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.finish_health(p_task hera.connector_tasks, p_config jsonb, p_error jsonb, p_status integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.finish_poll(p_task hera.connector_tasks, p_config jsonb, p_error jsonb, p_body text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.finish_refresh(p_task hera.connector_tasks, p_config jsonb, p_error jsonb, p_status integer, p_body text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.finish_revoke(p_task hera.connector_tasks, p_error jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.first_text(p_json jsonb, p_paths text[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.follow_events(p_organization_id uuid, p_items jsonb[], p_answers jsonb[]) FROM PUBLIC;
GRANT SELECT ON TABLE hera.inbound_requests TO hera_view;
GRANT SELECT,DELETE ON TABLE hera.inbound_requests TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.forget_failures(p_request hera.inbound_requests, p_done uuid[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.given_signatures(p_rule jsonb, p_headers jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.gives_secret(p_fields jsonb, p_change jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.greatest_cursor(p_cursors text[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.guardrail(p_reason text, p_hint text) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.guardrail(p_reason text, p_hint text) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.handshake_answer(p_code text, p_inbound jsonb, p_request jsonb, p_by_address boolean, p_address hera_internal.inbound_party) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.handshake_holds(p_require jsonb, p_query jsonb, p_secrets jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.handshake_secrets(p_code text, p_inbound jsonb, p_by_address boolean, p_address hera_internal.inbound_party) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.handshake_text(p_respond jsonb, p_query jsonb, p_hmac text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.header_fault(p_headers jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.health_state(p_organization_id uuid, p_installation_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.health_state(p_organization_id uuid, p_installation_id uuid) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.hmac_sha256(p_message bytea, p_key bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.hmac_sha256(p_message bytea, p_key bytea) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.hold_back(p_batch hera_internal.outbox_batch, p_now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.hold_back(p_batch hera_internal.outbox_batch, p_now timestamp with time zone) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.hour_of(p_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.hour_of(p_at timestamp with time zone) TO hera_worker_owner;
GRANT ALL ON FUNCTION hera_internal.hour_of(p_at timestamp with time zone) TO hera_view;
GRANT ALL ON FUNCTION hera_internal.hour_of(p_at timestamp with time zone) TO hera_dba;
GRANT ALL ON FUNCTION hera_internal.hour_of(p_at timestamp with time zone) TO hera_reader;
REVOKE ALL ON FUNCTION hera_internal.hubspot_uri(p_uri text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.id_before(p_id uuid) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.id_floor(p_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.id_floor(p_at timestamp with time zone) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.identity_changed(p_subject text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.import_installation(p_actor_user_id uuid, p_organization_id uuid, p_source_id uuid, p_item jsonb, p_home boolean, p_skip_unknown boolean) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.import_organization(p_actor_user_id uuid, p_organization_id uuid, p_role text, p_part jsonb, p_same_database boolean, p_skip_unknown boolean) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.import_platform(p_actor_user_id uuid, p_document jsonb, p_same_database boolean, p_skip_unknown boolean) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.import_platform_part(p_actor_user_id uuid, p_organization_id uuid, p_part jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.import_webhook(p_actor_user_id uuid, p_organization_id uuid, p_source_id uuid, p_item jsonb, p_home boolean, p_skip_unknown boolean) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.importable_definition(p_organization_id uuid, p_code text, p_config jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.imported_id(p_organization_id uuid, p_source_id uuid, p_id uuid, p_type text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.inbound_accounts(p_inbound jsonb, p_body jsonb, p_headers jsonb, p_limit integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.inbound_error(p_status integer, p_error text, p_message text, p_log jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.inbound_events(p_inbound jsonb, p_body jsonb, p_headers jsonb, p_body_hash text, OUT event_type text, OUT smart_code text, OUT event_key text, OUT account_ref text, OUT occurred_at text, OUT event_data jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.inbound_items(p_request hera.inbound_requests, p_definition_id uuid, p_parties hera_internal.inbound_party[], p_sole boolean, p_body jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.inbound_json(p_body bytea, OUT body jsonb, OUT fault text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.inbound_party(p_organization_id uuid, p_installation_id uuid) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.inbound_proof(p_definition_id uuid, p_code text, p_inbound jsonb, p_request jsonb, p_body bytea, p_by_address boolean, p_address hera_internal.inbound_party, p_open boolean, OUT parties hera_internal.inbound_party[], OUT platform_verified boolean, OUT sole boolean) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.inbound_request(p_method text, p_uri text, p_headers jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.inbound_secrets(p_organization_id uuid, p_installation_id uuid, p_names text[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.inbound_signature(p_rule jsonb, p_secret text, p_request jsonb, p_body bytea) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.index_installation(p_organization_id uuid, p_installation_id uuid) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.install_connector(p_actor_user_id uuid, p_organization_id uuid, p_code text, p_config jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.installation_fails(p_organization_id uuid, p_installation_id uuid) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.installation_health(p_organization_id uuid, p_installation_id uuid) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.installation_of(p_organization_id uuid, p_code text, OUT id uuid, OUT status text, OUT config jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.installation_secret(p_organization_id uuid, p_installation_id uuid, p_name text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.installation_works(p_organization_id uuid, p_installation_id uuid) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.installed_definition(p_organization_id uuid, p_installation_id uuid) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.is_assigned(p_organization_id uuid, p_definition_id uuid) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.is_call(p_event hera.events) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.is_sealed_off(p_organization_id uuid, p_webhook_id uuid, p_now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.is_sealed_off(p_organization_id uuid, p_webhook_id uuid, p_now timestamp with time zone) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.json_fault(p_json jsonb, p_text text, p_max_bytes integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.json_or_null(p_text text) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.json_or_null(p_text text) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.keep_answer(p_organization_id uuid, p_function text, p_key text, p_answer jsonb, p_shown_once text[]) FROM PUBLIC;
GRANT SELECT ON TABLE hera.oauth_states TO hera_view;
REVOKE ALL ON FUNCTION hera_internal.keep_authorization(p_state hera.oauth_states, p_code text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.keep_failed_items(p_actor_user_id uuid, p_organization_id uuid, p_request hera.inbound_requests, p_items jsonb[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.keep_request(p_request hera.inbound_requests) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.keep_tasks(p_organization_id uuid, p_installation_id uuid) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.kept_events(p_organization_id uuid, p_low uuid, p_high uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.kept_events(p_organization_id uuid, p_low uuid, p_high uuid) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.key_fingerprint(p_key text) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.key_fingerprint(p_key text) TO hera_worker_owner;
GRANT ALL ON FUNCTION hera_internal.key_fingerprint(p_key text) TO hera_view;
REVOKE ALL ON FUNCTION hera_internal.kind_fault(p_value jsonb, p_kind text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.last_delivery_id(p_event_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.last_delivery_id(p_event_id uuid) TO hera_worker_owner;
GRANT SELECT ON TABLE hera.latency_rollup TO hera_view;
GRANT SELECT,INSERT,DELETE ON TABLE hera.latency_rollup TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.latency_hours(p_organization_id uuid, p_from timestamp with time zone, p_until timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.latency_hours(p_organization_id uuid, p_from timestamp with time zone, p_until timestamp with time zone) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.latency_recount(p_organization_id uuid, p_from timestamp with time zone, p_until timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.latency_recount(p_organization_id uuid, p_from timestamp with time zone, p_until timestamp with time zone) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.leave_leases(p_lease_ids bigint[], p_delivery_ids uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.leave_leases(p_lease_ids bigint[], p_delivery_ids uuid[]) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.line_amount(p_line jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.line_fault(p_organization_id uuid, p_name text, p_line jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.lines_fault(p_transaction jsonb, p_lines jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.lines_total(p_transaction jsonb, p_lines jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.link(p_actor_user_id uuid, p_organization_id uuid, p_from_id uuid, p_type text, p_to_id uuid) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.link_event(p_organization_id uuid, p_event_id uuid, p_transaction_id uuid) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.list_answer(p_name text, p_rows jsonb, p_max_rows integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.list_filter(p_filter jsonb, p_known text[], OUT max_rows integer, OUT cursor_id uuid, OUT after_id uuid, OUT before_id uuid, OUT webhook_id uuid, OUT event_id uuid, OUT event_source text, OUT event_type text, OUT connector_code text, OUT status text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.live_status(p_organization_id uuid, p_installation_id uuid, p_auth jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.log_attempts(p_batch hera_internal.outbox_batch, p_results hera_internal.outbox_results, p_now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.log_attempts(p_batch hera_internal.outbox_batch, p_results hera_internal.outbox_results, p_now timestamp with time zone) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.lower_keys(p_object jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.maintenance_step(p_step text, p_now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.maintenance_step(p_step text, p_now timestamp with time zone) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.mask(p_secret text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.masked_request(p_inbound jsonb, p_request jsonb, OUT uri text, OUT headers jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.members_of(p_organization_id uuid) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.merge_installation_config(p_fields jsonb, p_config jsonb, p_change jsonb, OUT config jsonb, OUT secrets jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.merge_json(p_json jsonb, p_change jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.merge_webhook_config(p_config jsonb, p_change jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.monitor(p_what text, p_role text, p_organization_id uuid, p_filter hera_internal.monitor_filter) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.monitor_alerts(p_numbers jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.monitor_alerts(p_numbers jsonb) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.monitor_backlog(p_organization_id uuid, p_filter hera_internal.monitor_filter) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.monitor_backlog(p_organization_id uuid, p_filter hera_internal.monitor_filter) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.monitor_connector_totals(p_organization_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.monitor_connector_totals(p_organization_id uuid) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.monitor_connectors(p_organization_id uuid, p_filter hera_internal.monitor_filter) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.monitor_connectors(p_organization_id uuid, p_filter hera_internal.monitor_filter) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.monitor_deliveries(p_organization_id uuid, p_filter hera_internal.monitor_filter) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.monitor_deliveries(p_organization_id uuid, p_filter hera_internal.monitor_filter) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.monitor_events(p_organization_id uuid, p_filter hera_internal.monitor_filter) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.monitor_events(p_organization_id uuid, p_filter hera_internal.monitor_filter) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.monitor_everywhere(p_what text, p_filter hera_internal.monitor_filter) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.monitor_everywhere(p_what text, p_filter hera_internal.monitor_filter) TO hera_owner;
REVOKE ALL ON FUNCTION hera_internal.monitor_failures(p_organization_id uuid, p_filter hera_internal.monitor_filter) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.monitor_failures(p_organization_id uuid, p_filter hera_internal.monitor_filter) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.monitor_figures(p_what text, p_organization_id uuid, p_filter hera_internal.monitor_filter) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.monitor_figures(p_what text, p_organization_id uuid, p_filter hera_internal.monitor_filter) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.monitor_filter(p_filter jsonb, p_known text[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.monitor_overview(p_organization_id uuid, p_filter hera_internal.monitor_filter) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.monitor_overview(p_organization_id uuid, p_filter hera_internal.monitor_filter) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.monitor_webhooks(p_organization_id uuid, p_filter hera_internal.monitor_filter) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.monitor_webhooks(p_organization_id uuid, p_filter hera_internal.monitor_filter) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.monitored_webhook(p_organization_id uuid, p_webhook_id uuid, OUT organization_id uuid, OUT webhook_no integer) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.monitored_webhook(p_organization_id uuid, p_webhook_id uuid, OUT organization_id uuid, OUT webhook_no integer) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.natural_key(p_code text, p_account text, p_type text, p_key text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.new_api_key() FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.new_id(p_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.new_id(p_at timestamp with time zone) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.new_oauth_state(p_organization_id uuid) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.new_webhook_secret() FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.next_webhook_no(p_organization_id uuid, p_wanted integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.no_delivery_reason(p_predicates jsonb, p_event hera.events, p_created_at timestamp with time zone, p_updated_at timestamp with time zone) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.note_call(p_channel hera.webhooks, p_outcome text, p_error jsonb, p_headers jsonb, p_config jsonb, p_until timestamp with time zone, p_now timestamp with time zone) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.now() FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.now() TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.oauth_outcome(p_error text, p_kept jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.oauth_state_mac(p_content bytea, p_key text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.oauth_state_organization(p_state text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.opened_secrets(p_source_id uuid, p_entity_id uuid, p_secrets jsonb, p_skip_unknown boolean) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.organization_fault(p_name text, p_code text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.organization_json(p_organization hera.core_organizations) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.organizations_of(p_actor_user_id uuid) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.outbox_tick(p_now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.outbox_tick(p_now timestamp with time zone) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.page_answer(p_name text, p_rows jsonb, p_field text, p_filter jsonb, p_known text[], p_id text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.parties_of_account(p_parties hera_internal.inbound_party[], p_sole boolean, p_by_address boolean, p_account text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.partition_health() FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.partition_health() TO hera_owner;
GRANT ALL ON FUNCTION hera_internal.partition_health() TO hera_view;
GRANT ALL ON FUNCTION hera_internal.partition_health() TO hera_dba;
REVOKE ALL ON FUNCTION hera_internal.party_verdict(p_organization_id uuid, p_installation_id uuid, p_inbound jsonb, p_request jsonb, p_body bytea, INOUT p_known jsonb, p_late boolean, OUT verdict text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.path_fault(p_path text, OUT fault text, OUT at_character integer, OUT weight integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.path_walks(p_path text) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.path_walks(p_path text) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.pgp_open(p_sealed bytea, p_key text) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.pgp_open(p_sealed bytea, p_key text) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.pgp_seal(p_text text, p_key text) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.pgp_seal(p_text text, p_key text) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.pick_connector(p_connectors jsonb, p_type text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.plain_account(p_account text, p_prefixes jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.platform_id() FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.platform_id() TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.platform_settings() FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.platform_settings() TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.poll_due(p_rule jsonb, p_after timestamp with time zone) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.poll_request(p_organization_id uuid, p_installation_id uuid, p_config jsonb, p_task hera.connector_tasks) FROM PUBLIC;
GRANT SELECT ON TABLE hera.universal_transactions TO hera_view;
REVOKE ALL ON FUNCTION hera_internal.posted_answer(p_transaction hera.universal_transactions, p_duplicate boolean) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.prepare_calls(p_batch hera_internal.outbox_batch, p_now timestamp with time zone, OUT plain hera_internal.outbox_batch, OUT sendable hera_internal.outbox_batch, OUT calls hera_internal.outbox_batch, OUT sealed bytea[], OUT urls text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.prepare_calls(p_batch hera_internal.outbox_batch, p_now timestamp with time zone, OUT plain hera_internal.outbox_batch, OUT sendable hera_internal.outbox_batch, OUT calls hera_internal.outbox_batch, OUT sealed bytea[], OUT urls text[]) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.preview_events(p_organization_id uuid, p_before hera.webhooks, p_now hera.webhooks, p_limit integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.provider_error(p_config jsonb, p_status integer, p_error text, p_headers jsonb, p_body text, p_attempt integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.provider_request(p_organization_id uuid, p_installation_id uuid, p_config jsonb, p_request jsonb, p_values jsonb, p_with_auth boolean) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.publish(p_actor_user_id uuid, p_organization_id uuid, p_topic text, p_payload jsonb, p_key text, p_smart_code text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.publish_transaction(p_actor_user_id uuid, p_transaction hera.universal_transactions, p_topic text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.purge_audit(p_organization_id uuid, p_before timestamp with time zone, p_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.purge_audit(p_organization_id uuid, p_before timestamp with time zone, p_limit integer) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.purge_rows(p_organization_id uuid, p_kind text, p_from timestamp with time zone, p_before timestamp with time zone, p_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.purge_rows(p_organization_id uuid, p_kind text, p_from timestamp with time zone, p_before timestamp with time zone, p_limit integer) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.put_off_task(p_task hera.connector_tasks, p_what text, p_error jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.queue_health() FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.queue_health() TO hera_owner;
GRANT ALL ON FUNCTION hera_internal.queue_health() TO hera_view;
GRANT ALL ON FUNCTION hera_internal.queue_health() TO hera_dba;
REVOKE ALL ON FUNCTION hera_internal.queue_replay(p_job hera.replay_jobs, p_count integer) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.queue_replay(p_job hera.replay_jobs, p_count integer) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.queue_revoke(p_actor_user_id uuid, p_organization_id uuid, p_installation_id uuid) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.reads() FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.reads() TO hera_view;
GRANT ALL ON FUNCTION hera_internal.reads() TO hera_dba;
GRANT ALL ON FUNCTION hera_internal.reads() TO hera_reader;
REVOKE ALL ON FUNCTION hera_internal.reads_all() FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.reads_all() TO hera_view;
GRANT ALL ON FUNCTION hera_internal.reads_all() TO hera_dba;
GRANT ALL ON FUNCTION hera_internal.reads_all() TO hera_reader;
REVOKE ALL ON FUNCTION hera_internal.reconcile_call(p_organization_id uuid, p_installation_id uuid, p_hera_id text, p_outcome text, p_result jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.reconcile_event(p_organization_id uuid, p_installation_id uuid, p_config jsonb, p_type text, p_data jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.references_fault(p_organization_id uuid, p_transaction jsonb, p_lines jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.refill_rate(p_batch hera_internal.outbox_batch, p_now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.refill_rate(p_batch hera_internal.outbox_batch, p_now timestamp with time zone) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.refresh_request(p_organization_id uuid, p_installation_id uuid, p_config jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.refuse_authorization(p_state hera.oauth_states, p_error text, p_reason text, p_kept jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.refuse_unless_live(p_code text, p_status text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.render(p_template jsonb, p_context jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.render(p_template jsonb, p_context jsonb) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.render_text(p_template jsonb, p_context jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.render_text(p_template jsonb, p_context jsonb) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.repeated_call(p_organization_id uuid, p_function text, p_key text, p_content jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.repeated_event(p_organization_id uuid, p_key text, p_hash bytea, p_source text, p_type text, p_connector_code text, p_data jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.repeated_transaction(p_organization_id uuid, p_key text, p_hash bytea) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.replay_candidates(p_organization_id uuid, p_plan hera_internal.replay_plan, p_limit integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.replay_json(p_job hera.replay_jobs) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.replay_plan(p_organization_id uuid, p_replay jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.request_in_time(p_rule jsonb, p_headers jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.request_json(p_request hera.inbound_requests) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.request_refresh(p_organization_id uuid, p_installation_id uuid, p_used_since timestamp with time zone) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.request_values(p_organization_id uuid, p_installation_id uuid, p_config jsonb, p_templates text, p_values jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.request_verdict(p_rules jsonb, p_policy text, p_secrets jsonb, p_request jsonb, p_body bytea) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.requests_to_rerun(p_organization_id uuid, p_ids uuid[], p_code text, p_since timestamp with time zone, p_limit integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.rerun_request(p_organization_id uuid, p_request hera.inbound_requests) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.restore_secrets(p_organization_id uuid, p_entity_id uuid, p_opened jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.retention_defaults() FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.retention_defaults() TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.retention_policies() FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.retention_policies() TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.revoke_api_key(p_actor_user_id uuid, p_organization_id uuid, p_id uuid, p_hash bytea) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.role_rank(p_role text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.roll_up(p_now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.roll_up(p_now timestamp with time zone) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.rollup_until() FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.rollup_until() TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.rotate_webhook_secret(p_webhook hera.webhooks, p_change jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.rules_of_parties(p_inbound jsonb, p_parties hera_internal.inbound_party[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.same_secret(p_given text, p_secret text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.samples_fault(p_config jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.schema_fault(p_path text, p_value jsonb, p_schema jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.schema_keywords_fault(p_path text, p_schema jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.seal(p_secret text) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.seal(p_secret text) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.seal_audit(p_organization_id uuid, p_now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.seal_audit(p_organization_id uuid, p_now timestamp with time zone) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.seal_audits(p_now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.seal_audits(p_now timestamp with time zone) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.seal_for_sender(p_text text) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.seal_for_sender(p_text text) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.sealed_with(p_sealed bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.sealed_with(p_sealed bytea) TO hera_worker_owner;
GRANT ALL ON FUNCTION hera_internal.sealed_with(p_sealed bytea) TO hera_view;
REVOKE ALL ON FUNCTION hera_internal.secret_fault(p_secret text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.secret_mac(p_organization_id uuid, p_entity_id uuid, p_name text, p_version integer, p_expires_at timestamp with time zone, p_sealed bytea) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.secret_names_fault(p_config jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.secrets_of_rules(p_inbound jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.send_test(p_actor_user_id uuid, p_webhook hera.webhooks) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.set_installation_health(p_organization_id uuid, p_installation_id uuid, p_error text, p_token_expires_at timestamp with time zone) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.set_installation_status(p_actor_user_id uuid, p_organization_id uuid, p_installation_id uuid, p_status text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.set_links(p_actor_user_id uuid, p_organization_id uuid, p_from_id uuid, p_type text, p_to_ids uuid[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.set_replay_status(p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_job_id uuid) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.set_tenant(p_organization_id uuid) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.set_webhook_status(p_actor_user_id uuid, p_webhook hera.webhooks, p_status text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.settle(p_batch hera_internal.outbox_batch, p_results hera_internal.outbox_results, p_now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.settle(p_batch hera_internal.outbox_batch, p_results hera_internal.outbox_results, p_now timestamp with time zone) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.settle_batch(p_batch hera_internal.outbox_batch, p_results hera_internal.outbox_results, p_headers text[], p_now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.settle_batch(p_batch hera_internal.outbox_batch, p_results hera_internal.outbox_results, p_headers text[], p_now timestamp with time zone) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.settle_call(p_organization_id uuid, p_delivery_id uuid, p_attempt smallint, p_base_attempt smallint, p_status integer, p_duration_ms integer, p_error text, p_headers jsonb, p_body text, p_now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.settle_call(p_organization_id uuid, p_delivery_id uuid, p_attempt smallint, p_base_attempt smallint, p_status integer, p_duration_ms integer, p_error text, p_headers jsonb, p_body text, p_now timestamp with time zone) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.settle_calls(p_batch hera_internal.outbox_batch, p_results hera_internal.outbox_results, p_headers text[], p_now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.settle_calls(p_batch hera_internal.outbox_batch, p_results hera_internal.outbox_results, p_headers text[], p_now timestamp with time zone) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.shape_fault(p_path text, p_value jsonb, p_shape jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.shape_schema(p_shape jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.shown(p_value jsonb, p_max_length integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.signature_fits(p_rule jsonb, p_secret text, p_request jsonb, p_body bytea, p_given text[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.signs_events(p_inbound jsonb, p_handshake jsonb, p_part text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.smart_code_of(p_source text, p_type text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.smart_code_ok(p_smart_code text) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.smart_code_ok(p_smart_code text) TO hera_view;
REVOKE ALL ON FUNCTION hera_internal.smart_code_segment(p_text text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.snapshot_holders() FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.snapshot_holders() TO hera_owner;
GRANT ALL ON FUNCTION hera_internal.snapshot_holders() TO hera_view;
GRANT ALL ON FUNCTION hera_internal.snapshot_holders() TO hera_dba;
REVOKE ALL ON FUNCTION hera_internal.stand_in_line(p_organization_id uuid, p_delivery_id uuid, p_attempts integer) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.stand_in_line(p_organization_id uuid, p_delivery_id uuid, p_attempts integer) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.stop_calls(p_channel hera.webhooks) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.store_call(p_actor_user_id uuid, p_organization_id uuid, p_channel hera.webhooks, p_config jsonb, p_action text, p_input jsonb, p_key text, p_traceparent text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.store_definition(p_actor_user_id uuid, p_code text, p_config jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.store_events(p_actor_user_id uuid, p_organization_id uuid, p_events hera.events[], p_places integer[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.store_field(p_actor_user_id uuid, p_organization_id uuid, p_entity_id uuid, p_name text, p_type text, p_value jsonb, p_smart_code text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.store_inbound(p_request hera.inbound_requests, p_organization_id uuid, p_items jsonb[], p_traceparent text, OUT accepted integer, OUT duplicates integer, OUT failed integer, OUT reason text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.store_polled(p_organization_id uuid, p_installation_id uuid, p_config jsonb, p_event text, p_body jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.store_secret(p_organization_id uuid, p_entity_id uuid, p_name text, p_secret text, p_overlap interval) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.store_tokens(p_actor_user_id uuid, p_organization_id uuid, p_installation_id uuid, p_config jsonb, p_answer jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.store_transaction(p_actor_user_id uuid, p_organization_id uuid, p_transaction jsonb, p_lines jsonb, p_key text, p_hash bytea) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.store_version(p_actor_user_id uuid, p_definition_id uuid, p_version integer, p_config jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.store_webhook(p_actor_user_id uuid, p_organization_id uuid, p_webhook_id uuid, p_config jsonb, p_connector_code text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.store_webhook_headers(p_organization_id uuid, p_webhook_id uuid, p_change jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.store_webhook_secret(p_organization_id uuid, p_webhook_id uuid, p_secret text, p_overlap interval) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.sync_channel(p_organization_id uuid, p_installation_id uuid) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.syntax_position(p_path text, p_message text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.take_delivery(p_delivery_id uuid, OUT organization_id uuid, OUT attempts smallint, OUT base_attempt smallint) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.take_delivery(p_delivery_id uuid, OUT organization_id uuid, OUT attempts smallint, OUT base_attempt smallint) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.take_inbound(p_request hera.inbound_requests, p_definition_id uuid, p_parties hera_internal.inbound_party[], p_sole boolean, p_only uuid, p_traceparent text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.take_oauth_state(p_state text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.take_ready(p_limit integer, p_cursor bigint, OUT cursor bigint, OUT batch hera_internal.outbox_batch) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.take_ready(p_limit integer, p_cursor bigint, OUT cursor bigint, OUT batch hera_internal.outbox_batch) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.task_request(p_organization_id uuid, p_task_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.task_request(p_organization_id uuid, p_task_id uuid) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.task_without_request(p_task hera.connector_tasks, p_config jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.template_paths(p_template jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.template_value(p_context jsonb, p_path text) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.template_value(p_context jsonb, p_path text) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.templates_fault(p_config jsonb, p_text text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.test_vectors_fault(p_config jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.text_fault(p_text jsonb, p_max_length integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.text_or_null(p_bytes bytea) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.to_time(p_field text, p_text text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.to_uuid(p_field text, p_text text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.token_request(p_organization_id uuid, p_installation_id uuid, p_config jsonb, p_endpoint text, p_params jsonb, p_values jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.token_state(p_organization_id uuid, p_installation_id uuid, p_auth jsonb, OUT given_at timestamp with time zone, OUT expires_at timestamp with time zone, OUT can_refresh boolean, OUT refresh_at timestamp with time zone) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.told_error(p_organization_id uuid, p_installation_id uuid, p_what text, p_error jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.topic_candidates(p_topic text) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.topic_candidates(p_topic text) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.topics_fault(p_topics jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.traceparent_of(p_options jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.transaction_date(p_text text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.transaction_fault(p_organization_id uuid, p_transaction jsonb, p_lines jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.transaction_json(p_transaction hera.universal_transactions) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.transaction_keys() FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.transaction_lines_json(p_organization_id uuid, p_transaction_id uuid) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.transaction_of_event(p_type text, p_data jsonb, p_smart_code text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.transform_fault(p_transform jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.transformed_data(p_event hera.events, p_transform jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.transformed_data(p_event hera.events, p_transform jsonb) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.trusted_parties(p_definition_id uuid, p_organization_ids uuid[], p_installation_ids uuid[], p_request jsonb, p_body bytea, p_open boolean, p_platform boolean, p_tries integer, p_late boolean, p_trusted uuid[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.unbound_variable(p_path text, p_bound text[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.under_way(p_organization_id uuid, p_low uuid, p_high uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.under_way(p_organization_id uuid, p_low uuid, p_high uuid) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.uninstall_connector(p_actor_user_id uuid, p_organization_id uuid, p_installation_id uuid) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.unknown_operation(p_operation text, p_known text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.unseal(p_sealed bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.unseal(p_sealed bytea) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.update_organization(p_actor_user_id uuid, p_role text, p_id uuid, p_organization jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.update_webhook(p_actor_user_id uuid, p_webhook hera.webhooks, p_change jsonb, p_connector_code text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.upgrade_installation(p_actor_user_id uuid, p_organization_id uuid, p_installation_id uuid, p_definition_id uuid, p_config jsonb, p_change jsonb, p_version integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.url_decode(p_text text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.url_encode(p_text text, p_keep text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.url_fault(p_url text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.used_up_until(p_config jsonb, p_headers jsonb, p_now timestamp with time zone) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.user_of(p_auth_uid text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.uuid_fault(p_id jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.verification_fault(p_inbound jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.version_to_change(p_definition_id uuid, p_version jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.versions_of(p_definition_id uuid) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.walk_steps(p_steps jsonb, p_body jsonb, p_limit bigint) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.webhook_credentials(p_organization_id uuid, p_webhook_id uuid, p_now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION hera_internal.webhook_credentials(p_organization_id uuid, p_webhook_id uuid, p_now timestamp with time zone) TO hera_worker_owner;
REVOKE ALL ON FUNCTION hera_internal.webhook_no_of(p_organization_id uuid, p_webhook_id uuid) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.webhook_wants(p_webhook hera.webhooks, p_event hera.events) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.webhooks_json(p_organization_id uuid, p_webhook_id uuid, p_connector_code text) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.with_accounts(p_party hera_internal.inbound_party, p_inbound jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.with_client(p_auth jsonb, p_request jsonb, p_params jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.with_defaults(p_value jsonb, p_schema jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION hera_internal.without_secrets(p_organization_id uuid, p_installation_id uuid, p_text text) FROM PUBLIC;
REVOKE ALL ON FUNCTION public.hera_api_key_resolve_v1(p_key_hash text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_api_key_resolve_v1(p_key_hash text) TO hera_api;
GRANT ALL ON FUNCTION public.hera_api_key_resolve_v1(p_key_hash text) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_api_key_v1(p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_api_key jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_api_key_v1(p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_api_key jsonb) TO hera_api;
GRANT ALL ON FUNCTION public.hera_api_key_v1(p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_api_key jsonb) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_audit_list_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_audit_list_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) TO hera_api;
GRANT ALL ON FUNCTION public.hera_audit_list_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_audit_refusal_v1(p_refused_user_id uuid, p_organization_id uuid, p_function text, p_error text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_audit_refusal_v1(p_refused_user_id uuid, p_organization_id uuid, p_function text, p_error text) TO hera_api;
GRANT ALL ON FUNCTION public.hera_audit_refusal_v1(p_refused_user_id uuid, p_organization_id uuid, p_function text, p_error text) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_audit_seal_v1() FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_audit_seal_v1() TO hera_worker;
GRANT ALL ON FUNCTION public.hera_audit_seal_v1() TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_audit_verify_v1(p_actor_user_id uuid, p_organization_id uuid, p_anchor jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_audit_verify_v1(p_actor_user_id uuid, p_organization_id uuid, p_anchor jsonb) TO hera_api;
GRANT ALL ON FUNCTION public.hera_audit_verify_v1(p_actor_user_id uuid, p_organization_id uuid, p_anchor jsonb) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_connector_action_v1(p_actor_user_id uuid, p_organization_id uuid, p_connector_code text, p_action text, p_input jsonb, p_options jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_connector_action_v1(p_actor_user_id uuid, p_organization_id uuid, p_connector_code text, p_action text, p_input jsonb, p_options jsonb) TO hera_api;
GRANT ALL ON FUNCTION public.hera_connector_action_v1(p_actor_user_id uuid, p_organization_id uuid, p_connector_code text, p_action text, p_input jsonb, p_options jsonb) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_connector_health_v1(p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_connector_code text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_connector_health_v1(p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_connector_code text) TO hera_api;
GRANT ALL ON FUNCTION public.hera_connector_health_v1(p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_connector_code text) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_connector_oauth_answer_v1(p_ticket text, p_status integer, p_headers jsonb, p_body text, p_error text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_connector_oauth_answer_v1(p_ticket text, p_status integer, p_headers jsonb, p_body text, p_error text) TO hera_api;
GRANT ALL ON FUNCTION public.hera_connector_oauth_answer_v1(p_ticket text, p_status integer, p_headers jsonb, p_body text, p_error text) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_connector_oauth_callback_v1(p_state text, p_code text, p_error text, p_error_description text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_connector_oauth_callback_v1(p_state text, p_code text, p_error text, p_error_description text) TO hera_api;
GRANT ALL ON FUNCTION public.hera_connector_oauth_callback_v1(p_state text, p_code text, p_error text, p_error_description text) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_connector_oauth_v1(p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_connector_code text, p_oauth jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_connector_oauth_v1(p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_connector_code text, p_oauth jsonb) TO hera_api;
GRANT ALL ON FUNCTION public.hera_connector_oauth_v1(p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_connector_code text, p_oauth jsonb) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_connector_schema_v1(p_actor_user_id uuid, p_organization_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_connector_schema_v1(p_actor_user_id uuid, p_organization_id uuid) TO hera_api;
GRANT ALL ON FUNCTION public.hera_connector_schema_v1(p_actor_user_id uuid, p_organization_id uuid) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_connector_task_claim_v1(p_worker text, p_limit integer, p_lease_seconds integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_connector_task_claim_v1(p_worker text, p_limit integer, p_lease_seconds integer) TO hera_worker;
GRANT ALL ON FUNCTION public.hera_connector_task_claim_v1(p_worker text, p_limit integer, p_lease_seconds integer) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_connector_task_finish_v1(p_organization_id uuid, p_task_id uuid, p_fence uuid, p_status integer, p_headers jsonb, p_body text, p_error text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_connector_task_finish_v1(p_organization_id uuid, p_task_id uuid, p_fence uuid, p_status integer, p_headers jsonb, p_body text, p_error text) TO hera_worker;
GRANT ALL ON FUNCTION public.hera_connector_task_finish_v1(p_organization_id uuid, p_task_id uuid, p_fence uuid, p_status integer, p_headers jsonb, p_body text, p_error text) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_event_explain_v1(p_actor_user_id uuid, p_organization_id uuid, p_event_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_event_explain_v1(p_actor_user_id uuid, p_organization_id uuid, p_event_id uuid) TO hera_api;
GRANT ALL ON FUNCTION public.hera_event_explain_v1(p_actor_user_id uuid, p_organization_id uuid, p_event_id uuid) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_identity_resolve_v1(p_auth_uid text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_identity_resolve_v1(p_auth_uid text) TO hera_api;
GRANT ALL ON FUNCTION public.hera_identity_resolve_v1(p_auth_uid text) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_inbound_requests_v1(p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_filter jsonb, p_request_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_inbound_requests_v1(p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_filter jsonb, p_request_id uuid) TO hera_api;
GRANT ALL ON FUNCTION public.hera_inbound_requests_v1(p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_filter jsonb, p_request_id uuid) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_inbound_rerun_v1(p_actor_user_id uuid, p_organization_id uuid, p_inbound jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_inbound_rerun_v1(p_actor_user_id uuid, p_organization_id uuid, p_inbound jsonb) TO hera_api;
GRANT ALL ON FUNCTION public.hera_inbound_rerun_v1(p_actor_user_id uuid, p_organization_id uuid, p_inbound jsonb) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_integration_connector_v1(p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_connector_type text, p_connector_code text, p_connector_config jsonb, p_installation_config jsonb, p_options jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_integration_connector_v1(p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_connector_type text, p_connector_code text, p_connector_config jsonb, p_installation_config jsonb, p_options jsonb) TO hera_api;
GRANT ALL ON FUNCTION public.hera_integration_connector_v1(p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_connector_type text, p_connector_code text, p_connector_config jsonb, p_installation_config jsonb, p_options jsonb) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_integration_event_batch_v1(p_actor_user_id uuid, p_organization_id uuid, p_events jsonb, p_options jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_integration_event_batch_v1(p_actor_user_id uuid, p_organization_id uuid, p_events jsonb, p_options jsonb) TO hera_api;
GRANT ALL ON FUNCTION public.hera_integration_event_batch_v1(p_actor_user_id uuid, p_organization_id uuid, p_events jsonb, p_options jsonb) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_integration_event_get_v1(p_actor_user_id uuid, p_organization_id uuid, p_event_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_integration_event_get_v1(p_actor_user_id uuid, p_organization_id uuid, p_event_id uuid) TO hera_api;
GRANT ALL ON FUNCTION public.hera_integration_event_get_v1(p_actor_user_id uuid, p_organization_id uuid, p_event_id uuid) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_integration_event_in_v1(p_actor_user_id uuid, p_organization_id uuid, p_event_source text, p_event_type text, p_event_data jsonb, p_connector_code text, p_idempotency_key text, p_smart_code text, p_options jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_integration_event_in_v1(p_actor_user_id uuid, p_organization_id uuid, p_event_source text, p_event_type text, p_event_data jsonb, p_connector_code text, p_idempotency_key text, p_smart_code text, p_options jsonb) TO hera_api;
GRANT ALL ON FUNCTION public.hera_integration_event_in_v1(p_actor_user_id uuid, p_organization_id uuid, p_event_source text, p_event_type text, p_event_data jsonb, p_connector_code text, p_idempotency_key text, p_smart_code text, p_options jsonb) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_integration_event_list_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_integration_event_list_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) TO hera_api;
GRANT ALL ON FUNCTION public.hera_integration_event_list_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_integration_export_v1(p_actor_user_id uuid, p_organization_id uuid, p_options jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_integration_export_v1(p_actor_user_id uuid, p_organization_id uuid, p_options jsonb) TO hera_api;
GRANT ALL ON FUNCTION public.hera_integration_export_v1(p_actor_user_id uuid, p_organization_id uuid, p_options jsonb) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_integration_import_v1(p_actor_user_id uuid, p_organization_id uuid, p_document jsonb, p_options jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_integration_import_v1(p_actor_user_id uuid, p_organization_id uuid, p_document jsonb, p_options jsonb) TO hera_api;
GRANT ALL ON FUNCTION public.hera_integration_import_v1(p_actor_user_id uuid, p_organization_id uuid, p_document jsonb, p_options jsonb) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_integration_inbound_v1(p_method text, p_uri text, p_headers jsonb, p_body bytea, p_connector_code text, p_installation_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_integration_inbound_v1(p_method text, p_uri text, p_headers jsonb, p_body bytea, p_connector_code text, p_installation_id uuid) TO hera_api;
GRANT ALL ON FUNCTION public.hera_integration_inbound_v1(p_method text, p_uri text, p_headers jsonb, p_body bytea, p_connector_code text, p_installation_id uuid) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_integration_setup_connector_v1(p_definition jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_integration_setup_connector_v1(p_definition jsonb) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_integration_setup_relationships_v1() FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_integration_setup_relationships_v1() TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_membership_v1(p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_member jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_membership_v1(p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_member jsonb) TO hera_api;
GRANT ALL ON FUNCTION public.hera_membership_v1(p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_member jsonb) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_monitor_backlog_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_monitor_backlog_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) TO hera_api;
GRANT ALL ON FUNCTION public.hera_monitor_backlog_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_monitor_connectors_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_monitor_connectors_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) TO hera_api;
GRANT ALL ON FUNCTION public.hera_monitor_connectors_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_monitor_database_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_monitor_database_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) TO hera_api;
GRANT ALL ON FUNCTION public.hera_monitor_database_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_monitor_deliveries_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_monitor_deliveries_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) TO hera_api;
GRANT ALL ON FUNCTION public.hera_monitor_deliveries_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_monitor_events_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_monitor_events_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) TO hera_api;
GRANT ALL ON FUNCTION public.hera_monitor_events_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_monitor_failures_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_monitor_failures_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) TO hera_api;
GRANT ALL ON FUNCTION public.hera_monitor_failures_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_monitor_overview_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_monitor_overview_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) TO hera_api;
GRANT ALL ON FUNCTION public.hera_monitor_overview_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_monitor_webhooks_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_monitor_webhooks_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) TO hera_api;
GRANT ALL ON FUNCTION public.hera_monitor_webhooks_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_organization_v1(p_actor_user_id uuid, p_operation text, p_organization jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_organization_v1(p_actor_user_id uuid, p_operation text, p_organization jsonb) TO hera_api;
GRANT ALL ON FUNCTION public.hera_organization_v1(p_actor_user_id uuid, p_operation text, p_organization jsonb) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_outbox_claim_v1(p_worker text, p_limit integer, p_cursor bigint, p_lease_seconds integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_outbox_claim_v1(p_worker text, p_limit integer, p_cursor bigint, p_lease_seconds integer) TO hera_worker;
GRANT ALL ON FUNCTION public.hera_outbox_claim_v1(p_worker text, p_limit integer, p_cursor bigint, p_lease_seconds integer) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_outbox_finish_v1(p_lease_ids bigint[], p_delivery_ids uuid[], p_status_codes integer[], p_durations_ms integer[], p_response_bodies text[], p_errors text[], p_retry_after_s integer[], p_response_headers text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_outbox_finish_v1(p_lease_ids bigint[], p_delivery_ids uuid[], p_status_codes integer[], p_durations_ms integer[], p_response_bodies text[], p_errors text[], p_retry_after_s integer[], p_response_headers text[]) TO hera_worker;
GRANT ALL ON FUNCTION public.hera_outbox_finish_v1(p_lease_ids bigint[], p_delivery_ids uuid[], p_status_codes integer[], p_durations_ms integer[], p_response_bodies text[], p_errors text[], p_retry_after_s integer[], p_response_headers text[]) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_outbox_get_pending_v1(p_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_outbox_get_pending_v1(p_limit integer) TO hera_worker;
GRANT ALL ON FUNCTION public.hera_outbox_get_pending_v1(p_limit integer) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_outbox_get_stats_v1() FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_outbox_get_stats_v1() TO hera_worker;
GRANT ALL ON FUNCTION public.hera_outbox_get_stats_v1() TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_outbox_maintain_v1() FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_outbox_maintain_v1() TO hera_worker;
GRANT ALL ON FUNCTION public.hera_outbox_maintain_v1() TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_outbox_publish_v1(p_actor_user_id uuid, p_organization_id uuid, p_topic text, p_payload jsonb, p_options jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_outbox_publish_v1(p_actor_user_id uuid, p_organization_id uuid, p_topic text, p_payload jsonb, p_options jsonb) TO hera_api;
GRANT ALL ON FUNCTION public.hera_outbox_publish_v1(p_actor_user_id uuid, p_organization_id uuid, p_topic text, p_payload jsonb, p_options jsonb) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_outbox_release_v1(p_lease_ids bigint[], p_delivery_ids uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_outbox_release_v1(p_lease_ids bigint[], p_delivery_ids uuid[]) TO hera_worker;
GRANT ALL ON FUNCTION public.hera_outbox_release_v1(p_lease_ids bigint[], p_delivery_ids uuid[]) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_outbox_replay_step_v1(p_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_outbox_replay_step_v1(p_limit integer) TO hera_worker;
GRANT ALL ON FUNCTION public.hera_outbox_replay_step_v1(p_limit integer) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_outbox_schedule_retry_v1(p_event_id uuid, p_attempts integer, p_next_retry_at text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_outbox_schedule_retry_v1(p_event_id uuid, p_attempts integer, p_next_retry_at text) TO hera_worker;
GRANT ALL ON FUNCTION public.hera_outbox_schedule_retry_v1(p_event_id uuid, p_attempts integer, p_next_retry_at text) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_outbox_settings_v1() FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_outbox_settings_v1() TO hera_worker;
GRANT ALL ON FUNCTION public.hera_outbox_settings_v1() TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_outbox_update_status_v1(p_event_id uuid, p_status text, p_attempts integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_outbox_update_status_v1(p_event_id uuid, p_status text, p_attempts integer) TO hera_worker;
GRANT ALL ON FUNCTION public.hera_outbox_update_status_v1(p_event_id uuid, p_status text, p_attempts integer) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_permissions_v1(p_actor_user_id uuid, p_organization_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_permissions_v1(p_actor_user_id uuid, p_organization_id uuid) TO hera_api;
GRANT ALL ON FUNCTION public.hera_permissions_v1(p_actor_user_id uuid, p_organization_id uuid) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_platform_authorize_v1(p_actor_user_id uuid, p_operation text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_platform_authorize_v1(p_actor_user_id uuid, p_operation text) TO hera_api;
GRANT ALL ON FUNCTION public.hera_platform_authorize_v1(p_actor_user_id uuid, p_operation text) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_platform_settings_v1(p_webhook jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_platform_settings_v1(p_webhook jsonb) TO hera_api;
GRANT ALL ON FUNCTION public.hera_platform_settings_v1(p_webhook jsonb) TO hera_worker;
GRANT ALL ON FUNCTION public.hera_platform_settings_v1(p_webhook jsonb) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_replay_job_v1(p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_replay jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_replay_job_v1(p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_replay jsonb) TO hera_api;
GRANT ALL ON FUNCTION public.hera_replay_job_v1(p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_replay jsonb) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_secret_rotate_v1(p_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_secret_rotate_v1(p_limit integer) TO hera_worker;
GRANT ALL ON FUNCTION public.hera_secret_rotate_v1(p_limit integer) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_transaction_get_v1(p_actor_user_id uuid, p_organization_id uuid, p_transaction_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_transaction_get_v1(p_actor_user_id uuid, p_organization_id uuid, p_transaction_id uuid) TO hera_api;
GRANT ALL ON FUNCTION public.hera_transaction_get_v1(p_actor_user_id uuid, p_organization_id uuid, p_transaction_id uuid) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_transaction_list_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_transaction_list_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) TO hera_api;
GRANT ALL ON FUNCTION public.hera_transaction_list_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_transaction_post_v1(p_actor_user_id uuid, p_organization_id uuid, p_transaction jsonb, p_lines jsonb, p_options jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_transaction_post_v1(p_actor_user_id uuid, p_organization_id uuid, p_transaction jsonb, p_lines jsonb, p_options jsonb) TO hera_api;
GRANT ALL ON FUNCTION public.hera_transaction_post_v1(p_actor_user_id uuid, p_organization_id uuid, p_transaction jsonb, p_lines jsonb, p_options jsonb) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_webhook_config_v1(p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_webhook_config jsonb, p_connector_code text, p_webhook_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_webhook_config_v1(p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_webhook_config jsonb, p_connector_code text, p_webhook_id uuid) TO hera_api;
GRANT ALL ON FUNCTION public.hera_webhook_config_v1(p_actor_user_id uuid, p_organization_id uuid, p_operation text, p_webhook_config jsonb, p_connector_code text, p_webhook_id uuid) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_webhook_dead_letters_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_webhook_dead_letters_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) TO hera_api;
GRANT ALL ON FUNCTION public.hera_webhook_dead_letters_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_webhook_deliveries_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_webhook_deliveries_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) TO hera_api;
GRANT ALL ON FUNCTION public.hera_webhook_deliveries_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_webhook_delivery_log_v1(p_event_id uuid, p_webhook_id uuid, p_organization_id uuid, p_status_code integer, p_response_body text, p_attempt_number integer, p_delivery_duration_ms integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_webhook_delivery_log_v1(p_event_id uuid, p_webhook_id uuid, p_organization_id uuid, p_status_code integer, p_response_body text, p_attempt_number integer, p_delivery_duration_ms integer) TO hera_worker;
GRANT ALL ON FUNCTION public.hera_webhook_delivery_log_v1(p_event_id uuid, p_webhook_id uuid, p_organization_id uuid, p_status_code integer, p_response_body text, p_attempt_number integer, p_delivery_duration_ms integer) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_webhook_get_by_topic_v1(p_organization_id uuid, p_topic text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_webhook_get_by_topic_v1(p_organization_id uuid, p_topic text) TO hera_worker;
GRANT ALL ON FUNCTION public.hera_webhook_get_by_topic_v1(p_organization_id uuid, p_topic text) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_webhook_logs_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_webhook_logs_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) TO hera_api;
GRANT ALL ON FUNCTION public.hera_webhook_logs_v1(p_actor_user_id uuid, p_organization_id uuid, p_filter jsonb) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_webhook_preview_v1(p_actor_user_id uuid, p_organization_id uuid, p_webhook_id uuid, p_webhook_config jsonb, p_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_webhook_preview_v1(p_actor_user_id uuid, p_organization_id uuid, p_webhook_id uuid, p_webhook_config jsonb, p_limit integer) TO hera_api;
GRANT ALL ON FUNCTION public.hera_webhook_preview_v1(p_actor_user_id uuid, p_organization_id uuid, p_webhook_id uuid, p_webhook_config jsonb, p_limit integer) TO hera_dba;
REVOKE ALL ON FUNCTION public.hera_webhook_replay_v1(p_actor_user_id uuid, p_organization_id uuid, p_replay jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hera_webhook_replay_v1(p_actor_user_id uuid, p_organization_id uuid, p_replay jsonb) TO hera_api;
GRANT ALL ON FUNCTION public.hera_webhook_replay_v1(p_actor_user_id uuid, p_organization_id uuid, p_replay jsonb) TO hera_dba;
GRANT SELECT ON TABLE hera.api_keys TO hera_view;
GRANT SELECT ON TABLE hera.attempts TO hera_view;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE hera.attempts TO hera_worker_owner;
REVOKE ALL ON TABLE hera.audit_pending FROM hera_owner;
GRANT SELECT,INSERT,REFERENCES,TRIGGER ON TABLE hera.audit_pending TO hera_owner;
GRANT SELECT ON TABLE hera.audit_pending TO hera_view;
GRANT SELECT,INSERT,DELETE ON TABLE hera.audit_pending TO hera_worker_owner;
REVOKE ALL ON TABLE hera.audit_seals FROM hera_owner;
GRANT SELECT,REFERENCES,TRIGGER ON TABLE hera.audit_seals TO hera_owner;
GRANT SELECT ON TABLE hera.audit_seals TO hera_view;
GRANT SELECT,INSERT,DELETE ON TABLE hera.audit_seals TO hera_worker_owner;
GRANT SELECT ON TABLE hera.call_slots TO hera_view;
GRANT SELECT ON TABLE hera.connector_versions TO hera_view;
GRANT SELECT ON TABLE hera.core_entities TO hera_view;
GRANT SELECT ON TABLE hera.core_entities TO hera_worker_owner;
GRANT SELECT ON TABLE hera.core_relationships TO hera_view;
GRANT SELECT ON TABLE hera.dead_letters TO hera_view;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE hera.dead_letters TO hera_worker_owner;
GRANT SELECT ON TABLE hera.idempotency_keys TO hera_view;
GRANT SELECT,DELETE ON TABLE hera.idempotency_keys TO hera_worker_owner;
GRANT SELECT ON TABLE hera.idempotent_calls TO hera_view;
GRANT SELECT,DELETE ON TABLE hera.idempotent_calls TO hera_worker_owner;
GRANT SELECT ON TABLE hera.identities TO hera_view;
GRANT SELECT ON TABLE hera.installation_fields TO hera_view;
GRANT SELECT ON TABLE hera.memberships TO hera_view;
GRANT SELECT ON TABLE hera.outbox_fifo_lane TO hera_view;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE hera.outbox_fifo_lane TO hera_worker_owner;
GRANT SELECT ON TABLE hera.outbox_fifo_wait TO hera_view;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE hera.outbox_fifo_wait TO hera_worker_owner;
GRANT SELECT ON TABLE hera.outbox_leases TO hera_view;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE hera.outbox_leases TO hera_worker_owner;
GRANT SELECT ON TABLE hera.outbox_rate TO hera_view;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE hera.outbox_rate TO hera_worker_owner;
GRANT SELECT ON TABLE hera.outbox_ready TO hera_view;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE hera.outbox_ready TO hera_worker_owner;
GRANT SELECT ON TABLE hera.outbox_scheduled TO hera_view;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE hera.outbox_scheduled TO hera_worker_owner;
GRANT SELECT ON TABLE hera.replay_items TO hera_view;
GRANT SELECT,DELETE ON TABLE hera.replay_items TO hera_worker_owner;
GRANT SELECT ON TABLE hera.retention_progress TO hera_view;
GRANT SELECT,INSERT,UPDATE ON TABLE hera.retention_progress TO hera_worker_owner;
GRANT SELECT,INSERT,UPDATE ON TABLE hera.rollup_state TO hera_worker_owner;
GRANT SELECT ON TABLE hera.rollup_state TO hera_view;
GRANT SELECT ON TABLE hera.secrets TO hera_view;
GRANT SELECT ON TABLE hera.secrets TO hera_worker_owner;
GRANT UPDATE(sealed) ON TABLE hera.secrets TO hera_worker_owner;
GRANT SELECT ON TABLE hera.universal_transaction_lines TO hera_view;
GRANT SELECT ON TABLE public.core_dynamic_data TO hera_dba;
GRANT SELECT ON TABLE public.core_dynamic_data TO hera_reader;
GRANT SELECT ON TABLE public.core_entities TO hera_dba;
GRANT SELECT ON TABLE public.core_entities TO hera_reader;
GRANT SELECT ON TABLE public.core_organizations TO hera_dba;
GRANT SELECT ON TABLE public.core_organizations TO hera_reader;
GRANT SELECT ON TABLE public.core_relationships TO hera_dba;
GRANT SELECT ON TABLE public.core_relationships TO hera_reader;
GRANT SELECT ON TABLE public.hera_monitor_backlog TO hera_dba;
GRANT SELECT ON TABLE public.hera_monitor_backlog TO hera_reader;
GRANT SELECT ON TABLE public.hera_monitor_connectors TO hera_dba;
GRANT SELECT ON TABLE public.hera_monitor_connectors TO hera_reader;
GRANT SELECT ON TABLE public.hera_monitor_dead_letters TO hera_dba;
GRANT SELECT ON TABLE public.hera_monitor_dead_letters TO hera_reader;
GRANT SELECT ON TABLE public.hera_monitor_deliveries TO hera_dba;
GRANT SELECT ON TABLE public.hera_monitor_deliveries TO hera_reader;
GRANT SELECT ON TABLE public.hera_monitor_events TO hera_dba;
GRANT SELECT ON TABLE public.hera_monitor_events TO hera_reader;
GRANT SELECT ON TABLE public.hera_monitor_failures TO hera_dba;
GRANT SELECT ON TABLE public.hera_monitor_failures TO hera_reader;
GRANT SELECT ON TABLE public.hera_monitor_partitions TO hera_dba;
GRANT SELECT ON TABLE public.hera_monitor_queues TO hera_dba;
GRANT SELECT ON TABLE public.hera_monitor_rate_limits TO hera_dba;
GRANT SELECT ON TABLE public.hera_monitor_rate_limits TO hera_reader;
GRANT SELECT ON TABLE public.hera_monitor_snapshots TO hera_dba;
GRANT SELECT ON TABLE public.universal_transaction_lines TO hera_dba;
GRANT SELECT ON TABLE public.universal_transaction_lines TO hera_reader;
GRANT SELECT ON TABLE public.universal_transactions TO hera_dba;
GRANT SELECT ON TABLE public.universal_transactions TO hera_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE hera_owner REVOKE ALL ON FUNCTIONS  FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE hera_view REVOKE ALL ON FUNCTIONS  FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE hera_worker_owner REVOKE ALL ON FUNCTIONS  FROM PUBLIC;
