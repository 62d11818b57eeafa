-- A plain login that was granted the function publishes as its own principal and as nobody else, and touches no table.
create role hera_test_shop login;
create table public.hera_test_actors as
  select x.organization, x.admin, hera_test.member(x.organization) as shop from hera_test.organization('A') x;
grant select on public.hera_test_actors to hera_test_shop;
grant execute on function hera_outbox_publish_v1(uuid, uuid, text, jsonb, jsonb) to hera_test_shop;
grant usage on schema hera_test to hera_test_shop;
grant execute on function hera_test.raises(text, text, text) to hera_test_shop;
set session authorization hera_test_shop;
do $$
declare
  a record;
begin
  select * into a from public.hera_test_actors;
  -- Without a principal it is nobody.
  perform hera_test.raises(format('select hera_outbox_publish_v1(%L, %L, ''shop.paid'', ''{}'')', a.shop, a.organization), '42501', 'permission_denied');
end
$$;
reset session authorization;
insert into hera.login_principals (login, user_entity_id) select 'hera_test_shop', shop from public.hera_test_actors;
set session authorization hera_test_shop;
do $$
declare
  a record;
begin
  select * into a from public.hera_test_actors;
  assert hera_outbox_publish_v1(a.shop, a.organization, 'shop.paid', '{}') @> '{"success": true}';
  perform hera_test.raises(format('select hera_outbox_publish_v1(%L, %L, ''shop.paid'', ''{}'')', a.admin, a.organization), '42501', 'permission_denied');
  perform hera_test.raises(format('select hera_outbox_publish_v1(%L, %L, ''shop.paid'', ''{}'')', a.shop, '00000000-0000-0000-0000-000000000000'), 'PT403', 'actor_not_member');
  perform hera_test.raises('select count(*) from hera.events', '42501');
  perform hera_test.raises(format('select hera_transaction_list_v1(%L, %L)', a.shop, a.organization), '42501');
end
$$;
reset session authorization;
do $$
begin
  assert (select array_agg(e.created_by) from hera.events e join public.hera_test_actors a on a.organization = e.organization_id) = (select array[shop] from public.hera_test_actors);
end
$$;
