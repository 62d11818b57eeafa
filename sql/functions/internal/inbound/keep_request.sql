-- hera_internal.keep_request: write an authentic request with what became of it. The tenant must be the organization that keeps it.
create or replace function hera_internal.keep_request(p_request hera.inbound_requests)
returns void
language sql
volatile
as $$
  insert into hera.inbound_requests select (p_request).*;
$$;
comment on function hera_internal.keep_request(hera.inbound_requests) is 'Writes an inbound request.';
