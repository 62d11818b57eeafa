-- hera_internal.finish_poll: what a poll brought: its items become events under their natural keys, so one that was seen before is none again.
-- The cursor moves when the last page has come, to the greatest value that it was seen with; a poll that fails half-way begins anew from the
-- old one. page.next finds the next page in the answer; page.stop_at_cursor ends at a page with nothing newer than the cursor, for providers
-- that answer the newest first. More than 100 pages are left to the next time.
create or replace function hera_internal.finish_poll(p_task hera.connector_tasks, p_config jsonb, p_error jsonb, p_body text)
returns text
language plpgsql
volatile
as $$
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
$$;
comment on function hera_internal.finish_poll(hera.connector_tasks, jsonb, jsonb, text) is 'Settles a poll.';
